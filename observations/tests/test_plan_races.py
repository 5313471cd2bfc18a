"""Two at once at one plan. SQLite lets in one writer at a time, so these need PostgreSQL."""

import pytest

from notices.models import Notice
from observations.models import Walk, WalkPlan, WalkSearch, WalkVisit
from observations.services import editing, walks
from observations.services.planning import choose_offer, solve_rest
from observations.services.publishing import publish_plan
from observations.services.searching import look_for_plans
from schedule.models import Event

from .test_races import again, at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def standing():
    return Event.objects.standing().count()


@pytest.mark.parametrize("repeat", range(5))
def test_two_publish_at_once_and_each_date_stands_once(draft, facilitator, repeat):
    ends = at_once(*[lambda: publish_plan(draft.walk, by=again(facilitator), version=1)] * 2)

    assert set(ends) == {"done"}
    assert (standing(), WalkVisit.objects.count()) == (4, 2)
    assert Notice.objects.filter(kind="walk_published").count() == 4
    assert Notice.objects.filter(kind="walk_hosting").count() == 2


@pytest.mark.parametrize("repeat", range(5))
def test_two_publish_a_change_at_once_and_each_is_told_once(published, facilitator, host, repeat):
    who = [one for one in published.plan["visits"] if one[0] == host.pk][0][2]
    editing.change_plan(
        published.walk, by=facilitator, version=1,
        change=lambda draft: editing.change_visit(draft, host=host.pk, minute=570, starts=573, who=who),
    )  # fmt: skip

    at_once(*[lambda: publish_plan(published.walk, by=again(facilitator), version=2)] * 2)

    assert Event.objects.get(walk_visit__host=host).sequence == 1
    assert Notice.objects.filter(kind="event_moved").count() == 3


@pytest.mark.parametrize("repeat", range(5))
def test_who_leaves_while_it_is_published_is_expected_nowhere(draft, facilitator, ana, repeat):
    at_once(
        lambda: publish_plan(draft.walk, by=again(facilitator), version=1),
        lambda: walks.leave_walk(Walk.objects.get(), by=again(ana)),
    )

    assert not Event.objects.standing().of(ana).exists()


@pytest.mark.parametrize("repeat", range(5))
def test_of_two_changes_at_once_one_is_refused(draft, facilitator, host, second_host, repeat):
    def off(who, minute):
        return lambda: editing.change_plan(
            draft.walk, by=again(facilitator), version=1,
            change=lambda plan: editing.take_off(plan, host=who.pk, minute=minute),
        )  # fmt: skip

    ends = at_once(off(host, 570), off(second_host, 610))

    assert sorted(end if end == "done" else type(end).__name__ for end in ends) == ["NotNow", "done"]
    assert (WalkPlan.objects.get().version, len(WalkPlan.objects.get().plan["visits"])) == (2, 1)


@pytest.mark.parametrize("repeat", range(3))
def test_two_workers_take_one_search_once(draft, facilitator, repeat):
    solve_rest(draft.walk, by=facilitator)
    done = []

    at_once(*[lambda: done.append(look_for_plans())] * 2)

    assert sorted(done) == [0, 1]
    assert WalkSearch.objects.latest("pk").found


@pytest.mark.parametrize("repeat", range(3))
def test_two_choose_at_once_and_there_is_one_draft(draft, facilitator, repeat):
    search = solve_rest(draft.walk, by=facilitator)
    look_for_plans()
    search.refresh_from_db()
    WalkPlan.objects.all().delete()

    ends = at_once(*[lambda: choose_offer(WalkSearch.objects.get(pk=search.pk), 0, by=again(facilitator))] * 2)

    assert set(ends) == {"done"}
    assert WalkPlan.objects.get().version == 2
