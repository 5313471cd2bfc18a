"""What decisions on cover stand on: the rows that are held, and in which order."""

from zoneinfo import ZoneInfo

from people import clock
from people.access import require
from people.models import School, User
from schedule.models import Event
from schedule.words import day_words

from ..models import Coverage, Substitute
from . import NotNow

WITH = ("asker", "coverer", "substitute", "school", "decided_by", "event")


def hold(*, events=(), people=(), substitutes=(), schools=()):
    """Hold these rows (ids) until the transaction ends, in the one order that everything here keeps.

    Events, people, substitutes, schools, each by number: whoever holds a school never waits for a person. Rows that
    only point to them need not wait.
    """
    for model, ids in ((Event, events), (User, people), (Substitute, substitutes), (School, schools)):
        if ids := {pk for pk in ids if pk}:
            list(model.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))


def hold_coverage(ids):
    """The requests as they are now, held, by number; their schools are held already."""
    rows = Coverage.objects.select_for_update(of=("self",), no_key=True).select_related(*WITH)
    return list(rows.filter(pk__in=ids).order_by("pk"))


def claim(coverage, *, by, may, who=None):
    """The request as it is now, held with its event, its school, and `who` is to cover (a User or a Substitute)."""
    is_substitute = isinstance(who, Substitute)
    hold(
        events=[coverage.event_id],
        people=[who.pk] if who and not is_substitute else (),
        substitutes=[who.pk] if is_substitute else (),
        schools=[coverage.school_id],
    )
    (coverage,) = hold_coverage([coverage.pk])
    if coverage.state == Coverage.State.WITHDRAWN:
        raise NotNow("This request was withdrawn.")
    require(may(by, coverage))
    return coverage


def refuse_past(school, day, at):
    if day < clock.today(school, at):
        raise NotNow(f"{day_words(day)} is over.")


def hours(coverage):
    return f"{coverage.starts:%-H:%M} to {coverage.ends:%-H:%M}"


def span_of(coverage):
    """The moments between which the class is covered."""
    return span_in(coverage, clock.zone_of(coverage.school))


def span_in(coverage, zone):
    return tuple(clock.moment(coverage.day, time, zone) for time in (coverage.starts, coverage.ends))


def with_zones(rows):
    """Each request with the time zone of its school, which they have at hand: one query."""
    usual = clock.zone_of() if rows else None
    return [(one, ZoneInfo(one.school.time_zone) if one.school.time_zone else usual) for one in rows]
