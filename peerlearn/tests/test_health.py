import datetime as dt
import socket
import time

import pytest
from allauth.account.models import EmailAddress
from django.db import DatabaseError, connection
from django.utils import timezone

from conftest import PASSWORD
from notices import delivery, mailroom
from notices.models import Heartbeat, Notice, WrittenMail
from partnerships.services.starting import start
from peerlearn.cache import SteadyRedisCache
from supports.loader import load
from supports.models import SupportType


def health(client):
    return client.get("/health/")


def test_health_needs_no_sign_in_and_is_never_kept(client, db):
    response = health(client)

    assert response.status_code == 200
    lines = response.content.decode().splitlines()
    assert [line for line in lines if not line.startswith("broker")] == [
        "database: ok",
        "beat: never",
        "mail: ok, none waits",
    ]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("seconds", "word"), [(4, "ok"), (301, "late")])
def test_health_says_when_beat_last_woke_a_task(client, db, seconds, word):
    Heartbeat.objects.create(name="deliver", at=timezone.now() - dt.timedelta(seconds=seconds))

    assert f"beat: {word}, {seconds} seconds ago" in health(client).content.decode()


@pytest.mark.parametrize(("seconds", "word"), [(20, "ok"), (901, "late")])
def test_health_says_how_long_the_oldest_mail_has_waited(client, db, seconds, word):
    since = timezone.now() - dt.timedelta(seconds=seconds)
    mail = {"key": "1", "sender": "a@cedar.example", "readers": ["b@cedar.example"], "made_at": since}
    WrittenMail.objects.create(next_at=timezone.now() + dt.timedelta(minutes=5), **mail)

    assert f"mail: {word}, 1 wait, the oldest {seconds} seconds" in health(client).content.decode()


def test_health_says_that_mail_is_paused(client, admin):
    mailroom.pause(by=admin)

    assert "mail: paused, 0 wait" in health(client).content.decode()


def test_health_says_at_once_when_the_broker_hangs_or_is_gone(client, db, settings, hung_redis):
    for url in (hung_redis, "redis://127.0.0.1:1/0"):
        settings.REDIS_URL, began = url, time.monotonic()

        response = health(client)

        assert "broker: does not answer" in response.content.decode()
        assert response.status_code == 200
        assert time.monotonic() - began < 1


def test_health_is_503_without_a_database(client, db):
    def refuse(*args):
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        response = health(client)

    assert response.status_code == 503


@pytest.fixture
def hung_redis(monkeypatch):
    """Accepts connections and never answers: the worst way to be away."""
    monkeypatch.setattr(SteadyRedisCache, "away_until", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def test_rate_limits_are_counted_in_a_table_while_redis_hangs(hung_redis, db):
    cache = SteadyRedisCache(hung_redis, {"OPTIONS": {"meanwhile": "cache_while_redis_is_away"}})
    began = time.monotonic()

    cache.set("tries", [1], 60)

    assert cache.get("tries") == [1]
    assert cache.add("tries", [2], 60) is False
    assert cache.delete("tries") is True
    assert cache.get("tries") is None
    assert time.monotonic() - began < 2


def test_sessions_fall_back_to_their_rows_while_redis_hangs(hung_redis, db, settings, client, ana):
    redis = {"BACKEND": "peerlearn.cache.SteadyRedisCache", "LOCATION": hung_redis}
    settings.CACHES = {"default": redis, "sessions": {**redis, "OPTIONS": {"longest": 60}}}
    settings.SESSION_ENGINE, settings.SESSION_CACHE_ALIAS = "django.contrib.sessions.backends.cached_db", "sessions"

    client.force_login(ana)

    assert "_auth_user_id" in client.session
    client.logout()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("away", ["hung", "stopped"])
def test_people_sign_in_and_act_while_redis_is_away_and_what_was_told_leaves(
    away, hung_redis, settings, client, ana, ben
):
    location = hung_redis if away == "hung" else "redis://127.0.0.1:1/0"
    redis = {"BACKEND": "peerlearn.cache.SteadyRedisCache", "LOCATION": location}
    settings.CACHES = {
        "default": {**redis, "OPTIONS": {"meanwhile": "cache_while_redis_is_away"}},
        "sessions": {**redis, "OPTIONS": {"longest": 60}},
    }
    settings.SESSION_ENGINE, settings.SESSION_CACHE_ALIAS = "django.contrib.sessions.backends.cached_db", "sessions"
    settings.REDIS_URL = location
    load()
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True, primary=True)
    began = time.monotonic()

    wrong = client.post("/accounts/login/", {"login": ana.email, "password": "not-hers-at-all"})
    right = client.post("/accounts/login/", {"login": ana.email, "password": PASSWORD})
    pages = [client.get(path).status_code for path in ("/", "/menu/", "/inbox/", "/calendar/", "/health/")]
    work = start(SupportType.objects.filter(begins="start").first(), by=ana)
    asked = client.post(f"/partnerships/{work.pk}/manage/invite/", {"colleague": ben.email})

    assert (wrong.status_code, right.status_code, asked.status_code) == (200, 302, 302)
    assert set(pages) == {200}
    assert "_auth_user_id" in client.session
    assert Notice.objects.filter(person=ben, kind="invitation").exists()
    assert time.monotonic() - began < 30
    settings.DEMO = True  # at any hour
    assert delivery.deliver() > 0


def test_nothing_is_kept_longer_than_the_longest(hung_redis):
    cache = SteadyRedisCache(hung_redis, {"OPTIONS": {"longest": 60}})

    assert [cache._shortened(seconds) for seconds in (30, 61, None)] == [30, 60, 60]
