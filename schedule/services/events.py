"""Making, moving and cancelling events, and answering them: rows and notices in one transaction."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from people.access import require

from .. import policy
from ..followers import ON_CANCEL, ON_CREATE, ON_MOVE
from ..models import LONGEST, Event
from .bookings import rebook_event
from .expecting import ASKED, CANCELLED, bump, expect, follow, lock, others
from .invitations import invite
from .telling import tell_people


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
    visited=(),
    school=None,
    place="",
    video_link="",
    thread="",
    path="",
    links=(),
    series=None,
    listed=True,
    uid=None,
    at=None,
    tell=tell_people,
):
    """Put an event in the calendars of `people` (needed) and `optional`, and tell everyone but `by`.

    The title is composed from the kind and the support's name: it carries no words of the pair (TRUST 7). Without
    one the kind's own name is used. Whoever makes it is expected there only when named among the people; that is
    their yes. Those of them whose class is `visited` teach it meanwhile. `links` are [title, address] each, `series`
    is the same for events that repeat, `tell` tells people of it. A second call under the same `uid` (a form sent
    twice) gives the first one's event and does nothing. Raises ValidationError when the span is not between nothing
    and a day, DoubleBooked when the room is taken then, or whoever makes it.
    """
    require(policy.may_create(by))
    check_span(starts_at, ends_at)
    at = at or timezone.now()
    what = {"kind": kind, "title": title or Event.Kind(kind).label, "listed": listed}
    when = {"starts_at": starts_at, "ends_at": ends_at, "made_at": at, "changed_at": at}
    where = {"school": school, "place": place, "video_link": video_link, "thread": thread, "path": path}
    more = {"links": list(links), "series": series}
    given = {**what, **when, **where, **more}
    event, made = Event.objects.get_or_create(uid=uid or uuid.uuid4(), organizer=by, defaults=given)
    if made:
        new = expect(event, people, by=by, required=True, visited=visited, at=at)
        new += expect(event, optional, by=by, required=False, visited=visited, at=at)
        rebook_event(event, by=by)
        follow(ON_CREATE, event, by, at)
        tell(event, "event_new", [person for person in new if person != by], by=by, at=at)
    return event


KEEP = object()  # `place` may also be set to nothing


@transaction.atomic
def move_event(event, *, by, starts_at, ends_at, place=KEEP, at=None, tell=tell_people):
    """Give the event another time or place. Followers act in this transaction; its people are told at once.

    A new time asks everyone but `by` again, and settles what a change of the school's days had broken. Moving it to
    where it already is changes nothing and tells nobody. Raises as `create_event` does.
    """
    lock(event)
    require(policy.may_change(by, event))
    require(event.cancelled_at is None, CANCELLED)
    check_span(starts_at, ends_at)
    at = at or timezone.now()
    place = event.place if place is KEEP else place
    before = (event.starts_at, event.ends_at)
    if before + (event.place,) == (starts_at, ends_at, place):
        return event
    event.starts_at, event.ends_at, event.place, event.trouble = starts_at, ends_at, place, ""
    bump(event, at, "starts_at", "ends_at", "place", "trouble")
    if before != (starts_at, ends_at):
        event.attendances.exclude(person=by).update(answer=ASKED, answered_at=None)
    rebook_event(event, by=by)
    follow(ON_MOVE, event, by, at)
    tell(event, "event_moved", others(event, by), by=by, at=at, before=before)
    return event


@transaction.atomic
def cancel_event(event, *, by, word="", at=None, tell=tell_people):
    """Call the event off. The row stays, so that calendars learn of it; a second call changes nothing.

    `word` says why, on the event's page alone; no mail carries it (TRUST 7).
    """
    lock(event)
    require(policy.may_change(by, event))
    if event.cancelled_at:
        return event
    at = at or timezone.now()
    event.cancelled_at, event.cancel_word = at, word
    bump(event, at, "cancelled_at", "cancel_word")
    rebook_event(event)
    follow(ON_CANCEL, event, by, at)
    tell(event, "event_cancelled", others(event, by, but_declined=True), by=by, at=at)
    return event


@transaction.atomic
def set_tentative(event, tentative, at):
    """Mark the event as tentative while a class that it takes has no cover, or as settled; calendars learn of it."""
    lock(event)
    if event.awaits_cover != tentative:
        event.awaits_cover = tentative
        bump(event, at, "awaits_cover")
        invite(event, at)


def check_span(starts_at, ends_at):
    if not dt.timedelta(0) < ends_at - starts_at <= LONGEST:
        raise ValidationError("It must end after it starts, and within a day.")
