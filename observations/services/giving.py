"""Who covers: a free colleague or substitute is named and booked, and let go again.

Whoever is named has been held before (holding.py), so that two who name the same person do it one after the other.
"""

import datetime as dt

from django.db.models import Q

from schedule import busy
from schedule.models import Attendance, Event
from schedule.services import bookings, set_tentative
from schedule.words import day_words

from ..models import Coverage, CoverLeft, CoverRule, Substitute, Swap
from ..reads.availability import can_come, week_of
from . import Taken
from .holding import hours, span_in, span_of, with_zones
from .telling import tell_asker, tell_coverer

State = Coverage.State
DAY = dt.timedelta(days=1)
WORDS = {
    "class": "teaching {what}",
    "duty": "on duty",
    "event": "something in their calendar",
    "cover": "covering a class",
}


def source_of(coverage):
    return f"coverage:{coverage.pk}"


def keep(coverage, *, at):
    """Save a request that has changed; its event is tentative as long as a class of it is not covered for sure.

    So is every other date that takes the teacher out of the same class. One that somebody else is changing at this
    moment is not waited for: whoever holds an event may be waiting for the school.
    """
    coverage.changed_at = at
    coverage.save()
    settle_event(coverage.event, at)
    others = Event.objects.standing().between(*span_of(coverage)).exclude(pk=coverage.event_id)
    theirs = Attendance.objects.leaving_class().filter(person=coverage.asker)
    for event in others.filter(pk__in=theirs.values("event")).select_for_update(skip_locked=True):
        settle_event(event, at)


def settle_event(event, at):
    """An event is tentative until every class that it takes is covered and confirmed, or needs no cover."""
    if event and not event.cancelled_at and event.ends_at > at:
        tentative = awaits_cover(event)
        if event.awaits_cover != tentative:
            set_tentative(event, tentative, at)


def awaits_cover(event):
    """Whether a class that it takes is not covered for sure: by a request of its own, by hand, or of another date."""
    going = event.attendances.leaving_class().values("person")
    days = [moment.date() + step for moment, step in ((event.starts_at, -DAY), (event.ends_at, DAY))]
    own = Q(event=event) & ~Q(state__in=[State.CONFIRMED, State.WITHDRAWN])
    shared = Q(asker__in=going, day__range=days, state__in=[State.NEEDED, State.ASKED, State.APPROVED, State.ASSIGNED])
    open_ones = list(Coverage.objects.filter(own | shared).select_related("school"))
    if any(one.event_id == event.pk for one in open_ones):
        return True
    spans = [span_in(one, zone) for one, zone in with_zones(open_ones)]
    return any(starts_at < event.ends_at and ends_at > event.starts_at for starts_at, ends_at in spans)


def give_to(coverage, who, *, by, at, word="assigned"):
    """Name `who`, a User or a Substitute, instead of whoever was named; a yes of one's own confirms at once."""
    if isinstance(who, Substitute):
        refuse_substitute(coverage, who)
    else:
        refuse_colleague(coverage, who)
    release(coverage, at=at)
    book(coverage, who, at=at)
    if who == by:
        coverage.state, coverage.confirmed_at, word = State.CONFIRMED, at, "confirmed"
    keep(coverage, at=at)
    tell_asker(coverage, word, at, coverer=str(who))
    if who != by:
        tell_coverer(coverage, "yours", at)


def say_yes(coverage, *, at):
    """Whoever is named will come, and the teacher is told."""
    coverage.state, coverage.confirmed_at = State.CONFIRMED, at
    keep(coverage, at=at)
    tell_asker(coverage, "confirmed", at, coverer=str(coverage.who_covers))


def book(coverage, who, *, at):
    """Put the name on the request and the time into their bookings. Raises Taken when the time has gone meanwhile."""
    is_substitute = isinstance(who, Substitute)
    coverage.coverer, coverage.substitute = (None, who) if is_substitute else (who, None)
    coverage.state, coverage.assigned_at = State.ASSIGNED, at
    starts_at, ends_at = span_of(coverage)
    holder = bookings.substitute_holder(who.pk) if is_substitute else bookings.person_holder(who)
    person = None if is_substitute else who
    try:
        bookings.book(holder, source=source_of(coverage), starts_at=starts_at, ends_at=ends_at, person=person)
    except bookings.DoubleBooked as taken:
        raise Taken(" ".join(taken.messages)) from taken


