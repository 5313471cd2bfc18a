"""What the calendar tells people of: each sentence has a time, a place and a name, nothing else."""

from django.utils import timezone

from notices.registry import NoticeKind

from .models import Attendance, Event
from .words import when_and_where


def still_stands(notice):
    """The date that the notice names still holds, for this person, and lies ahead."""
    expected = Attendance.objects.filter(
        person=notice.person_id,
        event=notice.facts["event"],
        event__cancelled_at=None,
        event__ends_at__gt=timezone.now(),
    )
    one = expected.exclude(answer=Attendance.Answer.DECLINED).select_related("event").first()
    return bool(one) and notice.facts.get("stands", when_and_where(one.event)) == when_and_where(one.event)


def is_ahead(notice):
    return Event.objects.filter(pk=notice.facts["event"], ends_at__gt=timezone.now()).exists()


def is_troubled(notice):
    """A flag that is gone, or says something else by now, is no news."""
    flagged = Event.objects.standing().filter(pk=notice.facts["event"], trouble=notice.facts["trouble"])
    return flagged.filter(ends_at__gt=timezone.now()).exists()


KINDS = [
    NoticeKind(
        key="event_new",
        label="Somebody puts a date in my calendar",
        subject="New in your calendar: {title}, {when}",
        sentence="{who} put {title} in your calendar: {when}{where}.",
        action="Say if you can come",
        still_due=still_stands,
    ),
    NoticeKind(
        key="event_moved",
        label="A date of mine is moved",
        subject="Moved: {title}, now {when}",
        sentence="{who} moved {title}. It was {before}; now it is {when}{where}.",
        action="See the new date",
        still_due=still_stands,
        at_once=True,
    ),
    NoticeKind(
        key="event_cancelled",
        label="A date of mine is cancelled",
        subject="{what}: {title}, {when}",
        sentence="{what}: {title}, {when}{where}. {who} took it off your calendar.",
        action="Open your calendar",
        still_due=is_ahead,
        at_once=True,
    ),
    NoticeKind(
        key="event_declined",
        label="Somebody cannot come to a date that I set",
        subject="{who} cannot come: {title}, {when}",
        sentence="{who} cannot come to {title}, {when}{where}.",
        action="Open the date",
        still_due=is_ahead,
    ),
    NoticeKind(
        key="event_reply_stuck",
        label="My calendar said yes to a date, and something else is firm then",
        subject="Not saved: your yes to {title}, {when}",
        sentence="Your calendar said yes to {title}, {when}{where}. It was not saved: something else is firm then.",
        action="Open the date",
        still_due=still_stands,
        at_once=True,
    ),
    NoticeKind(
        key="event_tomorrow",
        label="A date of mine is tomorrow",
        subject="Coming up: {title}, {when}",
        sentence="{title} is coming up: {when}{where}.",
        action="Open the date",
        still_due=still_stands,
    ),
    NoticeKind(
        key="event_troubled",
        label="A change of the school's days breaks a date of mine",
        subject="Look at this date again: {title}, {when}",
        sentence="{title}, {when}{where}: {trouble} The date itself is as it was.",
        action="See what to do",
        still_due=is_troubled,
        can_be_off=False,
        at_once=True,
    ),
]
