"""Two who settle cover at the same moment. SQLite lets in one writer at a time, so these need PostgreSQL."""

import datetime as dt

import pytest

from observations.models import Coverage, Swap
from observations.services import asking, swaps
from observations.services import coverage as cover
from schedule.models import Booking, Event
from schedule.services import cancel_event, create_event, move_event

from .conftest import DAY
from .test_races import again, at_once, only_one

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def his(ask, ben, principal):
    coverage = ask()
    cover.approve_cover(coverage, by=principal, coverer=ben)
    return coverage


def one_each():
    """Everybody covers at most one class at a time, and the bookings say the same as the requests."""
    named = {f"coverage:{one.pk}": one.coverer_id for one in Coverage.objects.named()}
    booked = dict(Booking.objects.filter(source__startswith="coverage:").values_list("source", "person"))
    assert named == booked


@pytest.mark.parametrize("repeat", range(3))
def test_a_swap_is_accepted_while_the_principal_names_another(his, ben, stranger, host, principal, repeat):
    swap = swaps.ask_to_swap(his, by=ben, asked=stranger)

    only_one_or_both = at_once(
        lambda: swaps.accept_swap(swap, by=again(stranger)),
        lambda: cover.name_coverer(his, by=again(principal), coverer=host),
    )

    assert only_one_or_both[1] == "done"
    assert Coverage.objects.get().coverer == host
    one_each()


@pytest.mark.parametrize("repeat", range(3))
def test_two_swaps_give_one_person_two_classes_and_one_is_refused(
    his, ask, ben, host, stranger, second_host, principal, repeat
):
    other = ask(by=host, class_name="Grade 2 art")
    cover.approve_cover(other, by=principal, coverer=second_host)
    first = swaps.ask_to_swap(his, by=ben, asked=stranger)
    second = swaps.ask_to_swap(other, by=second_host, asked=stranger)

    only_one(
        at_once(
            lambda: swaps.accept_swap(first, by=again(stranger)), lambda: swaps.accept_swap(second, by=again(stranger))
        )
    )

    assert Swap.objects.filter(answer="accepted").count() == 1
    assert Coverage.objects.filter(coverer=stranger).count() == 1
    one_each()


@pytest.mark.parametrize("repeat", range(3))
def test_swaps_that_cross_end_in_one_order(his, ask, host, ben, stranger, principal, repeat):
    """Each of the two asks the other for the same exchange."""
    hers = ask(by=host, day=DAY + dt.timedelta(days=1), class_name="Grade 2 art")
    cover.approve_cover(hers, by=principal, coverer=stranger)
    one = swaps.ask_to_swap(his, by=ben, asked=stranger, in_return=hers)
    other = swaps.ask_to_swap(hers, by=stranger, asked=ben, in_return=his)

    only_one(
        at_once(lambda: swaps.accept_swap(one, by=again(stranger)), lambda: swaps.accept_swap(other, by=again(ben)))
    )

    assert dict(Coverage.objects.values_list("pk", "coverer")) == {his.pk: stranger.pk, hers.pk: ben.pk}
    one_each()


@pytest.mark.parametrize("repeat", range(3))
def test_a_visit_is_cancelled_while_its_cover_is_named(teach, date, ana, ben, principal, repeat):
    teach(ana, "2", "Grade 4 math")
    event = date(ends=dt.time(10, 50))
    coverage = Coverage.objects.get()
    asking.ask_for_needed(event, by=ana, asked={coverage.pk: {"note": "", "plan": None}})

    at_once(
        lambda: cancel_event(Event.objects.get(pk=event.pk), by=again(ana)),
        lambda: cover.approve_cover(coverage, by=again(principal), coverer=ben),
    )

    assert Coverage.objects.get().state == "withdrawn"
    assert not Booking.objects.filter(person=ben).exists()


@pytest.mark.parametrize("repeat", range(3))
def test_a_visit_moves_while_its_cover_is_confirmed(teach, date, ana, ben, principal, repeat):
    teach(ana, "2", "Grade 4 math")
    event = date(ends=dt.time(10, 50))
    coverage = Coverage.objects.get()
    asking.ask_for_needed(event, by=ana, asked={coverage.pk: {"note": "", "plan": None}})
    cover.approve_cover(coverage, by=principal, coverer=ben)
    span = {"starts_at": event.starts_at + 24 * HOUR, "ends_at": event.ends_at + 24 * HOUR}

    at_once(
        lambda: move_event(Event.objects.get(pk=event.pk), by=again(ana), **span),
        lambda: cover.confirm_cover(coverage, by=again(ben)),
    )

    one = Coverage.objects.get()
    assert (one.state, one.day, one.coverer) == ("asked", DAY + dt.timedelta(days=1), None)
    assert Event.objects.get().awaits_cover
    one_each()


@pytest.mark.parametrize("repeat", range(3))
def test_who_is_named_makes_a_date_at_the_same_moment(ask, ben, principal, school, date, repeat):
    coverage = ask()

    def meet():
        return create_event(
            by=again(ben), kind="meeting", title="", starts_at=dt.datetime(2027, 3, 11, 15, tzinfo=dt.UTC),
            ends_at=dt.datetime(2027, 3, 11, 16, tzinfo=dt.UTC), people=[ben],
        )  # fmt: skip

    ends = at_once(meet, lambda: cover.approve_cover(coverage, by=again(principal), coverer=ben))

    assert sum(end == "done" for end in ends) == 1, ends
    assert Booking.objects.filter(person=ben, firm=True).count() == 1


def test_the_same_needs_asked_for_twice_at_once_are_asked_once(teach, date, ana, principal, told):
    teach(ana, "2", "Grade 4 math")
    event = date(ends=dt.time(10, 50))
    asked = {Coverage.objects.get().pk: {"note": "", "plan": None}}

    only_one(at_once(*[lambda: asking.ask_for_needed(event, by=again(ana), asked=asked)] * 2))

    assert told(principal, "coverage_asked") == 1
