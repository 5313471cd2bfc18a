"""Two dates that take the same class: it is asked for once, and both wait for its cover."""

import datetime as dt

from observations.models import Coverage
from observations.services import coverage as cover
from schedule.services import cancel_event

from .conftest import DAY
from .needing import FRIDAY, ask_all, move, tentative


def test_two_dates_in_one_class_ask_once_and_the_other_asks_when_the_first_is_called_off(taught, date, ana, cleo):
    before = date(starts=dt.time(10, 5), ends=dt.time(10, 20))
    after = date(starts=dt.time(10, 20), ends=dt.time(10, 50))
    assert list(Coverage.objects.values_list("event", flat=True)) == [before.pk]

    cancel_event(before, by=ana)

    assert list(Coverage.objects.exclude(state="withdrawn").values_list("event", flat=True)) == [after.pk]


def test_two_dates_in_one_class_are_tentative_until_it_is_covered(taught, date, ana, ben, principal):
    first = date(starts=dt.time(10, 5), ends=dt.time(10, 20))
    second = date(starts=dt.time(10, 20), ends=dt.time(10, 50))
    ask_all(first, ana)
    math = Coverage.objects.get()

    assert tentative(first, second) == [True, True]
    cover.approve_cover(math, by=principal, coverer=ben)
    cover.confirm_cover(math, by=ben)
    assert tentative(first, second) == [False, False]


def test_a_date_in_a_class_that_was_asked_for_by_hand_is_tentative_until_it_is_covered(taught, date, ask, ana, ben):
    by_hand = ask()
    event = date(ends=dt.time(10, 50))
    assert tentative(event) == [True]

    cover.withdraw_cover(by_hand, by=ana)

    assert tentative(event) == [False]


def test_when_the_first_of_two_dates_moves_away_the_other_asks_for_the_class(taught, date, ana):
    before = date(starts=dt.time(10, 5), ends=dt.time(10, 20))
    after = date(starts=dt.time(10, 20), ends=dt.time(10, 50))

    move(before, ana, FRIDAY, dt.time(10, 5), dt.time(10, 20))

    assert list(after.coverage.values_list("day", "state")) == [(DAY, "needed")]
    assert list(before.coverage.values_list("day", "state")) == [(FRIDAY, "needed")]
