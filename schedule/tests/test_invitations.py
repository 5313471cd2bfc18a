"""Which calendar is told what, and in which mail."""

import datetime as dt

import pytest

from notices.models import Notice
from schedule import services

from .inviting import HALF, LATER, TEN, make, sent

pytestmark = pytest.mark.usefixtures("inviting")


def told(person, kind):
    """The person's notices of a kind, and of each whether it is mailed on its own."""
    return [notice.kept_at is None for notice in Notice.objects.filter(person=person, kind=kind)]


def test_nobody_is_invited_by_mail_who_did_not_ask_for_it(ana, ben):
    make(ana, [ana, ben])

    assert sent() == []
    assert told(ben, "event_new") == [True]


def test_an_invitation_says_when_and_where_and_nothing_else(ana, ben_wants, school):
    event = make(ana, [ana, ben_wants], school=school, place="Room 12; north")

    ((method, entry, wire),) = sent()

    assert method == "REQUEST"
    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == (str(event.uid), 0, "CONFIRMED")
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (TEN, TEN + HALF)
    assert (entry["SUMMARY"], entry["LOCATION"]) == ("Peer learning", "Room 12; north, Maple Grove Elementary")
    assert entry["ATTENDEE"] == "mailto:ben@cedar.example"
    assert entry["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert entry["ORGANIZER"].startswith("mailto:peerlearn+")
    assert wire["To"] == "ben@cedar.example"
    for word in ("Observation", "Partners", "Ana"):
        assert word not in str(wire)


def test_the_parts_of_the_mail_are_those_that_calendars_look_for(ana, ben_wants):
    make(ana, [ana, ben_wants], place="Salle Éluard")

    ((_, _, wire),) = sent()

    (both, file) = wire.iter_parts()
    assert both.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in both.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    calendar = list(both.iter_parts())[-1]
    assert [name.lower() for name, _ in calendar["Content-Type"].params.items()] == ["method", "charset"]
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")
    assert file.get_content().decode() == calendar.get_content()
    assert "Salle Éluard" in calendar.get_content()


def test_a_move_is_an_update_of_the_same_event_and_asks_again(ana, ben_wants):
    event = make(ana, [ana, ben_wants])
    first = sent()[0]

    services.answer_event(event, by=ben_wants, answer="accepted", at=LATER)
    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=LATER)
    ((method, entry, _),) = sent()

    assert (method, entry["UID"], entry["SEQUENCE"]) == ("REQUEST", first[1]["UID"], 1)
    assert entry.decoded("DTSTART") == TEN + HALF
    assert entry["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


def test_a_cancellation_takes_it_out_of_the_calendar(ana, ben_wants):
    event = make(ana, [ana, ben_wants])
    sent()

    services.cancel_event(event, by=ana, at=LATER)
    ((method, entry, wire),) = sent()

    assert (method, entry["STATUS"], entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert wire["Subject"].startswith("Cancelled: Peer learning, Thu 11 March")


def test_whoever_is_taken_off_hears_that_and_nothing_of_what_comes_after(ana, ben_wants):
    event = make(ana, [ana, ben_wants], place="Room 12")
    sent()

    services.remove_people(event, by=ana, people=[ben_wants], at=LATER)
    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, place="Gym", at=LATER)
    ((method, entry, wire),) = sent()

    assert (method, entry["SEQUENCE"], entry.decoded("DTSTART"), entry["LOCATION"]) == ("CANCEL", 1, TEN, "Room 12")
    assert "Gym" not in str(wire)


def test_asked_again_is_newer_than_the_cancellation(ana, ben_wants):
    event = make(ana, [ana, ben_wants])
    numbers = [entry["SEQUENCE"] for _, entry, _ in sent()]

    for act in (services.remove_people, services.add_people) * 2:
        act(event, by=ana, people=[ben_wants], at=LATER)
        numbers += [entry["SEQUENCE"] for _, entry, _ in sent()]

    assert numbers == [0, 1, 2, 3, 4]


def test_tentative_while_cover_is_missing_and_firm_once_it_is_there(ana, ben_wants):
    event = make(ana, [ana, ben_wants])
    sent()

    seen = []
    for tentative in (True, False):
        services.set_tentative(event, tentative, LATER)
        ((method, entry, _),) = sent()
        seen.append((method, entry["STATUS"], entry["SEQUENCE"]))

    assert seen == [("REQUEST", "TENTATIVE", 1), ("REQUEST", "CONFIRMED", 2)]


def test_a_no_on_the_page_takes_it_out_and_a_yes_brings_it_back(ana, ben_wants):
    event = make(ana, [ana, ben_wants])
    sent()

    seen = []
    for answer in ("declined", "accepted"):
        services.answer_event(event, by=ben_wants, answer=answer, at=LATER)
        ((method, entry, _),) = sent()
        seen.append((method, entry["SEQUENCE"], entry["ATTENDEE"].params["PARTSTAT"]))

    assert seen == [("CANCEL", 1, "DECLINED"), ("REQUEST", 2, "ACCEPTED")]


def test_a_yes_alone_sends_no_mail(ana, ben_wants):
    event = make(ana, [ana, ben_wants])
    sent()

    services.answer_event(event, by=ben_wants, answer="accepted", at=LATER)

    assert sent() == []


def test_whoever_makes_a_date_has_it_in_the_calendar_as_accepted(ben_wants, ana):
    make(ben_wants, [ben_wants, ana])

    ((method, entry, _),) = sent()

    assert (method, entry["ATTENDEE"].params["PARTSTAT"]) == ("REQUEST", "ACCEPTED")


def test_one_mail_for_each_fact(ana, ben_wants, cleo):
    event = make(ana, [ana, ben_wants, cleo])
    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=LATER)
    services.cancel_event(event, by=ana, at=LATER)

    for kind in ("event_new", "event_moved", "event_cancelled"):
        assert told(ben_wants, kind) == [False]
        assert told(cleo, kind) == [True]
    assert Notice.objects.visible_to(ben_wants).in_inbox(LATER).count() == 3


def test_a_no_is_told_to_the_organizer_by_mail_whatever_they_chose(ana, ben):
    services.want_invitations(ana, by=ana, wanted=True)
    event = make(ana, [ana, ben])

    services.answer_event(event, by=ben, answer="declined", at=LATER)

    assert told(ana, "event_declined") == [True]


def test_no_longer_wanted_keeps_in_step_what_is_there_and_begins_nothing(ana, ben_wants):
    event = make(ana, [ana, ben_wants])
    sent()
    services.want_invitations(ben_wants, by=ben_wants, wanted=False)

    make(ana, [ana, ben_wants], starts_at=TEN + dt.timedelta(days=1))
    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=LATER)
    moved = sent()
    services.cancel_event(event, by=ana, at=LATER)

    seen = [(method, entry["UID"]) for method, entry, _ in moved + sent()]
    assert seen == [("REQUEST", str(event.uid)), ("CANCEL", str(event.uid))]
    assert sorted(told(ben_wants, "event_new")) == [False, True]


def test_wanted_later_begins_with_the_next_change(ana, ben):
    event = make(ana, [ana, ben])
    other = make(ana, [ana, ben], starts_at=TEN + dt.timedelta(days=1))
    services.want_invitations(ben, by=ben, wanted=True)

    services.cancel_event(other, by=ana, at=LATER)
    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=LATER)

    assert [(method, entry["SEQUENCE"]) for method, entry, _ in sent()] == [("REQUEST", 1)]
    assert told(ben, "event_cancelled") == [True]
