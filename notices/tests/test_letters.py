"""Every mail that the site writes, in text and HTML."""

import re
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.template.loader import render_to_string

from notices.letters import letter_of_notice

ACCOUNT_MAILS = [
    "account_already_exists",
    "email_changed",
    "email_confirm",
    "email_confirmation",
    "email_confirmation_signup",
    "email_deleted",
    "login_code",
    "password_changed",
    "password_reset",
    "password_reset_code",
    "password_reset_key",
    "password_set",
    "unknown_account",
]


@pytest.mark.parametrize("name", ACCOUNT_MAILS)
def test_an_account_mail_says_who_writes_and_holds_nothing_unfilled(name):
    link = "http://localhost:8000/accounts/x/?a=1&b=2"
    context = dict.fromkeys(["password_reset_url", "activate_url", "signup_url"], link)
    context |= {"email": "o'neil@cedar.example", "current_site": {"domain": "localhost:8000"}, "ip": "192.0.2.1"}

    subject = render_to_string(f"account/email/{name}_subject.txt", context)
    text = render_to_string(f"account/email/{name}_message.txt", context)
    html = render_to_string(f"account/email/{name}_message.html", context)

    assert subject.strip()
    assert "peerlearn, localhost:8000" in text
    assert "&#x27;" not in text
    assert "&amp;" not in text
    assert '<html lang="en-US">' in html
    assert "{{" not in text + html


def test_a_forgotten_password_is_mailed_with_a_link_in_text_and_html(client, ana):
    client.post("/accounts/password/reset/", {"email": ana.email})

    [letter] = mail.outbox
    assert letter.subject == "Set a new password for peerlearn"
    assert "/accounts/password/reset/key/" in letter.body
    assert "/accounts/password/reset/key/" in letter.alternatives[0].content


def test_a_mail_escapes_facts_in_html_and_leaves_them_in_text(ana, told):
    letter = letter_of_notice(told(ana, "<b>Fish & chips</b>"))

    assert "<b>Fish & chips</b> waits for you." in letter.body
    assert "&lt;b&gt;Fish &amp; chips&lt;/b&gt; waits for you." in letter.alternatives[0].content


def test_the_bytes_of_a_mail_are_those_of_the_email_package(ana, told):
    """Ours are put together without folding headers anew; whoever reads them finds the same mail."""
    ana.name, ana.email = "Ánna Größe", "anna@schüle.example"
    mail = letter_of_notice(told(ana, "Größe 1\r\nand – \x0c a very long title " + "with many words " * 7))
    mail.extra_headers["Date"] = "Thu, 12 Mar 2026 14:00:00 +0000"
    wire = mail.message()

    ours = wire.as_bytes(linesep="\r\n")

    theirs = super(type(wire), wire).as_bytes(linesep="\r\n")
    assert ours.partition(b"\r\n\r\n")[2] == theirs.partition(b"\r\n\r\n")[2]
    assert read(ours) == read(theirs)
    assert max(map(len, ours.split(b"\r\n"))) <= 998
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", ours)


def read(wire):
    mail = message_from_bytes(wire, policy=policy.default)
    parts = [(part.get_content_type(), part.get_content()) for part in mail.iter_parts()]
    return {name: "".join(value.split()) for name, value in mail.items()}, parts
