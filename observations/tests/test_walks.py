import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from observations.models import Coverage, Walk, WalkVisit
from observations.services import NotNow, walks
from observations.services.coverage import ask_for_cover
from partnerships.models import Member, TimeSpent
from partnerships.services.starting import start
from people.models import Role
from schedule import services as schedule
from schedule.models import Attendance, Event
from supports.loader import load
from supports.models import SupportType

from .conftest import AFTER, DAY


def calendar_of(person):
    return set(Event.objects.of(person).standing().values_list("kind", flat=True))


def test_only_a_facilitator_of_the_school_sets_up_a_walk(set_up, person, other_school, ana, principal, admin):
    elsewhere = person("Remote Facilitator", Role.FACILITATOR, other_school)

    for by in (ana, principal, admin, elsewhere):
        with pytest.raises(PermissionDenied):
            set_up(by=by)


def test_a_walk_is_set_up_for_a_day_to_come(set_up):
    with pytest.raises(NotNow, match="over"):
        set_up(day=dt.date(2027, 2, 26))


def test_join_gives_the_last_place_once(set_up, ana, ben):
    walk = set_up(places=1)
    walks.join_walk(walk, by=ana, focus="First five minutes")

    with pytest.raises(NotNow, match="All 1 places"):
        walks.join_walk(walk, by=ben)

    walks.leave_walk(walk, by=ana)
    walks.join_walk(walk, by=ben)
    assert [place.person for place in walk.participants.filter(withdrew_at=None)] == [ben]


def test_who_evaluates_the_school_neither_joins_nor_is_added(set_up, principal, other_principal, facilitator):
    walk = set_up()

    with pytest.raises(PermissionDenied):
        walks.join_walk(walk, by=principal)
    with pytest.raises(NotNow, match="peers are not bosses"):
        walks.add_participant(walk, by=facilitator, person=principal)

    walks.join_walk(walk, by=other_principal)
    assert walk.participants.get().person == other_principal


def test_a_walk_by_invitation_is_not_joined(set_up, ana):
    walk = set_up(listed=False)

    with pytest.raises(PermissionDenied):
        walks.join_walk(walk, by=ana)


def test_visits_follow_one_another(walk, facilitator, stranger):
    with pytest.raises(NotNow, match="The team is with Hanna Holt"):
        walks.add_visit(walk, by=facilitator, host=stranger, room="Room 9", starts=dt.time(9, 50), minutes=15)

    walks.add_visit(walk, by=facilitator, host=stranger, room="Room 9", starts=dt.time(9, 45), minutes=15)
    assert WalkVisit.objects.filter(walk=walk).count() == 3


def test_publishing_puts_one_span_into_the_visitors_calendars(walk, ana, host, facilitator, told):
    (round_,) = Event.objects.of(ana).filter(kind=Event.Kind.WALK)

    assert (round_.starts_at.isoformat(), round_.ends_at.isoformat()) == (
        "2027-03-11T15:00:00+00:00",
        "2027-03-11T15:35:00+00:00",
    )
    assert told(ana, "walk_published") == 1
    assert told(host, "walk_hosting") == 1
    assert Event.objects.of(host).count() == 1


def test_who_joins_later_has_the_dates_too_and_who_leaves_has_not(walk, ben, facilitator):
    walks.set_talk(walk, by=facilitator, kind=Event.Kind.DEBRIEF, starts=dt.time(11), minutes=30, place="Library")

    walks.add_participant(walk, by=facilitator, person=ben)
    assert calendar_of(ben) == {"walk", "debrief"}

    walks.leave_walk(walk, by=ben)
    assert calendar_of(ben) == set()


def test_leaving_withdraws_the_cover_that_was_asked_for_the_walk(walk, cleo, other_school):
    asked = {"by": cleo, "school": other_school, "day": DAY, "class_name": "Grade 6"}
    for_walk = ask_for_cover(**asked, starts=dt.time(10), ends=dt.time(11), event=walk.round)
    for_else = ask_for_cover(**asked, starts=dt.time(12), ends=dt.time(13))

    walks.leave_walk(walk, by=cleo)

    states = dict(Coverage.objects.values_list("pk", "state"))
    assert states == {for_walk.pk: "withdrawn", for_else.pk: "asked"}


def test_a_visit_moved_in_the_calendar_takes_the_round_along(walk, facilitator, ana):
    last = WalkVisit.objects.filter(walk=walk).last().event
    schedule.move_event(last, by=facilitator, starts_at=last.starts_at, ends_at=last.ends_at + dt.timedelta(minutes=10))

    assert Walk.objects.get().round.ends_at == last.ends_at
    assert Walk.objects.get().round.minutes == 45


def test_a_visit_called_off_in_the_calendar_is_off_the_walk(walk, facilitator, host):
    event = WalkVisit.objects.get(host=host).event

    schedule.cancel_event(event, by=facilitator)

    assert [visit.host.name for visit in WalkVisit.objects.all()] == ["Second Host"]
    assert Walk.objects.get().round.minutes == 15


def test_another_facilitator_of_the_school_may_arrange_what_the_first_began(walk, person, school):
    other = person("Local Facilitator", Role.FACILITATOR, school)

    walks.cancel_walk(walk, by=other)

    assert Walk.objects.get().cancelled_at


def test_calling_off_clears_every_calendar_and_tells_all(walk, facilitator, ana, host, told):
    walks.cancel_walk(walk, by=facilitator)

    assert not Event.objects.standing().exists()
    assert told(ana, "walk_cancelled") == told(host, "walk_cancelled") == 1


@pytest.fixture
def gathered(ana, ben, school, facilitator):
    load()
    support = SupportType.objects.get(begins=SupportType.Begins.REQUEST)
    work = start(support, by=facilitator, lead=ana)
    Member.objects.create(partnership=work, person=ben, school=school, state="active", invited_at=AFTER)
    return work


def test_a_partnership_brings_its_members_along(set_up, gathered, ana, ben, told):
    walk = set_up(partnership=gathered, places=1)

    assert {place.person for place in walk.participants.all()} == {ana, ben}
    assert walk.places == 2
    assert told(ben, "walk_place") == 1
    with pytest.raises(NotNow, match="set up already"):
        set_up(partnership=gathered)


def test_a_walk_counts_the_minutes_of_who_came_members_with_their_partnership(
    set_up, gathered, ana, ben, host, facilitator, cleo
):
    walk = set_up(partnership=gathered)
    walks.join_walk(walk, by=cleo)
    walks.add_visit(walk, by=facilitator, host=host, room="Room 1", starts=dt.time(10), minutes=20)
    walks.publish_walk(walk, by=facilitator)
    Attendance.objects.filter(person=ben).update(answer=Attendance.Answer.DECLINED)

    walks.close_walk(walk, by=facilitator, at=AFTER)

    counted = set(TimeSpent.objects.values_list("person__name", "partnership", "minutes", "category"))
    assert counted == {("Ana Ruiz", gathered.pk, 20, "observing"), ("Cleo Marsh", None, 20, "observing")}


def test_closing_thanks_the_hosts_and_waits_for_the_day(walk, facilitator, host, told):
    with pytest.raises(NotNow, match="still to come"):
        walks.close_walk(walk, by=facilitator)

    walks.close_walk(walk, by=facilitator, at=AFTER)

    assert told(host, "walk_thanks") == 1
    with pytest.raises(PermissionDenied):
        walks.add_participant(walk, by=facilitator, person=host)
