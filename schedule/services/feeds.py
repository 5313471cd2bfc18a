"""The private addresses that calendars read: made, made anew, taken away; and who was taken off which event."""

import secrets

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from people.access import require

from ..models import Attendance, Feed, TakenOff
from ..policy import may_follow


@transaction.atomic
def new_feed(person, *, by, scope=Feed.OWN, at=None):
    """A new private address of 256 random bits for one scope; the one before it stops working.

    `scope` is "own", a thread such as "partnership:12", or "school:3". Raises PermissionDenied for what the person has
    no part in.
    """
    require(by == person and may_follow(person, scope))
    made = {"token": secrets.token_urlsafe(32), "made_at": at or timezone.now()}
    return Feed.objects.update_or_create(person=person, scope=scope, defaults=made)[0]


@transaction.atomic
def drop_feed(person, *, by, scope=Feed.OWN):
    """Take the private address away: it answers as if it had never been. One may, whatever one may still read."""
    require(by == person)
    Feed.objects.filter(person=person, scope=scope).delete()


def remember_taken_off(event, leaving, at):
    """Keep what the calendars of these people show, so that they say "cancelled". Called by `remove_people`.

    `leaving` are the attendances that are about to go; who declined has nothing in the calendar.
    """
    seen = {"at": at, "sequence": event.sequence, "starts_at": event.starts_at, "ends_at": event.ends_at}
    people = [one.person_id for one in leaving if one.answer != Attendance.Answer.DECLINED]
    again = TakenOff.objects.filter(event=event, person__in=people)
    known = set(again.values_list("person_id", flat=True))
    if known:
        again.update(times=F("times") + 1, **seen)
    new = [TakenOff(event=event, person_id=person, **seen) for person in people if person not in known]
    TakenOff.objects.bulk_create(new)