def release(coverage, *, at, told=True):
    """Whoever was to cover has no more to do with it; they are told that they need not, unless they said so."""
    if coverage.is_named:
        free(coverage, at=at)
        if told:
            tell_coverer(coverage, "off", at, path="/coverage/")
        end_swaps_of([coverage], at=at)
    coverage.coverer = coverage.substitute = coverage.assigned_at = coverage.confirmed_at = None


def end_swaps_of(rows, *, at):
    """Somebody else covers these now, so that no swap of one of them, or for one of them, can be answered any more."""
    swaps = Swap.objects.waiting().filter(Q(coverage__in=rows) | Q(in_return__in=rows))
    swaps.update(answer=Swap.Answer.WITHDRAWN, answered_at=at)


def free(coverage, *, at):
    """Give the time back; the calendar of a colleague has to be told."""
    bookings.unbook(source_of(coverage))
    if coverage.coverer:
        hours = {"day": coverage.day, "starts": coverage.starts, "ends": coverage.ends}
        CoverLeft.objects.update_or_create(coverage=coverage, person=coverage.coverer, defaults={**hours, "at": at})


def drop(coverage, *, at):
    release(coverage, at=at)
    coverage.state = State.WITHDRAWN
    keep(coverage, at=at)


def refuse_colleague(coverage, person, *, besides=()):
    """Raises Taken when they are away, busy, or have covered enough that week. `besides`: requests they give up."""
    if person.pk == coverage.asker_id:
        raise Taken(f"{person} is the one who is away.")
    if where := where_busy(coverage, person, besides=besides):
        raise Taken(f"{person} is taken at that time: {where}. Choose somebody else.")
    most = most_a_week(coverage.school_id)
    week = Coverage.objects.named().filter(day__range=week_of(coverage.day), coverer=person)
    given = week.exclude(pk__in=[coverage.pk, *besides]).count()
    if given >= most:
        classes = "a class" if given == 1 else f"{given} classes"
        raise Taken(
            f"{person} covers {classes} in the week of {day_words(week_of(coverage.day)[0])} already, and nobody at "
            f"{coverage.school} covers more than {most}. Choose somebody else."
        )


def where_busy(coverage, person, *, besides=()):
    """Where the person is at that time, in words; an empty text when they are free."""
    then = Coverage.objects.overlapping(coverage.day, coverage.starts, coverage.ends)
    then = then.exclude(pk__in=[coverage.pk, *besides])
    if other := then.named().filter(coverer=person).select_related("school").first():
        return f"covering {other.class_name} at {other.school}, {hours(other)}"
    if then.live().filter(asker=person).exists():
        return "away from their own class"
    left = {f"coverage:{pk}" for pk in (coverage.pk, *besides)}
    return next((words_of(block) for block in blocks_then(coverage, person) if block.source not in left), "")


def blocks_then(coverage, person):
    starts_at, ends_at = span_of(coverage)
    blocks = busy.blocks([person], coverage.day, coverage.day)[person.pk]
    return [one for one in blocks if one.kind in WORDS and one.starts_at < ends_at and one.ends_at > starts_at]


def words_of(block):
    return WORDS[block.kind].format(what=block.class_name or "a class")


def refuse_substitute(coverage, substitute):
    """Raises Taken when they do not serve the school then, cannot come, or cover another class."""
    substitute = Substitute.objects.prefetch_related("times", "schools").get(pk=substitute.pk)
    if coverage.school_id not in {school.pk for school in substitute.schools.all()}:
        raise Taken(f"{substitute} does not come to {coverage.school}.")
    if not can_come(substitute, coverage):
        raise Taken(f"{substitute} cannot come then, by the times that are written down for them. Change those first.")
    then = Coverage.objects.overlapping(coverage.day, coverage.starts, coverage.ends).exclude(pk=coverage.pk)
    if other := then.named().filter(substitute=substitute).select_related("school").first():
        raise Taken(
            f"{substitute} is taken at that time: covering {other.class_name} at {other.school}, {hours(other)}. "
            "Choose somebody else."
        )


def most_a_week(school_id):
    rule = CoverRule.objects.filter(school=school_id).first() or CoverRule()
    return rule.most_a_week
