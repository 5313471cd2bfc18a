"""Lists of cover: one's own, the desk of whoever decides, the sheet of a day, and who is free."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from people import clock
from people.models import School

from ..models import Coverage, CoverOffer
from ..policy import decided_schools, desk_schools

State = Coverage.State
MOST = 200
NAMES = ("asker", "coverer", "substitute", "school", "period", "decided_by")


def own(user):
    """What the person asked for and what they cover, the latest day first; what waits to be asked stands above it."""
    mine = Coverage.objects.visible_to(user).filter(Q(asker=user) | Q(coverer=user)).exclude(state=State.NEEDED)
    return mine.select_related(*NAMES).order_by("-day", "-starts", "-pk")


def needed_of(user):
    """The classes of the person that dates take and that nobody was asked to cover yet, the first date first."""
    rows = Coverage.objects.filter(asker=user, state=State.NEEDED, day__gte=timezone.localdate())
    return list(rows.select_related("school", "period", "event").order_by("day", "starts", "pk")[:MOST])


def offers_of(user):
    """[(school where the person works, whether they offered to cover there)]."""
    offered = set(CoverOffer.objects.filter(person=user).values_list("school", flat=True))
    schools = School.objects.filter(pk__in=user.standing.schools)
    return [(school, school.pk in offered) for school in schools]


def desk(user):
    """What leads to the desk: how many requests wait there, and whether the person answers them. None without one."""
    schools = desk_schools(user)
    if not schools:
        return None
    waiting = Coverage.objects.visible_to(user).waiting().filter(school__in=schools).exclude(asker=user).count()
    return {"waiting": waiting, "decides": bool(decided_schools(user))}


def desk_school(user, asked):
    """(the school that the address asks for, or the first; all that the person keeps the sheet of)."""
    schools = list(School.objects.visible_to(user).filter(pk__in=desk_schools(user)))
    return next((school for school in schools if str(school.pk) == asked), schools[0]), schools


def day_of(asked):
    """The day that the address asks for, or None."""
    try:
        day = dt.date.fromisoformat(asked)
    except ValueError:
        day = None
    return day if day and 2000 <= day.year < 2100 else None


def today_at(school):
    # A school without a zone of its own keeps the district's, which is its reader's.
    return clock.today(school) if school.time_zone else timezone.localdate()
