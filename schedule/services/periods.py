"""The bell schedules of a school: its usual day, and those that ring on other days."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from people.access import require

from .. import policy
from ..models import BellSchedule, CycleDay, Period, SchoolDay, SpecialDay
from ..words import count
from .school_days import change_of_days


@transaction.atomic
def save_periods(school, *, by, kept, dropped, bells=None, name=""):
    """Write the periods of these bells, or of the school's usual day: `kept` are to be saved, `dropped` to be deleted.

    Days on which they ring have other times from now on: events that this breaks are flagged. `name` renames them.
    Raises ValidationError when other bells have that name, when a period that is not among `kept` has the name of one,
    and when something, such as a request for coverage, still names a dropped period.
    """
    require(policy.may_edit_periods(by, school))
    with change_of_days([school]):
        schedule = bells or _usual(school)
        _named(schedule, name or schedule.name)
        _drop(schedule, dropped)
        # Two periods may trade names: each steps aside first, or the database would refuse the halfway state.
        for period in kept:
            if period.pk:
                Period.objects.filter(schedule=schedule, pk=period.pk).update(name=f"~{period.pk}")
        with unless_there("These bells have a period of that name by now. Open this page again, and look at them."):
            for period in kept:
                period.schedule = schedule
                period.save()


@transaction.atomic
def add_bells(school, *, by, name, periods=()):
    """Another bell schedule with these (name, starts, ends); a school's first one is its usual day.

    Raises ValidationError when the school has one of that name.
    """
    require(policy.may_edit_periods(by, school))
    with change_of_days([school]):
        usual = not BellSchedule.objects.filter(school=school, is_default=True).exists()
        with unless_there("Somebody added bells at the same moment. Look at those first."):
            bells = _named(BellSchedule(school=school, is_default=usual), name)
        Period.objects.bulk_create(
            Period(schedule=bells, name=period, starts=starts, ends=ends) for period, starts, ends in periods
        )
    return bells


@transaction.atomic
def choose_usual(bells, *, by):
    """Let these ring on every day that names no others."""
    require(policy.may_edit_periods(by, bells.school))
    with change_of_days([bells.school]):
        BellSchedule.objects.filter(school=bells.school, is_default=True).update(is_default=False)
        bells.is_default = True
        bells.save(update_fields=["is_default"])


@transaction.atomic
def delete_bells(bells, *, by):
    """Take away bells that ring on no day. Raises ValidationError that says where they are used."""
    require(policy.may_edit_periods(by, bells.school))
    if bells.is_default:
        raise ValidationError("These are the usual bells. Choose other usual ones first.")
    if used := uses_of(bells):
        raise ValidationError(f"{bells.name} rings on {' and '.join(used)}. Give those days other bells first.")
    with change_of_days([bells.school]):
        try:
            bells.delete()
        except ProtectedError as fault:
            raise ValidationError("A request for coverage names one of its periods, so it has to stay.") from fault


def uses_of(bells):
    """In words, on what the bells ring: days of a cycle and special days, and days of years that are over."""
    days = CycleDay.objects.filter(bell_schedule=bells).count()
    special = SpecialDay.objects.filter(bell_schedule=bells).count()
    if not (days or special or bells.is_default):
        rung = SchoolDay.objects.filter(bell_schedule=bells).count()
        return [count(rung, "day that is over", "days that are over")] if rung else []
    return [
        *([count(days, "day of a cycle", "days of a cycle")] if days else []),
        *([count(special, "special day", "special days")] if special else []),
    ]


@contextmanager
def unless_there(words):
    """Around a write that somebody else may have made meanwhile: the database's refusal becomes a ValidationError."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        raise ValidationError(words) from fault


def _usual(school):
    return BellSchedule.objects.get_or_create(school=school, is_default=True)[0]


def _named(bells, name):
    others = BellSchedule.objects.filter(school=bells.school, name__iexact=name).exclude(pk=bells.pk)
    if others.exists():
        raise ValidationError(f"There are bells called “{name}” already.")
    bells.name = name
    bells.save()
    return bells


def _drop(schedule, dropped):
    try:
        Period.objects.filter(schedule=schedule, pk__in=[period.pk for period in dropped]).delete()
    except ProtectedError as fault:
        raise ValidationError(
            "A request for coverage names a period that you took out. Nothing was changed: keep it, or rename it."
        ) from fault
