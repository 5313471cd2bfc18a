"""The dates of a partnership in the calendar, as its people come and go."""

from schedule.models import Event
from schedule.services import add_people, cancel_event, remove_people

from ..models import Member


def dates_ahead(partnership, at):
    """Its events that are still to come, with whose class is visited."""
    return Event.objects.standing().filter(planned__partnership=partnership, starts_at__gt=at).select_related("planned")


def lead_of(partnership):
    """The lead, who may change every date; None while the account of the last one is closed."""
    lead = partnership.members.active().filter(part=Member.Part.LEAD, person__is_active=True)
    return next((member.person for member in lead.select_related("person")), None)


def expect_at_dates(partnership, person, *, at):
    """Somebody joins: expect them at the dates ahead, but not where a class is visited: those are set for each."""
    if lead := lead_of(partnership):
        for event in dates_ahead(partnership, at).filter(planned__observed=None):
            add_people(event, by=lead, people=[person], at=at)


def let_go_of_dates(partnership, person, *, at):
    """Somebody left: they are no longer expected, and nobody visits their class."""
    if lead := lead_of(partnership):
        for event in dates_ahead(partnership, at):
            if event.planned.observed_id == person.pk:
                cancel_event(event, by=lead, at=at)
            else:
                remove_people(event, by=lead, people=[person], at=at)
