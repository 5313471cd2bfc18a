"""A coverer asks a colleague to take a class: both classes move, or neither."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from notices.models import Notice
from notices.registry import KINDS
from observations.models import Coverage, CoverRule, Swap
from observations.services import NotNow, Taken, swaps
from observations.services import coverage as cover
from people.models import Role
from schedule.models import Booking

from .conftest import AFTER, DAY, NOW
from .knocking import get, post

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def his(ask, ben, principal):
    """Ben covers Ana's math on Thursday."""
    coverage = ask()
    cover.approve_cover(coverage, by=principal, coverer=ben)
    return coverage


@pytest.fixture
def hers(ask, host, stranger, principal):
    """Sam covers another class on Friday."""
    coverage = ask(by=host, day=DAY + dt.timedelta(days=1), class_name="Grade 2 art")
    cover.approve_cover(coverage, by=principal, coverer=stranger)
    return coverage


def who_covers():
    return dict(Coverage.objects.values_list("class_name", "coverer__name"))


def booked():
    rows = Booking.objects.filter(source__startswith="coverage:")
    return dict(rows.values_list("source", "person__name"))


def test_a_swap_changes_both_at_once_and_tells_all(his, hers, ana, ben, stranger, principal, office, told):
    swap = swaps.ask_to_swap(his, by=ben, asked=stranger, in_return=hers)
    notice = Notice.objects.get(person=stranger, kind="swap_asked")
    assert KINDS["swap_asked"].still_due(notice)
    assert KINDS["swap_asked"].sentence_for(notice.facts) == (
        "Ben Okafor asks you to cover Grade 4 math, Thu 11 March, 10:05 to 10:50, Room 12, "
        "in return for Grade 2 art, Fri 12 March."
    )

    swaps.accept_swap(swap, by=stranger, at=LATER)

    assert who_covers() == {"Grade 4 math": "Sam Stranger", "Grade 2 art": "Ben Okafor"}
    assert booked() == {f"coverage:{his.pk}": "Sam Stranger", f"coverage:{hers.pk}": "Ben Okafor"}
    assert set(Coverage.objects.values_list("state", flat=True)) == {"confirmed"}
    assert not KINDS["swap_asked"].still_due(notice)
    assert told(ben, "swap_accepted") == told(ana, "coverage_confirmed") == 1
    assert told(principal, "coverage_swapped") == told(office, "coverage_swapped") == 2


def test_a_class_may_be_taken_for_nothing(his, ben, stranger):
    swaps.accept_swap(swaps.ask_to_swap(his, by=ben, asked=stranger), by=stranger)

    assert who_covers() == {"Grade 4 math": "Sam Stranger"}


def test_two_who_cover_at_the_same_hour_change_places(his, ask, host, ben, stranger, principal):
    same_hour = ask(by=host, class_name="Grade 2 art")
    cover.approve_cover(same_hour, by=principal, coverer=stranger)

    swaps.accept_swap(swaps.ask_to_swap(his, by=ben, asked=stranger, in_return=same_hour), by=stranger)

    assert who_covers() == {"Grade 4 math": "Sam Stranger", "Grade 2 art": "Ben Okafor"}


def test_only_the_coverer_asks_and_only_who_was_asked_answers(his, ana, ben, stranger, principal):
    for by in (ana, stranger, principal):
        with pytest.raises(PermissionDenied):
            swaps.ask_to_swap(his, by=by, asked=stranger)
    swap = swaps.ask_to_swap(his, by=ben, asked=stranger)

    for answer in (swaps.accept_swap, swaps.decline_swap):
        for by in (ana, ben, principal):
            with pytest.raises(PermissionDenied):
                answer(swap, by=by)
    assert who_covers() == {"Grade 4 math": "Ben Okafor"}


def test_a_no_leaves_it_and_lets_another_be_asked(his, ben, stranger, host, told):
    swap = swaps.ask_to_swap(his, by=ben, asked=stranger)
    with pytest.raises(NotNow, match="asked somebody already"):
        swaps.ask_to_swap(his, by=ben, asked=host)

    swaps.decline_swap(swap, by=stranger)

    assert (who_covers(), told(ben, "swap_declined")) == ({"Grade 4 math": "Ben Okafor"}, 1)
    with pytest.raises(NotNow, match="declined"):
        swaps.accept_swap(swap, by=stranger)
    assert swaps.ask_to_swap(his, by=ben, asked=host).pk


