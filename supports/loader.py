"""Load the menu's files into rows: all or nothing, and a second load changes nothing.

What a district changed is the district's: a support that it edited or made is left alone unless the load is told to
overwrite, and whether a support is on the menu, where it stands and who approves it are never changed by a load that
is not. A support whose file is gone stays. Partnerships under way work on copies and notice nothing.
"""

from collections import Counter
from pathlib import Path

from django.db import transaction

from people.services.changing import note_change

from .models import ApprovalRule, Resource, Responsibility, StepTemplate, SupportType
from .reading import read_folder

CATALOGUE = Path(__file__).resolve().parent / "catalogue"


@transaction.atomic
def load(folder=CATALOGUE, *, overwrite=False):
    """Counter of supports "added", "changed", "same" and "kept" for the district; raises CatalogueError."""
    files = read_folder(folder)
    supports = {support.slug: support for support in SupportType.objects.select_for_update()}
    told = Counter()
    for file in files:
        support = supports.get(file.slug)
        if support is None:
            write(file, SupportType(slug=file.slug), origin=SupportType.Origin.CATALOGUE, edited_at=None)
            told["added"] += 1
        elif not overwrite and (support.edited_at or support.origin == SupportType.Origin.DISTRICT):
            told["kept"] += 1
        else:
            district_chose = {} if overwrite else {"position": support.position}
            row = {"origin": SupportType.Origin.CATALOGUE, "edited_at": None, **district_chose}
            told["changed" if write(file, support, **row) else "same"] += 1
            if overwrite:
                set_usual_approval(support, file)
    if told["added"] or told["changed"]:
        note_change("menu_loaded", by=None, title=f"{told['added']} added, {told['changed']} changed")
    return told


def write(file, support, **row):
    """Make the rows of one support say what its file says; True when anything changed."""
    is_new = support.pk is None
    changed = _write(support, {**file.fields, **row})
    if is_new:
        set_usual_approval(support, file)
    changed |= _write_all(StepTemplate, support, file.steps, lambda step: step["key"])
    changed |= _write_all(Responsibility, support, file.responsibilities, lambda row: row["position"])
    changed |= _write_all(Resource, support, file.resources, lambda row: (row["kind"], row["title"]))
    return changed


def set_usual_approval(support, file):
    """What the file says of approval becomes the rule for all schools; a school's own rule stays."""
    ApprovalRule.objects.update_or_create(support=support, school=None, defaults={"needed": file.needs_approval})


def _write(row, values):
    if row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True


def _write_all(model, support, wanted, name):
    """Rows are found again by their name, so that their ids, and the addresses made of them, stay."""
    there = {name(vars(row)): row for row in model.objects.filter(support=support)}
    changed = False
    for values in wanted:
        row = there.pop(name(values), None) or model(support=support)
        changed |= _write(row, values)
    for row in there.values():
        row.delete()
    return changed or bool(there)
