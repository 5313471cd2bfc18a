"""The kinds of notice about words that change hands, are shown by name, or are opened in an emergency."""

from django.utils import timezone

from notices.registry import NoticeKind

from .models import EmergencyReading, Share


def row_of(notice):
    return int(notice.key.split(":")[1])


def show_is_asked(notice):
    return Share.objects.asked_of(notice.person).filter(pk=row_of(notice)).exists()


def is_shown(notice):
    return Share.objects.shown_to(notice.person).filter(pk=row_of(notice)).exists()


def emergency_waits(notice):
    return EmergencyReading.objects.waiting(timezone.now()).filter(pk=row_of(notice)).exists()


KINDS = [
    NoticeKind(
        "notes_handed_over",
        "A colleague hands you their notes of your lesson",
        "{who} hands you the notes of your lesson",
        "The notes that {who} wrote on your lesson are yours now: to keep or to throw away. Nobody else reads them.",
        "Read them",
    ),
    NoticeKind(
        "show_asked",
        "A partner would like to show a text of yours to somebody",
        "May {whom} read this? {support}",
        "{who} would like to show a text of yours to {whom}. Nobody else reads it, and not before all agree.",
        "Read it and decide",
        show_is_asked,
        can_be_off=False,
    ),
    NoticeKind(
        "words_shown",
        "Colleagues show me a text of theirs",
        "{who} shows you a text: {support}",
        "{who} would like you to read a text of theirs. They see when you have read it.",
        "Read it",
        is_shown,
    ),
    NoticeKind(
        "emergency_asked",
        "An operator asks to read the words of a pair",
        "To decide: an emergency reading of {support}",
        "{who} asks to read what two colleagues said to each other, and gives a reason. A second person decides: you.",
        "Read the reason",
        emergency_waits,
        can_be_off=False,
        at_once=True,
    ),
    NoticeKind(
        "emergency_opened",
        "My words are opened in an emergency",
        "Your words are opened for an hour: {support}",
        "{who} asked and {whom} agreed: for an hour {who} can read notes and messages of this work.",
        "Read why",
        can_be_off=False,
        at_once=True,
    ),
]
