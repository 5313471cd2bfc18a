"""Whoever is named has the time booked, says yes or no, and until then the date is tentative."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from observations.models import Coverage, CoverRule
from observations.services import NotNow, Taken, following
from observations.services import coverage as cover
from people import clock
from people.models import Post, Role
from schedule.models import Booking
from schedule.services import bookings, cancel_event, create_event, move_event

from .conftest import DAY, NOW

LATER = NOW + dt.timedelta(hours=1)


def state_of(coverage):
    coverage.refresh_from_db()
    return coverage.state


def booked(coverage):
    rows = Booking.objects.filter(source=f"coverage:{coverage.pk}", firm=True)
    return list(rows.values_list("holder", "starts_at", "ends_at"))


def ten_to_eleven(school):
    return clock.at(DAY, dt.time(10, 5), school), clock.at(DAY, dt.time(10, 50), school)


def test_whoever_is_named_has_the_time_booked_until_they_are_let_go(ask, school, ben, stranger, principal):
    coverage = ask()
    cover.approve_cover(coverage, by=principal, coverer=ben)
    assert booked(coverage) == [(f"person:{ben.pk}", *ten_to_eleven(school))]

    cover.name_coverer(coverage, by=principal, coverer=stranger)
    assert booked(coverage) == [(f"person:{stranger.pk}", *ten_to_eleven(school))]

    cover.return_cover(coverage, by=principal, reason="Testing week")
    assert booked(coverage) == []


def test_a_time_that_was_booked_meanwhile_is_refused_in_words(ask, school, ben, principal):
    coverage = ask()
    starts_at, ends_at = ten_to_eleven(school)
    bookings.book(
        bookings.person_holder(ben), source="other", starts_at=starts_at, ends_at=ends_at, person=ben, firm=True
    )

    with pytest.raises(Taken, match="Ben Okafor"):
        cover.approve_cover(coverage, by=principal, coverer=ben)

    assert (state_of(coverage), booked(coverage)) == ("asked", [])


def test_who_teaches_or_has_a_duty_then_does_not_cover(ask, teach, ben, stranger, principal):
    teach(ben, "2", "Grade 2 art")
    teach(stranger, "2", kind="duty")

    with pytest.raises(Taken, match="Ben Okafor is taken at that time: teaching Grade 2 art"):
        cover.approve_cover(ask(), by=principal, coverer=ben)
    with pytest.raises(Taken, match="Sam Stranger is taken at that time: on duty"):
        cover.approve_cover(Coverage.objects.get(), by=principal, coverer=stranger)


def test_the_coverer_says_yes_and_the_teacher_knows(ask, ana, ben, principal, told):
    coverage = ask()
    cover.approve_cover(coverage, by=principal, coverer=ben)
    assert (told(ana, "coverage_assigned"), told(ana, "coverage_confirmed")) == (1, 0)

    cover.confirm_cover(coverage, by=ben)
    cover.confirm_cover(coverage, by=ben)

    assert state_of(coverage) == "confirmed"
    assert told(ana, "coverage_confirmed") == 1


def test_the_office_marks_a_yes_and_nobody_else_does(ask, ana, ben, stranger, principal, office):
    coverage = ask()
    with pytest.raises(PermissionDenied):
        cover.confirm_cover(coverage, by=ben)
    cover.approve_cover(coverage, by=principal, coverer=ben)
    for by in (ana, stranger):
        with pytest.raises(PermissionDenied):
            cover.confirm_cover(coverage, by=by)

    cover.confirm_cover(coverage, by=office)

    assert state_of(coverage) == "confirmed"


def test_one_who_cannot_says_so_and_the_office_is_told(ask, ana, ben, principal, office, told):
    coverage = ask()
    cover.approve_cover(coverage, by=principal, coverer=ben)

    cover.decline_cover(coverage, by=ben)

    assert (state_of(coverage), coverage.coverer, booked(coverage)) == ("approved", None, [])
    assert told(principal, "coverage_declined") == told(office, "coverage_declined") == 1
    assert told(ben, "coverage_off") == told(ana, "coverage_declined") == 0


def test_after_a_yes_nobody_says_no_alone(ask, ben, principal):
    coverage = ask()
    cover.approve_cover(coverage, by=principal, coverer=ben)
    cover.confirm_cover(coverage, by=ben)

    with pytest.raises(PermissionDenied):
        cover.decline_cover(coverage, by=ben)


def test_who_names_herself_has_said_yes(ask, principal, told):
    coverage = ask()

    cover.approve_cover(coverage, by=principal, coverer=principal)

    assert state_of(coverage) == "confirmed"
    assert told(principal, "coverage_yours") == 0


def test_naming_somebody_else_asks_for_a_yes_again(ask, ben, stranger, principal):
    coverage = ask()
    cover.approve_cover(coverage, by=principal, coverer=ben)
    cover.confirm_cover(coverage, by=ben)

    cover.name_coverer(coverage, by=principal, coverer=stranger)

    assert (state_of(coverage), coverage.coverer, coverage.confirmed_at) == ("assigned", stranger, None)


def test_nobody_covers_more_in_a_week_than_the_school_has_settled(ask, ben, school, principal):
    CoverRule.objects.create(school=school, most_a_week=1)
    cover.approve_cover(ask(), by=principal, coverer=ben)
    second = ask(day=DAY + dt.timedelta(days=1))
    next_week = ask(day=DAY + dt.timedelta(days=7))

    with pytest.raises(Taken, match="covers a class in the week of Mon 8 March already.*more than 1"):
        cover.approve_cover(second, by=principal, coverer=ben)
    cover.approve_cover(next_week, by=principal, coverer=ben)

    assert (state_of(second), state_of(next_week)) == ("asked", "assigned")


def test_an_event_is_tentative_until_all_its_classes_are_covered(ask, date, ana, ben, stranger, principal):
    event = date()
    first = ask(event=event)
    second = ask(event=event, starts=dt.time(11, 5), ends=dt.time(11, 50), class_name="Grade 5")

    def tentative():
        event.refresh_from_db()
        return event.awaits_cover

    assert tentative()
    sequence = event.sequence
    cover.approve_cover(first, by=principal, coverer=ben)
    cover.confirm_cover(first, by=ben)
    assert (tentative(), event.sequence) == (True, sequence)

    cover.approve_cover(second, by=principal, coverer=stranger)
    assert tentative()
    cover.confirm_cover(second, by=stranger)
    assert (tentative(), event.sequence) == (False, sequence + 1)

    cover.name_coverer(second, by=principal, coverer=principal)
    assert not tentative()
    cover.return_cover(second, by=principal, reason="Testing week")
    assert tentative()
    cover.withdraw_cover(second, by=ana)
    assert not tentative()


def test_a_refused_decision_leaves_the_event_as_it_was(ask, date, ben, stranger, principal):
    event = date()
    coverage = ask(event=event)
    cover.approve_cover(ask(by=stranger, class_name="Grade 2 art"), by=principal, coverer=ben)

    with pytest.raises(Taken):
        cover.approve_cover(coverage, by=principal, coverer=ben)

    event.refresh_from_db()
    assert event.awaits_cover


def test_a_cancelled_event_frees_who_was_to_cover(ask, date, ana, ben, principal):
    event = date()
    coverage = ask(event=event)
    cover.approve_cover(coverage, by=principal, coverer=ben)

    cancel_event(event, by=ana)

    assert (state_of(coverage), booked(coverage)) == ("withdrawn", [])


def test_a_moved_event_frees_who_was_to_cover(ask, date, ana, ben, principal):
    event = date()
    coverage = ask(event=event)
    cover.approve_cover(coverage, by=principal, coverer=ben)
    shift = dt.timedelta(days=1)

    move_event(event, by=ana, starts_at=event.starts_at + shift, ends_at=event.ends_at + shift)

    assert (state_of(coverage), booked(coverage)) == ("asked", [])


def test_who_covers_cannot_be_booked_by_a_date_as_well(ask, ben, school, principal):
    cover.approve_cover(ask(), by=principal, coverer=ben)
    starts_at, ends_at = ten_to_eleven(school)

    with pytest.raises(bookings.DoubleBooked):
        create_event(by=ben, kind="meeting", title="", starts_at=starts_at, ends_at=ends_at, people=[ben])


def test_a_note_and_a_plan_are_changed_by_their_teacher_alone(ask, ana, ben, principal, office):
    coverage = ask(note="Page 30")
    for by in (ben, principal, office):
        with pytest.raises(PermissionDenied):
            cover.change_note(coverage, by=by, note="Page 31")

    cover.change_note(coverage, by=ana, note="Page 31", at=LATER)

    coverage.refresh_from_db()
    assert (coverage.note, coverage.changed_at, coverage.state) == ("Page 31", LATER, "asked")


def test_every_change_is_dated_for_who_exports_it(ask, ben, principal):
    coverage = ask()

    cover.approve_cover(coverage, by=principal, coverer=ben, at=LATER)
    coverage.refresh_from_db()
    assert coverage.changed_at == LATER

    cover.confirm_cover(coverage, by=ben, at=LATER + dt.timedelta(hours=1))
    coverage.refresh_from_db()
    assert coverage.changed_at == LATER + dt.timedelta(hours=1)


def test_what_nobody_asked_for_is_not_decided(teach, date, ana, ben, principal):
    teach(ana, "2", "Grade 4 math")
    date(ends=dt.time(10, 50))
    coverage = Coverage.objects.get()

    for decide in (
        lambda: cover.approve_cover(coverage, by=principal),
        lambda: cover.return_cover(coverage, by=principal, reason="No"),
        lambda: cover.name_coverer(coverage, by=principal, coverer=ben),
    ):
        with pytest.raises(NotNow):
            decide()


def test_a_leaver_who_covers_is_let_go_with_the_time(ask, ben, principal, stranger, admin):
    coverage = ask()
    cover.approve_cover(coverage, by=principal, coverer=ben)
    cover.confirm_cover(coverage, by=ben)
    Post.objects.filter(user=ben, role=Role.TEACHER).delete()

    following.hand_over(ben, to=stranger, by=admin, at=NOW)

    assert (state_of(coverage), booked(coverage)) == ("approved", [])
