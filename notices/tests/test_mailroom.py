"""What admins see of the mail that leaves, and do about it."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from notices import delivery, mailroom, registry
from notices.kinds import KINDS
from notices.models import Heartbeat, How, Notice, Pause, Preference, WrittenMail
from notices.post import DELAYS

from .conftest import THURSDAY

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
PAGE = "/district/mail/"


@pytest.fixture
def page(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def failed(told):
    """failed(ana, "Goal") writes a notice that the mail server refused to the last."""

    def make(person, what="Goal", failure="SMTPRecipientsRefused 550"):
        notice = told(person, what)
        state = {"failed_at": THURSDAY, "attempts": 6, "failure": failure}
        Notice.objects.filter(pk=notice.pk).update(**state)
        return notice

    return make


def test_the_queue_tells_what_is_due_from_what_is_tried_again_and_what_rests(ana, ben, told):
    told(ana, "Due")
    told(ana, "Also due", at=THURSDAY - MINUTE)
    told(ana, "Later", due_at=THURSDAY + DAY)
    again = told(ben, "Again", at=THURSDAY - 3 * MINUTE)
    Notice.objects.filter(pk=again.pk).update(attempts=1, next_at=THURSDAY + MINUTE)
    for settled in ("sent_at", "kept_at", "dropped_at", "failed_at"):
        Notice.objects.filter(pk=told(ben, settled).pk).update(**{settled: THURSDAY})

    queue = mailroom.queue(now=THURSDAY)

    assert queue == mailroom.Queue(due=2, again=1, later=1, oldest=THURSDAY - 3 * MINUTE)


def test_what_rests_until_morning_is_not_late(ana, told):
    evening = THURSDAY + 12 * dt.timedelta(hours=1)
    told(ana, at=evening)
    delivery.deliver(at=evening)

    queue = mailroom.queue(now=evening + 60 * MINUTE)

    assert (queue.due, queue.later, queue.oldest) == (0, 1, None)


def test_what_a_worker_holds_still_counts_as_waiting_since_it_was_due(ana, told):
    told(ana)
    Notice.objects.waiting().claim(THURSDAY, limit=1, lease=10 * MINUTE)

    assert mailroom.queue(now=THURSDAY + MINUTE).oldest == THURSDAY


def test_sent_mails_are_counted_by_the_hour_and_a_digest_is_one(ana, ben, told):
    Preference.objects.create(person=ben, kind="turn", how=How.DIGEST)
    for person in (ana, ben, ben):
        told(person, f"{Notice.objects.count()}")
    delivery.deliver(at=THURSDAY)
    friday = dt.datetime(2026, 3, 13, 10, 30, tzinfo=dt.UTC)
    delivery.send_digests(at=friday)

    sent = dict(mailroom.queue_and_sent(now=friday + MINUTE)[1])

    assert {hour.hour: count for hour, count in sent.items() if count} == {14: 1, 10: 1}
    assert len(sent) == 24


def test_while_paused_notices_wait_and_what_helps_to_sign_in_leaves(admin, ana, told, settings):
    told(ana)
    mailroom.pause(by=admin, at=THURSDAY)
    mailroom.pause(by=admin, at=THURSDAY)
    WrittenMail.objects.create(
        key="1", sender="peerlearn@cedar.example", readers=[ana.email], wire=b"Subject: Reset", made_at=THURSDAY,
        next_at=THURSDAY,
    )  # fmt: skip

    assert delivery.deliver(at=THURSDAY) == 0
    assert delivery.send_written(at=THURSDAY) == 1
    assert Notice.objects.in_inbox(THURSDAY).count() == 1
    mailroom.resume(by=admin)
    assert delivery.deliver(at=THURSDAY) == 1


def test_a_pause_holds_from_the_next_batch_on(admin, ana, told, monkeypatch):
    monkeypatch.setattr(delivery, "BATCH", 1)
    told(ana, "One")
    told(ana, "Two")

    def pause_then_write(notice):
        mailroom.pause(by=admin, at=THURSDAY)
        return mail.EmailMessage(to=["ana@cedar.example"])

    monkeypatch.setattr(delivery, "letter_of_notice", pause_then_write)

    assert delivery.deliver(at=THURSDAY) == 1


def test_an_admin_tries_again_what_failed_with_all_its_tries(page, ana, failed):
    notice = failed(ana)
    assert delivery.deliver(at=THURSDAY + MINUTE) == 0

    answer = page.post(f"{PAGE}again/", {"mail": f"notices.Notice {notice.pk}"}, follow=True)

    assert "1 mail is tried again." in answer.content.decode()
    notice.refresh_from_db()
    assert (notice.failed_at, notice.attempts, notice.failure) == (None, 0, "")
    assert notice in Notice.objects.waiting()


def test_an_admin_tries_everything_again(page, ana, ben, failed):
    for person in (ana, ben):
        failed(person)

    page.post(f"{PAGE}again/")

    assert not Notice.objects.failed().exists()


@pytest.mark.parametrize("mail", ["notices.Notice 0", "people.User 1", "notices.Notice x"])
def test_nonsense_tries_nothing_else_again(page, ana, failed, mail):
    failed(ana)

    assert page.post(f"{PAGE}again/", {"mail": mail}).status_code == 302

    assert Notice.objects.failed().count() == 1


def test_the_page_says_who_was_not_reached_and_why_and_nothing_of_what(page, ana, failed):
    failed(ana, "Yarrow")

    text = page.get(PAGE).content.decode()

    assert "Ana Ruiz, ana@cedar.example" in text
    assert "There is no such mailbox, or it takes no mail from here." in text
    assert "Yarrow" not in text
    assert "Your turn" not in text
    assert "It is your turn" not in text


def a_written_mail(**state):
    count = WrittenMail.objects.count()
    mail = {"key": f"{count}", "sender": "a@cedar.example", "made_at": THURSDAY, "next_at": THURSDAY}
    WrittenMail.objects.create(readers=["ben@cedar.example", "cleo@cedar.example"], **mail, **state)


def test_failures_of_all_sorts_stand_newest_first_with_their_readers(ana, failed):
    failed(ana)
    a_written_mail(failed_at=THURSDAY + MINUTE, attempts=6, failure="SMTPDataError 554")

    written, notice = mailroom.failures()

    assert (written.label, written.to) == ("notices.WrittenMail", "ben@cedar.example, cleo@cedar.example")
    assert (notice.label, notice.to, notice.at) == ("notices.Notice", "Ana Ruiz, ana@cedar.example", THURSDAY)
    assert (notice.tries, notice.code) == (6, "SMTPRecipientsRefused 550")


def test_a_failure_is_told_in_words():
    assert mailroom.why("SMTPServerDisconnected") == "The mail server hung up or did not answer."
    assert mailroom.why("SMTPDataError 599") == "The mail server refused it."
    assert mailroom.why("still_due: KeyError").startswith("This site could not write it.")


def test_a_test_message_goes_the_way_of_all_mail(page, admin, settings):
    registry.register(*KINDS)

    answer = page.post(f"{PAGE}test/", follow=True)
    assert "waits" in answer.content.decode()
    delivery.deliver()

    [letter] = mail.outbox
    assert letter.to == [admin.email]
    assert letter.subject.startswith("Test message from peerlearn")
    assert "left at" in page.get(PAGE).content.decode()


def test_pausing_and_resuming_by_the_page_says_by_whom(page, admin):
    page.post(f"{PAGE}pause/")
    assert "Paused by Ada Novak" in page.get(PAGE).content.decode()

    page.post(f"{PAGE}resume/")
    assert not Pause.objects.exists()


@pytest.mark.parametrize("name", ["mailroom", "mailroom_test", "mailroom_pause", "mailroom_resume", "mailroom_again"])
def test_the_mail_page_is_for_admins_alone(client, ana, name):
    client.force_login(ana)
    knock = client.get if name == "mailroom" else client.post

    assert knock(reverse(name)).status_code == 403
    assert not Pause.objects.exists()


def test_the_mail_page_asks_the_same_however_much_failed(page, ana, failed, django_assert_num_queries):
    Heartbeat.objects.create(name="beat", at=timezone.now())
    for rows in (1, 3):
        while Notice.objects.count() < rows:
            failed(ana, f"Step {Notice.objects.count()}")
            a_written_mail(failed_at=THURSDAY)
        with django_assert_num_queries(8):
            page.get(PAGE)


def test_a_mail_that_is_given_up_was_tried_eight_times_within_half_a_day():
    assert len(DELAYS) + 1 == 8
    assert sum(DELAYS, dt.timedelta()) < dt.timedelta(hours=12)
