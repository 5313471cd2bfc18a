"""A walk under way, at ten to ten: the first visit is over, the second to come. What has happened stays."""

import datetime as dt

import pytest

from observations.models import (
    Coverage,
    OpenDoor,
    Substitute,
    SubstituteTime,
    VisitKey,
    WalkPlace,
    WalkPlan,
    WalkSearch,
    WalkVisit,
)
from observations.services import NotNow, editing, walks
from observations.services.editing import change_plan
from observations.services.planning import ask_for_plans, choose_offer, replan_walk, solve_rest
from observations.services.publishing import publish_plan
from observations.services.searching import look_for_plans
from partnerships.models import TimeSpent
from schedule.models import Attendance, Event
from schedule.services import answer_event

from .conftest import DAY, NOW
from .knocking import get

MIDWAY = dt.datetime(2027, 3, 11, 14, 50, tzinfo=dt.UTC)
LATER = dt.datetime(2027, 3, 11, 15, 12, tzinfo=dt.UTC)  # 10:12: the second visit has begun as well


@pytest.fixture
def midway(published, time_machine):
    time_machine.move_to(MIDWAY, tick=False)
    published.refresh_from_db()
    return published


@pytest.fixture
def replan(midway, facilitator):
    """Plan the rest with the fewest changes: what the planner found."""

    def look():
        search = replan_walk(midway.walk, by=facilitator)
        look_for_plans()
        return WalkSearch.objects.get(pk=search.pk)

    return look


@pytest.fixture
def take(midway, facilitator):
    """Take what was found, and publish it."""

    def publish(search):
        draft = choose_offer(search, 0, by=facilitator)
        publish_plan(midway.walk, by=facilitator, version=draft.version)

    return publish


def visit_of(host):
    return WalkVisit.objects.select_related("event").get(host=host)


def at_visit(host):
    there = Attendance.objects.filter(event=visit_of(host).event, visited=False)
    return sorted(one.person.name for one in there.select_related("person"))


def as_it_was(event):
    return Event.objects.filter(pk=event.pk, sequence=event.sequence, starts_at=event.starts_at, cancelled_at=None)


def test_who_leaves_after_the_first_visit_was_at_it_and_leaves_what_is_to_come(midway, ana, host, told):
    walks.leave_walk(midway.walk, by=ana)

    assert at_visit(host) == ["Ana Ruiz", "Ben Okafor"]
    kinds = set(Event.objects.standing().of(ana).values_list("kind", flat=True))
    assert kinds == {Event.Kind.PRE_BRIEF, Event.Kind.WALK}  # the debrief is to come
    assert told(ana, "event_cancelled") == 1


def test_cover_of_a_class_that_was_missed_is_not_taken_back(draft, teach, ana, school, facilitator, time_machine):
    teach(ana, "1", "Grade 4 math")
    sue = Substitute.objects.create(name="Sue")
    sue.schools.add(school)
    SubstituteTime.objects.create(substitute=sue, weekday=DAY.weekday())
    publish_plan(draft.walk, by=facilitator, version=1)
    time_machine.move_to(MIDWAY, tick=False)

    walks.leave_walk(draft.walk, by=ana)

    assert Coverage.objects.get(asker=ana).state != Coverage.State.WITHDRAWN


def test_the_rest_is_replanned_and_published_without_who_left(replan, take, midway, ana, ben, cleo, host, second_host):
    before = visit_of(host).event
    walks.leave_walk(midway.walk, by=ana)

    search = replan()
    take(search)

    assert as_it_was(before).exists()
    assert at_visit(host) == ["Ana Ruiz", "Ben Okafor"]
    assert {"Cleo Marsh", "Dora Lind"} <= set(at_visit(second_host))
    teams = WalkPlan.objects.get().plan["teams"]
    assert sorted(who for team in teams for who in team) == sorted(search.visitors)


def test_what_the_rest_changes_is_said_and_nothing_of_what_is_over(replan, midway, ana, facilitator, client):
    walks.leave_walk(midway.walk, by=ana)

    shown = get(client, facilitator, replan().get_absolute_url())[1]

    assert "Take this one" in shown
    assert "not Hanna Holt" not in shown


def test_a_first_visit_both_of_whose_visitors_have_left_was_held(
    replan, take, midway, ana, ben, host, facilitator, told
):
    walks.write_note(midway.walk, by=ana, visit_number=visit_of(host).number, saw="Seen")
    for one in (ana, ben):
        walks.leave_walk(midway.walk, by=one)

    take(replan())

    assert at_visit(host) == ["Ana Ruiz", "Ben Okafor"]
    assert told(host, "event_cancelled") == 0
    assert VisitKey.objects.filter(visit__host=host).exists()


