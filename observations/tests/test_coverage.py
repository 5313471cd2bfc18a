import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from notices.models import Notice
from notices.registry import KINDS
from observations.models import Coverage
from observations.reads.ranking import coverers_for
from observations.services import NotNow, Taken, asking, following
from observations.services import coverage as cover
from people.models import Post, Role
from schedule import services as schedule
from schedule.models import Event

from .conftest import DAY, NOW

TEN = dt.datetime(2027, 3, 11, 15, tzinfo=dt.UTC)  # 10:00 in New York
HOUR = dt.timedelta(hours=1)


def state_of(coverage):
    coverage.refresh_from_db()
    return coverage.state


def test_asking_tells_the_principal_and_says_nothing_of_the_purpose(ask, ana, ben, principal, told):
    event = schedule.create_event(
        by=ana, kind="observation", title="Peer Partners: Observation", starts_at=TEN, ends_at=TEN + HOUR,
        people=[ana, ben],
    )  # fmt: skip
    coverage = ask(event=event)

    assert told(principal, "coverage_asked") == 1
    said = Notice.objects.get(person=principal, kind="coverage_asked")
    assert KINDS["coverage_asked"].sentence_for(said.facts) == (
        "Ana Ruiz needs cover for Grade 4 math, Thu 11 March, 10:05 to 10:50."
    )
    assert "Peer Partners" not in str(said.facts)
    assert coverage.state == "asked"


def test_nobody_asks_for_a_day_that_is_over_or_twice_for_the_same_time(ask):
    ask()

    with pytest.raises(Taken, match="asked for cover at that time already"):
        ask(starts=dt.time(10, 30), ends=dt.time(11))
    with pytest.raises(NotNow, match="is over"):
        ask(day=dt.date(2027, 2, 26))
    assert ask(starts=dt.time(10, 50), ends=dt.time(11, 30)).pk


def test_nobody_asks_for_a_school_where_they_do_not_work(ask, cleo):
    with pytest.raises(PermissionDenied):
        ask(by=cleo)


def test_nobody_asks_for_a_date_of_others(ask, event, ben, principal, client):
    """It would make their date tentative, and show them the request."""
    with pytest.raises(PermissionDenied):
        ask(by=principal, event=event)

    client.force_login(principal)
    assert client.get(f"/coverage/ask/?event={event.pk}").status_code == 403


def test_the_principal_approves_and_names_in_one_go_and_all_are_told(ask, ana, ben, principal, told):
    coverage = ask()

    cover.approve_cover(coverage, by=principal, coverer=ben)

    assert state_of(coverage) == "assigned"
    assert told(ana, "coverage_assigned") == told(ben, "coverage_yours") == 1
    assert told(ana, "coverage_confirmed") == 0


def test_who_may_not_decide_does_not(ask, ana, ben, office, other_principal, facilitator, admin):
    coverage = ask()

    for by in (ana, ben, office, other_principal, facilitator, admin):
        with pytest.raises(PermissionDenied):
            cover.approve_cover(coverage, by=by)
        with pytest.raises(PermissionDenied):
            cover.return_cover(coverage, by=by, reason="No")


def test_nobody_decides_on_their_own_request(ask, principal):
    coverage = ask(by=principal)

    with pytest.raises(PermissionDenied):
        cover.approve_cover(coverage, by=principal)


def test_the_second_decision_hears_of_the_first(ask, principal):
    coverage = ask()
    cover.approve_cover(coverage, by=principal)

    with pytest.raises(NotNow, match="Pia Lindqvist has decided already"):
        cover.approve_cover(coverage, by=principal)


def test_the_office_names_who_covers_once_it_is_approved(ask, ben, principal, office):
    coverage = ask()
    with pytest.raises(PermissionDenied):
        cover.name_coverer(coverage, by=office, coverer=ben)

    cover.approve_cover(coverage, by=principal)
    cover.name_coverer(coverage, by=office, coverer=ben)

    assert state_of(coverage) == "assigned"


