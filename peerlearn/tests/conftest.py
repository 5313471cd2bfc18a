"""The demo district in a real browser, for the tests that follow its links."""

import pytest

from peerlearn.tests.running import a_browser, application

NEWCOMER = """
from people.models import Role, School
from peerlearn.tests.small_district import hire
hire("newcomer", "Nia Newcomer", Role.TEACHER, School.objects.get(code="harbor"))
"""


@pytest.fixture(scope="module")
def demo_district(tmp_path_factory):
    """The address of the whole application on the demo district, with a teacher who has just come."""
    fill = ["load_menu"], ["fill_demo"], ["shell", "-c", NEWCOMER]
    with application(tmp_path_factory.mktemp("pages"), *fill) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    with a_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def seen():
    """The text of what was looked at as somebody else: the same words need no second look."""
    return set()
