"""The lists of walks, and the page of one."""

from django.db.models import Count, Exists, F, OuterRef, Q, prefetch_related_objects
from django.utils import timezone

from partnerships.policy import may_ask_for
from supports.models import SupportType

from ..models import Coverage, Walk, WalkPlace, WalkVisit, WalkWait
from ..policy import may_arrange, may_join, may_keep_place, may_read_notes, may_read_schedule, may_write_notes, walks_in
from .drawing import Drawing
from .plan_published import grid_as_published, is_planned, visitors_at

MOST = 100


def walks_for(user):
    """What the person may see of walks, with the places taken and what they are on each."""
    mine = WalkPlace.objects.taken().filter(walk=OuterRef("pk"), person=user)
    hosting = WalkVisit.objects.filter(walk=OuterRef("pk"), host=user)
    return (
        Walk.objects.visible_to(user)
        .select_related("school", "facilitator")
        .annotate(
            taken=Count("participants", filter=Q(participants__withdrew_at=None)),
            is_mine=Exists(mine),
            is_hosted=Exists(hosting),
            is_waiting=Exists(WalkWait.objects.filter(walk=OuterRef("pk"), person=user)),
        )
        .annotate(left=F("places") - F("taken"))
    )


def coming(user):
    """(mine, others): walks from today on that are not called off or over, the next first."""
    rows = list(walks_for(user).standing().filter(day__gte=timezone.localdate(), closed_at=None)[:MOST])
    mine = [walk for walk in rows if concerns(walk, user)]
    return mine, [walk for walk in rows if walk not in mine]


def concerns(walk, user):
    return walk.is_mine or walk.is_hosted or walk.is_waiting or walk.facilitator_id == user.pk


def earlier(user):
    """Those that the person had a part in and that are over, the latest first."""
    own = Q(is_mine=True) | Q(is_hosted=True) | Q(facilitator=user)
    over = Q(day__lt=timezone.localdate()) | Q(closed_at__isnull=False)
    return walks_for(user).standing().filter(own, over).order_by("-day", "-pk")


def walk_to_ask_for(user):
    """The support on the menu by which they ask a facilitator for a walk, if they may."""
    support = SupportType.objects.visible_to(user).filter(begins=SupportType.Begins.REQUEST).first()
    return support if support and may_ask_for(user, support) else None


def walk_rows():
    """Walks with what their page needs at hand."""
    events = ("pre_brief", "round", "debrief")
    return Walk.objects.select_related(
        "school", "facilitator", "partnership__support", "plan", *events
    ).prefetch_related("participants", "waiting")


def walk_page(walk, user):
    """What this reader may see of the walk: the team its schedule, a host the own stop, other staff what is listed."""
    places = list(WalkPlace.objects.visible_to(user).taken().filter(walk=walk).select_related("person"))
    visits = visits_of(walk, user)
    reads = may_read_schedule(user, walk)
    hosted = [visit for visit in visits if visit.host_id == user.pk]
    is_in = walks_in(user, walk)
    taken = sum(place.withdrew_at is None for place in walk.participants.all())
    could_join = may_join(user, walk) and not (is_in or hosted or is_past(walk))
    return {
        "walk": walk,
        "taken": taken,
        "left": max(walk.places - taken, 0),
        **line_of(walk, user, could_wait=could_join and taken >= walk.places),
        "team": team(places, cover_of(walk, user)) if is_in or reads else [],
        "drawing": Drawing(walk, places, visits) if reads else None,
        "grid": planned_grid(walk, [place.person for place in places], visits, user) if reads else None,
        "hosted": hosted,
        "visitors": come_to(walk, hosted, places),
        "is_in": is_in,
        "may_join": could_join and taken < walk.places,
        "may_keep_place": may_keep_place(user, walk) and not is_past(walk),
        "may_arrange": may_arrange(user, walk),
        "may_read_notes": may_read_notes(user, walk),
        "may_write_notes": may_write_notes(user, walk) and not is_coming(walk),
        "is_past": is_past(walk),
        "is_coming": is_coming(walk),
        "has_begun": has_begun(visits),
    }


def visits_of(walk, user):
    return list(WalkVisit.objects.visible_to(user).filter(walk=walk).select_related("host", "event"))


def line_of(walk, user, *, could_wait):
    """Who waits, for those who arrange the walk; for who waits, their own row and number in line."""
    rows = list(WalkWait.objects.visible_to(user).filter(walk=walk).select_related("person")) if walk.is_open else []
    mine = next((row for row in rows if row.person_id == user.pk), None)
    return {
        "waiting": rows if may_arrange(user, walk) else [],
        "wait": mine,
        "number_in_line": 1 + [row.person_id for row in walk.waiting.all()].index(user.pk) if mine else 0,
        "may_wait": could_wait and mine is None,
    }


def own_place(walk, user):
    """(the person's place or turn in line, or None; "in", "waits", "full" or "free"), read anew."""
    places = WalkPlace.objects.taken().filter(walk=walk)
    if mine := places.visible_to(user).filter(person=user).first():
        return mine, "in"
    if mine := WalkWait.objects.visible_to(user).filter(walk=walk, person=user).first():
        return mine, "waits"
    return None, "full" if places.count() >= walk.places else "free"


def planned_grid(walk, people, visits, user):
    """Who is where, when the dates come from a plan, and the visitors are not all in one room."""
    if not is_planned(walk):
        return None
    prefetch_related_objects(visits, "event__attendances")
    return grid_as_published(walk, sorted(people, key=lambda one: one.name), visits, user)


def come_to(walk, hosted, places):
    """Who comes into a host's class: on a planned walk a part of the team."""
    people = [place.person for place in places]
    if not (hosted and is_planned(walk)):
        return people
    prefetch_related_objects(hosted, "event__attendances")
    there = frozenset().union(*map(visitors_at, hosted))
    return [person for person in people if person.pk in there]


def is_past(walk):
    return walk.day < timezone.localdate()


def is_coming(walk):
    return walk.day > timezone.localdate()


def has_begun(visits):
    """The first of the visits has: before that there is nothing to lay on the table."""
    now = timezone.now()
    return any(visit.event.starts_at <= now for visit in visits)


def cover_of(walk, user):
    """Who of the team has asked for cover of that day's dates, as far as the reader may know."""
    own = Q(event__in=walk.shared_events) | Q(event__walk_visit__walk=walk)
    asked = Coverage.objects.visible_to(user).filter(own).exclude(state="withdrawn")
    return list(asked.select_related("asker"))


def team(places, cover):
    """[(place, its requests for cover)]"""
    return [(place, [one for one in cover if one.asker_id == place.person_id]) for place in places]
