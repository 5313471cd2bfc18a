"""What the marks of pytest.ini mean; loaded by it.

`postgres` needs PostgreSQL and `browser` needs Debian's chromium; where it is missing the test is skipped. A run on
the servers of others keeps its rate limits and sessions apart from theirs, test by test.
"""

import shutil
import uuid

import pytest
from django.db import connection, connections

CHROMIUM = shutil.which("chromium")


def pytest_collection_modifyitems(items):
    skip_postgres = pytest.mark.skip(reason="needs PostgreSQL: script/test runs it when one answers")
    skip_browser = pytest.mark.skip(reason="needs chromium: apt-get install chromium")
    for item in items:
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(skip_postgres)
        if item.get_closest_marker("browser") and not CHROMIUM:
            item.add_marker(skip_browser)


@pytest.fixture(autouse=True)
def _cache_of_its_own(settings):
    prefix = uuid.uuid4().hex
    settings.CACHES = {name: {**cache, "KEY_PREFIX": prefix} for name, cache in settings.CACHES.items()}
    # A session in Redis saves a query; with and without it a page is to be counted alike.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"


@pytest.fixture(scope="session", autouse=True)
def _no_connection_outlives_its_thread(django_db_setup, django_db_blocker):
    """Threads of live servers and of races would keep theirs for a minute, and the database could not be dropped.

    A browser that is still open keeps a thread all the same: its connection goes before the database does.
    """
    connections.settings["default"]["CONN_MAX_AGE"] = 0
    yield
    if connection.vendor == "postgresql" and connection.settings_dict["NAME"].startswith("test_"):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM ({others}) AS others")
