"""The kinds of notice that this room tells by itself, and those of the room below, which has no words of its own."""

from people.models import DeletionNotice, Erasure, SubjectExport
from people.services.retention import keep_mine

from .acts import Act
from .registry import NoticeKind

KINDS = [
    NoticeKind(
        "mail_test",
        "A test message that you asked for",
        "Test message from peerlearn, {when}",
        "{who} asked for this on the mail page, to see whether mail arrives. It does.",
        "Back to the mail page",
        can_be_off=False,
        at_once=True,
    ),
]


def second_part(notice):
    """What stands in the second place of a notice's key: "export_ready:12:7" is about row 12."""
    return notice.key.split(":")[1]


def is_to_be_deleted(notice):
    return DeletionNotice.objects.visible_to(notice.person).open().filter(rule=second_part(notice)).exists()


def can_be_collected(notice):
    return SubjectExport.objects.kept().filter(pk=second_part(notice)).exists()


def erasure_waits(notice):
    return Erasure.objects.waiting().filter(pk=second_part(notice)).exists()


OF_RECORDS = [
    NoticeKind(
        "deleted_soon",
        "Something of mine is deleted in a week",
        "Deleted on {day}, unless you keep it: {what}",
        "{count} of yours are deleted on {day}: {what}. The district keeps them only for a time. You can keep yours.",
        "See what is kept about you",
        is_to_be_deleted,
        can_be_off=False,
    ),
    NoticeKind(
        "export_ready",
        "The file with all that is kept about me is ready",
        "What is kept about you is ready",
        "The file that you asked for is ready. It lies there until {until}.",
        "Get the file",
        can_be_collected,
        can_be_off=False,
    ),
    NoticeKind(
        "erasure_asked",
        "What is kept about me will be erased",
        "What is kept about you is erased on {day}",
        "You are forgotten here on {day}, and your account closes. Until then you can undo it. Afterwards your code"
        " {code} is all that is left of you: keep it in case you need your hours confirmed.",
        "See what will happen",
        erasure_waits,
        can_be_off=False,
        at_once=True,
    ),
    NoticeKind(
        "erasure_waits",
        "Somebody asked to be erased",
        "{who} will be erased on {day}",
        "What is kept about {who} is erased on {day}. If it must stay, set a legal hold before that day.",
        "See who will be erased",
        erasure_waits,
        can_be_off=False,
    ),
    NoticeKind(
        "erasure_stopped",
        "What is kept about me cannot be erased yet",
        "You cannot be erased yet",
        "A legal hold asks the district to keep something about you. You are erased once it is lifted.",
        "See what will happen",
        erasure_waits,
        can_be_off=False,
        at_once=True,
    ),
]


def keep(notice, *, by, words, at):
    keep_mine(second_part(notice), by=by, at=at)


KEEP = Act("keep", "Keep mine", "You keep yours: {what}. They stay until you delete them.", keep, "They stay.")
