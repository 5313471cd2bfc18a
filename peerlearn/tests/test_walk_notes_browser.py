"""A note on a phone of 390 px whose network is cut in the middle: nothing is lost, and nothing stays behind."""

import datetime as dt
import re
import time

import pytest
from django.conf import settings
from django.utils import timezone

from observations.models import LookFor, Walk, WalkNote, WalkVisit
from observations.services import walks
from observations.services.look_fors import make_set, write_brief
from peerlearn.tests.running import a_browser
from people import clock
from people.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
KEPT, SAVED = "Kept on this phone; will be sent.", re.compile(r"^Saved \d")


@pytest.fixture
def walk(person, school, ana, facilitator):
    """Of today: two visits, one tally to take along."""
    hosts = [person(name, Role.TEACHER, school) for name in ("Hanna Holt", "Second Host")]
    given = {"by": facilitator, "school": school, "half": "morning", "purpose": "Talk", "listed": False}
    walk = walks.set_up_walk(day=clock.today(school), **given)
    walks.add_participant(walk, by=facilitator, person=ana)
    for minute, who in zip((0, 20), hosts, strict=True):
        walks.add_visit(walk, by=facilitator, host=who, room=f"Room {minute}", starts=dt.time(10, minute), minutes=15)
    walks.publish_walk(walk, by=facilitator)
    made = make_set(by=facilitator, name="Talk", lines=[("tally", "Questions")])
    write_brief(walk, by=facilitator, purpose="P", norms="N", focus="F", version=made.versions.get())
    return Walk.objects.get(pk=walk.pk)


@pytest.fixture
def phone(live_server, client, ana, monkeypatch):
    """(context, page) of a phone on which Ana is signed in."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    client.force_login(ana)
    key = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    with a_browser() as browser:
        context = browser.new_context(viewport={"width": 390, "height": 800}, base_url=live_server.url)
        context.add_cookies([{**key, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        yield context, page


def address_of(walk, number=1):
    return f"/walks/{walk.pk}/visits/{WalkVisit.objects.get(walk=walk, number=number).pk}/note/"


def says(page, words):
    page.locator("[data-said]", has_text=words).wait_for()


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('peerlearn-note:')).length")


def saved():
    return list(WalkNote.objects.values_list("saw", flat=True))


def test_a_note_survives_a_lost_network_and_is_sent_by_itself(phone, walk):
    context, page = phone
    page.goto(address_of(walk))
    page.fill("[name=saw]", "Two hands went up.")
    says(page, SAVED)
    assert saved() == ["Two hands went up."]
    assert kept(page) == 0

    context.set_offline(True)
    page.locator("[name=saw]").press_sequentially(" Then five.")
    page.click("button[aria-label='One more: Questions']")
    says(page, KEPT)
    page.wait_for_timeout(1500)
    says(page, KEPT)
    assert (kept(page), saved()) == (1, ["Two hands went up."])

    context.set_offline(False)
    says(page, SAVED)
    assert kept(page) == 0
    assert saved() == ["Two hands went up. Then five."]
    assert WalkNote.objects.get().look_fors == {str(LookFor.objects.get().pk): 1}


def test_what_was_kept_is_sent_when_a_page_of_the_walk_is_opened_later(phone, walk):
    context, page = phone
    page.goto(address_of(walk))
    context.set_offline(True)
    page.fill("[name=saw]", "Written in the cellar.")
    says(page, KEPT)
    page.goto("about:blank")

    context.set_offline(False)
    page.goto(f"/walks/{walk.pk}/notes/")
    until = time.monotonic() + 15
    while kept(page):
        assert time.monotonic() < until, "it was not sent"
        page.wait_for_timeout(100)

    assert saved() == ["Written in the cellar."]


def test_newer_words_are_shown_beside_those_of_the_phone(phone, walk, ana):
    context, page = phone
    page.goto(address_of(walk))
    context.set_offline(True)
    page.fill("[name=saw]", "Kept on the phone.")
    says(page, KEPT)
    walks.write_note(walk, by=ana, visit_number=1, saw="Written on the laptop.", at=timezone.now())

    context.set_offline(False)
    page.locator("[data-newer-words]", has_text="Written on the laptop.").wait_for()
    assert saved() == ["Written on the laptop."]
    page.click("[data-mine]")
    says(page, SAVED)

    assert saved() == ["Kept on the phone."]
    assert kept(page) == 0


def test_signing_out_says_what_is_not_sent_and_erases_it(phone, walk):
    context, page = phone
    page.goto(address_of(walk))
    page.route("**/keep/", lambda route: route.abort())
    page.fill("[name=saw]", "Not sent yet.")
    says(page, KEPT)

    page.goto("/accounts/logout/")
    page.get_by_text("Signing out erases them").wait_for()
    page.click("form[data-forget-notes] button")
    page.wait_for_url("**/accounts/login/**")

    assert kept(page) == 0
    assert saved() == []


def test_the_form_fits_a_phone_and_its_buttons_a_thumb(phone, walk):
    _, page = phone
    page.goto(address_of(walk))

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for button in page.locator(".tally button, .note-bar .btn").all():
        assert button.bounding_box()["height"] >= 48
    page.fill("[name=saw]", "A good start.")
    page.locator("[data-nudge]", has_text="“good” is a verdict").wait_for()
