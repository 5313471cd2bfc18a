"""Publishing a planned walk: its draft becomes dates, cover, invitations, in one transaction; again, only what changed.

A visit's date is known by its host: one that stays where it is stays untouched, one that moves is the same date
moved. Visitors attend their own visits, so that cover follows for the classes that these take (services/needs.py).
"""

import datetime as dt
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from notices.services import tell_all
from people import clock
from people.access import require
from schedule.models import Event
from schedule.services import add_people, cancel_event, move_event, remove_people
from schedule.services.telling import only_invite, tell_people

from ..checker import check
from ..models import Walk, WalkPlan, WalkVisit
from ..plan_rest import begun, has_begun, rest_of, without
from ..planner.question import Host, Plan, Question
from ..policy import may_arrange
from ..reads.plan_facts import Facts, taken_places
from ..reads.plan_json import absent_from, unpacked
from ..reads.plan_words import unmatched
from . import NotNow
from .ground import fact, hosts_of, lock, minute_of, refuse_past
from .holding import hold
from .stops import make_event

CHANGED = "The plan was changed meanwhile. Look at it again."


@dataclass(frozen=True)
class Now:
    """A draft as things are now: the question of its half day, and its plan without those who have left the walk.

    `minute` is how far its day is, as `minute_of` says it; `closed` are hosts of visits to come whose door is not open.
    """

    facts: Facts
    question: Question
    plan: Plan
    gone: frozenset
    closed: frozenset
    minute: int | None

    @cached_property
    def verdict(self):
        """What the checker says of all that is still to come; who has seen what they wanted is not without it."""
        found = check(*rest_of(self.question, self.plan, self.minute))
        return replace(found, cost=found.cost._replace(unmatched=len(unmatched(self.question, self.plan))))

    @property
    def visits_ahead(self):
        over = begun(self.plan, self.minute)
        return [one for one in self.plan.visits if one not in over]

    def room(self, visit):
        return self.facts.room_at(visit.host, self.facts.walk.day, visit.starts)


def moment_of(walk, minute):
    return clock.at(walk.day, dt.time(*divmod(minute, 60)), walk.school)


def as_of_now(draft, at=None):
    """The draft with those who took a place since it was looked for. Raises ValueError when that day has no school."""
    # Nothing of what nobody was told of has begun.
    minute = minute_of(draft.walk, at or timezone.now()) if draft.published_version else None
    search, walk = copy(draft.search), draft.walk
    search.walk, search.first, search.last, search.half = walk, walk.day, walk.day, walk.half
    search.pins, search.forbids = draft.pins, draft.forbids
    taken, absent = taken_places(walk), absent_from(draft)
    joined = [one.person_id for one in taken if one.joined_at > search.made_at]
    search.visitors = [pk for pk in dict.fromkeys([*search.visitors, *joined]) if pk not in absent]
    facts, plan = Facts(search, taken), unpacked(draft.plan)
    question = facts.question(walk.day, walk.half)
    here = {one.key for one in question.visitors}
    gone = frozenset(who for team in plan.teams for who in team) - here
    known = {one.key for one in question.hosts}
    unknown = sorted({one.host for one in plan.visits} - known)
    hosts = tuple(Host(pk, name=facts.people[pk].name, most=len(plan.visits)) for pk in unknown)
    question, plan = replace(question, hosts=question.hosts + hosts), without(plan, gone, minute)
    closed = frozenset(one.host for one in plan.visits if one.host not in known and not has_begun(one, minute))
    return Now(facts, question, plan, gone, closed, minute)


@transaction.atomic
def publish_plan(walk, *, by, version, at=None):
    """Put the draft in everyone's calendar, and tell those for whom something is new.

    `version` is the draft's that was looked at. Raises NotNow when it was changed since, or when the checker refuses
    it, with what stands against it; DoubleBooked when a room was taken meanwhile.
    """
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    refuse_past(walk, at)
    draft = WalkPlan.objects.select_related("search").filter(walk=walk).first()
    if draft is None or draft.version != version:
        raise NotNow(CHANGED)
    draft.walk = walk
    try:
        now = as_of_now(draft, at)
    except ValueError as why:
        raise NotNow(str(why)) from why
    if refusals := now.verdict.refusals:
        raise NotNow(f"This plan cannot be published. {' '.join(refusals[:3])}")
    draft.published_version = version
    draft.save(update_fields=["published_version"])
    Dates(walk, now, by=by, at=at).bring_in()
    absent = [one.person for one in now.facts.taken if one.person_id in absent_from(draft)]
    tell_first_time(walk, list(now.facts.visitors.values()), absent, at)


def tell_first_time(walk, visitors, absent, at):
    """One notice for the whole half day. Later on each date that changes tells its own people."""
    if walk.published_at is None:
        Walk.objects.filter(pk=walk.pk).update(published_at=at)
        tell_all(visitors, "walk_published", **fact(walk, "published", at))
        tell_all(absent, "walk_without", **fact(walk, "without", at))
        tell_all(hosts_of(walk), "walk_hosting", **fact(walk, "hosting", at))


