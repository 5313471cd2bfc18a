"""Learning walks and class coverage of the demo district: past, coming, and in every state."""

import datetime as dt

from django.utils import timezone

from observations.services import Taken, walks
from observations.services import coverage as cover
from people import clock
from people.models import Role, User
from schedule.models import Event, Period

from . import sayings
from .work import school_day


def make_walks(rng, cast, now):
    """Two walks that are over, with notes and thanks, and two that are coming."""
    facilitator, today = cast["facilitator"], timezone.localdate(now)
    for number, (school, days) in enumerate(zip(cast["schools"], (-150, -40, 12, 26), strict=True)):
        day = school_day(today + dt.timedelta(days=days))
        at = min(clock.at(day, dt.time(9), school) - dt.timedelta(days=20), now - dt.timedelta(days=1))
        walk = walks.set_up_walk(
            by=facilitator, school=school, day=day, half="morning", purpose=rng.choice(sayings.WALK_PURPOSES), at=at
        )
        visitors = visitors_of(cast["schools"], school, number)
        for person in visitors:
            walks.join_walk(walk, by=person, focus=rng.choice(sayings.GOALS), at=at)
        arrange(walk, facilitator, school, at)
        walks.publish_walk(walk, by=facilitator, at=at)
        if days < 0:
            finish(rng, walk, facilitator, visitors)


def visitors_of(schools, school, number):
    guests = User.objects.staff_of(schools, Role.TEACHER).exclude(posts__school=school).order_by("pk")
    return list(guests[number * 9 : number * 9 + 4])


def arrange(walk, facilitator, school, at):
    hosts = User.objects.staff_of([school], Role.TEACHER).order_by("pk")[6:9]
    walks.set_talk(
        walk, by=facilitator, kind=Event.Kind.PRE_BRIEF, starts=dt.time(8, 15), minutes=30, place="Library", at=at
    )
    for number, host in enumerate(hosts):
        starts = dt.time(9 + number // 2, 30 * (number % 2))
        walks.add_visit(walk, by=facilitator, host=host, room=f"{204 + number}", starts=starts, minutes=20, at=at)
    walks.set_talk(
        walk, by=facilitator, kind=Event.Kind.DEBRIEF, starts=dt.time(11), minutes=45, place="Library", at=at
    )


def finish(rng, walk, facilitator, visitors):
    after = clock.at(walk.day, dt.time(13), walk.school)
    for person in visitors:
        for visit in walk.visits.all():
            walks.write_note(
                walk,
                by=person,
                visit_number=visit.number,
                saw=rng.choice(sayings.SAW),
                wondered=rng.choice(sayings.WONDERED),
                idea=rng.choice(sayings.IDEAS),
                at=after,
            )
    walk.refresh_from_db()
    walks.publish_notes(walk, by=facilitator, at=after)
    walks.close_walk(walk, by=facilitator, at=after)


def make_cover(rng, cast, now):
    """Requests for cover in every state, today's and tomorrow's among them, at the principal's first school."""
    school, principal, today = cast["schools"][0], cast["principal"], timezone.localdate(now)
    people = list(User.objects.staff_of([school], Role.TEACHER).order_by("pk"))
    periods = list(Period.objects.filter(schedule__school=school, schedule__is_default=True))
    next_day = school_day(today)
    days = [next_day, next_day, school_day(next_day + dt.timedelta(days=1)), school_day(today + dt.timedelta(days=9))]
    states = ["assigned", "assigned", "approved", "asked", "returned", "asked", "assigned", "withdrawn"]
    for number, state in enumerate(states):
        period, asker = periods[number % len(periods)], people[number * 2]
        asked = cover.ask_for_cover(
            by=cast["teacher"] if state == "asked" and number > 4 else asker,
            school=school,
            day=days[number % len(days)],
            period=period,
            starts=period.starts,
            ends=period.ends,
            class_name=f"Grade {rng.randint(1, 5)}, {rng.choice(sayings.SUBJECTS).lower()}",
            room=str(rng.randint(101, 130)),
            note="The plan is on my desk. They know the routine.",
            at=now - dt.timedelta(days=3, hours=number),
        )
        settle(asked, state, principal, people, now - dt.timedelta(days=1))


def settle(asked, state, principal, people, at):
    if state == "returned":
        other_day = school_day(asked.day + dt.timedelta(days=7))
        cover.return_cover(
            asked, by=principal, reason="Testing week: too many out that day.", other_day=other_day, at=at
        )
    if state == "withdrawn":
        cover.withdraw_cover(asked, by=asked.asker, at=at)
    if state in ("approved", "assigned"):
        cover.approve_cover(asked, by=principal, at=at)
    if state == "assigned":
        for person in reversed(people):
            try:
                return cover.name_coverer(asked, by=principal, coverer=person, at=at)
            except Taken:
                continue
