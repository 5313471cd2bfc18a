"""What a change of school time would break, before anybody makes it."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from people.clock import zone_of

from ..models import Event
from ..words import span_words


def rehearse(change, *, by, look=None):
    """What a change would break, and how things would look: it is made, looked at and taken back.

    `change` and `look` are functions without arguments. Returns ([sentence, ...], what `look` returned): one sentence
    for each event that would be flagged, with its title when it is open to `by`, the soonest first.
    """
    with transaction.atomic():
        before = _troubles()
        change()
        found = _sentences(_troubles() - before, by)
        shown = look() if look else None
        transaction.set_rollback(True)
    return found, shown


def broken_by(change, by):
    """The sentences alone; people's pages ask it by their registry."""
    return rehearse(change, by=by)[0]


def _troubles():
    return set(Event.objects.standing().exclude(trouble="").values_list("pk", "trouble"))


def _sentences(troubles, by):
    if not troubles:
        return []
    now, usual = timezone.now(), zone_of()
    events = Event.objects.filter(pk__in=[pk for pk, _ in troubles]).marked_for(by).select_related("school")
    return [_sentence(event, now, usual) for event in events.order_by("starts_at", "pk")]


def _sentence(event, now, usual):
    zone = ZoneInfo(event.school.time_zone) if event.school and event.school.time_zone else usual
    what = event.title if event.is_open else "Busy"
    return f"{span_words(event.starts_at, event.ends_at, zone, at=now)}, {what}. {event.trouble}"