def test_who_teaches_then_or_covers_enough_cannot_take_it(his, hers, teach, ben, stranger, host, school):
    teach(host, "2", "Grade 1")
    with pytest.raises(Taken, match="Hanna Holt is taken at that time: teaching Grade 1"):
        swaps.ask_to_swap(his, by=ben, asked=host)
    CoverRule.objects.create(school=school, most_a_week=1)
    with pytest.raises(Taken, match="more than 1"):
        swaps.ask_to_swap(his, by=ben, asked=stranger)

    swaps.accept_swap(swaps.ask_to_swap(his, by=ben, asked=stranger, in_return=hers), by=stranger)

    assert who_covers()["Grade 4 math"] == "Sam Stranger"


def test_who_became_busy_meanwhile_takes_neither(his, hers, date, ben, stranger):
    swap = swaps.ask_to_swap(his, by=ben, asked=stranger, in_return=hers)
    date(by=ben, people=[ben], day=DAY + dt.timedelta(days=1))

    with pytest.raises(Taken, match="Ben Okafor is taken"):
        swaps.accept_swap(swap, by=stranger)

    assert who_covers() == {"Grade 4 math": "Ben Okafor", "Grade 2 art": "Sam Stranger"}
    assert booked() == {f"coverage:{his.pk}": "Ben Okafor", f"coverage:{hers.pk}": "Sam Stranger"}
    assert Swap.objects.get().answer == "asked"


def test_a_swap_ends_when_somebody_else_is_named(his, ben, stranger, host, principal):
    swap = swaps.ask_to_swap(his, by=ben, asked=stranger)

    cover.name_coverer(his, by=principal, coverer=host)

    with pytest.raises(NotNow, match="taken back"):
        swaps.accept_swap(swap, by=stranger)
    assert who_covers() == {"Grade 4 math": "Hanna Holt"}


def test_whoever_asked_takes_it_back(his, ben, stranger):
    swap = swaps.ask_to_swap(his, by=ben, asked=stranger)
    with pytest.raises(PermissionDenied):
        swaps.take_back_swap(swap, by=stranger)

    swaps.take_back_swap(swap, by=ben)

    assert Swap.objects.get().answer == "withdrawn"
    with pytest.raises(NotNow):
        swaps.take_back_swap(swap, by=ben)


def test_asking_and_answering_on_the_pages(his, hers, teach, ben, stranger, host, office, client):
    teach(host, "2", "Grade 1")
    page = get(client, ben, f"{his.get_absolute_url()}swap/")[1]
    assert "Sam Stranger" in page
    assert "Hanna Holt" not in page

    sent = post(client, ben, f"{his.get_absolute_url()}swap/", asked=stranger.pk, in_return=hers.pk)
    assert sent.status_code == 302
    swap = Swap.objects.get()
    assert f"/coverage/swaps/{swap.pk}/" in get(client, stranger, "/coverage/")[1]
    assert "Take it back" in get(client, ben, "/coverage/")[1]
    assert get(client, office, f"/coverage/swaps/{swap.pk}/")[0] == 404

    post(client, stranger, f"/coverage/swaps/{swap.pk}/answer/", answer="yes")

    assert who_covers() == {"Grade 4 math": "Sam Stranger", "Grade 2 art": "Ben Okafor"}


def test_a_class_of_somebody_else_is_no_return(his, hers, ben, host, client):
    refused = post(client, ben, f"{his.get_absolute_url()}swap/", asked=host.pk, in_return=hers.pk)

    assert "Sam Stranger covers that one, not Hanna Holt" in refused.content.decode()
    assert not Swap.objects.exists()


def test_a_swap_that_another_swap_overtook_waits_for_nobody(his, hers, ben, stranger, person, school):
    dora = person("Dora Dey", Role.TEACHER, school)
    swaps.ask_to_swap(hers, by=stranger, asked=ben, in_return=his)
    overtaking = swaps.ask_to_swap(his, by=ben, asked=dora)

    swaps.accept_swap(overtaking, by=dora)

    assert not Swap.objects.waiting().exists()


def test_a_swap_of_a_day_that_is_over_is_not_asked_about_any_more(his, ben, stranger, client, time_machine):
    swaps.ask_to_swap(his, by=ben, asked=stranger)
    assert "A colleague asks you" in get(client, stranger, "/coverage/")[1]

    time_machine.move_to(AFTER + dt.timedelta(days=1), tick=False)

    assert "A colleague asks you" not in get(client, stranger, "/coverage/")[1]
    assert "You asked a colleague" not in get(client, ben, "/coverage/")[1]
