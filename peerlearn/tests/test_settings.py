"""What environment values do, and what they must not do silently."""

import importlib.util
import logging
import stat
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from peerlearn import environment
from peerlearn.logs import Line

from .rules import ROOT

NAMES = ["DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "SECRET_KEY", "STATIC_ROOT", "DEMO", "DEBUG", "HOST"]
NAMES += ["PORT", "ALLOWED_HOSTS", "FROM_EMAIL", "ACCOUNT_RATE_LIMITS", "STATEMENT_TIMEOUT_SECONDS"]


def fresh(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def settings_for(monkeypatch, tmp_path):
    """Reads settings.py anew under an environment of the test's own."""

    def read(**values):
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        for name, value in {"DATA_DIR": str(tmp_path / "data"), **values}.items():
            monkeypatch.setenv(name, value)
        readers = fresh("peerlearn.environment", Path(environment.__file__))
        monkeypatch.setitem(sys.modules, "peerlearn.environment", readers)
        return fresh("peerlearn.settings_under_test", ROOT / "peerlearn/settings.py")

    return read


def test_empty_values_count_as_unset(settings_for):
    read = settings_for(**dict.fromkeys(NAMES, ""))

    assert read.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert read.CELERY_BROKER_URL == "memory://"
    assert read.SITE_URL == "http://localhost:8000"
    assert read.EMAIL_BACKEND == "notices.outbox.EmailBackend"
    assert (read.DEMO, read.DEBUG, read.HTTPS) == (False, False, False)


@pytest.mark.parametrize(
    "values",
    [
        {"DEBUG": "perhaps"},
        {"SITE_URL": "peer.example"},
        {"SITE_URL": "https://peer.example"},  # without SECRET_KEY
        {"DATABASE_URL": "mysql://root@localhost/x"},
        {"EMAIL_URL": "carrier-pigeon://roof"},
    ],
)
def test_nonsense_is_refused(settings_for, values):
    with pytest.raises((ImproperlyConfigured, ValueError)):
        settings_for(**values)


def test_key_of_a_local_site_is_made_once_and_readable_by_its_owner_alone(settings_for, tmp_path):
    first, second = settings_for(), settings_for()

    assert first.SECRET_KEY == second.SECRET_KEY
    assert len(first.SECRET_KEY) > 50
    assert stat.S_IMODE((tmp_path / "data/secret-key").stat().st_mode) == 0o600


def test_a_secret_may_stand_in_a_file(settings_for, tmp_path):
    (tmp_path / "key").write_text("k" * 60)

    read = settings_for(SITE_URL="https://peer.example", SECRET_KEY_FILE=str(tmp_path / "key"))

    assert read.SECRET_KEY == "k" * 60


def test_options_of_the_database_url_are_kept(settings_for):
    options = settings_for(DATABASE_URL="postgres://u@db.example/p?sslmode=require").DATABASES["default"]["OPTIONS"]

    assert options["sslmode"] == "require"
    assert "statement_timeout=30000" in options["options"]


def test_https_makes_cookies_and_redirects_strict(settings_for):
    read = settings_for(SITE_URL="https://peer.example/", SECRET_KEY="k" * 60)

    assert read.SESSION_COOKIE_NAME.startswith("__Host-")
    assert read.CSRF_COOKIE_NAME.startswith("__Host-")
    assert read.SESSION_COOKIE_SECURE
    assert read.CSRF_COOKIE_SECURE
    assert read.SECURE_SSL_REDIRECT
    assert read.SITE_URL == "https://peer.example"
    assert read.ALLOWED_HOSTS[0] == "peer.example"


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp+tls://me:word@mail.example", 587, True, False),
        ("smtp+ssl://me:word@mail.example", 465, False, True),
        ("smtp://mail.example:2525", 2525, False, False),
    ],
)
def test_mail_goes_where_the_url_says(settings_for, url, port, tls, ssl):
    read = settings_for(EMAIL_URL=url)

    assert (port, tls, ssl) == (read.EMAIL_PORT, read.EMAIL_USE_TLS, read.EMAIL_USE_SSL)
    assert read.EMAIL_HOST == "mail.example"


def test_a_demo_for_the_network_answers_to_every_name_and_a_site_does_not(settings_for):
    assert settings_for(DEMO="1", HOST="0.0.0.0").ALLOWED_HOSTS == ["*"]
    assert "*" not in settings_for(HOST="0.0.0.0").ALLOWED_HOSTS


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("GET /feeds/abc-123_X.ics 200", "GET /feeds/[secret] 200"),
        ("Not Found: /accounts/password/reset/key/3-abc/", "Not Found: /accounts/password/reset/key/[secret]/"),
        ("{'path': 'feeds/abc.ics'}", "{'path': 'feeds/[secret]'}"),
        ("GET /partnerships/12/", "GET /partnerships/12/"),
    ],
)
def test_log_lines_carry_no_secret_of_an_address(said, kept):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", (said,), None)

    assert Line("%(message)s").format(record) == kept


def test_every_line_is_written_by_the_formatter_that_hides(settings):
    handlers = settings.LOGGING["handlers"].values()

    assert {settings.LOGGING["formatters"][handler["formatter"]]["class"] for handler in handlers} == {
        "peerlearn.logs.Line"
    }
    assert logging.getLogger("django.server").handlers == []
