"""The kinds of notice of this room. They carry time, place and class; never the purpose of a visit."""

import datetime as dt
from functools import wraps

from django.db.models import Q
from django.utils import timezone

from notices.registry import NoticeKind, always

from .models import Coverage, Swap
from .told_of_walks import WALKS


def row_of(notice):
    return int(notice.key.split(":")[1])


def cover_is_asked(notice):
    return Coverage.objects.waiting().filter(pk=row_of(notice)).exists()


def cover_stands(notice):
    """It is still this person who covers: another may have been named since."""
    return Coverage.objects.named().filter(pk=row_of(notice), coverer=notice.person_id).exists()


def cover_awaits_yes(notice):
    """It is still the one who was named, and they have not said yes yet."""
    return is_covered_by(notice, Coverage.State.ASSIGNED)


def cover_awaits_reader(notice):
    """Its reader is still the one who was named, and has not answered."""
    named = Coverage.objects.filter(pk=row_of(notice), state=Coverage.State.ASSIGNED)
    return named.filter(coverer=notice.person_id).exists()


def cover_is_given(notice):
    """It is still the one who said yes that covers."""
    return is_covered_by(notice, Coverage.State.CONFIRMED)


def is_covered_by(notice, state):
    name = notice.facts["coverer"]
    given = Coverage.objects.filter(pk=row_of(notice), state=state)
    return given.filter(Q(coverer__name=name) | Q(substitute__name=name)).exists()


def classes_need_cover(notice):
    """Classes of this teacher that the event takes still wait to be asked for. Its key names the event."""
    return Coverage.objects.filter(event=row_of(notice), asker=notice.person_id, state=Coverage.State.NEEDED).exists()


def swap_waits(notice):
    """The key names the swap."""
    return Swap.objects.waiting().filter(pk=row_of(notice), asked=notice.person_id).exists()


def cover_is_open(notice):
    return Coverage.objects.filter(pk=row_of(notice), state=Coverage.State.APPROVED).exists()


def cover_is_returned(notice):
    return Coverage.objects.filter(pk=row_of(notice), state=Coverage.State.RETURNED).exists()


def ahead(still_due):
    """And only until the day of the class is over: a notice may wait for a daily or a weekly e-mail."""

    @wraps(still_due)
    def due(notice):
        to_come = Coverage.objects.filter(pk=row_of(notice), day__gte=timezone.localdate())
        return to_come.exists() and still_due(notice)

    return due


def cover(key, label, subject, sentence, action, **more):
    if "still_due" in more and not more.get("at_once"):
        more["still_due"] = ahead(more["still_due"])
    return NoticeKind(key, label, f"{subject}: {{class}}, {{day}}", sentence, action, **more)


TIME = "{class}, {day}, {starts} to {ends}"
COVER = [
    NoticeKind(
        "coverage_needed",
        "A date takes a class of yours",
        "Ask for cover: {number}, {day}",
        "A date in your calendar takes {number}, {day}. Ask for cover, or say that none is needed.",
        "Ask for cover",
        still_due=classes_need_cover,
        can_be_off=False,
    ),
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
        "coverage_waiting",
        "A request for cover still waits for me",
        "{who} still waits for an answer",
        "{who} has asked for cover, and has no answer yet: " + TIME + ".",
        "Approve or return",
        still_due=cover_is_asked,
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
        "Somebody is named to cover your class",
        "{coverer} is asked to cover for you",
        "{coverer} is asked to cover " + TIME + ". You are told once it is certain.",
        "See it",
        still_due=cover_awaits_yes,
    ),
    cover(
        "coverage_confirmed",
        "Your class is covered",
        "{coverer} covers for you",
        "{coverer} covers " + TIME + ".",
        "See it",
        still_due=cover_is_given,
    ),
    cover(
        "coverage_declined",
        "Somebody who was named cannot cover",
        "{coverer} cannot cover",
        "{coverer} cannot cover " + TIME + ". The class waits for somebody else.",
        "Name somebody",
        still_due=cover_is_open,
        can_be_off=False,
        at_once=True,
    ),
    cover(
        "coverage_yours",
        "You are named to cover a class",
        "Can you cover",
        "You are named to cover for {who}: " + TIME + "{where}. Say yes or no.",
        "Answer",
        still_due=cover_stands,
        can_be_off=False,
        at_once=True,
    ),
    cover(
        "coverage_unanswered",
        "You have not said whether you cover a class",
        "Do you cover for {who}",
        "{who} does not know yet whether you cover: " + TIME + "{where}. Say yes or no.",
        "Answer",
        still_due=cover_awaits_reader,
    ),
    cover(
        "coverage_open",
        "A class has nobody yet, and its day is near",
        "Nobody is named yet to cover for {who}",
        "Nobody is named yet to cover for {who}: " + TIME + "{where}.",
        "Name somebody",
        still_due=cover_is_open,
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
    cover(
        "swap_asked",
        "A colleague asks you to take a class",
        "{coverer} asks you to take a class",
        "{coverer} asks you to cover " + TIME + "{where}{for}.",
        "Answer",
        still_due=swap_waits,
        can_be_off=False,
        at_once=True,
    ),
    cover(
        "swap_accepted",
        "A colleague takes a class over from you",
        "{coverer} takes the class over",
        "{coverer} covers " + TIME + " instead of you{for}.",
        "See what you cover",
        can_be_off=False,
        at_once=True,
    ),
    cover(
        "swap_declined",
        "A colleague cannot take a class over",
        "{coverer} cannot take it over",
        "You still cover " + TIME + ".",
        "See it",
        at_once=True,
    ),
    cover(
        "coverage_swapped",
        "Two colleagues have swapped",
        "{coverer} covers instead",
        "{coverer} has taken over " + TIME + ".",
        "See it",
        still_due=always,
    ),
]


def day_is_to_come(notice):
    """The key names the school and the day."""
    return dt.datetime.strptime(notice.key.split(":")[2], "%Y%m%d").date() >= timezone.localdate()


OFFICE = [
    NoticeKind(
        "day_sheet",
        "The sheet of the next school day, in the morning",
        "Cover on {day}: {school}",
        "{classes} somebody on {day} at {school}.{open}",
        "See the sheet",
        still_due=day_is_to_come,
    ),
]
KINDS = [*COVER, *WALKS, *OFFICE]
