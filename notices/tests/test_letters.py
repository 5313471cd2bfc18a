"""Every mail that the site writes, in text and HTML."""

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
