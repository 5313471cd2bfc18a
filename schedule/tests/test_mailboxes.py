import mailbox
import os
import subprocess
import sys

import pytest

from schedule.mailboxes import work_through_mailbox

from .imap_server import SEEN, Server

OURS = b"From: ben@cedar.example\nTo: peerlearn+1-2-0000@cedar.example\nSubject: Accepted\n\nYes.\n"
OTHER = b"From: eva@cedar.example\nTo: peerlearn+newsletter@cedar.example\nSubject: Hello\n\nPeer.\n"
STRANGE = b"From: eva@cedar.example\nTo: office@cedar.example\nSubject: Hello\n\nOffice.\n"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.CALENDAR_ADDRESS = "peerlearn@cedar.example"


class Taker:
    def __init__(self):
        self.seen = []

    def __call__(self, octets):
        self.seen.append(octets.replace(b"\r\n", b"\n"))
        return b"Accepted" in octets


def test_a_maildir_keeps_what_is_not_for_us_as_it_is(tmp_path):
    box, take = mailbox.Maildir(tmp_path / "box"), Taker()
    for octets in (OURS, OTHER):
        box.add(octets)

    assert work_through_mailbox(f"maildir://{tmp_path}/box", take) == 1
    assert work_through_mailbox(f"maildir://{tmp_path}/box", take) == 0

    assert sorted(take.seen) == sorted([OURS, OTHER, OTHER])
    flags = {mail["Subject"]: (mail.get_subdir(), mail.get_flags()) for mail in mailbox.Maildir(tmp_path / "box")}
    assert flags == {"Accepted": ("cur", "S"), "Hello": ("new", "")}


def test_a_mailbox_on_a_server_keeps_what_is_not_for_us_as_it_is():
    take = Taker()
    with Server([STRANGE, OURS, OTHER]) as server:
        url = f"imap://calendar:opens%20sesame@127.0.0.1:{server.port}/Replies"

        assert work_through_mailbox(url, take) == 1
        assert work_through_mailbox(url, take) == 0

    assert take.seen == [OURS, OTHER, OTHER]  # what went to other addresses is not even looked at
    assert [SEEN in flags for _, flags in server.mails] == [False, True, False]
    assert 'SELECT "Replies"' in server.heard
    assert server.heard.count("LOGOUT") == 2


def test_a_mailbox_that_cannot_be_read_waits_for_the_next_time(caplog, tmp_path):
    with Server([OURS]) as server:
        url = f"imap://calendar:wrong@127.0.0.1:{server.port}/INBOX"
        assert work_through_mailbox(url, Taker()) == 0
    assert work_through_mailbox(url, Taker()) == 0
    assert work_through_mailbox(f"maildir://{tmp_path}/none", Taker()) == 0

    assert caplog.text.count("The mailbox for replies cannot be read") == 3
    assert "wrong" not in caplog.text


@pytest.mark.parametrize(
    ("url", "is_fine"),
    [
        ("", True),
        ("pipe:", True),
        ("maildir:///var/mail/calendar", True),
        ("imap+tls://user:word@mail.cedar.example/INBOX", True),
        ("imap+ssl://user:word@mail.cedar.example", True),
        ("pop3://user:secretword@mail.cedar.example", False),
        ("imap+tls:secretword", False),
        ("maildir:", False),
    ],
)
def test_the_setting_is_an_address_of_a_mailbox_or_nothing(url, is_fine):
    code = "from peerlearn.environment import mailbox; print(mailbox('INBOUND_EMAIL_URL'))"
    env = {**os.environ, "INBOUND_EMAIL_URL": url}

    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)

    assert (done.returncode == 0) == is_fine
    assert "secretword" not in done.stderr