def test_nobody_is_double_booked(ask, ana, ben, stranger, principal):
    cover.approve_cover(ask(), by=principal, coverer=ben)
    other = ask(by=stranger, starts=dt.time(10, 30), ends=dt.time(11), class_name="Grade 2 art")

    with pytest.raises(Taken, match="Ben Okafor is taken.*covering Grade 4 math at Maple Grove Elementary, 10:05 to"):
        cover.approve_cover(other, by=principal, coverer=ben)
    with pytest.raises(Taken, match="away from their own class"):
        cover.approve_cover(other, by=principal, coverer=ana)
    with pytest.raises(Taken, match="is the one who is away"):
        cover.approve_cover(other, by=principal, coverer=stranger)

    assert state_of(other) == "asked"


def test_who_is_expected_at_an_event_does_not_cover(ask, ben, principal):
    schedule.create_event(by=ben, kind="meeting", title="", starts_at=TEN, ends_at=TEN + HOUR, people=[ben])

    with pytest.raises(Taken, match="something in their calendar"):
        cover.approve_cover(ask(), by=principal, coverer=ben)


def test_who_covers_is_not_away_at_that_time(ask, ben, principal):
    cover.approve_cover(ask(), by=principal, coverer=ben)

    with pytest.raises(Taken, match="You cover Grade 4 math then"):
        ask(by=ben)


def test_naming_somebody_else_frees_the_first(ask, ben, stranger, principal, told):
    coverage = ask()
    cover.approve_cover(coverage, by=principal, coverer=ben)

    cover.name_coverer(coverage, by=principal, coverer=stranger, at=NOW + HOUR)

    assert told(ben, "coverage_off") == told(stranger, "coverage_yours") == 1
    notice = Notice.objects.get(person=ben, kind="coverage_yours")
    assert not KINDS["coverage_yours"].still_due(notice)


def test_a_returned_request_is_asked_again_with_what_it_had(ask, ana, principal, told):
    coverage = ask(note="The plan is on the desk.")
    cover.return_cover(coverage, by=principal, reason="Testing week", other_day=dt.date(2027, 3, 18))
    with pytest.raises(PermissionDenied):
        asking.ask_again(coverage, by=principal, day=DAY, starts=dt.time(9), ends=dt.time(10))

    again = {"day": dt.date(2027, 3, 18), "starts": dt.time(10, 5), "ends": dt.time(10, 50)}
    asking.ask_again(coverage, by=ana, at=NOW + HOUR, **again)

    coverage.refresh_from_db()
    assert (coverage.state, coverage.day, coverage.note) == ("asked", again["day"], "The plan is on the desk.")
    assert (coverage.reason, coverage.other_day) == ("", None)
    assert told(principal, "coverage_asked") == 2


def test_withdrawing_tells_the_coverer_and_is_over_when_the_day_is(ask, ana, ben, principal, told):
    coverage = ask()
    cover.approve_cover(coverage, by=principal, coverer=ben)
    with pytest.raises(NotNow, match="is over"):
        cover.withdraw_cover(coverage, by=ana, at=NOW + dt.timedelta(days=20))

    cover.withdraw_cover(coverage, by=ana)

    assert state_of(coverage) == "withdrawn"
    assert told(ben, "coverage_off") == 1
    with pytest.raises(NotNow, match="was withdrawn"):
        cover.approve_cover(coverage, by=principal)


@pytest.fixture
def event(ana, cleo, school):
    return schedule.create_event(
        by=ana, kind=Event.Kind.OBSERVATION, title="", starts_at=TEN, ends_at=TEN + 2 * HOUR, people=[ana, cleo],
        school=school,
    )  # fmt: skip


def test_cover_goes_with_a_cancelled_event_and_the_coverer_is_told(ask, event, ana, ben, principal, told):
    coverage = ask(event=event)
    cover.approve_cover(coverage, by=principal, coverer=ben)

    schedule.cancel_event(event, by=ana)

    assert state_of(coverage) == "withdrawn"
    assert told(ben, "coverage_off") == 1


