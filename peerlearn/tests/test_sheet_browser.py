"""The sheet of a day in print: twenty classes on one page of paper."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.utils import timezone

from observations.models import Coverage
from peerlearn.tests.running import a_browser

pytestmark = [pytest.mark.browser, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]

NOTE = "They read on their own for ten minutes, then work in groups. " * 4


def classes(teacher, school, day, number):
    for n in range(number):
        Coverage.objects.create(
            asker=teacher, school=school, day=day, starts=dt.time(8 + n // 8), ends=dt.time(8 + n // 8, 45),
            class_name=f"Grade 4 mathematics {n}", room=f"Room {n}", note=NOTE, asked_at=timezone.now(),
        )  # fmt: skip


@pytest.mark.parametrize(("paper", "number", "fits"), [("A4", 20, True), ("Letter", 20, True), ("Letter", 60, False)])
def test_twenty_classes_fit_one_page(paper, number, fits, live_server, client, ana, office, school):
    day = timezone.localdate() + dt.timedelta(days=7)
    classes(ana, school, day, number)
    client.force_login(office)
    key = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}

    with a_browser() as browser:
        context = browser.new_context()
        context.add_cookies([{**key, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/coverage/day/?day={day:%Y-%m-%d}")
        shown = page.locator(".day-sheet tbody tr").count()
        printed = page.pdf(format=paper)

    assert shown == number
    assert (len(re.findall(rb"/Type\s*/Page\b", printed)) == 1) is fits
