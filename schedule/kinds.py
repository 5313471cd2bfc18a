"""What the calendar tells people of: each sentence has a time, a place and a name, nothing else."""

from django.utils import timezone

from notices.registry import NoticeKind

from .models import Attendance, Event


def still_stands(notice):
    """The date that the notice names still holds, for this person, and lies ahead."""
    facts = notice.facts
    expected = Attendance.objects.filter(
        person=notice.person_id,
        event=facts["event"],
        event__sequence=facts["sequence"],
        event__cancelled_at=None,
        event__ends_at__gt=timezone.now(),
    )
    return expected.exclude(answer=Attendance.Answer.DECLINED).exists()


def is_ahead(notice):
    return Event.objects.filter(pk=notice.facts["event"], ends_at__gt=timezone.now()).exists()


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
        key="event_tomorrow",
        label="A date of mine is tomorrow",
        subject="Coming up: {title}, {when}",
        sentence="{title} is coming up: {when}{where}.",
        action="Open the date",
        still_due=still_stands,
    ),
]
