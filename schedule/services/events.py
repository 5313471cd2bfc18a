"""Making, moving and cancelling events, and answering them: rows and notices in one transaction."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from people.access import require

from .. import policy
from ..followers import ON_CANCEL, ON_MOVE
from ..models import LONGEST, Attendance, Event
from .telling import tell_people

ASKED, ACCEPTED, DECLINED = Attendance.Answer.ASKED, Attendance.Answer.ACCEPTED, Attendance.Answer.DECLINED
CANCELLED = "This was cancelled. Make a new date if it is to take place after all."


@transaction.atomic
def create_event(
    *,
    by,
    kind,
    title,
    starts_at,
    ends_at,
    people,
    optional=(),
    school=None,
    place="",
    video_link="",
    thread="",
    path="",
    listed=True,
    uid=None,
    at=None,
):
    """Put an event in the calendars of `people` (needed) and `optional`, and tell everyone but `by`.

    The title is composed from the kind and the support's name: it carries no words of the pair (TRUST 7). Without
    one the kind's own name is used. Whoever makes it is expected there only when named among the people; that is
    their yes. A second call under the same `uid` (a form sent twice) gives the first one's event and does nothing.
    Raises ValidationError when the span is not between nothing and a day.
    """
    require(policy.may_create(by))
    check_span(starts_at, ends_at)
    at = at or timezone.now()
    what = {"kind": kind, "title": title or Event.Kind(kind).label, "listed": listed}
    when = {"starts_at": starts_at, "ends_at": ends_at, "made_at": at, "changed_at": at}
    where = {"school": school, "place": place, "video_link": video_link, "thread": thread, "path": path}
    event, made = Event.objects.get_or_create(uid=uid or uuid.uuid4(), organizer=by, defaults={**what, **when, **where})
    if made:
        _expect(event, people, by=by, required=True, at=at)
        _expect(event, optional, by=by, required=False, at=at)
    return event


KEEP = object()  # `place` may also be set to nothing


@transaction.atomic
def move_event(event, *, by, starts_at, ends_at, place=KEEP, at=None):
    """Give the event another time or place. Followers act in this transaction; its people are told at once.

    A new time asks everyone but `by` again. Moving it to where it already is changes nothing and tells nobody.
    Raises ValidationError as `create_event` does.
    """
    _lock(event)
    require(policy.may_change(by, event))
    require(event.cancelled_at is None, CANCELLED)
    check_span(starts_at, ends_at)
    at = at or timezone.now()
    place = event.place if place is KEEP else place
    before = (event.starts_at, event.ends_at)
    if before + (event.place,) == (starts_at, ends_at, place):
        return event
    event.starts_at, event.ends_at, event.place = starts_at, ends_at, place
    _bump(event, at, "starts_at", "ends_at", "place")
    if before != (starts_at, ends_at):
        event.attendances.exclude(person=by).update(answer=ASKED, answered_at=None)
    for follow in ON_MOVE:
        follow(event, by, at)
    tell_people(event, "event_moved", _others(event, by), by=by, at=at, before=before)
    return event


@transaction.atomic
def cancel_event(event, *, by, word="", at=None):
    """Call the event off. The row stays, so that calendars learn of it; a second call changes nothing.

    `word` says why, on the event's page alone; no mail carries it (TRUST 7).
    """
    _lock(event)
    require(policy.may_change(by, event))
    if event.cancelled_at:
        return event
    at = at or timezone.now()
    event.cancelled_at, event.cancel_word = at, word
    _bump(event, at, "cancelled_at", "cancel_word")
    for follow in ON_CANCEL:
        follow(event, by, at)
    tell_people(event, "event_cancelled", _others(event, by, but_declined=True), by=by, at=at)
    return event


@transaction.atomic
def answer_event(event, *, by, answer, at=None):
    """Say whether you come; the organizer hears of a no."""
    _lock(event)
    mine = event.attendances.filter(person=by)
    require(mine.exists(), "Only those who were asked can answer.")
    require(event.cancelled_at is None, CANCELLED)
    at = at or timezone.now()
    changed = mine.exclude(answer=answer).update(answer=Attendance.Answer(answer), answered_at=at)
    if changed and answer == DECLINED and event.organizer_id != by.pk:
        tell_people(event, "event_declined", [event.organizer], by=by, at=at, mark=by.pk)
    return event


@transaction.atomic
def add_people(event, *, by, people, required=True, at=None):
    """Ask more people to come. Whoever is expected already stays as they are."""
    _lock(event)
    require(policy.may_change(by, event))
    require(event.cancelled_at is None, CANCELLED)
    _expect(event, people, by=by, required=required, at=at or timezone.now())


@transaction.atomic
def remove_people(event, *, by, people, at=None):
    """No longer expect these people: the event leaves their calendars, and they are told."""
    _lock(event)
    require(policy.may_change(by, event))
    at = at or timezone.now()
    leaving = list(event.attendances.filter(person__in=people).select_related("person"))
    event.attendances.filter(pk__in=[one.pk for one in leaving]).delete()
    told = [one.person for one in leaving if one.person_id != by.pk and one.answer != DECLINED]
    if event.cancelled_at is None:
        # A person may be asked again and dropped again: each time is a fact of its own.
        tell_people(event, "event_cancelled", told, by=by, at=at, mark=f"left-{at:%Y%m%d%H%M%S%f}", left=True)


def expected_at(event):
    """The people who still come, or may."""
    expected = event.attendances.exclude(answer=DECLINED).select_related("person").order_by("person__name", "pk")
    return [one.person for one in expected]


def check_span(starts_at, ends_at):
    if not dt.timedelta(0) < ends_at - starts_at <= LONGEST:
        raise ValidationError("It must end after it starts, and within a day.")


def _lock(event):
    event.refresh_from_db(from_queryset=Event.objects.select_for_update())


def _bump(event, at, *fields):
    event.sequence += 1
    event.changed_at = at
    event.save(update_fields=[*fields, "sequence", "changed_at"])


def _expect(event, people, *, by, required, at):
    there = set(event.attendances.values_list("person_id", flat=True))
    new = {person.pk: person for person in people if person.pk not in there}
    Attendance.objects.bulk_create(
        Attendance(
            event=event,
            person=person,
            required=required,
            answer=ACCEPTED if person == by else ASKED,
            asked_at=at,
            answered_at=at if person == by else None,
        )
        for person in new.values()
    )
    tell_people(event, "event_new", [person for person in new.values() if person != by], by=by, at=at)


def _others(event, by, *, but_declined=False):
    expected = event.attendances.exclude(person=by).select_related("person")
    return [one.person for one in expected if not (but_declined and one.answer == DECLINED)]
