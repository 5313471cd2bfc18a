"""The kinds of notice of walks and open doors. They carry school and day; never what a walk or a visit is about."""

from django.utils import timezone

from notices.registry import NoticeKind

from .models import BriefRead, DoorTime, HostThanks, NextTry, Walk, WalkPlace


def row_of(notice):
    return int(notice.key.split(":")[1])


def walk_is_on(notice):
    on = Walk.objects.filter(pk=row_of(notice), cancelled_at=None, closed_at=None)
    return on.filter(day__gte=timezone.localdate()).exists()


def brief_is_unread(notice):
    return walk_is_on(notice) and not BriefRead.objects.filter(walk=row_of(notice), person=notice.person_id).exists()


def place_is_kept(notice):
    """The walk is on, and whoever moved up has not given the place back."""
    return (
        walk_is_on(notice) and WalkPlace.objects.taken().filter(walk=row_of(notice), person=notice.person_id).exists()
    )


def step_is_untried(notice):
    """The key names the step and its day."""
    _, pk, on, *_ = notice.key.split(":")
    return NextTry.objects.filter(pk=int(pk), on=on, tried_on=None).exists()


def thanks_are_due(notice):
    walk = Walk.objects.standing().filter(pk=row_of(notice), closed_at=None)
    return walk.exists() and not HostThanks.objects.filter(walk=row_of(notice)).exists()


def door_waits(notice):
    """The key names the door: a class of it is still not there, and its host has not closed it."""
    today = timezone.localdate()
    return DoorTime.objects.filter(
        door=row_of(notice), door__ended_at=None, door__ends_on__gte=today, moved_on__isnull=False
    ).exists()


WALKS = [
    NoticeKind(
        "walk_place",
        "You have a place on a learning walk",
        "You have a place on a learning walk: {school}, {day}",
        "A facilitator has given you a place. Say what you would like to learn.",
        "See the walk",
        walk_is_on,
    ),
    NoticeKind(
        "walk_moved_up",
        "A place on a walk that you waited for is yours",
        "A place is yours now: learning walk, {school}, {day}",
        "You waited for a place on this walk, and have one now. If you cannot come any more, give it back.",
        "See the walk",
        place_is_kept,
        can_be_off=False,
        at_once=True,
    ),
    NoticeKind(
        "walk_left",
        "Somebody gives back a place on a walk",
        "{who} cannot come: learning walk, {school}, {day}",
        "{who} has given the place back{next}.",
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
        "walk_without",
        "A learning walk is set for a half day when you cannot come",
        "Planned without you: the learning walk at {school}, {day}",
        "Your calendar says that you cannot come then. You keep your place: if you can come after all, tell the "
        "facilitator, and if not, give it back.",
        "See the walk",
        place_is_kept,
        can_be_off=False,
    ),
    NoticeKind(
        "walk_moved",
        "A learning walk takes place on another day",
        "Another half day: the learning walk at {school}, {day}",
        "The facilitator has chosen this half day. If you cannot come then, give your place back.",
        "See the walk",
        walk_is_on,
        can_be_off=False,
    ),
    NoticeKind(
        "walk_brief",
        "The pre-brief of your learning walk",
        "Read before the learning walk: {school}, {day}",
        "Why the group walks, what it agrees on and what it looks for. Read it, and say that you have.",
        "Read the pre-brief",
        brief_is_unread,
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
    NoticeKind(
        "walk_noticed",
        "What visitors noticed in your class",
        "A thank-you from the learning walk: {day}",
        "Colleagues who were in your room at {school} wrote down what they noticed, for you alone.",
        "Read it",
    ),
    NoticeKind(
        "walk_staff_note",
        "A note from a learning walk to the staff",
        "What a learning walk noticed: {school}, {day}",
        "Those who walked wrote a note to all of you, and each of them agreed to it.",
        "Read the note",
    ),
    NoticeKind(
        "walk_next_step",
        "The day of what you wanted to try after a walk",
        "Your next step after the walk: {day}",
        "After the learning walk at {school} you chose this day to try something. What it was stands on the page.",
        "See your next step",
        step_is_untried,
    ),
    NoticeKind(
        "walk_thanks_due",
        "Hosts of a walk wait for their thanks",
        "The hosts wait for your thanks: {school}, {day}",
        "A week is a long time for those who opened their doors. Edit the notes to them, and send them.",
        "See the thanks",
        thanks_are_due,
    ),
    NoticeKind(
        "door_moved",
        "A class that you opened to visitors has moved",
        "Your open door: {class} has moved",
        "From {day} on your timetable has no {class} any more when your door is open. Change the door, or close it.",
        "See your open door",
        door_waits,
        can_be_off=False,
    ),
]
