"""What groups of the demo district gathered in the debriefs of their walks."""

import datetime as dt

from observations.models import VisitKey
from observations.services import debrief

from . import sayings


def gather(walk, visitors, at):
    """Patterns, wonderings, what each will try, and a note for each host, by number."""
    walk.refresh_from_db()
    for number, (kind, words) in enumerate(sayings.GATHERED):
        debrief.add_line(walk, by=visitors[number % len(visitors)], kind=kind, words=words)
    for number, person in enumerate(visitors[:-1]):
        words = sayings.TRIES[number % len(sayings.TRIES)]
        debrief.set_try(walk, by=person, words=words, on=walk.day + dt.timedelta(days=5 + number))
        debrief.reflect(walk, by=person, words=sayings.LINES[number], at=at)
    numbers = sorted(VisitKey.objects.filter(walk=walk).values_list("number", flat=True))
    for number, words in zip(numbers, sayings.NOTICED, strict=False):
        debrief.draft_thanks(walk, by=visitors[0], number=number, words=words, seen=0)


def tell_staff(walk, visitors, facilitator, at):
    """A note to the staff, to which all have agreed."""
    debrief.write_staff_note(walk, by=visitors[0], words=sayings.TO_STAFF, seen=0)
    for person in visitors:
        debrief.agree_to_staff_note(walk, by=person, seen=1)
    debrief.send_staff_note(walk, by=facilitator, at=at)


def try_it(walk, visitors):
    for person in visitors[:-2]:
        debrief.mark_tried(
            walk, by=person, at=dt.datetime.combine(walk.day, dt.time(20), dt.UTC) + dt.timedelta(days=6)
        )
