"""What is answered straight from a mail: whether one comes to a date."""

from notices.acts import Act

from .models import Attendance, Event
from .services import answer_event


def come(notice, *, by, words, at):
    answer_event(Event.objects.get(pk=notice.facts["event"]), by=by, answer=Attendance.Answer.ACCEPTED, at=at)


def stay_away(notice, *, by, words, at):
    answer_event(Event.objects.get(pk=notice.facts["event"]), by=by, answer=Attendance.Answer.DECLINED, at=at)


DATE = (
    Act("come", "I can come", "You say that you can come: {title}, {when}.", come, "You come: {title}, {when}."),
    Act(
        "decline",
        "I cannot come",
        "You say that you cannot come: {title}, {when}. Whoever set the date is told.",
        stay_away,
        "You do not come: {title}, {when}. Whoever set the date is told.",
    ),
)
ACTS = {"event_new": DATE, "event_moved": DATE}
