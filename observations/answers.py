"""What is answered straight from a mail: a request for cover, a class that one is to cover, a swap."""

from notices.acts import Act

from .models import Coverage, Swap
from .services.coverage import approve_cover, confirm_cover, decline_cover, return_cover
from .services.swaps import accept_swap, decline_swap
from .told import row_of


def approve(notice, *, by, words, at):
    approve_cover(Coverage.objects.get(pk=row_of(notice)), by=by, at=at)


def send_back(notice, *, by, words, at):
    return_cover(Coverage.objects.get(pk=row_of(notice)), by=by, reason=words, at=at)


def say_yes(notice, *, by, words, at):
    confirm_cover(Coverage.objects.get(pk=row_of(notice)), by=by, at=at)


def say_no(notice, *, by, words, at):
    decline_cover(Coverage.objects.get(pk=row_of(notice)), by=by, at=at)


def take_over(notice, *, by, words, at):
    accept_swap(Swap.objects.get(pk=row_of(notice)), by=by, at=at)


def leave_it(notice, *, by, words, at):
    decline_swap(Swap.objects.get(pk=row_of(notice)), by=by, at=at)


CLASS = "{class}, {day}, {starts} to {ends}"
ACTS = {
    "coverage_asked": (
        Act(
            "approve",
            "Approve",
            f"You approve cover for {{who}}: {CLASS}. Who covers is named afterwards. {{who}} is told.",
            approve,
            "Approved. {who} is told. Now somebody has to be named.",
        ),
        Act(
            "return",
            "Return",
            f"It goes back to {{who}} with your reason: {CLASS}.",
            send_back,
            "It is back with {who}, with your reason.",
            asks="Why does it not work? Only the teacher and those who arrange cover read this.",
        ),
    ),
    "coverage_yours": (
        Act("yes", "Yes, I cover it", f"You cover for {{who}}: {CLASS}.", say_yes, f"You cover {CLASS}."),
        Act(
            "no",
            "No, I cannot",
            f"You do not cover {CLASS}. Those who arrange cover are told.",
            say_no,
            "They are told.",
        ),
    ),
    "swap_asked": (
        Act(
            "yes",
            "Yes, I take it",
            f"You take over from {{coverer}}: {CLASS}{{for}}.",
            take_over,
            f"You cover {CLASS}.",
        ),
        Act(
            "no",
            "No, I cannot",
            f"You do not take it over: {CLASS}. {{coverer}} is told.",
            leave_it,
            "{coverer} is told.",
        ),
    ),
}
# Told again, and answered alike.
ACTS |= {"coverage_waiting": ACTS["coverage_asked"], "coverage_unanswered": ACTS["coverage_yours"]}
