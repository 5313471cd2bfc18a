"""What home shows, read from every room: finished values, in a query for each part, whatever the number of rows."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, Value
from django.utils import timezone

from observations.models import Coverage
from partnerships.models import Approval, HelpRequest, Member, Partnership, Step
from people.models import Role
from schedule.models import Event
from schedule.words import day_words

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
        "cover": ("for you, the nearest", "Open the desk", "/coverage/desk/"),
        "class": ("takes a class of yours:", "Ask for cover", "/coverage/needed/{}/"),
        "yours": ("asks you to take", "Say yes or no", "/coverage/{}/"),
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
    """What waits for my answer, the longest first: one query, and one more for cover."""
    first, *others = [part for of in PARTS if (part := of(user)) is not None]
    rows = first.union(*others, all=True) if others else first
    waiting = [Waiting(*row) for row in rows.order_by("since")[: MOST + 1]]
    return sorted([*waiting, *cover(user)], key=lambda one: one.since)


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
    """One row for all requests for cover that wait at the person's desk: one query, and none for who has no desk."""
    if not leads(user):
        return []
    schools = user.standing.schools_as(Role.PRINCIPAL) | user.standing.deputised_schools
    asked = Coverage.objects.visible_to(user).waiting().filter(school__in=schools).exclude(asker=user)
    found = asked.aggregate(number=Count("pk"), since=Min("asked_at"), nearest=Min("day"))
    if not found["number"]:
        return []
    who = "1 request for cover waits" if found["number"] == 1 else f"{found['number']} requests for cover wait"
    return [Waiting("cover", 0, who, f"for {day_words(found['nearest'])}", "Coverage", found["since"])]


def classes(user):
    """The first class of each of my dates that needs cover, and that I have not asked for yet."""
    needed = Coverage.objects.visible_to(user).filter(
        asker=user, state=Coverage.State.NEEDED, event__isnull=False, day__gte=timezone.localdate()
    )
    earlier = needed.filter(event=OuterRef("event"), pk__lt=OuterRef("pk"))
    first = needed.exclude(Exists(earlier))
    return rows_of(first, "class", "event__title", "class_name", "school__name", "asked_at", pk="event_id")


def covering(user):
    """Classes that I am named to cover, and have not said yes to."""
    named = Coverage.objects.visible_to(user).filter(
        coverer=user, state=Coverage.State.ASSIGNED, day__gte=timezone.localdate()
    )
    return rows_of(named, "yours", "asker__name", "class_name", "school__name", "assigned_at")


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


PARTS = (invitations, plans, classes, covering, requests, steps)


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