def test_each_class_moves_as_far_as_its_event_and_is_asked_for_anew(
    ask, event, ana, ben, principal, periods, told
):  # fmt: skip
    first = ask(event=event, period=periods[1])
    second = ask(event=event, period=periods[2], starts=dt.time(11, 5), ends=dt.time(11, 50))
    cover.approve_cover(first, by=principal, coverer=ben)
    shift = dt.timedelta(days=1, hours=-1)

    schedule.move_event(event, by=ana, starts_at=event.starts_at + shift, ends_at=event.ends_at + shift, at=NOW + HOUR)

    rows = Coverage.objects.order_by("pk").values_list("state", "coverer", "day", "starts", "period__name")
    friday = DAY + dt.timedelta(days=1)
    assert list(rows) == [
        ("asked", None, friday, dt.time(9, 5), "1"),
        ("asked", None, friday, dt.time(10, 5), "2"),
    ]
    assert told(ben, "coverage_off") == 1
    assert told(principal, "coverage_asked") == 4
    assert {first.pk, second.pk} == set(Coverage.objects.values_list("pk", flat=True))


def test_cover_keeps_the_schools_hour_when_the_clocks_change_between(ask, event, ana):
    ask(event=event)
    shift = dt.timedelta(days=7, hours=-1)  # 14 March 2027: the clock goes forward, so the same hour is one less in UTC

    schedule.move_event(event, by=ana, starts_at=event.starts_at + shift, ends_at=event.ends_at + shift)

    assert list(Coverage.objects.values_list("day", "starts")) == [(dt.date(2027, 3, 18), dt.time(10, 5))]


def test_another_room_leaves_the_cover_as_it_is(ask, event, ana, ben, principal, told):
    coverage = ask(event=event)
    cover.approve_cover(coverage, by=principal, coverer=ben)

    schedule.move_event(event, by=ana, starts_at=event.starts_at, ends_at=event.ends_at, place="Library")

    assert state_of(coverage) == "assigned"
    assert told(ben, "coverage_off") == 0


def test_a_move_that_is_refused_leaves_the_cover_untouched(ask, event, ana, ben, principal):
    coverage = ask(event=event)
    cover.approve_cover(coverage, by=principal, coverer=ben)

    with pytest.raises(PermissionDenied):
        schedule.move_event(event, by=ben, starts_at=TEN + HOUR, ends_at=TEN + 2 * HOUR)

    assert state_of(coverage) == "assigned"


def test_the_free_are_offered_with_the_fewest_covers_first(ask, ana, ben, stranger, principal, office, host, cleo):
    cover.approve_cover(ask(starts=dt.time(8), ends=dt.time(9)), by=principal, coverer=ben)
    cover.approve_cover(ask(by=host), by=principal, coverer=stranger)
    coverage = ask()

    free = coverers_for(coverage)

    assert [(one.who.name, one.covered) for one in free] == [("Otto Lange", 0), ("Pia Lindqvist", 0), ("Ben Okafor", 1)]


def test_a_coverer_may_serve_two_schools(ask, person, school, other_school, cleo, principal, other_principal):
    sub = person("Sue Sub", Role.TEACHER, school)
    Post.objects.create(user=sub, role=Role.TEACHER, school=other_school)
    cover.approve_cover(ask(), by=principal, coverer=sub)
    there = ask(by=cleo, school=other_school, starts=dt.time(10), ends=dt.time(10, 30))

    with pytest.raises(Taken, match="Maple Grove"):
        cover.approve_cover(there, by=other_principal, coverer=sub)


def test_a_leavers_promises_are_listed_and_handed_back(ask, ana, ben, stranger, facilitator, walk, principal, admin):
    given, asked = ask(starts=dt.time(12), ends=dt.time(13)), ask(by=ben)
    cover.approve_cover(given, by=principal, coverer=ben)
    labels = [label for label, _ in following.unfinished_work(ben)]
    assert labels == ["Covers Grade 4 math, 2027-03-11", "Asked for cover of Grade 4 math, 2027-03-11"]

    following.hand_over(ben, to=stranger, by=admin, at=NOW)

    assert (state_of(given), given.coverer, state_of(asked)) == ("approved", None, "withdrawn")
