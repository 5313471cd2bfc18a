"""Compile every template, so that a slip in one that no test draws is found before a reader finds it."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.template import TemplateSyntaxError, engines
from django.template.exceptions import TemplateDoesNotExist


def faults(root):
    """What is wrong with the templates, one line each: syntax, and a parent or part that does not exist."""
    engine = engines["django"]
    for file in sorted(root.rglob("*.*")):
        name = file.relative_to(root).as_posix()
        try:
            template = engine.get_template(name).template
        except (TemplateSyntaxError, TemplateDoesNotExist) as fault:
            yield f"{name}: {fault}"
            continue
        for other in named_by(template):
            try:
                engine.get_template(other)
            except TemplateDoesNotExist:
                yield f"{name}: there is no template {other}"
            except TemplateSyntaxError:
                pass  # said of that template itself


def named_by(template):
    """The templates that this one extends or includes by a plain name."""
    for node in template.nodelist.get_nodes_by_type(object):
        expression = getattr(node, "parent_name", None) or getattr(node, "template", None)
        name = getattr(expression, "var", None)
        if isinstance(name, str):
            yield name


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        found = list(faults(settings.BASE_DIR / "templates"))
        if found:
            raise CommandError("\n".join(found))
