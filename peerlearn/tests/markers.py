"""What the marks of pytest.ini mean; loaded by it.

`postgres` needs PostgreSQL and `browser` needs Debian's chromium; where it is missing the test is skipped. A run on
the servers of others keeps its rate limits and sessions apart from theirs, test by test.
"""

import shutil
import uuid

import pytest
from django.db import connection

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
