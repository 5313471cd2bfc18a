"""The made world as a fixture: three schools, two supports, nine partnerships of this year and one of the last."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from growth.services.meetings import schedule_meeting
from people.models import Post, Role, School, SchoolYear
from supports.models import StepTemplate, SupportType

from .made_world import PLAN, SCHOOL_OF, SUPPORTS, Planned, make


@pytest.fixture
def supports(db):
    made = {}
    for position, (slug, name) in enumerate(SUPPORTS.items()):
        made[slug] = SupportType.objects.create(
            slug=slug, name=name, position=position, depth="varies", begins="start", question="Try?", people_at_most=8
        )
        for place, (kind, more) in enumerate({"goal": {}, "reflection": {"each_member": True}}.items(), 1):
            actor = "members" if more else "lead"
            StepTemplate.objects.create(
                support=made[slug], key=kind, position=place, kind=kind, title=kind.title(), actor=actor, **more
            )
    return made


@pytest.fixture
def last_year(year):
    spans = {"starts_on": year.starts_on - dt.timedelta(300), "ends_on": year.starts_on - dt.timedelta(1)}
    return SchoolYear.objects.create(name="Last year", **spans)


@pytest.fixture
def world(supports, school, other_school, year, last_year, person):
    schools = {"M": school, "R": other_school, "H": School.objects.create(name=SCHOOL_OF["H"], code="hill")}
    people = {
        f"{initial}{number}": person(f"{initial}{number} Teacher", Role.TEACHER, place)
        for initial, place in schools.items()
        for number in range(1, 8)
    }
    now = timezone.now()
    make(Planned("try", "M1 M2 R1"), supports["try"], people, at=now - dt.timedelta(150))
    for planned in PLAN:
        make(planned, supports[planned.support], people, at=now - dt.timedelta(5))
    return SimpleNamespace(schools=schools, people=people, supports=supports, year=year, last_year=last_year)


@pytest.fixture
def trio(supports, ana, ben, stranger, last_year):
    """Ana, Ben and Sam at work together; Ana and Ben did so in the year before, and Ana leads another with Ben."""
    people, now = {"M1": ana, "M2": ben, "M3": stranger}, timezone.now()
    make(Planned("try", "M1 M2"), supports["try"], people, at=now - dt.timedelta(150))
    make(Planned("talk", "M1 M2"), supports["talk"], people, at=now)
    return make(Planned("try", "M1 M2 M3"), supports["try"], people, at=now)


@pytest.fixture
def head(person, world):
    """A principal of two schools: Maple Grove and Riverside."""
    head = person("Hedda Lund", Role.PRINCIPAL, world.schools["M"])
    Post.objects.create(user=head, role=Role.PRINCIPAL, school=world.schools["R"])
    return head


@pytest.fixture
def pair(supports, ana, ben, year):
    """Ana and Ben at work together, with a goal; Ana leads."""
    return make(Planned("try", "M1 M2", fate="active"), supports["try"], {"M1": ana, "M2": ben}, at=timezone.now())


@pytest.fixture
def meet(principal):
    """A factory of growth meetings of 20 minutes, so many days from now (behind us with a minus)."""

    def make_meeting(partnership, *, days, by=None, **more):
        starts_at = timezone.now() + dt.timedelta(days=days)
        ends_at, at = starts_at + dt.timedelta(minutes=20), min(timezone.now(), starts_at - dt.timedelta(days=9))
        return schedule_meeting(partnership, by=by or principal, starts_at=starts_at, ends_at=ends_at, at=at, **more)

    return make_meeting


@pytest.fixture
def coming(pair, meet):
    return meet(pair, days=9)


@pytest.fixture
def met(pair, meet):
    return meet(pair, days=-2)
