"""Classes that dates need covered, in short words for the tests."""

import datetime as dt

from observations.models import Coverage
from observations.services import asking
from people import clock
from schedule.models import Event
from schedule.services import move_event

from .conftest import DAY, NOW

FRIDAY = DAY + dt.timedelta(days=1)
LATER = NOW + dt.timedelta(hours=1)


def rows(**fields):
    found = Coverage.objects.filter(**fields).exclude(state="withdrawn").order_by("day", "starts")
    return list(found.values_list("asker__name", "day", "starts", "class_name", "state"))


def needed(who="Ana Ruiz", day=DAY):
    return [
        (who, day, dt.time(10, 5), "Grade 4 math", "needed"),
        (who, day, dt.time(11, 5), "Grade 5 science", "needed"),
    ]


def tentative(*events):
    return [Event.objects.get(pk=event.pk).awaits_cover for event in events]


def ask_all(event, by, at=NOW, **left):
    pks = event.coverage.filter(state="needed", asker=by).values_list("pk", flat=True)
    given = {"note": "Page 30", "plan": None} | left
    asking.ask_for_needed(event, by=by, asked={pk: dict(given) for pk in pks}, at=at)


def move(event, by, day, starts, ends, at=LATER):
    school = event.school
    return move_event(event, by=by, starts_at=clock.at(day, starts, school), ends_at=clock.at(day, ends, school), at=at)
