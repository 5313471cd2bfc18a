"""The frame of every page, and the pages for when something goes wrong."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.test import Client
from model_bakery import baker

from notices.models import Notice
from peerlearn import faults
from peerlearn.context import unread


def page(client, user, path="/nowhere/"):
    client.force_login(user)
    return client.get(path).content.decode()


def tell(person, count):
    Notice.objects.bulk_create(baker.prepare(Notice, person=person) for _ in range(count))


def test_places_follow_the_roles_of_the_reader(client, ana, principal, admin):
    teacher, head, district = page(client, ana), page(client, principal), page(client, admin)

    assert "Calendar" in teacher
    assert "Year-end report" not in teacher
    assert "Year-end report" in head
    assert "Year-end report" in district
    assert "People and posts" in district
    assert "People and posts" not in head


def test_a_visitor_sees_no_places_and_no_inbox(client, db):
    body = client.get("/accounts/login/").content.decode()

    assert "peerlearn" in body
    assert "Inbox" not in body
    assert "<nav" not in body


def test_who_waits_for_a_post_is_led_nowhere_else(client, person):
    body = page(client, person("New Comer"), "/me/")

    assert "Sign-in security" in body
    assert 'href="/menu/"' not in body


def test_the_place_that_one_is_in_is_marked(client, ana):
    assert (
        page(client, ana, "/").count('href="/" aria-current="page"') == 2
    )  # in the bar, and in what unfolds on phones
    assert 'href="/" aria-current="page"' not in page(client, ana)


@pytest.mark.parametrize(("count", "shown"), [(0, ""), (1, "1"), (99, "99"), (150, "99+")])
def test_unread_is_counted_once_and_capped(ana, ben, count, shown, django_assert_num_queries):
    tell(ana, count)
    tell(ben, 3)

    with django_assert_num_queries(1):
        assert unread(ana) == shown


def test_the_frame_costs_four_queries(client, admin, django_assert_num_queries):
    tell(admin, 2)
    client.force_login(admin)

    with django_assert_num_queries(4):  # session, person, standing, unread
        client.get("/nowhere/")


def test_signing_out_is_a_post(client, ana):
    client.force_login(ana)

    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_a_missing_page_says_what_to_do(client, ana):
    client.force_login(ana)
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert b"There is nothing here for you" in response.content


def test_a_refusal_says_why(rf, ana):
    request = rf.get("/")
    request.user = ana

    response = faults.forbidden(request, PermissionError("Only its coach may do this."))

    assert response.status_code == 403
    assert b"Only its coach may do this. Nothing was changed." in response.content


def test_what_is_too_large_is_told_apart_from_nonsense(rf):
    assert faults.bad_request(rf.get("/"), RequestDataTooBig("x")).status_code == 413
    assert faults.bad_request(rf.get("/"), ValueError("x")).status_code == 400


def test_a_stale_form_says_that_the_words_are_kept(ana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)

    response = client.post("/accounts/logout/")

    assert response.status_code == 403
    assert b"Your page was too old to send" in response.content


def test_a_wrong_host_is_answered(client, db):
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert b"That request made no sense here" in response.content


def test_too_many_tries_have_a_page(client, ana, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    client.post("/accounts/password/reset/", {"email": ana.email})

    response = client.post("/accounts/password/reset/", {"email": ana.email})

    assert response.status_code == 429
    assert b"Wait five minutes" in response.content


def test_our_own_fault_is_said_without_database_or_frame(client, ana, monkeypatch, django_assert_num_queries):
    client.force_login(ana)
    client.raise_request_exception = False
    monkeypatch.setattr("peerlearn.context.places_for", lambda request: 1 / 0)

    response = client.get("/nowhere/")

    assert response.status_code == 500
    assert b"Something broke on our side" in response.content
    with django_assert_num_queries(0, connection=connection):
        assert b"kept" in faults.server_error(None).content
