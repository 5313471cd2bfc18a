"""A walk and a request for cover, on a Thursday in March."""

import datetime as dt

import pytest

from notices.models import Notice
from observations.models import Walk
from observations.services import coverage as cover
from observations.services import walks
from people.models import Role
from schedule.models import BellSchedule, Period

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
