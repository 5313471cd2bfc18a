"""A district edits its menu. Partnerships under way work on copies, so nothing here moves them."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from people.access import require

from .. import loader, policy
from ..models import SupportType


@transaction.atomic
def edit_support(support, *, by, at=None, **words):
    """Change what the menu says of a support; a load leaves it alone from now on."""
    require(policy.may_edit_menu(by))
    for name, value in words.items():
        setattr(support, name, value)
    support.edited_at = at or timezone.now()
    support.save()


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
    _mark(part.support, at)


@transaction.atomic
def remove_part(part, *, by, at=None):
    """Take a responsibility or a resource away from a support."""
    require(policy.may_edit_menu(by))
    part.delete()
    _mark(part.support, at)


def _mark(support, at):
    support.edited_at = at or timezone.now()
    support.save(update_fields=["edited_at"])


@transaction.atomic
def arrange_menu(supports, *, by):
    """Keep which of the supports are on the menu, and in which order, as they now say themselves."""
    require(policy.may_edit_menu(by))
    SupportType.objects.bulk_update(supports, ["position", "on_menu"])


@transaction.atomic
def add_support(file, *, by, at=None):
    """A support type of the district's own, from a file that was read and found right."""
    require(policy.may_edit_menu(by))
    support = SupportType(slug=file.slug)
    loader.write(file, support, origin=SupportType.Origin.DISTRICT, edited_at=at or timezone.now())
    return support


@transaction.atomic
def rewrite_support(support, file, *, by, at=None):
    """Make a support say what a file says, steps and all; the file was read and found right."""
    require(policy.may_edit_menu(by))
    loader.write(file, support, edited_at=at or timezone.now())
    loader.set_usual_approval(support, file)
