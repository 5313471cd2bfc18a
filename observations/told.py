"""The kinds of notice of this room. They carry time, place and class; never the purpose of a visit."""

from notices.registry import NoticeKind

from .models import Coverage, Walk


def row_of(notice):
    return int(notice.key.split(":")[1])


def cover_is_asked(notice):
    return Coverage.objects.waiting().filter(pk=row_of(notice)).exists()


def cover_stands(notice):
    """It is still this person who covers: another may have been named since."""
    given = Coverage.objects.filter(pk=row_of(notice), state=Coverage.State.ASSIGNED)
    return given.filter(coverer=notice.person_id).exists()


def cover_is_given(notice):
    """It is still the one who was named that covers."""
    given = Coverage.objects.filter(pk=row_of(notice), state=Coverage.State.ASSIGNED)
    return given.filter(coverer__name=notice.facts["coverer"]).exists()


def cover_is_open(notice):
    return Coverage.objects.filter(pk=row_of(notice), state=Coverage.State.APPROVED).exists()


def cover_is_returned(notice):
    return Coverage.objects.filter(pk=row_of(notice), state=Coverage.State.RETURNED).exists()


def walk_is_on(notice):
    return Walk.objects.filter(pk=row_of(notice), cancelled_at=None, closed_at=None).exists()


def cover(key, label, subject, sentence, action, **more):
    return NoticeKind(key, label, subject + ": {class}, {day}", sentence, action, **more)


TIME = "{class}, {day}, {starts} to {ends}"
KINDS = [
    cover(
        "coverage_asked",
        "A teacher asks for cover",
        "{who} asks for cover",
        "{who} needs cover for " + TIME + ".",
        "Approve or return",
        still_due=cover_is_asked,
        can_be_off=False,
    ),
    cover(
        "coverage_approved",
        "Your cover is approved",
        "Your cover is approved",
        "Approved: " + TIME + ". You are told who covers as soon as that is settled.",
        "See it",
        still_due=cover_is_open,
    ),
    cover(
        "coverage_returned",
        "Your request for cover came back",
        "Your request for cover came back",
        "It does not work for " + TIME + ". The reason stands with it, and what you wrote is kept.",
        "Read why",
        still_due=cover_is_returned,
        can_be_off=False,
    ),
    cover(
        "coverage_assigned",
        "Somebody covers your class",
        "{coverer} covers for you",
        "{coverer} covers " + TIME + ".",
        "See it",
        still_due=cover_is_given,
    ),
    cover(
        "coverage_yours",
        "You cover a class",
        "You cover a class",
        "You cover for {who}: " + TIME + "{where}.",
        "See the note",
        still_due=cover_stands,
        can_be_off=False,
        at_once=True,
    ),
    cover(
        "coverage_off",
        "You need not cover a class",
        "You need not cover",
        "You are no longer needed for " + TIME + ".",
        "See what you cover",
        can_be_off=False,
        at_once=True,
    ),
    NoticeKind(
        "walk_place",
        "You have a place on a learning walk",
        "You have a place on a learning walk: {school}, {day}",
        "A facilitator has given you a place. Say what you would like to learn.",
        "See the walk",
        walk_is_on,
    ),
    NoticeKind(
        "walk_left",
        "Somebody gives back a place on a walk",
        "{who} cannot come on the learning walk: {school}, {day}",
        "{who} has given the place back.",
        "See the walk",
        walk_is_on,
    ),
    NoticeKind(
        "walk_off",
        "Your place on a learning walk is taken back",
        "You are no longer on the learning walk: {school}, {day}",
        "The facilitator took your name off this walk. Other walks stand on the list.",
        "See other walks",
        can_be_off=False,
    ),
    NoticeKind(
        "walk_published",
        "The schedule of your learning walk",
        "Where to be on the learning walk: {school}, {day}",
        "The schedule is set. Your stops and times stand on the walk's page.",
        "See the schedule",
        walk_is_on,
        can_be_off=False,
    ),
    NoticeKind(
        "walk_hosting",
        "Visitors come to your class",
        "Colleagues visit your class: {school}, {day}",
        "A learning walk comes to you. They look at practice, and nobody is rated.",
        "See when",
        walk_is_on,
        can_be_off=False,
    ),
    NoticeKind(
        "walk_cancelled",
        "A learning walk is called off",
        "Called off: the learning walk at {school}, {day}",
        "It does not take place. Other walks stand on the list.",
        "See other walks",
        at_once=True,
        can_be_off=False,
    ),
    NoticeKind(
        "walk_notes",
        "The notes of your learning walk",
        "The notes are on the table: {school}, {day}",
        "Your team can read all notes now, by the number of the visit.",
        "Read them",
    ),
    NoticeKind(
        "walk_thanks",
        "Thanks for opening your door",
        "Thank you for opening your door: {day}",
        "Colleagues from {school} and beyond learned in your room. Thank you.",
        "See the walk",
    ),
]
