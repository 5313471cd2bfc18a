"""Swaps: one coverer asks a colleague to take a class, in return for one of theirs or not. Both move, or neither."""

from django.db import transaction
from django.utils import timezone

from notices.services import tell
from people.access import require
from people.models import User

from ..models import Coverage, Swap
from ..policy import may_swap
from . import NotNow
from .giving import book, end_swaps_of, free, keep, refuse_colleague
from .holding import hold, hold_coverage, refuse_past
from .telling import fact, tell_arrangers, tell_asker

Answer = Swap.Answer
STALE = "Who covers has changed meanwhile, so there is nothing left to swap."


@transaction.atomic
def ask_to_swap(coverage, *, by, asked, in_return=None, at=None):
    """Ask a colleague to take a class that one covers, in return for `in_return`, which they cover, or for nothing.

    Raises NotNow when another answer is waited for or the day is over, Taken when the swap would put one of the two in
    two places, or beyond what a colleague covers in a week.
    """
    at = at or timezone.now()
    rows = held(coverage, in_return, people=[by, asked])
    coverage, in_return = rows[0], rows[1] if in_return else None
    require(may_swap(by, coverage))
    require(User.objects.staff_of([coverage.school_id]).filter(pk=asked.pk).exists())
    if in_return and not (covers(asked, in_return) and in_return.school_id == coverage.school_id):
        raise NotNow(STALE)
    if Swap.objects.waiting().filter(coverage=coverage).exists():
        raise NotNow("You have asked somebody already. Take that back first.")
    refuse_impossible(coverage, in_return, asker=by, asked=asked, at=at)
    swap = Swap.objects.create(coverage=coverage, in_return=in_return, asker=by, asked=asked, made_at=at)
    tell_of(swap, asked, "swap_asked", at, who=by, path=f"/coverage/swaps/{swap.pk}/")
    return swap


@transaction.atomic
def accept_swap(swap, *, by, at=None):
    """Take the class: coverers and bookings of both change at once, and all whom it concerns are told.

    Raises NotNow when it was answered or somebody else covers by now, Taken as `ask_to_swap` does.
    """
    at = at or timezone.now()
    swap, coverage, in_return = claim_swap(swap, by=by)
    refuse_impossible(coverage, in_return, asker=swap.asker, asked=swap.asked, at=at)
    answer(swap, Answer.ACCEPTED, at)
    taken = [(coverage, swap.asked), (in_return, swap.asker)] if in_return else [(coverage, swap.asked)]
    end_swaps_of([row for row, _ in taken], at=at)
    for row, _ in taken:
        free(row, at=at)
    for row, who in taken:
        book(row, who, at=at)
        row.state, row.confirmed_at = Coverage.State.CONFIRMED, at
        keep(row, at=at)
        tell_asker(row, "confirmed", at, coverer=str(who))
        tell_arrangers(row, "swapped", at, but=[swap.asker, swap.asked], coverer=str(who))
    tell_of(swap, swap.asker, "swap_accepted", at, who=by, path="/coverage/")


@transaction.atomic
def decline_swap(swap, *, by, at=None):
    """Say no; whoever asked still covers."""
    at = at or timezone.now()
    swap, coverage, _ = claim_swap(swap, by=by)
    answer(swap, Answer.DECLINED, at)
    tell_of(swap, swap.asker, "swap_declined", at, who=by, path=coverage.get_absolute_url())


@transaction.atomic
def take_back_swap(swap, *, by, at=None):
    """Not ask any more. Raises NotNow when it was answered."""
    require(swap.asker_id == by.pk)
    changed = Swap.objects.waiting().filter(pk=swap.pk)
    if not changed.update(answer=Answer.WITHDRAWN, answered_at=at or timezone.now()):
        raise NotNow("It was answered meanwhile.")


def held(*rows, people):
    """The requests as they are now, in this order, held with their events, these people and their schools."""
    rows = [row for row in rows if row]
    hold(
        events=[row.event_id for row in rows],
        people=[person.pk for person in people],
        schools=[row.school_id for row in rows],
    )
    now = {row.pk: row for row in hold_coverage([row.pk for row in rows])}
    return [now[row.pk] for row in rows]


def claim_swap(swap, *, by):
    """(the swap, its class, the class in return or None) as they are now, for whoever was asked."""
    require(swap.asked_id == by.pk)
    rows = held(swap.coverage, swap.in_return, people=[swap.asker, swap.asked])
    swap = Swap.objects.select_related("asker", "asked").select_for_update(of=("self",), no_key=True).get(pk=swap.pk)
    if swap.answer != Answer.ASKED:
        raise NotNow(f"It was answered meanwhile: {swap.get_answer_display().lower()}.")
    coverage, in_return = rows[0], rows[1] if swap.in_return_id else None
    if not covers(swap.asker, coverage) or (in_return and not covers(swap.asked, in_return)):
        raise NotNow(STALE)
    return swap, coverage, in_return


def covers(person, coverage):
    return coverage.is_named and coverage.coverer_id == person.pk


def answer(swap, word, at):
    swap.answer, swap.answered_at = word, at
    swap.save(update_fields=["answer", "answered_at"])


def refuse_impossible(coverage, in_return, *, asker, asked, at):
    """Each of the two can take what they would get, once they have given up what they have."""
    given_up = [row.pk for row in (coverage, in_return) if row]
    refuse_past(coverage.school, coverage.day, at)
    refuse_colleague(coverage, asked, besides=given_up)
    if in_return:
        refuse_past(in_return.school, in_return.day, at)
        refuse_colleague(in_return, asker, besides=given_up)


def tell_of(swap, person, kind, at, *, who, path):
    """The key names the swap; the facts are those of the class, and of the one in return if there is one."""
    told = fact(swap.coverage, kind, at, path=path, coverer=str(who))
    told["key"] = f"{kind.replace('_', '-')}:{swap.pk}"
    back = swap.in_return
    told["facts"]["for"] = f", in return for {back.class_name}, {fact(back, '', at)['facts']['day']}" if back else ""
    tell(person, kind, **told)
