"""When the partners talk about a visit: notes are handed over after it."""

from django.utils import timezone

from schedule.models import Event


def last_talk(partnership):
    """The post-conference that is next, or else the last one that was; None where none is in the calendar."""
    talks = partnership.planned_events.filter(event__cancelled_at=None, event__kind=Event.Kind.POST_CONFERENCE)
    talks = talks.select_related("event").order_by("event__starts_at")
    return talks.filter(event__starts_at__gt=timezone.now()).first() or talks.last()
