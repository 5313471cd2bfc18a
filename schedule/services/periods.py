"""The periods of a school's usual day."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from people.access import require

from .. import policy
from ..models import BellSchedule, Period


@transaction.atomic
def save_periods(school, *, by, kept, dropped):
    """Write the school's usual day: `kept` are periods to save, new ones among them, `dropped` those to delete.

    Raises ValidationError when something, such as a request for coverage, still names a dropped period.
    """
    require(policy.may_edit_periods(by, school))
    schedule = BellSchedule.objects.get_or_create(school=school, is_default=True)[0]
    try:
        Period.objects.filter(schedule=schedule, pk__in=[period.pk for period in dropped]).delete()
    except ProtectedError as fault:
        raise ValidationError(
            "A request for coverage names a period that you took out. Nothing was changed: keep it, or rename it."
        ) from fault
    # Two periods may trade names: each steps aside first, or the database would refuse the halfway state.
    for period in kept:
        if period.pk:
            Period.objects.filter(schedule=schedule, pk=period.pk).update(name=f"~{period.pk}")
    for period in kept:
        period.schedule = schedule
        period.save()
