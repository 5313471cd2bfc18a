"""What visitors write, under numbers drawn by lot, until it is laid on the table."""

import random

from django.db import transaction
from django.utils import timezone

from notices.services import tell_all
from people.access import require

from ..models import VisitKey, Walk, WalkNote, WalkVisit
from ..policy import may_publish_notes, walks_in
from . import NotNow
from .ground import fact, lock, people_on, refuse_future

LOT = random.SystemRandom()
ON_THE_TABLE = "The notes are on the table, and none changes any more. Yours is not saved: keep a copy for the debrief."


WORDS = ("saw", "wondered", "asked", "idea", "look_fors")


class Stale(NotNow):
    """The note has newer words than those that were being changed. `note` is the one that stands."""

    def __init__(self, note):
        super().__init__("There are newer words of yours, written elsewhere. Both stand here: choose, and save again.")
        self.note = note


@transaction.atomic
def write_note(walk, *, by, visit_number, seen=None, mark="", at=None, **words):
    """Write or change one's own note on a visit (by its WalkVisit.number), and return it. It keeps the day, no time.

    `words` are saw, wondered, asked, idea, and look_fors: {id of a LookFor: text or count}. `seen` is the version that
    the writer's page began with (0: none), `mark` what that page calls itself: it may overwrite what it wrote itself.
    Raises NotNow before the day, and once the notes are published or the walk is over; Stale when the words that stand
    were written by another page meanwhile.
    """
    at = at or timezone.now()
    walk = lock(walk)
    require(walks_in(by, walk))
    if walk.notes_published_at or not walk.is_open or walk.is_keyless(at):
        raise NotNow(ON_THE_TABLE if walk.notes_published_at else "The walk is over. Your note is not saved.")
    refuse_future(walk, at)
    visit = WalkVisit.objects.filter(walk=walk, number=visit_number).first()
    if visit is None:
        raise NotNow("This visit is no longer on the walk. Your note is not saved: keep a copy of it.")
    return keep_words(walk, number_in_notes(walk, visit), by, words, seen=seen, mark=mark)


def keep_words(walk, number, author, words, *, seen, mark):
    """Under the walk's lock. Words that stand already are not written again, whoever sends them twice."""
    note = WalkNote.objects.filter(walk=walk, visit_number=number, author=author).first()
    if note is None:
        given = {"visit_number": number, "author": author, "on": walk.day, "mark": mark}
        return WalkNote.objects.create(walk=walk, **given, **words)
    if all(getattr(note, name) == words.get(name, "" if name != "look_fors" else {}) for name in WORDS):
        return note
    if seen not in (None, note.version) and not (mark and mark == note.mark):
        raise Stale(note)
    for name in WORDS:
        setattr(note, name, words.get(name, "" if name != "look_fors" else {}))
    note.version, note.mark = note.version + 1, mark
    note.save()
    return note


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

    They are written anew in an order drawn by lot, so that neither their ids nor their order tell who wrote when. Each
    visit has its number from here on; no page asks for it. Raises NotNow before the day.
    """
    at = at or timezone.now()
    walk = lock(walk)
    require(may_publish_notes(by, walk))
    refuse_future(walk, at)
    Walk.objects.filter(pk=walk.pk).update(notes_published_at=at)
    for visit in WalkVisit.objects.filter(walk=walk):
        number_in_notes(walk, visit)
    shuffle_notes(walk)
    tell_all(people_on(walk), "walk_notes", **fact(walk, "notes", at))


def shuffle_notes(walk):
    notes = list(WalkNote.objects.filter(walk=walk))
    WalkNote.objects.filter(walk=walk).delete()
    LOT.shuffle(notes)
    for note in notes:
        note.pk, note.version, note.mark = None, 1, ""
    WalkNote.objects.bulk_create(notes)
