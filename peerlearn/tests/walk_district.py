"""A small district for a walk that takes place today: `make()` fills its database, whatever the day and the hour."""

import datetime as dt

from django.utils import timezone

from observations.services.substitutes import offer_to_cover
from peerlearn.tests import small_district
from people import clock
from people.models import District, Role, School, User
from schedule.models import TeachingSlot, Timetable
from schedule.services.periods import add_bells
from schedule.services.school_time import keep_special_days

EARLY = 5
BELLS = [(str(hour - 7), dt.time(hour), dt.time(hour, 45)) for hour in (8, 9, 10, 11)]
CLASSES = {"ana": "1234", "hanna": "1234"}  # Ana is away from a class whenever she visits, and Ben from none


def make():
    small_district.make()
    District.objects.update(time_zone=where_it_is_early())
    School.objects.update(time_zone=where_it_is_early())
    school, admin = School.objects.get(), User.objects.get(email="ada@demo.example")
    for key, name in (("hanna", "Hanna Holt"), ("cleo", "Cleo Marsh")):
        small_district.hire(key, name, Role.TEACHER, school)
    small_district.hire("faye", "Faye Adler", Role.FACILITATOR, school)
    bells = add_bells(school, by=admin, name="Walk day", periods=BELLS)
    today = clock.today(school)
    # So that there is school today, were it a Sunday.
    keep_special_days(school, by=admin, days=[today], name="Walk day", bells=bells, position=0)
    table = Timetable.objects.create(school=school, starts_on=today, made_by=admin, made_at=timezone.now())
    TeachingSlot.objects.bulk_create(
        TeachingSlot(
            timetable=table, teacher=User.objects.get(email=f"{key}@demo.example"), position=0, period=period,
            class_name=f"Grade 4, group {period}", subject="Math", room="12" if key == "hanna" else "7",
        )
        for key, periods in CLASSES.items()
        for period in periods
    )  # fmt: skip
    offer_to_cover(school, by=User.objects.get(email="cleo@demo.example"), offers=True)


def where_it_is_early():
    """A time zone where the school day is still to come. Etc/GMT-3 is three hours ahead."""
    ahead = (EARLY - timezone.now().hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+}"
