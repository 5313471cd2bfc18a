"""Invitations by e-mail: the rows that keep a person's own calendar in step with an event, and their sending.

`invite` looks at what each calendar was last told and writes what is missing, in the transaction of the fact: it may
be called any number of times. Workers mail the rows afterwards, as they do notices.
"""

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, prefetch_related_objects
from django.utils import timezone

from notices.delivery import mark, work_through
from notices.hours import habits_of
from notices.post import post
from people.access import require

from ..models import Attendance, CalendarReply, EventInvitation, WantsInvitations
from .letters import letter_of_invitation
from .zones import zones_of

REQUEST, CANCEL = EventInvitation.Method.REQUEST, EventInvitation.Method.CANCEL
DECLINED = Attendance.Answer.DECLINED


@transaction.atomic
def want_invitations(person, *, by, wanted, at=None):
    """Say whether new dates come as invitations. What stands in one's calendar already goes on being kept in step."""
    require(by == person and person.is_active)
    if wanted:
        WantsInvitations.objects.get_or_create(person=person, defaults={"since": at or timezone.now()})
    else:
        WantsInvitations.objects.filter(person=person).delete()


def keep_calendars(event, by, at):
    """A follower of events: whoever was added, taken off or answered."""
    invite(event, at)


def invite(event, at):
    """Write the invitations, changes and cancellations that the calendars of this event's people miss.

    Returns the ids of those whose calendar tells them of the event as it is now: they need no other mail. The event's
    row is locked by the caller, so that two facts write one after the other.
    """
    if event.ends_at <= at:
        return set()
    wanting = WantsInvitations.objects.filter(person=OuterRef("person"))
    expected = {one.person_id: one for one in event.attendances.annotate(wants=Exists(wanting))}
    told = _told(event)
    come = {one.person_id for one in expected.values() if one.answer != DECLINED and not event.cancelled_at}
    holding = {person for person, rows in told.items() if _newest(rows) and not _newest(rows).is_cancel}
    asked = {person for person in come if expected[person].wants or person in holding}
    stale = {person for person in asked if not _is_told(event, told.get(person, ()))}
    gone = holding - come - _declined_from_calendar(event, holding - come)
    _write(event, stale, REQUEST, told, expected, at)
    _write(event, gone, CANCEL, told, expected, at)
    cancelled = {person for person, rows in told.items() if rows[-1].is_cancel and rows[-1].version == event.sequence}
    return asked | gone | cancelled


def _told(event):
    """Every row that was written for each person, oldest first."""
    told = {}
    for row in EventInvitation.objects.filter(event=event).order_by("sequence", "pk"):
        told.setdefault(row.person_id, []).append(row)
    return told


def _newest(rows):
    """What a calendar was told last; what was dropped never left."""
    return next((row for row in reversed(rows) if row.dropped_at is None), None)


def _is_told(event, rows):
    newest = _newest(rows)
    return newest is not None and not newest.is_cancel and newest.version == event.sequence


def _declined_from_calendar(event, people):
    """Those whose calendar itself said no: it knows."""
    if event.cancelled_at or not people:
        return set()
    replies = CalendarReply.objects.filter(event=event, person__in=people, acted=True).order_by("stamped_at", "pk")
    answers = dict(replies.values_list("person_id", "answer"))
    still = event.attendances.filter(person__in=people).values_list("person_id", flat=True)
    return {person for person in still if answers.get(person) == DECLINED}


def _write(event, people, method, told, expected, at):
    """One row for each of them. What waits and nobody has picked up is overtaken, and a mail that never left needs no
    cancellation."""
    if not people:
        return
    waiting = EventInvitation.objects.filter(event=event, person__in=people)
    waiting.untouched().update(dropped_at=at)
    left = set(waiting.filter(dropped_at=None, method=REQUEST).values_list("person_id", flat=True))
    people = people if method == REQUEST else people & left
    rows = [_row(event, person, method, told.get(person, ()), expected.get(person), at) for person in sorted(people)]
    EventInvitation.objects.bulk_create(rows, ignore_conflicts=True)


def _row(event, person, method, rows, attendance, at):
    # What is taken out is named as the calendar has it: whoever left hears nothing of what became of the date.
    known = _newest(rows) if method == CANCEL else None
    return EventInvitation(
        person_id=person,
        event=event,
        method=method,
        sequence=max(event.sequence, rows[-1].sequence + 1) if rows else event.sequence,
        version=event.sequence,
        starts_at=(known or event).starts_at,
        ends_at=(known or event).ends_at,
        where=known.where if known else event.where,
        tentative=event.awaits_cover,
        answer=attendance.answer if attendance else DECLINED,
        made_at=at,
        due_at=at,
        next_at=at,
    )


def send_invitations(*, at=None):
    """Mail the invitations whose moment has come. Returns how many left."""
    return work_through(EventInvitation.objects.unsettled(), _send_batch, at)


def _send_batch(rows, now, at):
    prefetch_related_objects(rows, "event")
    people = {row.person for row in rows}
    habits, zones = habits_of(people, now), zones_of(people, now.date())
    newest, begun = _standing_of(rows)
    drop, rest, ready = [], [], []
    for row in rows:
        pair = (row.event_id, row.person_id)
        if not row.person.is_active or row.ends_at <= now or row.sequence < newest[pair]:
            drop.append(row)
        elif pair not in begun and _may_rest(row, habits[row.person_id], now):
            rest.append(row)
        else:
            ready.append(row)
    mark(drop, dropped_at=now)
    for row in rest:
        morning = habits[row.person_id].next_morning(now)
        mark([row], next_at=morning, due_at=morning)

    def letter(row):
        return letter_of_invitation(row, zones[row.person_id], is_new=(row.event_id, row.person_id) not in begun)

    return post(ready, letter, sent=_sent, at=at)


def _sent(row, moment):
    mark([row], sent_at=moment)


def _standing_of(rows):
    """The newest sequence by (event, person), and the pairs that a mail has reached before: two queries."""
    ours = EventInvitation.objects.filter(event__in={row.event_id for row in rows}).filter(dropped_at=None)
    ours = ours.filter(person__in={row.person_id for row in rows}).order_by()
    newest = ours.values_list("event", "person").annotate(last=Max("sequence"))
    begun = set(ours.exclude(sent_at=None).values_list("event", "person"))
    return {(event, person): last for event, person, last in newest}, begun


def _may_rest(row, habits, now):
    """A new date waits for the morning, as a notice does, unless it begins before. A change goes at once."""
    return not habits.is_open(now, waits_since=row.made_at) and habits.next_morning(now) < row.starts_at
