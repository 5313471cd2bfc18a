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
LONGEST = 160  # of a goal, on its card
# All that a row shows: thirty supports, plans and people in full cost more than everything else about the page.
COLUMNS = (
    "status",
    "starts_on",
    "ends_on",
    "completed_at",
    "cancelled_at",
    "changed_at",
    "plan__goal",
    *(f"support__{name}" for name in ("name", "icon", "hue", "shape")),
)
PEOPLE = ("partnership", "person", "part", "state", "person__name", "person__email", "school__name")
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
    return (
        partnerships.select_related("support", "plan")
        .only(*COLUMNS)
        .annotate(
            now=Subquery(first.values(said=said)[:1]),
            counted=Subquery(steps.values("partnership").annotate(said=counted).values("said")),
            next_at=Subquery(dates.order_by("event__starts_at").values("event__starts_at")[:1]),
        )
    )


def with_people():
    theirs = Step.objects.current().filter(member=OuterRef("pk"))
    members = Member.objects.filter(state__in=[Member.State.ACTIVE, Member.State.INVITED])
    members = members.select_related("person", "school").only(*PEOPLE)
    return Prefetch("members", members.annotate(has_open=Exists(theirs)))


def row(partnership, user):
    """A row of the list, in finished words: metadata for everyone, and the goal for those who take part."""
    members, support = partnership.members.all(), partnership.support
    mine = next((m for m in members if m.person_id == user.pk), None)
    others = names([m.person for m in members if m.person_id != user.pk], user)
    who, is_mine = whose(partnership, user) if partnership.now and partnership.is_active else ("", False)
    invitation = mine if mine and mine.state == Member.State.INVITED else None
    return {
        "partnership": partnership,
        "mark": support.mark,
        "url": f"/invitations/{invitation.pk}/" if invitation else partnership.get_absolute_url(),
        "heading": f"{'With ' if mine else ''}{others}" if others else f"{support.name}, on your own so far",
        "schools": "" if mine else ", ".join(sorted({m.school.name for m in members})),
        "goal": shortened(partnership.plan.goal) if mine else "",
        "invitation": invitation,
        "tag": tag(partnership, invitation=invitation, my_turn=bool(mine) and is_mine),
        "steps": steps(partnership, who),
    }


def shortened(text):
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def tag(partnership, *, invitation, my_turn):
    """(words, tone) of what stands out about a row, or None."""
    if invitation:
        return "You are invited", "wait"
    if my_turn:
        return "Your turn", "wait"
    return {"completed": ("Completed", "good"), "cancelled": ("Withdrawn", "quiet")}.get(partnership.status)


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


def steps(partnership, who):
    """Where the work is: the states that the small picture draws, and its words. None when it is not under way."""
    if not partnership.is_active:
        return None
    counted = partnership.counted or {"all": 0, "open": 0}
    done, still = counted["all"] - counted["open"], counted["open"]
    if not partnership.now:
        return {"states": ("done",) * done + ("later",) * still, "title": ""}
    due = partnership.now["due"]
    when = f"due {day(dt.date.fromisoformat(due[:10]))}" if due else ""
    return {
        "states": ("done",) * done + ("now",) + ("later",) * (still - 1),
        "number": done + 1,
        "all": counted["all"],
        "title": partnership.now["title"],
        "rest": "".join(f" · {words}" for words in (who, when) if words),
    }
