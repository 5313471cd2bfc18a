"""Who sees which row: TRUST's rows for walks, their notes and cover, person by person."""

import datetime as dt

import pytest

from observations.models import Coverage, VisitKey, Walk, WalkNote, WalkPlace, WalkVisit
from observations.services import coverage as cover
from observations.services import walks
from partnerships.models import Member
from partnerships.services.starting import start
from people.models import Deputy, Role
from supports.loader import load
from supports.models import SupportType

from .conftest import AFTER


@pytest.fixture
def everybody(
    person, school, other_school, ana, cleo, host, facilitator, principal, other_principal, office, admin, stranger,
    operator, ben,
):  # fmt: skip
    deputy = person("Dee Deputy", Role.TEACHER, other_school)
    Deputy.objects.create(school=school, principal=principal, deputy=deputy)
    return {
        "participant": ana,
        "other participant": cleo,
        "host": host,
        "facilitator": facilitator,
        "facilitator of the school": person("Local Facilitator", Role.FACILITATOR, school),
        "facilitator elsewhere": person("Remote Facilitator", Role.FACILITATOR, other_school),
        "principal": principal,
        "deputy": deputy,
        "principal elsewhere": other_principal,
        "office": office,
        "admin": admin,
        "stranger": stranger,
        "operator": operator,
        "ben": ben,
    }


def who_sees(rows, everybody):
    return {name for name, user in everybody.items() if rows.visible_to(type(user).objects.get(pk=user.pk)).exists()}


TEAM = {"participant", "other participant"}
FACILITATORS = {"facilitator", "facilitator of the school"}


def test_a_walk_by_invitation_is_seen_by_its_people_and_who_answers_for_the_school(walk, everybody):
    assert who_sees(Walk.objects, everybody) == TEAM | FACILITATORS | {"host", "principal", "deputy"}


def test_a_listed_walk_is_seen_by_all_staff_and_by_no_operator(walk, everybody):
    Walk.objects.update(listed=True)

    assert who_sees(Walk.objects, everybody) == set(everybody) - {"operator"}


def test_who_is_on_a_listed_walk_is_seen_by_the_team_its_hosts_and_facilitators(walk, everybody):
    Walk.objects.update(listed=True)

    assert who_sees(WalkPlace.objects, everybody) == TEAM | FACILITATORS | {"host"}
    assert who_sees(WalkVisit.objects, everybody) == TEAM | FACILITATORS | {"host"}


def test_a_host_sees_the_own_stop_alone(walk, host, second_host):
    assert [visit.host for visit in WalkVisit.objects.visible_to(host)] == [host]


def test_the_team_sees_no_stop_before_the_schedule_is_published(walk, ana):
    assert WalkVisit.objects.visible_to(ana).count() == 2

    Walk.objects.update(published_at=None)

    assert not WalkVisit.objects.visible_to(ana).exists()
    assert WalkPlace.objects.visible_to(ana).exists()


def test_who_gave_the_place_back_sees_the_walk_no_more(walk, ana):
    assert Walk.objects.visible_to(ana).exists()

    walks.leave_walk(walk, by=ana)

    assert not Walk.objects.visible_to(ana).exists()
    assert not WalkVisit.objects.visible_to(ana).exists()


def write(walk, by, number=1, saw="Two hands went up."):
    walks.write_note(walk, by=by, visit_number=number, saw=saw, at=AFTER)


def test_a_note_is_its_authors_until_it_is_published(walk, ana, everybody):
    write(walk, ana)

    assert who_sees(WalkNote.objects, everybody) == {"participant"}


def test_a_published_note_is_read_by_the_team_and_the_facilitator_who_leads_it(walk, ana, facilitator, everybody):
    write(walk, ana)
    walks.publish_notes(walk, by=facilitator, at=AFTER)

    assert who_sees(WalkNote.objects, everybody) == TEAM | {"facilitator"}


def test_the_key_to_the_numbers_is_seen_by_nobody(walk, ana, everybody):
    write(walk, ana)

    assert VisitKey.objects.count() == 1
    assert who_sees(VisitKey.objects, everybody) == set()


DESK = {"principal", "deputy", "office"}


def test_a_request_for_cover_is_seen_by_its_asker_and_those_who_handle_it(ask, everybody):
    ask()

    assert who_sees(Coverage.objects, everybody) == {"participant"} | DESK | FACILITATORS | {"admin"}


def test_whoever_covers_sees_it_until_somebody_else_does(ask, ben, stranger, principal, everybody):
    coverage = ask()
    cover.approve_cover(coverage, by=principal, coverer=ben)
    assert {"ben"} == who_sees(Coverage.objects, everybody) - DESK - FACILITATORS - {"admin", "participant"}

    cover.name_coverer(coverage, by=principal, coverer=stranger)

    assert {"stranger"} == who_sees(Coverage.objects, everybody) - DESK - FACILITATORS - {"admin", "participant"}


def test_partners_see_the_cover_of_their_work(ask, ana, ben, school, everybody):
    load()
    support = SupportType.objects.filter(begins=SupportType.Begins.START).first()
    work = start(support, by=ana)
    Member.objects.create(
        partnership=work, person=ben, school=school, state="active", invited_at=dt.datetime.now(dt.UTC)
    )
    coverage = ask()
    assert "ben" not in who_sees(Coverage.objects, everybody)

    Coverage.objects.filter(pk=coverage.pk).update(partnership=work)

    assert "ben" in who_sees(Coverage.objects, everybody)
    assert "stranger" not in who_sees(Coverage.objects, everybody)
