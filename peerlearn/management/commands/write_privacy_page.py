"""Write docs/privacy.md from the registry of what is kept of people; a test holds it to that."""

from django.conf import settings
from django.core.management.base import BaseCommand

from people.kept import GROUPS
from people.registry import PERSONAL, RULES
from people.retention import SPANS
from people.services.outlook import register_by_room

PAGE = settings.BASE_DIR / "docs" / "privacy.md"
HEAD = """# What is kept about people

Written by `manage.py write_privacy_page` from the `personal.py` of each room; a test fails when they differ. The site
shows the same at `/privacy/`. The spans are proposals for a district to set under "How long records are kept"; a legal
hold stops all deleting. What each group of fields means is said in `people/kept.py`, why it is so in
[decision 14](decisions/0014-personal-data.md).
"""


def page():
    parts = [HEAD, table(("span", "usual"), [(one.label, f"{one.usual} {one.unit}") for one in SPANS.values()])]
    what = "; ".join(dict.fromkeys(rule.what for rule in RULES))
    parts.append(f"Deleted at night once its span is over: {what}.")
    for room, rows in register_by_room().items():
        lines = [(kept.title, kept.purpose, kept.readers, kept.until, kept.law or kept.erased) for kept in rows]
        parts.append(f"## {room}\n\n" + table(("what", "for what", "who reads it", "how long", "erasing"), lines))
    parts.append("## Field by field\n\n" + table(("model", *GROUPS), [fields_of(kept) for kept in PERSONAL]))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def fields_of(kept):
    return (f"`{kept.model}`", *(", ".join(kept.group(group)) or "-" for group in GROUPS))


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


class Command(BaseCommand):
    help = "Write docs/privacy.md from the registry of what is kept of people."

    def handle(self, *args, **options):
        PAGE.write_text(page())
        self.stdout.write(f"Wrote {PAGE.relative_to(settings.BASE_DIR)}.")
