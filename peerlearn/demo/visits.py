"""Learning walks of the demo district, past and coming."""

import datetime as dt
from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from observations.models import LookFor, LookForVersion
from observations.services import walks
from observations.services.look_fors import acknowledge, make_set, write_brief
from people import clock
from people.models import Role, User
from schedule.models import Event
from schedule.services import DoubleBooked

from . import debriefs, sayings
from .work import school_day

TEAM, FULL = 4, 3  # people on a walk, and the walk on which no place is left


def make_walks(rng, cast, now):
    """Two walks that are over, with notes and thanks, one of today, and two that are coming."""
    facilitator, today = cast["facilitator"], timezone.localdate(now)
    for name, lines in sayings.LOOK_FORS.items():
        make_set(by=facilitator, name=name, lines=lines, at=now - dt.timedelta(days=200))
    for number, (school, days) in enumerate(zip(cast["schools"], (-150, -40, 12, 26), strict=True)):
        day = school_day(today + dt.timedelta(days=days))
        at = min(clock.at(day, dt.time(9), school) - dt.timedelta(days=20), now - dt.timedelta(days=1))
        walk = walks.set_up_walk(
            by=facilitator,
            school=school,
            day=day,
            half="morning",
            purpose=rng.choice(sayings.WALK_PURPOSES),
            places=TEAM if number == FULL else 6,
            at=at,
        )
        visitors = visitors_of(cast["schools"], school, number)
        for person in visitors:
            walks.join_walk(walk, by=person, focus=rng.choice(sayings.GOALS), at=at)
        arrange(walk, facilitator, school, at)
        brief(walk, facilitator, visitors, at)
        walks.publish_walk(walk, by=facilitator, at=at)
        if number == FULL:
            line_up(walk, cast, number, at)
        if days < 0:
            finish(rng, walk, facilitator, visitors)
    # Whoever has another date by then leaves the demo without that walk.
    for make in (make_walk_of_today, make_walk_in_debrief):
        with suppress(DoubleBooked), transaction.atomic():
            make(rng, cast, now)


def make_walk_of_today(rng, cast, now):
    """The demo teacher is on a walk today, at another school; a colleague has begun to write."""
    walk, visitors = walk_of_teacher(cast, timezone.localdate(now), 4, now)
    walks.write_note(walk, by=visitors[1], visit_number=1, saw=sayings.SAW[0], wondered=sayings.WONDERED[0], at=now)


def make_walk_in_debrief(rng, cast, now):
    """She was on one two days ago: its notes are on the table, and the group gathers what it noticed."""
    walk, visitors = walk_of_teacher(cast, timezone.localdate(now) - dt.timedelta(days=2), 5, now)
    finish(rng, walk, cast["facilitator"], visitors, closes=False)


def walk_of_teacher(cast, day, number, now):
    """(a walk on that day with the demo teacher, those who walk)"""
    teacher, facilitator, at = cast["teacher"], cast["facilitator"], now - dt.timedelta(days=9)
    school = next(school for school in cast["schools"] if school.pk not in teacher.standing.schools)
    purpose = sayings.WALK_PURPOSES[number % len(sayings.WALK_PURPOSES)]
    walk = walks.set_up_walk(by=facilitator, school=school, day=day, half="morning", purpose=purpose, at=at)
    visitors = [teacher, *visitors_of([s for s in cast["schools"] if s != school], school, number)]
    visitors = list(dict.fromkeys(visitors))
    for person, focus in zip(visitors, sayings.GOALS, strict=False):
        walks.join_walk(walk, by=person, focus=focus, at=at)
    arrange(walk, facilitator, school, at)
    brief(walk, facilitator, visitors, at)
    walks.publish_walk(walk, by=facilitator, at=at)
    return walk, visitors


def visitors_of(schools, school, number):
    guests = User.objects.staff_of(schools, Role.TEACHER).exclude(posts__school=school).order_by("pk")
    return list(guests[number * 9 : number * 9 + TEAM])


def line_up(walk, cast, number, at):
    """Two wait for a place, the demo teacher first."""
    guests = User.objects.staff_of(cast["schools"], Role.TEACHER).exclude(posts__school=walk.school).order_by("pk")
    others = guests.exclude(pk=cast["teacher"].pk)
    for later, person in enumerate((cast["teacher"], others[number * 9 + TEAM])):
        focus = sayings.GOALS[later]
        walks.wait_for_place(walk, by=person, focus=focus, at=at + dt.timedelta(hours=later))


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


def brief(walk, facilitator, visitors, at):
    """The pre-brief, which all but the last have read."""
    version = LookForVersion.objects.filter(set__name=walk.purpose).first()
    write_brief(walk, by=facilitator, version=version, **sayings.BRIEF, at=at)
    for person in visitors[:-1]:
        acknowledge(walk, by=person, at=at)


def looked_for(rng, walk):
    """An answer to each look-for of the walk: a count, or a line."""
    lines = LookFor.objects.filter(version=walk.brief.look_fors_id)
    said = {"tally": lambda: rng.randint(2, 14), "question": lambda: rng.choice(sayings.ASKED)}
    return {str(line.pk): said.get(line.kind, lambda: rng.choice(sayings.SAW))() for line in lines}


def finish(rng, walk, facilitator, visitors, *, closes=True):
    after = clock.at(walk.day, dt.time(13), walk.school)
    for person in visitors:
        for visit in walk.visits.all():
            walks.write_note(
                walk,
                by=person,
                visit_number=visit.number,
                saw=rng.choice(sayings.SAW),
                wondered=rng.choice(sayings.WONDERED),
                asked=rng.choice(sayings.ASKED),
                idea=rng.choice(sayings.IDEAS),
                look_fors=looked_for(rng, walk),
                at=after,
            )
    walk.refresh_from_db()
    walks.publish_notes(walk, by=facilitator, at=after)
    debriefs.gather(walk, visitors, after)
    if not closes:
        return
    debriefs.tell_staff(walk, visitors, facilitator, after)
    walks.close_walk(walk, by=facilitator, at=after)
    debriefs.try_it(walk, visitors)
