"""Every address, every kind of visitor: the table in doors.txt says what each is answered, and the site obeys it.

An address that is missing from the table fails, and so does a line without an address. A cell is one letter:
R the page or file, > sent on after it was done or asked, L sent to sign in, x seen but not theirs to do (403),
- the same as absent (404), m not a method of this address (405), ! nonsense (400), u a sign-in elsewhere failed (401).
"""

import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from .addresses import sent, values
from .house import PLANTED, VISITORS, furnish
from .rules import ROOT

TABLE = ROOT / "peerlearn/tests/doors.txt"
LETTERS = {200: "R", 301: ">", 302: ">", 400: "!", 401: "u", 403: "x", 404: "-", 405: "m"}
PARAMETER = re.compile(r"<[^>]+>")


def routes(patterns=None, before=""):
    """Every address of the site, with its parameters in angle brackets."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        named = re.sub(r"\(\?P(<\w+>)(?:[^()]|\([^()]*\))*\)", r"\1", str(pattern.pattern))
        route = before + named.removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern.url_patterns, route)


def table():
    """{(method, route): cells} as doors.txt has it."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line.strip() and not line.startswith("#")]
    assert all(len(line) == 2 + len(VISITORS) for line in lines), "a line of doors.txt has the wrong number of cells"
    return {(method, route.removeprefix("/")): "".join(cells) for method, route, *cells in lines}


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """Furnished once; each knock is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        house = furnish()
        house.keys = {name: key_of(person) for name, person in house.people.items()}
        house.values, house.sent, house.leaks = values(house), sent(house), set()
        yield house
        transaction.set_rollback(True)


def key_of(person):
    if person is None:
        return None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=person.pk))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def address(route, house):
    def value(match):
        name = route[: match.end()]
        assert name in house.values, f"house.values() does not say what stands for {name}"
        return str(house.values[name])

    return "/" + PARAMETER.sub(value, route)


def knock(client, house, visitor, method, route):
    """One letter, and nothing of it remains. Words that this visitor must not meet are kept in `house.leaks`."""
    key, body = house.keys[visitor], urlencode(house.sent.get(route, {"nothing": "of use"}))
    client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: key} if key else {})
    with transaction.atomic():
        response = client.generic(
            method, address(route, house), body if method == "POST" else "", "application/x-www-form-urlencoded"
        )
        text = response.getvalue().decode(errors="replace")
        transaction.set_rollback(True)
    house.leaks |= {
        f"{visitor}: {word}" for word, readers in PLANTED.items() if word in text and visitor not in readers
    }
    if response.status_code == 302 and response["Location"].startswith("/accounts/login/?"):
        return "L"
    return LETTERS.get(response.status_code, str(response.status_code))


def test_every_address_is_in_the_table():
    listed = {route for _, route in table()}

    assert set(routes()) - listed == set()
    assert listed - set(routes()) == set()
    assert {method for method, _ in table()} == {"GET", "POST"}


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(set(routes())))
def test_each_visitor_gets_what_the_table_says(route, house, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    client, house.leaks = Client(), set()
    said = {
        method: "".join(knock(client, house, visitor, method, route) for visitor in VISITORS)
        for method in ("GET", "POST")
    }

    assert house.leaks == set()
    assert said == {method: table().get((method, route), "missing") for method in ("GET", "POST")}


@pytest.mark.django_db
def test_planted_words_are_met_by_those_they_are_for(house, settings):
    """Or else a leak would not be noticed."""
    settings.ACCOUNT_RATE_LIMITS = False
    client, met = Client(), set()
    for route in ("words/", "partnerships/<int:pk>/words/", "help-requests/", "approvals/<int:pk>/"):
        for visitor in ("owner", "partner", "facilitator", "principal"):
            client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: house.keys[visitor]})
            text = client.get(address(route, house)).content.decode()
            met |= {(word, visitor) for word in PLANTED if word in text}

    assert {("Quince", "owner"), ("Medlar", "owner"), ("Medlar", "partner"), ("Tansy", "facilitator")} <= met
    assert ("Yarrow", "principal") in met
