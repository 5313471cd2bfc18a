"""Notes of a walk, as each reader may see them: one's own by visit while writing, all by number once published."""

from itertools import groupby

from django.utils import timezone

from schedule.models import Attendance

from ..describing import nudge
from ..models import Brief, LookFor, VisitKey, WalkNote, WalkVisit
from .drawing import stops_of, talks


def own_visits(walk, user):
    """The visits that the reader makes, in the order of time: those that they are expected at, or else all."""
    visits = WalkVisit.objects.visible_to(user).filter(walk=walk).exclude(host=user).select_related("event", "host")
    expected = Attendance.objects.filter(person=user, visited=False, event__walk_visit__walk=walk).values("event")
    return list(visits.filter(event__in=expected)) or list(visits)


def own_notes(walk, user):
    """[(visit, the reader's own note or None)] while notes are written. Afterwards nobody asks the key any more."""
    if walk.notes_published_at:
        return []
    numbers = dict(VisitKey.objects.filter(walk=walk).values_list("visit", "number"))
    notes = {note.visit_number: note for note in WalkNote.objects.visible_to(user).filter(walk=walk, author=user)}
    return [(visit, notes.get(numbers.get(visit.pk))) for visit in own_visits(walk, user)]


def own_note(walk, visit, user):
    return next((note for one, note in own_notes(walk, user) if one.pk == visit.pk), None)


def own_rows(walk, user):
    """[(visit, own note, nudge to describe)]"""
    return [(visit, note, nudge_of(note) if note else "") for visit, note in own_notes(walk, user)]


def nudge_of(note):
    looked = [text for text in note.look_fors.values() if isinstance(text, str)]
    return nudge(note.saw, note.wondered, *looked)


def look_fors_of(walk, user):
    """The lines that the walk took along."""
    chosen = Brief.objects.visible_to(user).filter(walk=walk).values("look_fors")
    return list(LookFor.objects.visible_to(user).filter(version__in=chosen))


def next_stop(walk, visits, *, at=None):
    """(the stop that is now or next, whether it is now) on the walk's day, or (None, False)."""
    at = at or timezone.now()
    stops = sorted([*talks(walk), *stops_of(visits)], key=lambda stop: stop.starts_at)
    stop = next((stop for stop in stops if stop.ends_at > at), None)
    return stop, bool(stop and stop.starts_at <= at)


def notes_by_number(walk, user):
    """[(number, [(note, its look-fors as (line, value))])]: everyone's once published, before that the reader's own.

    No names, no hosts, and the key is not asked.
    """
    lines = look_fors_of(walk, user)
    notes = WalkNote.objects.visible_to(user).filter(walk=walk)
    rows = [(note, looked_for(note, lines)) for note in notes]
    return [(number, list(group)) for number, group in groupby(rows, key=lambda row: row[0].visit_number)]


def looked_for(note, lines):
    found = [(line, note.look_fors.get(str(line.pk))) for line in lines]
    return [(line, value) for line, value in found if value not in (None, "")]
