import datetime as dt
import email.message
import io
import sys
import uuid
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from notices.models import Notice
from schedule import reply_keys, services
from schedule.models import Attendance, CalendarReply
from schedule.reading_replies import read_reply

NOW = dt.datetime(2027, 3, 1, 15, tzinfo=dt.UTC)
TEN = dt.datetime(2027, 3, 11, 15, 5, tzinfo=dt.UTC)
HALF = dt.timedelta(minutes=45)
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _site(settings, time_machine):
    settings.CALENDAR_ADDRESS = "peerlearn@cedar.example"
    settings.TAKES_REPLIES = True
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def event(ana, ben):
    services.want_invitations(ben, by=ben, wanted=True, at=NOW)
    return make(ana, [ana, ben])


def make(by, people, *, starts_at=TEN, **fields):
    given = {"kind": "observation", "title": "Peer Partners: Observation", "at": NOW} | fields
    return services.create_event(by=by, people=people, starts_at=starts_at, ends_at=starts_at + HALF, **given)


def answer_of(event, person):
    return Attendance.objects.get(event=event, person=person).answer


def link(event, person):
    return f"/replies/{reply_keys.link_token(event.pk, person.pk)}/"


# --- by link ----------------------------------------------------------------------------------------------------------


def press(client, event, person, answer, sequence=None):
    sequence = event.sequence if sequence is None else sequence
    return client.post(link(event, person), {"answer": answer, "sequence": sequence})


def test_opening_the_link_says_what_it_is_about_and_answers_nothing(client, event, ben):
    for answer in ("accepted", "declined"):
        page = client.get(f"{link(event, ben)}?answer={answer}").content.decode()
        assert "Thu 11 March, 10:05 to 10:50" in page
        assert "Ben Okafor" in page
        assert "Observation" not in page

    assert answer_of(event, ben) == "asked"


@pytest.mark.parametrize("answer", ["accepted", "declined"])
def test_the_button_answers_without_signing_in(client, event, ben, answer):
    response = press(client, event, ben, answer)

    assert response.status_code == 302
    assert answer_of(event, ben) == answer
    assert "You said that you" in client.get(response["Location"]).content.decode()


def test_pressing_twice_acts_once(client, event, ben):
    press(client, event, ben, "declined")
    first = Attendance.objects.get(event=event, person=ben).answered_at
    press(client, event, ben, "declined")

    assert Attendance.objects.get(event=event, person=ben).answered_at == first
    assert Notice.objects.filter(kind="event_declined").count() == 1


def test_an_answer_to_a_time_that_was_changed_meanwhile_is_asked_again(client, event, ana, ben):
    seen = event.sequence
    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=NOW)

    response = press(client, event, ben, "accepted", sequence=seen)

    assert "It has changed since you opened this page" in response.content.decode()
    assert answer_of(event, ben) == "asked"


def test_a_yes_to_two_things_at_once_is_refused_in_words(client, event, ana, ben, cleo):
    other = make(cleo, [cleo, ben], starts_at=TEN + dt.timedelta(hours=2))
    services.answer_event(other, by=ben, answer="accepted", at=NOW)
    services.move_event(event, by=ana, starts_at=other.starts_at + HALF / 3, ends_at=other.ends_at + HALF, at=NOW)

    response = press(client, event, ben, "accepted")

    assert "This was not saved" in response.content.decode()
    assert answer_of(event, ben) == "asked"


def test_the_link_ends_with_the_event(client, event, ben, time_machine):
    time_machine.move_to(TEN + HALF)

    assert "This date is over" in client.get(link(event, ben)).content.decode()
    press(client, event, ben, "accepted")

    assert answer_of(event, ben) == "asked"


def test_a_cancelled_date_and_one_that_one_was_taken_off_ask_nothing(client, event, ana, ben, cleo):
    assert "no longer expected" in client.get(link(event, cleo)).content.decode()
    services.cancel_event(event, by=ana, at=NOW)
    assert "was cancelled" in client.get(link(event, ben)).content.decode()

    for person in (ben, cleo):
        assert press(client, event, person, "accepted").status_code == 200
    assert answer_of(event, ben) == "asked"


