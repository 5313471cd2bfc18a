"""Growth meetings of the demo district: two that were held, with what came of them, and two that are planned."""

import datetime as dt

from django.utils import timezone

from growth.models import Brought
from growth.services.bringing import agree_to_bring, bring, open_brought, things_to_bring
from growth.services.meetings import schedule_meeting
from growth.services.next_year import decide_next_year
from growth.services.record import agree, write_record
from partnerships.models import Member, Partnership
from people.models import Role

from .work import free_time, school_day

LENGTH = dt.timedelta(minutes=20)
RECORDS = [
    "We ask fewer questions, and wait for the answer. Two of us now plan together on Mondays.\n\n"
    "What got in the way: cover for the second visit came late. Our principal looks into a floating substitute.",
    "We saw that our students talk more when the task is on one page.\n\nNext time we begin before the winter break.",
]
WORDS = "text", "plan"


def make_meetings(rng, cast, now):
    """Of teams at the principal's schools; the teacher's own is ahead, so that she can choose what to bring."""
    principal, teacher = cast["principal"], cast["teacher"]
    teams = teams_at(principal.standing.schools_as(Role.PRINCIPAL), timezone.localdate(now))
    for number, team in enumerate(teams.filter(status=Partnership.Status.COMPLETED)[:2]):
        hold(rng, team, principal, now, days_ago=9 + 4 * number, record=RECORDS[number])
    ahead = teams.filter(status=Partnership.Status.ACTIVE)
    own = ahead.filter(pk__in=Member.objects.active().filter(person=teacher).values("partnership"))
    for number, team in enumerate([*own.order_by("started_at")[:1], *ahead.exclude(pk__in=own)[:1]]):
        meeting = plan(rng, team, principal, now - dt.timedelta(days=3), days=7 + 3 * number, now=now)
        if number:
            lay(meeting, at=now - dt.timedelta(days=1))


def teams_at(schools, today):
    """Those of the school year whose work was started at these schools, of two colleagues or more."""
    pairs = Member.objects.active().filter(part=Member.Part.PARTNER)
    of_year = Partnership.objects.filter(year__starts_on__lte=today, year__ends_on__gte=today)
    here = of_year.filter(school__in=schools, pk__in=pairs.values("partnership"))
    return here.select_related("school", "support").order_by("-completed_at", "pk")


def plan(rng, team, principal, at, *, days, now):
    people = [principal, *people_of(team)]
    day = school_day(timezone.localdate(now) + dt.timedelta(days=days))
    starts_at = free_time(people, None, day, LENGTH, team.school, rng)
    when = {"starts_at": starts_at, "ends_at": starts_at + LENGTH, "place": "Principal's office"}
    return schedule_meeting(team, by=principal, at=at, **when)


def hold(rng, team, principal, now, *, days_ago, record):
    """Planned, brought, held, written down and agreed to; one team has decided, the other not yet."""
    then = now - dt.timedelta(days=days_ago)
    meeting = plan(rng, team, principal, then - dt.timedelta(days=12), days=-days_ago, now=now)
    after, first = meeting.event.ends_at + dt.timedelta(hours=2), people_of(team)[0]
    write_record(meeting, by=principal, body=record, at=after)
    for number, person in enumerate(people_of(team), 1):
        agree(meeting, by=person, version=1, at=after + dt.timedelta(hours=number))
    if days_ago > 9:
        decide_next_year(meeting, by=first, decision="change", at=after + dt.timedelta(days=1))


def lay(meeting, *, at):
    """The first of the team brings the plan and one text."""
    first, *others = people_of(meeting.partnership)
    things = things_to_bring(meeting.partnership, first)
    bring(meeting, by=first, sources=[source for source in things if source.startswith(WORDS)][:2], at=at)
    for brought in Brought.objects.filter(meeting=meeting).select_related("meeting__partnership"):
        for person in others if brought.joint else ():
            agree_to_bring(brought, by=person, at=at)
        if not brought.joint:
            open_brought(brought, by=meeting.principal, at=at)


def people_of(team):
    return [member.person for member in team.members.active().select_related("person").order_by("pk")]
