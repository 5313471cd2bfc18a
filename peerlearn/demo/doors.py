"""Open doors of the demo district: a dozen, for a term, for one date, and one that is paused."""

import datetime as dt

from observations.models import DoorTime
from observations.reads.door_pages import offer_of
from observations.services.doors import open_door, pause_door
from people import clock
from people.models import Role, User

from . import sayings
from .work import school_day

EACH = 3  # doors at a school


def make_doors(rng, cast, now):
    """Three hosts at each school; the demo teacher is one of them."""
    at, number = now - dt.timedelta(days=9), 0
    for school in cast["schools"]:
        for host in hosts_of(school, cast["teacher"]):
            make_door(rng, school, host, number, at=at)
            number += 1


def hosts_of(school, teacher):
    staff = list(User.objects.staff_of([school], Role.TEACHER).exclude(pk=teacher.pk).order_by("pk")[6:12])
    return [*([teacher] if school.pk in teacher.standing.schools else []), *staff][:EACH]


def make_door(rng, school, host, number, *, at):
    """Every fourth for one date by hand, the others for the term; the seventh is paused."""
    offer, (doing, look_for, seats) = offer_of(host, school), sayings.DOORS[number % len(sayings.DOORS)]
    words = {
        "doing": doing,
        "look_for": look_for,
        "seats": seats,
        "visitors": 2 + number % 3,
    }
    if number % 4 == 3 or not offer.classes:
        day = school_day(clock.today(school) + dt.timedelta(days=10 + number))
        times = [DoorTime(starts=dt.time(9), ends=dt.time(9, 45), class_name="Homeroom", room="Library")]
        span = {"starts_on": day, "ends_on": day}
    else:
        keys = rng.sample(sorted(offer.classes), min(3, len(offer.classes)))
        times = [DoorTime(**offer.classes[key][2]) for key in keys]
        _, _, first, last = offer.spans[0]
        span = {"starts_on": first, "ends_on": last}
    door = open_door(by=host, school=school, times=times, at=at, may_talk=number % 2 == 0, **words, **span)
    if number == 6:
        pause_door(door, by=host, at=at)
