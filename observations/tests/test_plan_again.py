"""Somebody cannot come after all: the rest of the plan anew, with the fewest changes."""

import datetime as dt

import pytest

from observations.models import OpenDoor, WalkPlan, WalkSearch, WalkVisit
from observations.services import walks
from observations.services.planning import choose_offer, replan_walk
from observations.services.publishing import publish_plan
from observations.services.searching import look_for_plans
from schedule.models import Event

from .conftest import NOW

BEFORE = dt.datetime(2027, 3, 11, 12, tzinfo=dt.UTC)  # that morning at seven
MIDWAY = dt.datetime(2027, 3, 11, 14, 50, tzinfo=dt.UTC)  # 9:50: the first visit is over, the second to come


def replanned(draft, facilitator):
    """What the planner offers for the rest, and who is where in it, by first names."""
    search = replan_walk(draft.walk, by=facilitator)
    look_for_plans()
    return WalkSearch.objects.get(pk=search.pk)


def test_a_withdrawal_changes_as_little_as_can_be(published, facilitator, ana, cleo, time_machine, host):
    time_machine.move_to(BEFORE, tick=False)
    walks.leave_walk(published.walk, by=ana)

    search = replanned(published, facilitator)

    (found,) = search.found
    assert found["cost"][0] > 0
    assert WalkPlan.objects.get().version == 1  # it is shown before anything is changed
    draft = choose_offer(search, 0, by=facilitator)
    assert sorted(who for team in draft.plan["teams"] for who in team) == sorted(search.visitors)
    publish_plan(published.walk, by=facilitator, version=2)
    assert not Event.objects.standing().of(ana).exists()


def test_the_page_says_what_changes_for_whom(published, facilitator, client, ana, time_machine):
    time_machine.move_to(BEFORE, tick=False)
    walks.leave_walk(published.walk, by=ana)
    search = replanned(published, facilitator)
    client.force_login(facilitator)

    shown = " ".join(client.get(search.get_absolute_url()).content.decode().split())

    assert "What changes" in shown
    assert "Ana Ruiz: not Hanna Holt at 9:30." in shown


def test_what_has_begun_stays_as_it_was(published, facilitator, host, second_host, time_machine):
    first = WalkVisit.objects.get(host=host).event
    time_machine.move_to(MIDWAY, tick=False)
    OpenDoor.objects.filter(host=second_host).update(paused_at=NOW)

    search = replanned(published, facilitator)

    assert search.found or search.conflict
    Event.objects.get(pk=first.pk, sequence=0, starts_at=first.starts_at)


def test_a_host_who_is_away_stands_against_the_plan(published, facilitator, client, host):
    OpenDoor.objects.filter(host=host).update(paused_at=NOW)
    client.force_login(facilitator)

    shown = client.get(f"/walks/{published.walk_id}/plan/").content.decode()

    assert "The door of Hanna Holt is not open for a whole visit from 9:30." in shown


@pytest.mark.parametrize("act", ["fewest", ""])
def test_the_page_asks_for_the_rest_with_or_without_the_fewest_changes(published, facilitator, client, act):
    client.force_login(facilitator)

    client.post(f"/walks/{published.walk_id}/plan/rest/", {"act": act})

    assert bool(WalkSearch.objects.latest("pk").earlier) is bool(act)
