import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from notices.models import OutboxMail


@pytest.fixture(autouse=True)
def _rows_for_mail(settings):
    settings.EMAIL_BACKEND = "notices.outbox.EmailBackend"


@pytest.fixture
def letter(ana, ben):
    mail = EmailMultiAlternatives(
        "Your turn: Übung",
        "Plain words",
        to=[f"Ana Ruiz <{ana.email.title()}>"],
        bcc=[ben.email],
        headers={"Message-ID": "<1@cedar.example>"},
    )
    mail.attach_alternative("<p>Words</p>", "text/html")
    mail.attach("event.ics", b"BEGIN:VCALENDAR", "text/calendar")
    mail.send()
    return OutboxMail.objects.get(to=ana.email)


def test_a_mail_becomes_one_row_for_each_reader_with_everything_in_it(letter, ben):
    assert OutboxMail.objects.count() == 2
    assert (letter.subject, letter.text, letter.html) == ("Your turn: Übung", "Plain words", "<p>Words</p>")
    assert letter.headers["Message-ID"] == "<1@cedar.example>"
    assert letter.headers["Subject"] == "Your turn: Übung"
    assert [part["name"] for part in letter.attachments] == ["event.ics"]


def test_a_person_sees_only_mail_to_their_own_address(client, letter, ana, cleo):
    pages = ["", f"{letter.pk}/", f"{letter.pk}/html/", f"{letter.pk}/attachments/0/"]

    client.force_login(ana)
    assert [client.get(f"/outbox/{page}").status_code for page in pages] == [200] * 4
    assert b"bung" in client.get("/outbox/").content
    client.force_login(cleo)
    assert [client.get(f"/outbox/{page}").status_code for page in pages] == [200, 404, 404, 404]
    assert b"bung" not in client.get("/outbox/").content


def test_the_html_of_a_mail_may_have_its_styles_and_nothing_else(client, letter, ana):
    client.force_login(ana)

    answer = client.get(f"/outbox/{letter.pk}/html/")

    assert answer.content == b"<p>Words</p>"
    assert answer["Content-Security-Policy"].startswith(
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'"
    )


def test_an_attachment_is_downloaded_as_it_was(client, letter, ana):
    client.force_login(ana)

    answer = client.get(f"/outbox/{letter.pk}/attachments/0/")

    assert answer.content == b"BEGIN:VCALENDAR"
    assert answer["Content-Disposition"] == 'attachment; filename="event.ics"'
    assert client.get(f"/outbox/{letter.pk}/attachments/1/").status_code == 404


def test_the_outbox_is_gone_when_there_is_a_mail_server(client, letter, ana, settings):
    client.force_login(ana)
    settings.EMAIL_URL = "smtp://mail.cedar.example"

    assert client.get("/outbox/").status_code == 404
    assert client.get(f"/outbox/{letter.pk}/").status_code == 404


def test_before_sign_in_only_the_demo_shows_mail_and_only_what_helps_to_sign_in(client, letter, ana, settings):
    assert client.get("/outbox/").url == "/accounts/login/?next=/outbox/"
    settings.DEMO = True
    client.post("/accounts/password/reset/", {"email": ana.email})
    reset = OutboxMail.objects.get(helps_sign_in=True)

    assert client.get(f"/outbox/{reset.pk}/").status_code == 200
    assert client.get(f"/outbox/{letter.pk}/").status_code == 404


def test_a_mail_that_merely_sends_works(ana):
    assert send_mail("Hello", "Words", None, [ana.email]) == 1


def test_the_outbox_asks_the_same_number_of_questions_however_long_it_is(client, ana, django_assert_num_queries):
    client.force_login(ana)
    for rows in (1, 2):
        for _ in range(rows):
            send_mail("Hello", "Words", None, [ana.email])
        with django_assert_num_queries(5):
            client.get("/outbox/")
