"""Legal holds: what must not be deleted, set and lifted by an admin with a reason. Both are rows that stay."""

from django.db import transaction
from django.utils import timezone

from people import clock, policy
from people.access import require
from people.models import District, HoldLifted, LegalHold
from people.registry import PERSONAL

from .changing import note_change


class HeldBack(Exception):
    """A legal hold keeps what was to be deleted."""


def hold_deleting():
    """Who sets a hold waits for what is being deleted, and the other way round: nothing goes behind a hold's back."""
    clock.district()
    District.objects.select_for_update(no_key=True).get(pk=1)


@transaction.atomic
def set_hold(*, by, reason, person=None, model="", number=None, at=None):
    """Stop all deleting of what is about a person, or of one row of a model ("partnerships.Partnership")."""
    require(policy.may_run_district(by))
    hold_deleting()
    about = {"person": person, "model": model, "number": number}
    hold = LegalHold.objects.create(**about, reason=reason, set_by=by, set_at=at or timezone.now())
    # Of whom or what, and why, the hold says itself.
    note_change("hold_set", by=by, number=hold.pk, at=at)
    return hold


@transaction.atomic
def lift_hold(hold, *, by, reason, at=None):
    """End a hold; a second time changes nothing."""
    require(policy.may_run_district(by))
    lifted = {"reason": reason, "lifted_by": by, "lifted_at": at or timezone.now()}
    _, is_lifted_now = HoldLifted.objects.get_or_create(hold=hold, defaults=lifted)
    if is_lifted_now:
        note_change("hold_lifted", by=by, number=hold.pk, at=at)


def without_held(rows, rule):
    """Of the rows of a retention rule, those that no hold keeps."""
    holds = list(LegalHold.objects.standing())
    people = [hold.person_id for hold in holds if hold.person_id]
    for path in rule.people.split() if people else ():
        rows = rows.exclude(**{f"{path}__in": people})
    for model, path in {**rule.within, rule.model: "pk"}.items():
        if numbers := [hold.number for hold in holds if hold.model == model]:
            rows = rows.exclude(**{f"{path}__in": numbers})
    return rows


def holds_on(person):
    """The holds that keep something about a person: that name them, or a row that is about them."""
    about = {}
    for kept in PERSONAL:
        about.setdefault(kept.model, []).append(kept)
    standing = LegalHold.objects.standing()
    return [
        hold
        for hold in standing
        if hold.person_id == person.pk
        or any(kept.rows_of(person).filter(pk=hold.number).exists() for kept in about.get(hold.model, ()))
    ]
