"""The classes that a person covers, for their calendar here and for the one that they subscribe to: one query.

Every phone that follows a feed asks this each hour, mostly for nobody who covers: the columns are plain ones, because
Django takes longer to put expressions together than the database to answer.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db.models import Value
from django.utils import timezone

from people.clock import moment, zone_of
from schedule.feeds import CANCELLED_FOR, CoverRow

from ..models import Coverage, CoverLeft

SINCE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
GIVEN = ("pk", "day", "starts", "ends", "changed_at", "school__time_zone", "room", "school__name", "state")
LEFT = ("coverage", "day", "starts", "ends", "at", *(f"coverage__{name}" for name in GIVEN[5:8]), Value("off"))


def cover_rows(person, since):
    """For followers.FEED_ROWS: what the person (an id) covers since a moment, and what was off lately."""
    given = Coverage.objects.named().filter(coverer=person, day__gte=since.date())
    off = CoverLeft.objects.filter(person=person, at__gt=timezone.now() - CANCELLED_FOR)
    off = off.exclude(coverage__coverer=person, coverage__state__in=Coverage.NAMED)  # named again
    rows = sorted(given.order_by().values_list(*GIVEN).union(off.values_list(*LEFT), all=True))
    usual = zone_of() if any(not row[5] for row in rows) else None
    return [row_of(person, usual, *row) for row in rows]


def row_of(person, usual, pk, day, starts, ends, changed, zone, room, school, kind):
    zone = ZoneInfo(zone) if zone else usual
    return CoverRow(
        uid=f"cover-{pk}-{person}",
        starts_at=moment(day, starts, zone),
        ends_at=moment(day, ends, zone),
        changed_at=changed,
        sequence=int((changed - SINCE).total_seconds()),
        cancelled=kind == "off",
        tentative=kind == Coverage.State.ASSIGNED,
        where=", ".join(part for part in (room, school) if part),
        path=f"/coverage/{pk}/",
    )