class Dates:
    """The dates of a walk on their way from what stands to what the plan says. What is called off goes first.

    What has begun stays as it was, with those who were there.
    """

    def __init__(self, walk, now, *, by, at):
        self.walk, self.now, self.question, self.plan, self.facts = walk, now, now.question, now.plan, now.facts
        self.by, self.at = by, at
        self.tell = only_invite if walk.published_at is None else tell_people

    def bring_in(self):
        events = list(Event.objects.standing().filter(thread=self.walk.thread).values_list("pk", flat=True))
        team = list(self.facts.visitors.values())
        people = {one.pk for one in team} | set(self.facts.people) | {self.walk.facilitator_id}
        hold(events=events, people=people)
        if self.walk.round and not self.has_begun(self.walk.round):
            cancel_event(self.walk.round, by=self.by, at=self.at, tell=only_invite)
        self.visits()
        everyone = [*team, self.walk.facilitator]
        length = self.question.pre_brief_minutes, self.question.debrief_minutes
        self.meeting("pre_brief", Event.Kind.PRE_BRIEF, self.plan.pre_brief, length[0], everyone)
        self.meeting("debrief", Event.Kind.DEBRIEF, self.plan.debrief, length[1], everyone)

    def has_begun(self, event):
        return event.starts_at < moment_of(self.walk, self.now.minute) if self.now.minute is not None else False

    def span(self, minute, length):
        starts_at = moment_of(self.walk, minute)
        return {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(minutes=length)}

    def meeting(self, name, kind, minute, length, people):
        event, place = getattr(self.walk, name), self.question.meeting_room
        if event and not event.cancelled_at:
            if not self.has_begun(event):
                self.change(event, minute, length, place, people)
            return
        made = self.make(kind=kind, people=people, place=place, **self.span(minute, length))
        Walk.objects.filter(pk=self.walk.pk).update(**{name: made})

    def make(self, **given):
        return make_event(self.walk, by=self.by, at=self.at, tell=self.tell, **given)

    def change(self, event, minute, length, place, people):
        """Move the date where it should be, and ask and let go of whom it should."""
        move_event(event, by=self.by, at=self.at, place=place, **self.span(minute, length))
        there = {one.person_id: one.person for one in event.attendances.select_related("person")}
        wanted = {one.pk: one for one in people}
        gone = [one for pk, one in there.items() if pk not in wanted]
        new = [one for pk, one in wanted.items() if pk not in there]
        if gone:
            remove_people(event, by=self.by, people=gone, at=self.at)
        if new:
            add_people(event, by=self.by, people=new, at=self.at)

    def visits(self):
        rows = WalkVisit.objects.filter(walk=self.walk).select_related("event", "host").order_by("event__starts_at")
        last = max([row.number for row in rows], default=0)
        stand = [row for row in rows if not self.has_begun(row.event)]
        pairs, new = self.paired(stand)
        for row in [row for row in stand if row.pk not in {row.pk for row, _ in pairs}]:
            cancel_event(row.event, by=self.by, at=self.at)
        for row, visit in pairs:
            room = self.now.room(visit) or row.room
            self.change(row.event, visit.starts, self.question.visit_minutes, room, self.people(visit))
            WalkVisit.objects.filter(pk=row.pk).exclude(room=room).update(room=room)
        for number, visit in enumerate(new, start=last + 1):
            self.add(number, visit)

    def paired(self, stand):
        """([(row, visit)], visits that are new): first those that stay, then those of the same host that move."""
        pairs, new, left = [], [], {row.pk: row for row in stand}
        for is_same in (self.stays, self.is_of_host):
            visits = self.now.visits_ahead if is_same == self.stays else new
            new = []
            for visit in visits:
                row = next((row for row in left.values() if is_same(row, visit)), None)
                if row is None:
                    new.append(visit)
                else:
                    pairs.append((left.pop(row.pk), visit))
        return pairs, new

    def stays(self, row, visit):
        return row.host_id == visit.host and row.event.starts_at == self.span(visit.starts, 0)["starts_at"]

    def is_of_host(self, row, visit):
        return row.host_id == visit.host

    def people(self, visit):
        return [self.facts.people[visit.host], *(self.facts.people[pk] for pk in sorted(visit.visitors))]

    def add(self, number, visit):
        host, people, room = self.facts.people[visit.host], self.people(visit), self.now.room(visit)
        what = {"kind": Event.Kind.WALK, "title": "Learning walk: visit", "people": people, "visited": [host]}
        event = self.make(place=room, **what, **self.span(visit.starts, self.question.visit_minutes))
        WalkVisit.objects.create(walk=self.walk, number=number, host=host, room=room, event=event)
