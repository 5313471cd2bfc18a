"""Answers that come by link or from a calendar: what they are to, and taking each of them once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from notices.answering import may_act
from notices.services import tell
from people.access import require
from people.models import User

from ..models import Attendance, CalendarReply, Event, EventInvitation
from ..reading_replies import read_reply
from ..reply_keys import read_link_token
from ..words import DoubleBooked, span_words
from .expecting import answer_event
from .telling import facts_of
from .zones import zones_of

ANSWERS = {"ACCEPTED": Attendance.Answer.ACCEPTED, "DECLINED": Attendance.Answer.DECLINED}
TAKEN, AGAIN, PASSED, UNKNOWN = "taken", "taken before", "passed over", "not for us"


@dataclass(frozen=True)
class Question:
    """What a link asks: will this person come to this event. Without an attendance they are no longer asked."""

    person: User
    event: Event
    attendance: Attendance | None
    zone: object
    is_over: bool

    @property
    def when(self):
        return span_words(self.event.starts_at, self.event.ends_at, self.zone, at=timezone.now())

    @property
    def is_open(self):
        return bool(self.attendance) and not (self.is_over or self.event.cancelled_at)


def question_of(token, now):
    """What the link asks, or None: nobody here wrote it, or its person has left."""
    if not (asked := read_link_token(token)):
        return None
    event = Event.objects.filter(pk=asked.event).select_related("school").first()
    person = User.objects.filter(pk=asked.person, is_active=True).first()
    if not (event and person and may_act(person)):
        return None
    attendance = event.attendances.filter(person=person).first()
    return Question(person, event, attendance, zones_of([person], now.date())[person.pk], event.ends_at <= now)


def answer_by_link(question, *, answer, at=None):
    """Say yes or no for whoever holds the link. Saying the same again changes nothing.

    Raises PermissionDenied once it is over or called off, and DoubleBooked as `answer_event` does.
    """
    require(question.is_open, "This date no longer waits for an answer.")
    return answer_event(question.event, by=question.person, answer=answer, at=at)


def is_reply_taken(octets):
    """Whether the mail was for us; it need not be looked at again then."""
    return take_reply(octets) != UNKNOWN


def take_reply(octets, *, at=None):
    """Act on the answer in a mail, once. Returns TAKEN, AGAIN, PASSED (it is older than what we know) or UNKNOWN.

    It counts when its address, its UID and its sender are those of one invitation.
    """
    reply = read_reply(octets)
    return _take(reply, at or timezone.now()) if reply else UNKNOWN


@transaction.atomic
def _take(reply, at):
    event = Event.objects.select_for_update(of=["self"]).filter(pk=reply.asked.event, uid=reply.uid).first()
    person = User.objects.filter(pk=reply.asked.person, is_active=True).first()
    if not (event and person and person.email.lower() == reply.sender == reply.attendee):
        return UNKNOWN
    known = CalendarReply.objects.filter(event=event, person=person)
    if known.filter(message=reply.message).exists():
        return AGAIN
    invited = EventInvitation.objects.filter(event=event, person=person, dropped_at=None).order_by("-sequence").first()
    if invited is None:
        return UNKNOWN
    newer = known.filter(acted=True, stamped_at__gt=reply.stamped_at).exists()
    counts = reply.partstat in ANSWERS and reply.sequence >= invited.sequence and not (newer or invited.is_cancel)
    counts = counts and event.ends_at > at and event.attendances.filter(person=person).exists()
    kept = CalendarReply.objects.create(
        person=person,
        event=event,
        message=reply.message,
        sequence=reply.sequence,
        stamped_at=reply.stamped_at,
        answer=ANSWERS.get(reply.partstat, Attendance.Answer.ASKED),
        acted=counts,
        taken_at=at,
    )
    return _act(kept, at) if counts else PASSED


def _act(reply, at):
    """Answer as the calendar did. Where that cannot be, its person hears of it: the calendar will not tell them."""
    try:
        answer_event(reply.event, by=reply.person, answer=reply.answer, at=at)
    except DoubleBooked:
        CalendarReply.objects.filter(pk=reply.pk).update(acted=False)
        facts = facts_of(reply.event, zones_of([reply.person], at.date())[reply.person_id], at)
        key, path = f"event-reply-stuck:{reply.event_id}:{reply.pk}", reply.event.get_absolute_url()
        tell(reply.person, "event_reply_stuck", key=key, path=path, facts=facts, thread=reply.event.thread, at=at)
        return PASSED
    return TAKEN
