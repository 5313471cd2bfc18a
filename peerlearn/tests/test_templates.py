"""Every template compiles and every name of a template leads somewhere."""

import ast
import re

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from peerlearn.management.commands.compile_templates import faults

from . import rules


def test_every_template_compiles():
    assert list(faults(rules.ROOT / "templates")) == []


def test_a_slip_in_a_template_is_found(tmp_path, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    (tmp_path / "unclosed.html").write_text("{% if a %}")
    (tmp_path / "orphan.html").write_text('{% extends "nowhere.html" %}')
    (tmp_path / "part.html").write_text('{% if a %}{% include "gone.html" with a=1 only %}{% endif %}')

    found = list(faults(tmp_path))

    assert found[:2] == ["orphan.html: there is no template nowhere.html", "part.html: there is no template gone.html"]
    assert found[2].startswith("unclosed.html: Unclosed tag")


def names_in(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and re.fullmatch(r"[\w/-]+\.(html|txt)", str(node.value)):
            yield node.value


def test_every_template_that_python_names_exists():
    missing = set()
    for path in rules.python_of_apps():
        for name in names_in(path.read_text()):
            try:
                get_template(name)
            except TemplateDoesNotExist:
                missing.add(f"{path.relative_to(rules.ROOT)}: {name}")

    assert missing == set()


def test_a_name_in_python_is_found():
    assert list(names_in("render(request, 'people/person.html')")) == ["people/person.html"]


def test_every_icon_that_a_template_draws_is_in_the_sprite():
    drawn = set(re.findall(r'id="([\w-]+)"', (rules.ROOT / "static/icons.svg").read_text()))
    missing = {
        f"{path.relative_to(rules.ROOT)}: {name}"
        for path in rules.files(".html", under="templates")
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())
        if name not in drawn
    }

    assert drawn
    assert missing == set()
