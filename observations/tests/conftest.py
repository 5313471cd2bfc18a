"""A walk and a request for cover, on a Thursday in March."""

import datetime as dt

import pytest

from notices.models import Notice
from observations.models import DoorTime, OpenDoor, Walk, WalkPlan, WalkSearch
from observations.planner.question import Plan, Visit
from observations.reads.plan_json import packed
from observations.services import coverage as cover
from observations.services import walks
from observations.services.publishing import publish_plan
from people import clock
from people.models import Role
from schedule.models import BellSchedule, Event, Period, SchoolDay, TeachingSlot, Timetable
from schedule.services import create_event

DAY = dt.date(2027, 3, 11)
NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
AFTER = dt.datetime(2027, 3, 11, 20, tzinfo=dt.UTC)  # that afternoon in New York


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def host(person, school, year):
    return person("Hanna Holt", Role.TEACHER, school)


@pytest.fixture
def second_host(person, school, year):
    return person("Second Host", Role.TEACHER, school)


@pytest.fixture
def set_up(facilitator, school):
    """A factory of walks: set_up(places=1)."""

    def make(**fields):
        given = {"by": facilitator, "school": school, "day": DAY, "half": "morning", "purpose": "How lessons begin"}
        return walks.set_up_walk(**given | fields)

    return make


@pytest.fixture
def walk(set_up, ana, cleo, host, second_host, facilitator):
    """Published: Ana and Cleo visit Hanna at 10:00 and another host at 10:20."""
    walk = set_up(listed=False)
    for person in (ana, cleo):
        walks.add_participant(walk, by=facilitator, person=person)
    for minute, who in ((0, host), (20, second_host)):
        walks.add_visit(walk, by=facilitator, host=who, room=f"Room {minute}", starts=dt.time(10, minute), minutes=15)
    walks.publish_walk(walk, by=facilitator)
    return Walk.objects.get(pk=walk.pk)


@pytest.fixture
def periods(school):
    usual = BellSchedule.objects.create(school=school)
    return [
        Period.objects.create(schedule=usual, name=str(hour - 8), starts=dt.time(hour, 5), ends=dt.time(hour, 50))
        for hour in (9, 10, 11)
    ]


@pytest.fixture
def ask(ana, school):
    """A factory of requests: ask(by=ben, starts=dt.time(11))."""

    def make(**fields):
        given = {"by": ana, "school": school, "day": DAY, "class_name": "Grade 4 math", "room": "Room 12"}
        return cover.ask_for_cover(**given | {"starts": dt.time(10, 5), "ends": dt.time(10, 50)} | fields)

    return make


@pytest.fixture
def told():
    """How often a person was told a kind of thing: told(ana, "coverage_yours")."""
    return lambda person, kind: Notice.objects.filter(person=person, kind=kind).count()


@pytest.fixture
def school_days(school, periods):
    """Two weeks from that Monday, day after day the next of a cycle of two; the usual bells."""
    monday, usual = dt.date(2027, 3, 8), periods[0].schedule
    dates = [monday + dt.timedelta(days=number) for number in range(12)]
    return SchoolDay.objects.bulk_create(
        SchoolDay(school=school, day=day, position=number % 2, bell_schedule=usual)
        for number, day in enumerate(day for day in dates if day.weekday() < 5)
    )


@pytest.fixture
def teach(school, school_days, principal):
    """A factory of slots: teach(ana, "2", "Grade 4 math"), on every day unless `position` says which (DAY is 1)."""
    made = {"made_by": principal, "made_at": NOW}
    timetable = Timetable.objects.create(school=school, starts_on=dt.date(2027, 1, 4), **made)

    def make(teacher, period, class_name="", *, position=None, kind="class", subject="Math", room="12"):
        what = {"class_name": class_name, "subject": subject, "room": room, "kind": kind, "period": period}
        return TeachingSlot.objects.bulk_create(
            TeachingSlot(timetable=timetable, teacher=teacher, position=one, **what)
            for one in ([0, 1] if position is None else [position])
        )

    return make


@pytest.fixture
def date(ana, cleo, school):
    """A factory of events: date() is Ana's and Cleo's from 10:00 to 11:30 on that Thursday, over periods 2 and 3."""

    def make(*, starts=dt.time(10), ends=dt.time(11, 30), day=DAY, **fields):
        given = {"by": ana, "kind": Event.Kind.OBSERVATION, "title": "PURPOSE", "people": [ana, cleo], "school": school}
        span = {"starts_at": clock.at(day, starts, school), "ends_at": clock.at(day, ends, school)}
        return create_event(**given | span | fields)

    return make


@pytest.fixture
def taught(teach, ana):
    """Ana teaches math in period 2 and science in period 3, on every day."""
    teach(ana, "2", "Grade 4 math")
    teach(ana, "3", "Grade 5 science", subject="Science")


@pytest.fixture
def walkers(ana, ben, cleo, person, other_school):
    """Four who walk: two of the school, two from elsewhere."""
    return [ana, ben, cleo, person("Dora Lind", Role.TEACHER, other_school)]


@pytest.fixture
def open_doors(teach, host, second_host, school):
    """Hanna is open in periods 1 and 2, the other host in 2 and 3, on every day."""
    doors = []
    for who, periods in ((host, "12"), (second_host, "23")):
        span = {"starts_on": dt.date(2027, 3, 1), "ends_on": dt.date(2027, 5, 28), "made_at": NOW, "changed_at": NOW}
        door = OpenDoor.objects.create(host=who, school=school, doing="Talk in pairs", **span)
        for period in periods:
            teach(who, period, f"Class {who.pk}")
            what = {"period": period, "class_name": f"Class {who.pk}", "subject": "Math", "room": "12"}
            DoorTime.objects.bulk_create(DoorTime(door=door, position=position, **what) for position in (0, 1))
        doors.append(door)
    return doors


@pytest.fixture
def draft(set_up, walkers, open_doors, facilitator, host, second_host):
    """Ana and Ben see Hanna at 9:30, Cleo and Dora the other host at 10:10; pre-brief at 9:05, debrief at 11:10."""
    walk = set_up(listed=False)
    for one in walkers:
        walks.add_participant(walk, by=facilitator, person=one)
    a, b, c, d = (one.pk for one in walkers)
    search = WalkSearch.objects.create(
        walk=walk, made_by=facilitator, made_at=NOW, done_at=NOW, first=DAY, last=DAY, visitors=[a, b, c, d],
        hosts=[host.pk, second_host.pk], meeting_room="Library",
    )  # fmt: skip
    visits = (Visit(host.pk, 570, frozenset({a, b})), Visit(second_host.pk, 610, frozenset({c, d})))
    plan = Plan(545, 670, (frozenset({a, b}), frozenset({c, d})), visits)
    return WalkPlan.objects.create(walk=walk, search=search, plan=packed(plan), changed_by=facilitator, changed_at=NOW)


@pytest.fixture
def published(draft, facilitator):
    publish_plan(draft.walk, by=facilitator, version=1)
    return draft
