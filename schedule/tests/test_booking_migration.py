"""What stood in the calendar before bookings were kept is booked: the first firm one at a time stays firm."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from schedule import services
from schedule.models import Booking

migration = import_module("schedule.migrations.0008_book_the_events_that_stand")
TEN = dt.datetime(2027, 3, 11, 15, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def made(ana, ben, cleo, school):
    """Three dates: two of Ben's at one time, and one that is off."""

    def make(by, people, starts_at=TEN, **fields):
        span = {"starts_at": starts_at, "ends_at": starts_at + HOUR}
        return services.create_event(by=by, kind="meeting", title="", people=people, school=school, **span, **fields)

    first = make(ana, [ana, ben], place="Library")
    make(cleo, [cleo, ben], starts_at=TEN + HOUR / 2)
    services.cancel_event(make(cleo, [cleo], starts_at=TEN + 5 * HOUR), by=cleo)
    services.answer_event(first, by=ben, answer="accepted")


def kept():
    return sorted(Booking.objects.values_list("holder", "person", "source", "starts_at", "ends_at", "firm"), key=str)


def test_the_migration_books_what_services_would(made):
    before = kept()
    migration.unbook(apps, None)
    assert kept() == []

    migration.book_what_stands(apps, None)
    migration.book_what_stands(apps, None)  # once is enough

    assert kept() == before


def test_of_two_firm_ones_the_first_stays_firm(made, ben):
    Booking.objects.all().delete()
    ben.attendances.update(answer="accepted")

    migration.book_what_stands(apps, None)

    bens = Booking.objects.filter(person=ben).order_by("starts_at")
    assert list(bens.values_list("firm", flat=True)) == [True, False]
