"""Notices of events: time, place and a link, in the reader's own zone, and nothing else (TRUST 7)."""

from notices.services import tell

from ..words import span_words, when_and_where
from .invitations import invite
from .zones import zones_of

TOLD_BY_INVITATION = {"event_new", "event_moved", "event_cancelled"}


def tell_people(event, kind, people, *, by, at, mark="", before=None, left=False, weekly=""):
    """One notice for each of these people, unless the event is over. `mark` tells repeated facts apart, `weekly` says
    that it is about more dates than this one.

    Whose own calendar hears of it by an invitation finds it in the inbox, and gets no second mail.
    """
    invited = invite(event, at) if kind in TOLD_BY_INVITATION else ()
    if not people or event.ends_at <= at:
        return
    zones = zones_of(people, at.date())
    key = ":".join(str(part) for part in (kind.replace("_", "-"), event.pk, event.sequence, mark) if part != "")
    for person in people:
        facts = facts_of(event, zones[person.pk], at) | {"who": by.name}
        if weekly:
            facts["when"] += f", {weekly}"
        if before:
            facts["before"] = span_words(*before, zones[person.pk], at=at)
        if kind == "event_cancelled":
            facts["what"] = "No longer in your calendar" if left else "Cancelled"
        told = {"path": event.get_absolute_url(), "facts": facts, "thread": event.thread}
        tell(person, kind, key=key, at=at, inbox_only=person.pk in invited, **told)


def only_invite(event, kind, people, *, by, at, **said):
    """For the later dates of a series, in place of `tell_people`: calendars hear of each, people of the first."""
    invite(event, at)


def facts_of(event, zone, at):
    """What the kinds' sentences say of an event, and what `still_due` asks about it."""
    return {
        "event": str(event.pk),
        "stands": when_and_where(event),
        "title": event.title,
        "when": span_words(event.starts_at, event.ends_at, zone, at=at),
        "where": f", {event.where}" if event.where else "",
    }
