"""The days cycle of a school, its special days, and terms: what the days are laid out from."""

from django.db import transaction

from people.access import require

from .. import policy
from ..models import CycleDay, SpecialDay
from .periods import unless_there
from .school_days import change_of_days


@transaction.atomic
def keep_cycle(cycle, *, by, days):
    """Save a cycle, new or edited, with these (name, bells) in turn; bells of None are the usual ones.

    It holds from its first day until the next cycle of the school starts. Raises ValidationError when another starts
    on the same day.
    """
    require(policy.may_edit_periods(by, cycle.school))
    with change_of_days([cycle.school]):
        with unless_there("Another cycle starts that day. Change that one, or choose another day."):
            cycle.save()
        cycle.days.all().delete()
        CycleDay.objects.bulk_create(
            CycleDay(cycle=cycle, position=number, name=name, bell_schedule=bells)
            for number, (name, bells) in enumerate(days)
        )
    return cycle


@transaction.atomic
def remove_cycle(cycle, *, by):
    """Take a cycle away: the one before it holds on, or the days of the week."""
    require(policy.may_edit_periods(by, cycle.school))
    with change_of_days([cycle.school]):
        cycle.delete()


@transaction.atomic
def keep_special_days(school, *, by, days, name, bells=None, position=None):
    """Let these dates differ: other bells, another day of the cycle. What stood for one of them is replaced."""
    require(policy.may_edit_periods(by, school))
    with change_of_days([school]):
        SpecialDay.objects.bulk_create(
            [SpecialDay(school=school, day=day, name=name, bell_schedule=bells, position=position) for day in days],
            update_conflicts=True,
            unique_fields=["school", "day"],
            update_fields=["name", "bell_schedule", "position"],
        )


@transaction.atomic
def remove_special_day(special, *, by):
    """Let the date be what it would be without it."""
    require(policy.may_edit_periods(by, special.school))
    with change_of_days([special.school]):
        special.delete()


@transaction.atomic
def keep_term(term, *, by):
    """Save a term of a school, or of all schools, new or edited. It changes no day."""
    require(policy.may_edit_periods(by, term.school))
    term.save()
    return term


@transaction.atomic
def remove_term(term, *, by):
    require(policy.may_edit_periods(by, term.school))
    term.delete()
