"""Notes of a walk, as each reader may see them: one's own by visit while writing, all by number once published."""

from itertools import groupby

from ..models import VisitKey, WalkNote, WalkVisit


def own_notes(walk, user):
    """[(visit, the reader's own note or None)] in the order of the visits, while the key to the numbers is there."""
    visits = WalkVisit.objects.visible_to(user).filter(walk=walk).select_related("event", "host")
    numbers = dict(VisitKey.objects.filter(walk=walk).values_list("visit", "number"))
    notes = {note.visit_number: note for note in WalkNote.objects.visible_to(user).filter(walk=walk, author=user)}
    return [(visit, notes.get(numbers.get(visit.pk))) for visit in visits]


def own_note(walk, visit, user):
    return next((note for one, note in own_notes(walk, user) if one.pk == visit.pk), None)


def notes_by_number(walk, user):
    """[(number, notes)]: everyone's once published, before that the reader's own alone. No names, no hosts."""
    notes = WalkNote.objects.visible_to(user).filter(walk=walk)
    return [(number, list(group)) for number, group in groupby(notes, key=lambda note: note.visit_number)]