def test_a_host_who_says_no_to_the_second_visit_is_visited_by_nobody(replan, midway, second_host, facilitator, client):
    answer_event(visit_of(second_host).event, by=second_host, answer=Attendance.Answer.DECLINED)
    page = get(client, facilitator, f"/walks/{midway.walk_id}/plan/")[1]
    assert "Nobody can be visited there any more:</strong> Second Host" in page
    assert "/plan/publish/" not in page

    search = replan()

    # Cleo and Dora have had no visit, and after ten to ten Hanna alone is open.
    assert all(who != second_host.pk for one in search.found for who, *_ in one["plan"]["visits"])
    assert search.found


def test_a_host_who_says_yes_after_all_is_visited(replan, midway, second_host):
    event = visit_of(second_host).event
    answer_event(event, by=second_host, answer=Attendance.Answer.DECLINED)
    answer_event(event, by=second_host, answer=Attendance.Answer.ACCEPTED)

    (found,) = replan().found

    assert found["cost"][0] == 0


def test_a_host_who_closes_the_door_after_a_visit_does_not_undo_it(midway, host, facilitator, client):
    OpenDoor.objects.filter(host=host).update(paused_at=NOW)

    page = get(client, facilitator, f"/walks/{midway.walk_id}/plan/")[1]

    assert "Nothing stands against it." in page


def test_a_substitute_who_cannot_come_stands_against_the_plan(
    draft, teach, cleo, person, school, facilitator, client, time_machine
):
    cleo.posts.update(school=school)
    teach(cleo, "2", "Grade 4 math")
    sue = Substitute.objects.create(name="Sue")
    sue.schools.add(school)
    SubstituteTime.objects.create(substitute=sue, weekday=DAY.weekday())
    publish_plan(draft.walk, by=facilitator, version=1)
    time_machine.move_to(MIDWAY, tick=False)
    address = f"/walks/{draft.walk_id}/plan/"
    assert "Nothing stands against it." in get(client, facilitator, address)[1]

    SubstituteTime.objects.all().delete()

    shown = get(client, facilitator, address)[1]
    assert "1 more to cover classes would be needed in period 2." in shown
    assert "Plan the rest with the fewest changes" in shown


def test_nothing_is_solved_from_the_start_once_a_walk_is_under_way(midway, facilitator, ana, ben, host):
    assert solve_rest(midway.walk, by=facilitator).earlier
    settings = {"visitors": [ana.pk, ben.pk], "hosts": [host.pk], "meeting_room": "Library"}

    with pytest.raises(NotNow, match="under way"):
        ask_for_plans(midway.walk, by=facilitator, first=DAY, last=DAY, **settings)


def test_a_plan_that_would_undo_what_has_begun_meanwhile_is_not_taken(replan, midway, facilitator, ana, time_machine):
    walks.leave_walk(midway.walk, by=ana)
    search = replan()
    plan = search.found[0]["plan"]
    plan["visits"] = [[who, minute + 5 * (minute == 610), team] for who, minute, team in plan["visits"]]
    search.save()
    time_machine.move_to(LATER, tick=False)

    with pytest.raises(NotNow, match="have begun since"):
        choose_offer(search, 0, by=facilitator)


def test_by_hand_only_what_is_to_come_is_changed(midway, facilitator, host, second_host):
    def change(how, **given):
        change_plan(midway.walk, by=facilitator, version=1, change=lambda draft: how(draft, **given))

    for how, given in (
        (editing.take_off, {"host": host.pk, "minute": 570}),
        (editing.add_visit, {"team": 1, "host": host.pk, "starts": 575}),
        (editing.move_meetings, {"pre_brief": 600, "debrief": 670}),
    ):
        with pytest.raises(NotNow):
            change(how, **given)
    change(editing.take_off, host=second_host.pk, minute=610)

    assert [one[:2] for one in WalkPlan.objects.get().plan["visits"]] == [[host.pk, 570]]


def test_a_team_that_loses_somebody_keeps_what_it_has_seen(midway, facilitator, cleo, ana, ben, host):
    change_plan(
        midway.walk, by=facilitator, version=1, change=lambda draft: editing.change_team(draft, who=ben.pk, team=1)
    )

    assert WalkPlan.objects.get().plan["visits"][0] == [host.pk, 570, sorted([ana.pk, ben.pk])]


def test_a_place_that_becomes_free_midway_is_no_promise_of_a_visit(midway, ana):
    walks.leave_walk(midway.walk, by=ana)

    assert not WalkPlace.objects.taken().filter(walk=midway.walk, person=ana).exists()
    assert not TimeSpent.objects.exists()
