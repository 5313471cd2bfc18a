"""Class coverage of the demo district: what its dates took was settled; what lies ahead is in every state."""

import datetime as dt

from observations.models import Coverage
from observations.reads.ranking import SUBSTITUTE, coverers_for
from observations.services import REFUSALS
from observations.services import coverage as cover
from people import clock
from people.models import Role, User
from schedule.busy import classes_taken
from schedule.models import Period

from . import sayings
from .work import school_day

State = Coverage.State
# How far the classes ahead have come, one after the other.
AHEAD = ["confirmed", "asked", "assigned", "approved", "needed", "asked", "returned", "confirmed", "withdrawn", "asked"]
DAY = dt.timedelta(days=1)


def settle_past(rng, now):
    """Every class of a day that is over was asked for, approved and covered in time, if somebody was free."""
    for one in waiting().filter(day__lt=now.date()):
        begun = clock.at(one.day, dt.time(7), one.school)
        at = max(one.asked_at, begun - 6 * DAY)
        settle(one, State.CONFIRMED, rng, asked_at=min(at, begun - DAY / 4), at=max(at, begun - 4 * DAY))


def settle_ahead(rng, cast, now):
    """Classes that dates ahead will take, in every state, with some that were asked for by hand."""
    ask_by_hand(rng, cast, now)
    for number, one in enumerate(waiting().filter(day__gte=now.date())):
        since = now - dt.timedelta(days=3, hours=number)
        settle(one, AHEAD[number % len(AHEAD)], rng, asked_at=since, at=now - DAY)


def waiting():
    rows = Coverage.objects.filter(state__in=[State.NEEDED, State.ASKED]).select_related("asker", "school")
    return rows.order_by("school", "day", "starts", "pk")


def ask_by_hand(rng, cast, now):
    """Classes of the coming days at the principal's first school, the demo teacher's among them."""
    school, today = cast["schools"][0], clock.today(cast["schools"][0], now)
    teachers = [cast["teacher"], *User.objects.staff_of([school], Role.TEACHER).order_by("-pk")[:9]]
    for number, teacher in enumerate(teachers):
        day = school_day(today + DAY * (number // 3))
        begins, ends = (clock.at(day, dt.time(hour), school) for hour in (8 + number % 5, 15))
        for taken in classes_taken([teacher], begins, ends)[:1]:
            ask(teacher, school, taken, rng, at=now - dt.timedelta(days=2, hours=number))


def ask(teacher, school, taken, rng, *, at):
    try:
        cover.ask_for_cover(
            by=teacher,
            school=school,
            day=taken.day,
            period=Period.objects.get(pk=taken.period_id),
            starts=taken.starts,
            ends=taken.ends,
            class_name=taken.class_name,
            room=taken.room,
            note=rng.choice(sayings.COVER_NOTES),
            at=at,
        )
    except REFUSALS:
        return


def settle(one, state, rng, *, asked_at, at):
    """Carry a request as far as the state says, or as far as it goes."""
    if state == State.NEEDED and one.state == State.NEEDED:
        return
    principal = User.objects.leading(one.school_id).exclude(pk=one.asker_id).first()
    if one.state == State.NEEDED:
        spans = {"day": one.day, "starts": one.starts, "ends": one.ends, "class_name": one.class_name}
        one = cover.ask_for_cover(
            by=one.asker, school=one.school, note=rng.choice(sayings.COVER_NOTES), at=asked_at, **spans
        )
    if state == State.WITHDRAWN:
        cover.withdraw_cover(one, by=one.asker, at=at)
    elif state == State.RETURNED:
        send_back(one, principal, at)
    elif state in (State.APPROVED, State.ASSIGNED, State.CONFIRMED):
        approve(one, principal, state, at)


def approve(one, principal, state, at):
    """As far as the state says; where too many are out that day, the principal returns it."""
    try:
        cover.approve_cover(one, by=principal, at=at)
    except REFUSALS:
        return send_back(one, principal, at)
    if state != State.APPROVED:
        name_somebody(one, principal, confirmed=state == State.CONFIRMED, at=at)


def send_back(one, principal, at):
    other_day, reason = school_day(one.day + 7 * DAY), "Testing week: too many out that day."
    cover.return_cover(one, by=principal, reason=reason, other_day=other_day, at=at)


def name_somebody(one, principal, *, confirmed, at):
    """The first in the ranking who can; odd requests go to a colleague before a substitute."""
    ranked = sorted(coverers_for(one), key=lambda c: (c.at_limit, one.pk % 2 and c.group == SUBSTITUTE))
    for candidate in ranked[:5]:
        who = {"substitute" if candidate.group == SUBSTITUTE else "coverer": candidate.who}
        try:
            cover.name_coverer(one, by=principal, at=at, **who)
        except REFUSALS:
            continue
        if confirmed:
            cover.confirm_cover(one, by=principal, at=at)
        return
