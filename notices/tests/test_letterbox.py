"""On a site with a mail server, whoever sends a mail writes a row; a worker takes it there."""

import datetime as dt
from email import message_from_bytes

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction

from notices import delivery
from notices.letterbox import Sealed
from notices.letters import letter_of_notice
from notices.models import OutboxMail, WrittenMail
from people.services import accounts, invitations

from .conftest import THURSDAY

LATER = dt.timedelta(minutes=2)


@pytest.fixture(autouse=True)
def _with_a_mail_server(settings, db):
    settings.EMAIL_BACKEND = "notices.letterbox.EmailBackend"
    settings.MAIL_SERVER_BACKEND = "notices.outbox.EmailBackend"


def wires():
    return [bytes(row.wire) for row in WrittenMail.objects.order_by("pk")]


def test_a_mail_waits_as_a_row_and_leaves_as_it_was_written():
    letter = EmailMultiAlternatives("Übung", "Plain words", to=["Ana <ana@cedar.example>"], bcc=["ben@cedar.example"])
    letter.attach_alternative("<p>Words</p>", "text/html")
    letter.attach("event.ics", b"BEGIN:VCALENDAR", "text/calendar")
    assert letter.send() == 1
    [wire] = wires()

    assert b"ben@cedar.example" not in wire
    parts = [part.get_content_type() for part in message_from_bytes(wire).walk()]
    assert parts == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar"]


def test_a_mail_that_is_written_twice_under_one_name_is_sent_once():
    for _ in range(2):
        send = EmailMultiAlternatives("Hello", "x", to=["ana@cedar.example"], headers={"Message-ID": "<1@cedar>"})
        send.send()
    send_mail("Hello", "x", None, ["ana@cedar.example"])
    send_mail("Hello", "x", None, ["ana@cedar.example"])

    assert WrittenMail.objects.count() == 3


def test_a_mail_of_a_transaction_that_is_taken_back_was_never_sent():
    with transaction.atomic():
        send_mail("Hello", "Words", None, ["ana@cedar.example"])
        assert WrittenMail.objects.exists()
        transaction.set_rollback(True)

    assert not WrittenMail.objects.exists()


def test_its_words_are_forgotten_when_it_has_left(settings):
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_mail("Reset", "A secret link", None, ["ana@cedar.example"])

    assert delivery.send_written() == 1
    assert delivery.send_written() == 0

    assert b"A secret link" in mail.outbox[0].wire
    assert wires() == [b""]


def test_a_mail_server_that_is_away_loses_nothing_and_keeps_nobody_waiting(client, ana, settings):
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    answer = client.post("/accounts/password/reset/", {"email": ana.email})
    assert answer.status_code == 302
    assert delivery.send_written() == 0

    row = WrittenMail.objects.get()
    assert (row.attempts, row.sent_at) == (0, None)
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert delivery.send_written(at=row.next_at) == 1


def test_an_invitation_and_its_mail_are_one_fact(admin, monkeypatch):
    person = accounts.add_person("iris@elsewhere.example", name="Iris Vance", by=admin)
    invitation = invitations.invite(person, by=admin)

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(invitations, "render_to_string", die)
        with pytest.raises(KeyboardInterrupt):
            invitations.send_invitations()
    invitation.refresh_from_db()
    assert (invitation.sent_at, WrittenMail.objects.count()) == (None, 0)

    invitations.send_invitations()
    invitations.send_invitations()

    invitation.refresh_from_db()
    assert invitation.sent_at
    assert WrittenMail.objects.count() == 1


def test_nobody_is_shown_a_written_mail(ana, admin):
    send_mail("Reset", "A secret link", None, [ana.email])

    assert [WrittenMail.objects.visible_to(person).count() for person in (ana, admin)] == [0, 0]
    assert not OutboxMail.objects.exists()


def test_what_helps_to_sign_in_does_not_wait_for_a_long_mailing(ana, told, settings, monkeypatch, time_machine):
    """It goes before the next batch, not after all of them."""
    settings.MAIL_SERVER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    time_machine.move_to(THURSDAY, tick=False)
    monkeypatch.setattr(delivery, "BATCH", 2)
    for n in range(6):
        told(ana, f"Step {n}")

    def somebody_forgets_their_password(notice):
        if not mail.outbox:
            send_mail("A new password", "x", None, [ana.email])
        return letter_of_notice(notice)

    monkeypatch.setattr(delivery, "letter_of_notice", somebody_forgets_their_password)

    delivery.deliver()

    written = [isinstance(letter, Sealed) for letter in mail.outbox]
    assert written == [False, False, True, False, False, False, False]
