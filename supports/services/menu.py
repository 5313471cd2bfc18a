"""A district edits its menu. Partnerships under way work on copies, so nothing here moves them."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from people.access import require
from people.services.changing import differences, kept_now, note_change

from .. import loader, policy
from ..models import SupportType


@transaction.atomic
def edit_support(support, *, by, at=None, **words):
    """Change what the menu says of a support; a load leaves it alone from now on."""
    require(policy.may_edit_menu(by))
    for name, value in words.items():
        setattr(support, name, value)
    changed = named(differences(support, kept_now(support)))
    support.edited_at = at or timezone.now()
    support.save()
    note_support("support_changed", support, by=by, at=at, details=changed)


def note_support(act, support, *, by, at=None, details=()):
    note_change(act, by=by, number=support.pk, title=support.name, details=list(details), at=at)


def named(details):
    """The names of the fields that differ. What the menu says is read on its page."""
    return [[what] for what, *_ in details]


@transaction.atomic
def edit_part(part, /, *, by, at=None, **words):
    """Change, or add at the end, a step's words, a responsibility or a resource of a support."""
    require(policy.may_edit_menu(by))
    for name, value in words.items():
        setattr(part, name, value)
    if part.position is None:
        there = type(part).objects.filter(support=part.support)
        part.position = (there.aggregate(last=Max("position"))["last"] or 0) + 1
    part.save()
    _mark(part, by=by, at=at)


@transaction.atomic
def remove_part(part, *, by, at=None):
    """Take a responsibility or a resource away from a support."""
    require(policy.may_edit_menu(by))
    part.delete()
    _mark(part, by=by, at=at)


def _mark(part, *, by, at):
    support, what = part.support, str(part._meta.verbose_name).capitalize()
    support.edited_at = at or timezone.now()
    support.save(update_fields=["edited_at"])
    note_support("support_changed", support, by=by, at=at, details=[[what]])


@transaction.atomic
def arrange_menu(supports, *, by):
    """Keep which of the supports are on the menu, and in which order, as they now say themselves."""
    require(policy.may_edit_menu(by))
    before = SupportType.objects.in_bulk([support.pk for support in supports])
    SupportType.objects.bulk_update(supports, ["position", "on_menu"])
    if details := [line for support in supports for line in moved(before[support.pk], support)]:
        note_change("menu_arranged", by=by, details=details)


def moved(before, support):
    """What is other of a support's place: on the menu or off it, earlier or later."""
    if before.on_menu != support.on_menu:
        words = {True: "on the menu", False: "off the menu"}
        yield [support.name, words[before.on_menu], words[support.on_menu]]
    if before.position != support.position:
        yield [f"{support.name}, place", str(before.position), str(support.position)]


@transaction.atomic
def add_support(file, *, by, at=None):
    """A support type of the district's own, from a file that was read and found right."""
    require(policy.may_edit_menu(by))
    support = SupportType(slug=file.slug)
    loader.write(file, support, origin=SupportType.Origin.DISTRICT, edited_at=at or timezone.now())
    note_support("support_added", support, by=by, at=at)
    return support


@transaction.atomic
def rewrite_support(support, file, *, by, at=None):
    """Make a support say what a file says, steps and all; the file was read and found right."""
    require(policy.may_edit_menu(by))
    loader.write(file, support, edited_at=at or timezone.now())
    loader.set_usual_approval(support, file)
    note_support("support_changed", support, by=by, at=at, details=[["Its whole text"]])
