"""What the marks of pytest.ini mean; loaded by it.

`postgres` needs PostgreSQL and `browser` needs Debian's chromium; where it is missing the test is skipped. `embedded`
looks the same whatever the database, so that the run on the embedded one is enough. A run on the servers of others
keeps its rate limits and sessions apart from theirs, test by test.

Several processes (pytest -n 2) have a database, a broker and a folder each, and take the longest files first.
"""

import os
import re
import shutil
import uuid

import pytest
from django.db import connection, connections

CHROMIUM = shutil.which("chromium")
LONGEST = [
    "test_pages_browser.py",
    "test_office_pages_browser.py",
    "test_demo.py",
    "test_doors.py",
    "test_double_booking.py",
]


# At import, for settings read these once. pytest-django names the database of each process itself.
if process := os.environ.get("PYTEST_XDIST_WORKER", ""):
    number = int(process.removeprefix("gw"))
    os.environ["DATA_DIR"] = os.path.join(os.environ.get("DATA_DIR", "var"), process)
    if broker := re.fullmatch(r"(.*/)(\d+)", os.environ.get("REDIS_URL", "")):
        os.environ["REDIS_URL"] = f"{broker[1]}{(int(broker[2]) - number) % 16}"


def pytest_collection_modifyitems(items):
    skip_postgres = pytest.mark.skip(reason="needs PostgreSQL: script/test runs it when one answers")
    skip_browser = pytest.mark.skip(reason="needs chromium: apt-get install chromium")
    skip_embedded = pytest.mark.skip(reason="the run on the embedded database holds it")
    for item in items:
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(skip_postgres)
        if item.get_closest_marker("browser") and not CHROMIUM:
            item.add_marker(skip_browser)
        if item.get_closest_marker("embedded") and connection.vendor != "sqlite":
            item.add_marker(skip_embedded)
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


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