def test_a_link_that_nobody_here_wrote_is_no_page(client, event, ben, cleo):
    token = reply_keys.link_token(event.pk, ben.pk)
    assert client.get(f"/replies/{token}/").status_code == 200

    other = reply_keys.link_token(event.pk, cleo.pk)
    for wrong in (token[:-1], f"{other.split(':')[0]}:{token.split(':')[1]}", "x", "W10:x"):
        assert client.get(f"/replies/{wrong}/").status_code == 404
    type(ben).objects.filter(pk=ben.pk).update(is_active=False)
    assert client.get(f"/replies/{token}/").status_code == 404


def test_the_button_needs_the_page_that_it_stands_on(event, ben):
    strict = Client(enforce_csrf_checks=True)

    assert press(strict, event, ben, "accepted").status_code == 403
    assert answer_of(event, ben) == "asked"


# --- from a calendar --------------------------------------------------------------------------------------------------


def letter(event, person, *, partstat="ACCEPTED", sequence=0, stamped=LATER, **changes):
    """What a calendar sends back, as bytes."""
    given = SimpleNamespace(
        to=reply_keys.reply_address(event.pk, person.pk), sender=person.email, attendee=person.email,
        uid=event.uid, method="REPLY", name=f"<{partstat}-{sequence}-{stamped:%H%M%S}@mail.example>",
    )  # fmt: skip
    vars(given).update(changes)
    mail = email.message.EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = given.sender, given.to, given.name
    mail["Subject"] = "Accepted: Peer learning"
    mail.set_content("Ben has accepted.")
    lines = [
        "BEGIN:VCALENDAR", "PRODID:-//Example//Calendar//EN", "VERSION:2.0", f"METHOD:{given.method}", "BEGIN:VEVENT",
        f"UID:{given.uid}", f"DTSTAMP:{stamped:%Y%m%dT%H%M%SZ}", f"SEQUENCE:{sequence}", "DTSTART:20270311T150500Z",
        "ORGANIZER:mailto:peerlearn@cedar.example", f"ATTENDEE;PARTSTAT={partstat};CN=Ben:mailto:{given.attendee}",
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    mail.add_alternative("\r\n".join(lines), subtype="calendar", params={"method": given.method})
    return mail.as_bytes()


@pytest.mark.parametrize(("partstat", "answer"), [("ACCEPTED", "accepted"), ("DECLINED", "declined")])
def test_a_reply_answers(event, ben, partstat, answer):
    assert services.take_reply(letter(event, ben, partstat=partstat), at=LATER) == "taken"

    assert answer_of(event, ben) == answer


def test_perhaps_is_no_answer(event, ben):
    assert services.take_reply(letter(event, ben, partstat="TENTATIVE"), at=LATER) == "passed over"

    assert answer_of(event, ben) == "asked"


def test_a_message_is_taken_once(event, ben):
    first = letter(event, ben)
    services.take_reply(first, at=LATER)
    services.answer_event(event, by=ben, answer="declined", at=LATER)

    assert services.take_reply(first, at=LATER) == "taken before"
    assert answer_of(event, ben) == "declined"


def test_a_reply_to_what_was_changed_since_is_passed_over(event, ana, ben):
    services.move_event(event, by=ana, starts_at=TEN + HALF, ends_at=TEN + 2 * HALF, at=NOW)

    assert services.take_reply(letter(event, ben, sequence=0), at=LATER) == "passed over"
    assert answer_of(event, ben) == "asked"
    assert services.take_reply(letter(event, ben, sequence=1), at=LATER) == "taken"


def test_replies_that_arrive_in_the_wrong_order_end_with_the_last(event, ben):
    services.take_reply(letter(event, ben, partstat="DECLINED", stamped=LATER + HALF), at=LATER + HALF)
    services.take_reply(letter(event, ben, partstat="ACCEPTED", stamped=LATER), at=LATER + HALF)

    assert answer_of(event, ben) == "declined"


def test_only_the_person_s_own_reply_to_their_own_invitation_counts(event, ana, ben, cleo):
    other = make(ana, [ana, ben], starts_at=TEN + dt.timedelta(days=1))
    ours = reply_keys.reply_address(event.pk, ben.pk)
    name, _, domain = ours.partition("@")
    wrong = [
        {"sender": cleo.email},
        {"attendee": cleo.email},
        {"uid": other.uid},
        {"to": reply_keys.reply_address(event.pk, cleo.pk)},
        {"to": f"{name[:-1]}{'0' if name[-1] != '0' else '1'}@{domain}"},
        {"to": "peerlearn@cedar.example"},
        {"to": ours.replace("cedar", "other")},
        {"method": "REQUEST"},
    ]
    for changes in wrong:
        assert services.take_reply(letter(event, ben, **changes), at=LATER) == "not for us", changes

    assert answer_of(event, ben) == "asked"
    assert not CalendarReply.objects.exists()
    assert services.take_reply(letter(event, ben, to=ours.upper()), at=LATER) == "taken"


def test_a_reply_after_the_end_or_the_cancellation_changes_nothing(event, ana, ben):
    assert services.take_reply(letter(event, ben), at=TEN + HALF) == "passed over"
    services.send_invitations(at=NOW)
    services.cancel_event(event, by=ana, at=LATER)
    assert services.take_reply(letter(event, ben, sequence=1, name="<x@y>"), at=LATER) == "passed over"

    assert answer_of(event, ben) == "asked"


def test_who_declined_in_the_calendar_gets_no_mail_about_it(event, ben, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    services.send_invitations(at=NOW)

    services.take_reply(letter(event, ben, partstat="DECLINED"), at=LATER)

    assert services.send_invitations(at=LATER) == 0


def test_a_yes_that_cannot_be_is_told_to_its_person(event, ana, ben, cleo):
    other = make(cleo, [cleo, ben], starts_at=TEN + dt.timedelta(hours=2))
    services.answer_event(other, by=ben, answer="accepted", at=NOW)
    services.move_event(event, by=ana, starts_at=other.starts_at + HALF / 3, ends_at=other.ends_at + HALF, at=NOW)

    assert services.take_reply(letter(event, ben, sequence=1), at=LATER) == "passed over"

    assert answer_of(event, ben) == "asked"
    (notice,) = Notice.objects.filter(person=ben, kind="event_reply_stuck")
    assert "It was not saved" in notice.sentence


BROKEN = [
    b"",
    b"\xff\xfe\x00",
    b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n",
    b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR",
]


@pytest.mark.parametrize("octets", BROKEN)
def test_a_broken_calendar_is_no_reply(octets, event, ben):
    whole = letter(event, ben)
    start, end = whole.index(b"BEGIN:VCALENDAR"), whole.index(b"END:VCALENDAR") + len(b"END:VCALENDAR")

    assert services.take_reply(whole[:start] + octets + whole[end:], at=LATER) == "not for us"


@pytest.mark.parametrize("changes", [{"sequence": 2**40}, {"sequence": -1}, {"uid": "x\0y"}, {"uid": ""}])
def test_what_no_row_can_hold_is_no_reply(changes, event, ben):
    """Nor does it stop the mailbox at that message for good."""
    assert services.take_reply(letter(event, ben, **changes), at=LATER) == "not for us"


@hypothesis_settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_no_octets_break_the_reading(data):
    event, ben = SimpleNamespace(pk=1, uid=uuid.uuid4()), SimpleNamespace(pk=2, email="ben@cedar.example")
    whole = letter(event, ben)
    assert read_reply(whole) is not None
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))

    read_reply(whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:])
    read_reply(data.draw(st.binary(max_size=300)))


def test_a_mail_server_hands_over_a_message(event, ben, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(letter(event, ben))))

    call_command("take_calendar_reply")

    assert answer_of(event, ben) == "accepted"
    assert "taken" in capsys.readouterr().out
