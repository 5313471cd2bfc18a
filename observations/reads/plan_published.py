"""A planned walk as it stands in the calendars: drawn for its page, and printed for each person and for the office."""

from people import clock

from ..models import Coverage, WalkPlace, WalkVisit
from .plan_grid import Grid, Stop


def is_planned(walk):
    """Its dates come from a plan; `walk.plan` may be selected along."""
    draft = getattr(walk, "plan", None)
    return draft is not None and draft.published_version is not None


def visits_with_people(walk, user):
    """The visits that the reader may see, each with who is expected at it: two queries."""
    rows = WalkVisit.objects.visible_to(user).filter(walk=walk).select_related("host", "event")
    return list(rows.prefetch_related("event__attendances"))


def grid_as_published(walk, people, visits, reader=None):
    """The Grid of the dates that stand; `visits` as `visits_with_people` gives them. Without a plan all go together."""
    zone = clock.zone_of(walk.school)
    talks = [
        stop_of(event, zone, title)
        for event, title in ((walk.pre_brief, "Pre-brief"), (walk.debrief, "Debrief"))
        if event and not event.cancelled_at
    ]
    together = None if is_planned(walk) else frozenset(one.pk for one in people)
    stops = [stop_of(one.event, zone, "Visit", one.room, one.host.name, together or visitors_at(one)) for one in visits]
    return Grid([(one.pk, one.name, "") for one in people], [*talks, *stops], reader.pk if reader else None)


def stop_of(event, zone, title, place=None, host="", people=None):
    starts, ends = (f"{moment.astimezone(zone):%-H:%M}" for moment in (event.starts_at, event.ends_at))
    return Stop(event.starts_at, starts, ends, title, event.place if place is None else place, host, people)


def visitors_at(visit):
    """Ids of who comes: not the host, nor who has said no."""
    return frozenset(
        one.person_id for one in visit.event.attendances.all() if not one.visited and one.answer != "declined"
    )


def printed(walk, user):
    """What is printed: a sheet for each who walks and each host, and one for the office."""
    places = WalkPlace.objects.visible_to(user).taken().filter(walk=walk).select_related("person")
    people = sorted((place.person for place in places), key=lambda one: one.name)
    visits = visits_with_people(walk, user)
    grid = grid_as_published(walk, people, visits)
    names = {one.pk: one.name for one in people}
    cover = Coverage.objects.visible_to(user).live().filter(event__thread=walk.thread)
    return {
        "walk": walk,
        "grid": grid,
        "hosts": hosts_of(grid, names),
        "cover": cover.select_related("asker", "coverer", "substitute", "period").order_by("starts", "asker__name"),
    }


def hosts_of(grid, names):
    """[(host, [(stop, names of who comes)])]"""
    found = {}
    for stop in grid.visits:
        who = ", ".join(sorted(names[one] for one in stop.people if one in names))
        found.setdefault(stop.host, []).append((stop, who))
    return sorted(found.items())
