"""Lists of cover: one's own, the desk of whoever decides, the sheet of a day, and who is free."""

import datetime as dt

from django.db.models import Count, Q
from django.utils import timezone

from people import clock
from people.models import Role, School, SchoolYear, User
from schedule.models import Attendance

from ..models import Coverage
from ..policy import desk_schools

State = Coverage.State
MOST = 200
NAMES = ("asker", "coverer", "school", "period", "decided_by")


def own(user):
    """What the person asked for and what they cover, the latest day first."""
    mine = Coverage.objects.visible_to(user).filter(Q(asker=user) | Q(coverer=user))
    return mine.select_related(*NAMES).order_by("-day", "-starts", "-pk")


def desk(user):
    """(waiting for an answer, approved and without a coverer) at the schools that the person decides for."""
    schools = desk_schools(user)
    if not schools:
        return None
    rows = Coverage.objects.visible_to(user).filter(school__in=schools, day__gte=timezone.localdate())
    rows = rows.filter(state__in=[State.ASKED, State.APPROVED]).exclude(asker=user)
    rows = list(rows.select_related(*NAMES).order_by("asked_at", "pk")[:MOST])
    waiting = [one for one in rows if one.state == State.ASKED]
    unnamed = sorted((one for one in rows if one.state == State.APPROVED), key=lambda one: (one.day, one.starts))
    decides = bool(user.standing.schools_as(Role.PRINCIPAL) | user.standing.deputised_schools)
    more = {"decides": decides, "full": len(rows) == MOST, "many": len(schools) > 1}
    return {"waiting": waiting, "unnamed": unnamed, **more}


def desk_school(user, asked):
    """(the school that the address asks for, or the first; all that the person keeps the sheet of)."""
    schools = list(School.objects.visible_to(user).filter(pk__in=desk_schools(user)))
    return next((school for school in schools if str(school.pk) == asked), schools[0]), schools


def day_of(asked, school):
    """The day that the address asks for, or today at the school."""
    try:
        day = dt.date.fromisoformat(asked)
    except ValueError:
        day = None
    if day and 2000 <= day.year < 2100:
        return day
    # A school without a zone of its own keeps the district's, which is its reader's.
    return clock.today(school) if school.time_zone else timezone.localdate()


def school_days(day):
    """The weekdays before and after."""
    before, after = day - dt.timedelta(days=1), day + dt.timedelta(days=1)
    while before.weekday() > 4:
        before -= dt.timedelta(days=1)
    while after.weekday() > 4:
        after += dt.timedelta(days=1)
    return before, after


def free_staff(coverage):
    """Colleagues of the school who are free then, the fewest covers of this school year first: three queries.

    Each has `covered`, a count. Who teaches then is not known: timetables are not kept here.
    """
    then = Coverage.objects.overlapping(coverage.day, coverage.starts, coverage.ends)
    covering = then.filter(state=State.ASSIGNED).exclude(pk=coverage.pk)
    zone = clock.zone_of(coverage.school)
    start, end = (dt.datetime.combine(coverage.day, time, tzinfo=zone) for time in (coverage.starts, coverage.ends))
    expected = Attendance.objects.taking_time(User.objects.staff_of([coverage.school_id]), start, end)
    taken = Q(pk=coverage.asker_id) | Q(pk__in=covering.values("coverer")) | Q(pk__in=then.live().values("asker"))
    taken |= Q(pk__in=expected.values("person"))
    year = SchoolYear.objects.holding(coverage.day)
    given = Q(coverage_given__state=State.ASSIGNED)
    if year:
        given &= Q(coverage_given__day__range=(year.starts_on, year.ends_on))
    free = User.objects.staff_of([coverage.school_id]).exclude(taken)
    return list(free.annotate(covered=Count("coverage_given", filter=given)).order_by("covered", "name", "pk"))
