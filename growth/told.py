"""The kinds of notice of this room. They say that there is something to read, never what it says."""

from notices.registry import NoticeKind

from .models import ShoutOut


def row_of(notice):
    return int(notice.key.split(":")[1])


def is_undecided(notice):
    return ShoutOut.objects.waiting().filter(pk=row_of(notice)).exists()


def is_shown(notice):
    return ShoutOut.objects.shown().filter(pk=row_of(notice)).exists()


KINDS = [
    NoticeKind(
        "newsletter",
        "A newsletter is out",
        "Newsletter: {title}",
        "{who} has sent the newsletter: who looks for partners, what is coming up, and who says thank you.",
        "Read the newsletter",
    ),
    NoticeKind(
        "shout_out",
        "A colleague thanks me",
        "{who} thanks you",
        "{who} has written you a few lines of thanks. You decide whether others may read them.",
        "Read them",
        is_undecided,
    ),
    NoticeKind(
        "shout_out_shown",
        "My thanks may be read by all",
        "{who} agrees: your thanks may be read by all",
        "{who} is happy for all the staff to read your thanks.",
        "See it",
        is_shown,
    ),
]
