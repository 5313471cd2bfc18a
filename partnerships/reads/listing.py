"""The list of partnerships: one query for the rows of a page and one for their people, however many there are."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from people.models import Role

from ..models import Member, Partnership, PlannedEvent, Step
from ..policy import holding
from .people import day, names

ROWS = 30
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
STATES = {"active": "Under way", "completed": "Completed", "cancelled": "Withdrawn"}
PARTS = {
    Step.Actor.LEAD: Member.Part.LEAD,
    Step.Actor.COACH: Member.Part.COACH,
    Step.Actor.TEACHER_LEADER: Member.Part.TEACHER_LEADER,
}


def sees_schools(user):
    """Whether a post shows the person the work of others: that it exists, and how far it is."""
    return user.standing.holds(Role.FACILITATOR, Role.PRINCIPAL, Role.ADMIN) or bool(user.standing.deputised_schools)


def chosen(user, query):
    """Which rows are asked for, of what a query string may hold: (at my schools?, state)."""
    schools = query.get("show") == "schools" and sees_schools(user)
    return schools, query.get("state") if query.get("state") in STATES else "active"


def page_of(user, *, schools, state, after=""):
    """(rows, token of the next page or ""): newest first, by LIMIT n+1, so that a long list costs no more."""
    found = Partnership.objects.visible_to(user).filter(status=state)
    if not schools:
        part = Member.objects.filter(person=user, state__in=[Member.State.ACTIVE, Member.State.INVITED])
        found = found.filter(pk__in=part.values("partnership"))
    found = behind(found, after).order_by("-changed_at", "-pk")
    found = list(with_steps(found).prefetch_related(with_people())[: ROWS + 1])
    more = token(found[ROWS - 1]) if len(found) > ROWS else ""
    return [row(partnership, user) for partnership in found[:ROWS]], more


def token(partnership):
    return f"{(partnership.changed_at - EPOCH) // MICROSECOND}-{partnership.pk}"


def behind(partnerships, after):
    """The rows after the one that a token names; a token that says nothing is passed over."""
    microseconds, _, pk = after.partition("-")
    try:
        moment, pk = EPOCH + int(microseconds) * MICROSECOND, int(pk)
    except (ValueError, OverflowError):
        return partnerships
    return partnerships.filter(Q(changed_at__lt=moment) | Q(changed_at=moment, pk__lt=pk))


def with_steps(partnerships):
    """Each with its current step, how many steps there are and how many are open, and its next date."""
    steps = Step.objects.filter(partnership=OuterRef("pk")).order_by()
    first = steps.unfinished().order_by("position", "pk")
    said = JSONObject(title="title", actor="actor", each="each_member", due="due_on")
    unfinished = Q(completed_at=None, skipped_at=None)
    counted = JSONObject(all=Count("key", distinct=True), open=Count("key", distinct=True, filter=unfinished))
    dates = PlannedEvent.objects.filter(
        partnership=OuterRef("pk"), event__cancelled_at=None, event__starts_at__gt=timezone.now()
    )
    return partnerships.select_related("support", "plan").annotate(
        now=Subquery(first.values(said=said)[:1]),
        counted=Subquery(steps.values("partnership").annotate(said=counted).values("said")),
        next_at=Subquery(dates.order_by("event__starts_at").values("event__starts_at")[:1]),
    )


def with_people():
    theirs = Step.objects.current().filter(member=OuterRef("pk"))
    members = Member.objects.filter(state__in=[Member.State.ACTIVE, Member.State.INVITED])
    return Prefetch("members", members.select_related("person", "school").annotate(has_open=Exists(theirs)))


def row(partnership, user):
    """What a row of the list shows: metadata for everyone, and the goal for those who take part."""
    members = partnership.members.all()
    mine = next((m for m in members if m.person_id == user.pk), None)
    others = [m.person for m in members if m.person_id != user.pk]
    who, is_mine = whose(partnership, user) if partnership.now and partnership.is_active else ("", False)
    return {
        "partnership": partnership,
        "people": names(others, user),
        "schools": sorted({m.school.name for m in members}),
        "goal": partnership.plan.goal if mine else "",
        "invitation": mine if mine and mine.state == Member.State.INVITED else None,
        "mine": bool(mine),
        "steps": pips(partnership, who),
        "my_turn": is_mine,
        "next_at": partnership.next_at,
    }


def whose(partnership, user):
    """(whose turn it is in words, whether it is the reader's), from the rows that are at hand."""
    now = partnership.now
    if now["actor"] == Step.Actor.PRINCIPAL:
        return "with the principal", False
    if now["actor"] == Step.Actor.FACILITATOR:
        return "with the facilitator", False
    active = [m for m in partnership.members.all() if m.state == Member.State.ACTIVE]
    if now["each"]:
        people = [m.person for m in active if m.has_open]
    elif part := PARTS.get(now["actor"]):
        people = [m.person for m in holding(partnership, part)]
    else:
        people = [m.person for m in active]
    is_mine = user.pk in {person.pk for person in people}
    return names(people, user), is_mine


def pips(partnership, who):
    """The steps as the small picture draws them."""
    counted = partnership.counted or {"all": 0, "open": 0}
    done, still = counted["all"] - counted["open"], counted["open"]
    steps = [{"state": "done"}] * done
    if partnership.now and partnership.is_active:
        due = partnership.now["due"]
        when = f"due {day(dt.date.fromisoformat(due[:10]))}" if due else ""
        steps.append({"state": "now", "title": partnership.now["title"], "who": who, "when": when})
        still -= 1
    return steps + [{"state": "later"}] * still
