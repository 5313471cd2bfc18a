"""The sign-in pages in a real browser, under the strict policy: nothing is refused, and axe finds nothing."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe

from conftest import PASSWORD
from peerlearn.tests.running import a_browser

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ana(ana):
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)
    return ana


@pytest.fixture
def browser(monkeypatch):
    # Playwright's loop runs in this thread, where Django then suspects asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with a_browser() as chromium:
        yield chromium


@pytest.fixture
def visit(browser, live_server):
    """A function that opens a page in a window of its own; what the browser refused is an error at the end."""
    refused = []

    def make(width=1280, scheme="light"):
        page = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda said: said.type == "error" and refused.append(f"{page.url}: {said.text}"))
        page.goto(f"{live_server.url}/accounts/login/")
        return page

    yield make
    assert [line for line in refused if "status of 4" not in line] == []


def sign_in(page, user):
    page.get_by_label("Your school e-mail address").fill(user.email)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Inbox").wait_for()


def faults(page):
    found = [f"{page.url}: {v['id']} {v['nodes'][0]['html']}" for v in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([f"{page.url}: {wide} px too wide"] if wide > 0 else [])


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_the_doors_have_no_fault(visit, live_server, district, width, scheme):
    page = visit(width, scheme)
    found = []
    for path in ["login/", "signup/", "password/reset/", "password/reset/done/", "inactive/", "confirm-email/no/"]:
        page.goto(f"{live_server.url}/accounts/{path}")
        assert page.locator("h1").count() == 1
        found += faults(page)

    assert found == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_the_pages_of_ones_own_security_have_no_fault(visit, live_server, ana, width, scheme):
    page = visit(width, scheme)
    sign_in(page, ana)
    page.get_by_text("Go to" if width < 600 else "You", exact=True).click()
    found = faults(page)
    for path in ["email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "sessions/", "logout/"]:
        page.goto(f"{live_server.url}/accounts/{path}")
        found += faults(page)

    assert found == []


def test_a_passkey_is_added_and_opens_the_door(visit, live_server, ana):
    page = visit()
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    sign_in(page, ana)

    page.goto(f"{live_server.url}/accounts/2fa/webauthn/add/")
    assert faults(page) == []
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("A name for it").fill("My phone")
    assert faults(page) == []
    page.get_by_label("Use it as a passkey").check()
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", name="recovery codes").wait_for()
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/")

    assert page.get_by_text("My phone").first.is_visible()
    assert faults(page) == []
    assert Authenticator.objects.filter(user=ana, type=Authenticator.Type.WEBAUTHN).count() == 1

    page.get_by_text("You", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("link", name="Inbox").wait_for()

    assert page.url == f"{live_server.url}/"


def test_the_colours_follow_the_system_until_one_chooses(visit, live_server, district):
    page = visit(scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)

    page.get_by_label("Light").check()
    light = page.evaluate(ground)
    page.goto(f"{live_server.url}/accounts/password/reset/")

    assert dark != light
    assert page.evaluate(ground) == light


def test_the_door_works_without_script(browser, live_server, ana):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_default_timeout(8000)
    page.goto(f"{live_server.url}/accounts/login/?next=/inbox/")

    sign_in(page, ana)

    assert page.url == f"{live_server.url}/inbox/"
