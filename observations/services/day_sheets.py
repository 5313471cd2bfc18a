"""Tomorrow's sheet, by e-mail in the morning: once for each school, day and person of its front office."""

import datetime as dt
from collections import defaultdict
from zoneinfo import ZoneInfo

from django.utils import timezone

from notices.models import Notice
from notices.services import notice_for, tell_each
from people import clock
from people.models import Post, Role, School, User
from schedule.models import SchoolDay
from schedule.words import day_words

from ..models import Coverage
from ..reads.day_sheet import line_of

HOUR = dt.time(7)
KIND = "day_sheet"
# A school reads in the morning what comes on its next day with classes; longer than any break.
AHEAD = dt.timedelta(days=30)
LINES = 40


def send_day_sheets(*, at=None):
    """Tell each front office of its next school day, from seven in the morning of the school day before.

    Returns how many notices were new. Safe to run at any time, any number of times. A day without a class to cover is
    not told of, until it has one.
    """
    at = at or timezone.now()
    usual = clock.zone_of()
    mornings = {school.pk: day for school in School.objects.open() if (day := day_if_morning(school, usual, at))}
    tomorrows = next_days(mornings)
    requests = classes_by_school(tomorrows)
    schools = School.objects.in_bulk(requests)
    readers = readers_of(requests)
    told = []
    for pk, rows in requests.items():
        told += [sheet_for(person, schools[pk], tomorrows[pk], rows) for person in readers[pk]]
    known = set(Notice.objects.filter(key__in=[notice.key for notice in told]).values_list("key", flat=True))
    new = [notice for notice in told if notice.key not in known]
    tell_each(new, at=at)
    return len(new)


def day_if_morning(school, usual, at):
    """The date at the school once it is seven there, else None. `usual` is the district's time zone."""
    there = at.astimezone(ZoneInfo(school.time_zone) if school.time_zone else usual)
    return there.date() if there.time() >= HOUR else None


def next_days(mornings):
    """{school: its next day with classes}, for the schools that have classes today: one query."""
    if not mornings:
        return {}
    first, last = min(mornings.values()), max(mornings.values()) + AHEAD
    days = SchoolDay.objects.filter(school__in=mornings, day__range=(first, last), bell_schedule__isnull=False)
    found, on = {}, set()
    for school, day in days.order_by("day").values_list("school", "day"):
        if day == mornings[school]:
            on.add(school)
        elif day > mornings[school]:
            found.setdefault(school, day)
    return {school: day for school, day in found.items() if school in on}


def classes_by_school(days):
    """{school: the classes that need somebody on its day}: one query."""
    rows = Coverage.objects.live().filter(school__in=days, day__in=set(days.values()))
    rows = rows.select_related("asker", "coverer", "substitute")
    found = defaultdict(list)
    for one in rows.order_by("starts", "asker__name", "pk"):
        if one.day == days[one.school_id]:
            found[one.school_id].append(one)
    return dict(found)


def readers_of(schools):
    """{school: people of its front office; its principals where nobody sits there}: two queries."""
    posts = Post.objects.current().filter(school__in=schools, role__in=[Role.FRONT_OFFICE, Role.PRINCIPAL])
    held = list(posts.values_list("school", "role", "user"))
    people = User.objects.in_bulk([user for *_, user in held])
    office, principals = defaultdict(list), defaultdict(list)
    for school, role, user in held:
        (office if role == Role.FRONT_OFFICE else principals)[school].append(people[user])
    return {school: office[school] or principals[school] for school in schools}


def sheet_for(person, school, day, rows):
    lines = [line_of(one) for one in rows[:LINES]]
    if len(rows) > LINES:
        lines.append(f"and {len(rows) - LINES} more on the sheet")
    open_ones = sum(not one.is_named for one in rows)
    facts = {
        "school": school.name,
        "day": day_words(day),
        "classes": "1 class needs" if len(rows) == 1 else f"{len(rows)} classes need",
        "open": f" {open_ones} still without anybody." if open_ones else " All have somebody.",
        "lines": lines,
    }
    path = f"/coverage/day/?school={school.pk}&day={day:%Y-%m-%d}"
    return notice_for(person, KIND, key=f"day-sheet:{school.pk}:{day:%Y%m%d}", path=path, facts=facts)
