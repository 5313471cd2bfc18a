"""Who goes on with a class that two teach together, when a date takes one of them."""

from collections import defaultdict

from people import clock
from people.models import School
from schedule.busy import classes_taken
from schedule.models import Attendance

from ..models import Coverage


def classes_missed(event, going):
    """The classes that a date takes of these people, as ClassTaken; `co_teachers` are those who go on with it.

    One whom another date takes out of the same class does not. One query; where two teach together, three more.
    """
    found = classes_taken(going, event.starts_at, event.ends_at) if going else []
    together = [one for one in found if one.co_teachers]
    if not together:
        return found
    schools = School.objects.in_bulk({one.school_id for one in together})
    spans = {one: span_of(one, schools[one.school_id]) for one in together}
    away = away_of({pk for one in together for pk in one.co_teachers}, event, list(spans.values()))
    return [staying(one, spans[one], away) if one in spans else one for one in found]


def span_of(taken, school):
    zone = clock.zone_of(school)
    return tuple(clock.moment(taken.day, time, zone) for time in (taken.starts, taken.ends))


def away_of(people, event, spans):
    """{person: [(from, until)]} of the other dates for which they leave a class around these spans."""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    dates = Attendance.objects.taking_time(people, first, last).leaving_class().exclude(event=event)
    away = defaultdict(list)
    for person, starts_at, ends_at in dates.values_list("person", "event__starts_at", "event__ends_at"):
        away[person].append((starts_at, ends_at))
    return away


def staying(taken, span, away):
    start, end = span
    left = {pk for pk in taken.co_teachers if any(begins < end and until > start for begins, until in away[pk])}
    return taken._replace(co_teachers=tuple(pk for pk in taken.co_teachers if pk not in left))


def also_away(requests):
    """{id: who teaches the class with its teacher, and is away from it as well}: one query. One may cover for both."""
    spans = {"day__in": {one.day for one in requests}, "school__in": {one.school_id for one in requests}}
    others = Coverage.objects.live().filter(**spans).exclude(class_name="").select_related("asker")
    found = defaultdict(list)
    for other in others:
        found[same_class(other)].append(other.asker)
    return {one.pk: [who for who in found[same_class(one)] if who.pk != one.asker_id] for one in requests}


def same_class(one):
    return one.school_id, one.day, one.starts, one.class_name, one.room, one.subject
