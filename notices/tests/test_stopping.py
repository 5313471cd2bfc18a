"""Stopping the mails of a kind from a mailbox, with one click and without signing in (RFC 8058)."""

import pytest
from django.core import mail
from django.test import Client

from notices import delivery
from notices.links import stop_url
from notices.models import How, Notice, Preference

from .conftest import THURSDAY


def path_of(person, kind=""):
    return stop_url(person, kind).removeprefix("http://localhost:8000")


def hows():
    return dict(Preference.objects.values_list("kind", "how"))


def test_a_mail_says_how_to_stop_its_kind_with_one_click(ana, told):
    told(ana)
    delivery.deliver(at=THURSDAY)

    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<{stop_url(ana, 'turn')}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop_url(ana, "turn") in mail.outbox[0].body


def test_a_mail_that_cannot_be_switched_off_says_so_and_offers_no_link(ana, told):
    told(ana, kind="must")
    delivery.deliver(at=THURSDAY)

    [letter] = mail.outbox
    assert "List-Unsubscribe" not in letter.extra_headers
    assert "cannot be switched off" in letter.body
    assert "cannot be switched off" in letter.alternatives[0].content
    assert "/unsubscribe/" not in letter.body + letter.alternatives[0].content


def test_a_mailboxs_click_stops_the_kind_at_once_without_cookies_or_redirect(ana, told):
    mailbox = Client(enforce_csrf_checks=True)

    answer = mailbox.post(path_of(ana, "turn"), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert hows() == {"turn": How.OFF}
    told(ana)
    assert delivery.deliver(at=THURSDAY) == 0
    assert Notice.objects.in_inbox(THURSDAY).count() == 1


def test_looking_at_the_link_stops_nothing(client, ana):
    assert client.get(path_of(ana, "turn")).status_code == 200
    assert client.head(path_of(ana, "turn")).status_code == 200
    assert hows() == {}


def test_a_digest_stops_all_that_can_be_stopped_and_names_what_goes_on(client, ana, told):
    Preference.objects.create(person=ana, kind="must", how=How.DIGEST)

    page = client.post(path_of(ana)).content.decode()

    assert hows() == {"turn": How.OFF, "moved": How.OFF, "must": How.DIGEST}
    assert "Somebody waits for you" in page
    assert "A date fell through" in page


@pytest.mark.parametrize("wrong", ["x", "1:2", None])
def test_a_false_link_changes_nothing(client, ana, wrong):
    path = f"/unsubscribe/{wrong}/" if wrong else path_of(ana, "turn")[:-2] + "/"

    assert client.post(path).status_code == 200
    assert hows() == {}


def test_the_link_of_somebody_who_left_changes_nothing(client, ana):
    ana.is_active = False
    ana.save()

    client.post(path_of(ana, "turn"))

    assert hows() == {}


def test_a_kind_that_cannot_be_off_stays_on_whatever_the_link(client, ana):
    page = client.post(path_of(ana, "must")).content.decode()

    assert "cannot be switched off" in page
    assert hows() == {}
