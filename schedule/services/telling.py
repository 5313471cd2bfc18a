"""Notices of events: time, place and a link, in the reader's own zone, and nothing else (TRUST 7)."""

from zoneinfo import ZoneInfo

from notices.services import tell
from people.clock import zone_of
from people.models import Post

from ..words import span_words


def zones_of(people, day):
    """The zone of each person's school, by person id, in two queries whatever their number."""
    zones = dict.fromkeys((person.pk for person in people), zone_of())
    posts = Post.objects.current(day).filter(user__in=zones).exclude(school=None).exclude(school__time_zone="")
    for person, name in posts.order_by("pk").values_list("user_id", "school__time_zone"):
        zones[person] = ZoneInfo(name)
    return zones


def tell_people(event, kind, people, *, by, at, mark="", before=None, left=False):
    """One notice for each of these people, unless the event is over. `mark` tells repeated facts apart."""
    if not people or event.ends_at <= at:
        return
    zones = zones_of(people, at.date())
    key = ":".join(str(part) for part in (kind.replace("_", "-"), event.pk, event.sequence, mark) if part != "")
    for person in people:
        facts = facts_of(event, zones[person.pk], at) | {"who": by.name}
        if before:
            facts["before"] = span_words(*before, zones[person.pk], at=at)
        if kind == "event_cancelled":
            facts["what"] = "No longer in your calendar" if left else "Cancelled"
        tell(person, kind, key=key, path=event.get_absolute_url(), facts=facts, thread=event.thread, at=at)


def facts_of(event, zone, at):
    """What the kinds' sentences say of an event, and what `still_due` asks about it."""
    return {
        "event": str(event.pk),
        "sequence": str(event.sequence),
        "title": event.title,
        "when": span_words(event.starts_at, event.ends_at, zone, at=at),
        "where": f", {event.where}" if event.where else "",
    }
