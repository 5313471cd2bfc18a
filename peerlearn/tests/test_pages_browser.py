"""Every page that links lead to, for those who learn and those who help them: none has a fault (crawl.py)."""

import pytest

from peerlearn.tests.crawl import Reader

pytestmark = [pytest.mark.browser, pytest.mark.embedded]


@pytest.mark.parametrize("name", ["newcomer", "teacher", "facilitator"])
def test_no_page_that_links_lead_to_has_a_fault(chromium, demo_district, seen, name):
    reader = Reader(chromium, demo_district, name, seen)

    reader.follow_all()

    assert len(reader.kinds) > 20
    assert reader.faults == []
