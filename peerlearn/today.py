"""What home shows, read from every room: finished values, in a query for each part, whatever the number of rows."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import CharField, F, Q, Value
from django.utils import timezone

from observations.models import Coverage
from partnerships.models import Approval, HelpRequest, Member, Partnership, Step
from people.models import Role
from schedule.models import Event

MOST = 50
CALLS = 5


@dataclass
class Turn:
    """A step that is this person's to do, with whom."""

    url: str
    title: str
    support: str
    icon: str
    hue: str
    shape: str
    due_on: dt.date | None
    others: list

    @property
    def with_whom(self):
        return " and ".join(filter(None, [", ".join(self.others[:-1]), *self.others[-1:]]))

    @property
    def is_late(self):
        return bool(self.due_on and self.due_on < timezone.localdate())


def turns_of(user):
    """My steps, the earliest date first: one query, a row for each partner of each step.

    All of them lie in partnerships that I take part in, and so see. Said first, it lets the database begin with my
    memberships; otherwise it looks at every open step of my schools or of the district.
    """
    mine = Member.objects.active().filter(person=user)
    parts = {
        Step.Actor.LEAD: [Member.Part.LEAD],
        Step.Actor.COACH: [Member.Part.COACH],
        Step.Actor.TEACHER_LEADER: [Member.Part.TEACHER_LEADER],
    }
    for_me = Q(member__person=user) | Q(
        member=None, actor=Step.Actor.MEMBERS, partnership__in=mine.values("partnership")
    )
    for actor, part in parts.items():
        for_me |= Q(member=None, actor=actor, partnership__in=mine.filter(part__in=part).values("partnership"))
    rows = (
        Step.objects.current()
        .filter(for_me, partnership__in=mine.values("partnership"))
        .exclude(kind="approval")
        .order_by("due_on", "pk", "partnership__members__pk")
        .values_list(
            "pk",
            "partnership_id",
            "title",
            "due_on",
            "partnership__support__name",
            "partnership__support__icon",
            "partnership__support__hue",
            "partnership__support__shape",
            "partnership__members__state",
            "partnership__members__person_id",
            "partnership__members__person__name",
        )
    )
    turns = {}
    for pk, partnership, title, due_on, support, icon, hue, shape, state, person, name in rows:
        url = f"/partnerships/{partnership}/steps/{pk}/"
        turn = turns.setdefault(pk, Turn(url, title, support, icon, hue, shape, due_on, []))
        if state == Member.State.ACTIVE and person != user.pk:
            turn.others.append(name)
    return list(turns.values())[:MOST]


@dataclass
class Waiting:
    """Something that waits for this person's answer: {who} {words}, since when."""

    what: str
    pk: int
    who: str
    about: str
    place: str
    since: dt.datetime

    WORDS = {
        "invitation": ("invites you to", "Answer", "/invitations/{}/"),
        "approval": ("asks you to approve a plan:", "Read the plan", "/approvals/{}/"),
        "coverage": ("asks for cover:", "Decide", "/coverage/{}/"),
        "help": ("asks for your help:", "Answer", "/help-requests/"),
        "step": ("waits for your step:", "Open the step", "/partnerships/{}/"),
    }

    @property
    def verb(self):
        return self.WORDS[self.what][0]

    @property
    def button(self):
        return self.WORDS[self.what][1]

    @property
    def url(self):
        return self.WORDS[self.what][2].format(self.pk)


def waiting_for(user):
    """Invitations, plans, cover and requests that wait for my answer, the longest first: one query."""
    first, *others = [part for of in PARTS if (part := of(user)) is not None]
    rows = first.union(*others, all=True) if others else first
    return [Waiting(*row) for row in rows.order_by("since")[: MOST + 1]]


def invitations(user):
    asked = Member.objects.visible_to(user).filter(
        person=user, state=Member.State.INVITED, partnership__status=Partnership.Status.ACTIVE
    )
    return rows_of(asked, "invitation", "invited_by__name", "partnership__support__name", "school__name", "invited_at")


def plans(user):
    """A principal's and her deputy's; an admin's where nobody else is left to answer."""
    waiting = Approval.objects.visible_to(user).waiting()
    if user.standing.is_admin:
        waiting = waiting.for_principal(user) | waiting.left_to_admins(user)
    elif leads(user):
        waiting = waiting.for_principal(user)
    else:
        return None
    return rows_of(
        waiting, "approval", "partnership__started_by__name", "partnership__support__name", "school__name", "asked_at"
    )


def cover(user):
    if not leads(user):
        return None
    schools = user.standing.schools_as(Role.PRINCIPAL) | user.standing.deputised_schools
    asked = Coverage.objects.visible_to(user).waiting().filter(school__in=schools).exclude(asker=user)
    return rows_of(asked, "coverage", "asker__name", "class_name", "school__name", "asked_at")


def requests(user):
    if not user.standing.holds(Role.FACILITATOR):
        return None
    asked = HelpRequest.objects.visible_to(user).waiting().exclude(asker=user)
    return rows_of(asked, "help", "asker__name", "support__name", "school__name", "made_at")


def steps(user):
    """A facilitator's own steps in the work of others: the pre-brief of a walk."""
    if not user.standing.holds(Role.FACILITATOR):
        return None
    hers = Step.objects.visible_to(user).current().filter(actor=Step.Actor.FACILITATOR, member=None)
    return rows_of(
        hers,
        "step",
        "partnership__started_by__name",
        "title",
        "partnership__support__name",
        "partnership__changed_at",
        pk="partnership_id",
    )


PARTS = (invitations, plans, cover, requests, steps)


def leads(user):
    return user.standing.holds(Role.PRINCIPAL) or user.standing.deputised_schools


def rows_of(queryset, what, who, about, place, since, *, pk="pk"):
    return (
        queryset.order_by()
        .annotate(
            what=Value(what, output_field=CharField()), who=F(who), about=F(about), place=F(place), since=F(since)
        )
        .values_list("what", pk, "who", "about", "place", "since")
    )


def this_week(user, now):
    """My events of the coming seven days, with the one under way: who is expected at an event may see it."""
    events = Event.objects.of(user).standing().between(now, now + dt.timedelta(days=7))
    return events.only("kind", "title", "starts_at", "ends_at", "place", "path")[:10]


def calls_for(user):
    """Colleagues who look for partners: open to everyone on the staff, so not narrowed to what one sees in full."""
    calling = Partnership.objects.calling().exclude(members__person=user)
    shown = ("call", "call_made_at", "started_by__name", "started_by__email", "school__name")
    shown += tuple(f"support__{name}" for name in ("name", "icon", "hue", "shape"))
    calling = calling.select_related("support", "started_by", "school").only(*shown)
    return calling.order_by("-call_made_at", "-pk")[:CALLS]
