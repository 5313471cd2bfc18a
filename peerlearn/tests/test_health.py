import datetime as dt
import socket
import time

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from notices.models import Heartbeat
from peerlearn.cache import SteadyRedisCache


def health(client):
    return client.get("/health/")


def test_health_needs_no_sign_in_and_is_never_kept(client, db):
    response = health(client)

    assert response.status_code == 200
    assert response.content.decode() == "database: ok\nbeat: never\n"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("seconds", "word"), [(4, "ok"), (301, "late")])
def test_health_says_when_beat_last_woke_a_task(client, db, seconds, word):
    Heartbeat.objects.create(name="deliver", at=timezone.now() - dt.timedelta(seconds=seconds))

    assert f"beat: {word}, {seconds} seconds ago" in health(client).content.decode()


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


def test_nothing_is_kept_longer_than_the_longest(hung_redis):
    cache = SteadyRedisCache(hung_redis, {"OPTIONS": {"longest": 60}})

    assert [cache._shortened(seconds) for seconds in (30, 61, None)] == [30, 60, 60]
