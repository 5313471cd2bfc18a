"""A site that sends invitations and reads what calendars answer, and a week of a school with its bells."""

import datetime as dt

import pytest

from schedule import services
from schedule.models import BellSchedule, Period, SchoolDay, Timetable

from .inviting import NOW


@pytest.fixture
def inviting(settings, time_machine):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_URL = "https://peerlearn.example"
    settings.CALENDAR_ADDRESS = "peerlearn@cedar.example"
    settings.TAKES_REPLIES = True
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def ben_wants(ben):
    services.want_invitations(ben, by=ben, wanted=True, at=NOW)
    return ben


@pytest.fixture
def table(school, ana):
    """A timetable for a week of four periods from eight to twelve; Thursday is off."""
    bells, monday = BellSchedule.objects.create(school=school), dt.date(2027, 3, 8)
    for hour in range(4):
        given = {"starts": dt.time(8 + hour), "ends": dt.time(8 + hour, 45)}
        Period.objects.create(schedule=bells, name=str(hour + 1), **given)
    for number in range(5):
        day = {"day": monday + dt.timedelta(days=number), "position": number, "bell_schedule": bells}
        off = {"bell_schedule": None, "off": "Snow day"} if number == 3 else {}
        SchoolDay.objects.create(school=school, **day | off)
    made_at = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
    return Timetable.objects.create(school=school, starts_on=monday, made_by=ana, made_at=made_at)
