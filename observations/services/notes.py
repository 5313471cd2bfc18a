"""What visitors write, under numbers drawn by lot, and the end of a walk."""

import random

from django.db import transaction
from django.utils import timezone

from notices.services import tell_all
from partnerships.services.time import category_of, record_minutes
from people.access import require
from schedule.services import expected_at

from ..models import VisitKey, Walk, WalkNote, WalkVisit
from ..policy import may_arrange, may_publish_notes, walks_in
from . import NotNow
from .ground import fact, hosts_of, lock, people_on, refuse_future

LOT = random.SystemRandom()
ON_THE_TABLE = "The notes are on the table, and none changes any more. Yours is not saved: keep a copy for the debrief."


@transaction.atomic
def write_note(walk, *, by, visit_number, saw="", wondered="", idea="", at=None):
    """Write or change one's own note on a visit (by its WalkVisit.number). It keeps the day, not the minute.

    Raises NotNow before the day, and once the notes are published or the walk is over.
    """
    at = at or timezone.now()
    walk = lock(walk)
    require(walks_in(by, walk))
    if walk.notes_published_at or not walk.is_open:
        raise NotNow(ON_THE_TABLE if walk.notes_published_at else "The walk is over. Your note is not saved.")
    refuse_future(walk, at)
    visit = WalkVisit.objects.filter(walk=walk, number=visit_number).first()
    if visit is None:
        raise NotNow("This visit is no longer on the walk. Your note is not saved: keep a copy of it.")
    words = {"saw": saw, "wondered": wondered, "idea": idea, "on": walk.day}
    WalkNote.objects.update_or_create(walk=walk, visit_number=number_in_notes(walk, visit), author=by, defaults=words)


def number_in_notes(walk, visit):
    """The number that the notes use for a visit, drawn by lot when its first note is written."""
    if key := VisitKey.objects.filter(visit=visit).first():
        return key.number
    # A visit that was taken off may have left notes behind: its number is not drawn again.
    used = set(VisitKey.objects.filter(walk=walk).values_list("number", flat=True))
    used |= set(WalkNote.objects.filter(walk=walk).values_list("visit_number", flat=True))
    most = max(WalkVisit.objects.filter(walk=walk).count(), len(used) + 1)
    number = LOT.choice([number for number in range(1, most + 1) if number not in used])
    return VisitKey.objects.create(walk=walk, visit=visit, number=number).number


@transaction.atomic
def publish_notes(walk, *, by, at=None):
    """Lay all notes on the table for the debrief: from now on the team reads them by number, and none changes.

    The key to the numbers is erased here: afterward nothing joins a note to a host. Raises NotNow before the day.
    """
    at = at or timezone.now()
    walk = lock(walk)
    require(may_publish_notes(by, walk))
    refuse_future(walk, at)
    Walk.objects.filter(pk=walk.pk).update(notes_published_at=at)
    VisitKey.objects.filter(walk=walk).delete()
    tell_all(people_on(walk), "walk_notes", **fact(walk, "notes", at))


@transaction.atomic
def close_walk(walk, *, by, at=None):
    """End the walk after its debrief, and thank the hosts. Notes that were not published stay with their authors."""
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    refuse_future(walk, at)
    if not walk.published_at:
        raise NotNow("Its people were never told of it. Cancel it instead.")
    Walk.objects.filter(pk=walk.pk).update(closed_at=at)
    VisitKey.objects.filter(walk=walk).delete()
    if walk.partnership:
        count_minutes(walk, at=at)
    tell_all(hosts_of(walk), "walk_thanks", **fact(walk, "thanks", at))


def count_minutes(walk, *, at):
    """The time of a partnership's members on its walk counts with the partnership."""
    on_it = set(people_on(walk))
    for event in (event for event in walk.shared_events if event.ends_at <= at):
        for person in on_it.intersection(expected_at(event)):
            record_minutes(
                walk.partnership,
                person,
                category=category_of(event),
                minutes=event.minutes,
                on=walk.day,
                event=event,
                at=at,
            )
