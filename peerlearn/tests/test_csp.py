import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from peerlearn.csp import content_security_policy

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/nowhere/", "/health/", "/"])
def test_every_answer_carries_the_strict_policy(client, db, path):
    response = client.get(path)

    assert response.headers["Content-Security-Policy"] == STRICT


def test_a_fault_of_ours_carries_the_strict_policy(client, ana, monkeypatch):
    client.force_login(ana)
    client.raise_request_exception = False
    monkeypatch.setattr("peerlearn.context.places_for", lambda request: 1 / 0)

    response = client.get("/")

    assert response.status_code == 500
    assert response.headers["Content-Security-Policy"] == STRICT


@override_settings(SECURE_CSP={"default-src": ["'none'"]})
def test_a_view_may_say_its_own_policy():
    own = HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    response = content_security_policy(lambda request: own)(RequestFactory().get("/"))

    assert response.headers["Content-Security-Policy"] == "sandbox"
