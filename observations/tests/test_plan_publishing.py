import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from notices.models import Notice
from observations.models import Coverage, Substitute, SubstituteTime, Walk, WalkPlace, WalkPlan, WalkVisit
from observations.services import NotNow, editing, walks
from observations.services.editing import change_plan
from observations.services.publishing import publish_plan
from partnerships.models import TimeSpent
from partnerships.services.starting import start
from people.models import Role
from schedule.models import Attendance, Event
from supports.loader import load
from supports.models import SupportType

from .conftest import AFTER, DAY, NOW


def standing():
    return Event.objects.standing().order_by("starts_at", "pk")


def facts_of_events():
    return {one.pk: (one.sequence, one.starts_at, one.place, one.uid) for one in standing()}


def at_event(event):
    return {one.person.name.split()[0] for one in Attendance.objects.filter(event=event).select_related("person")}


def test_publishing_makes_the_dates_of_each(published, ana, host):
    made = [(one.kind, one.minutes, one.place, at_event(one)) for one in standing()]

    team = {"Ana", "Ben", "Cleo", "Dora", "Faye"}
    assert made == [
        ("pre_brief", 15, "Library", team),
        ("walk", 15, "12", {"Ana", "Ben", "Hanna"}),
        ("walk", 15, "12", {"Cleo", "Dora", "Second"}),
        ("debrief", 20, "Library", team),
    ]
    assert Walk.objects.get().published_at
    assert [visit.host.name for visit in WalkVisit.objects.order_by("number")] == ["Hanna Holt", "Second Host"]
    assert Attendance.objects.get(event__walk_visit__host=host, person=host).visited


def test_publishing_tells_each_once(published, ana, host, told):
    assert told(ana, "walk_published") == told(host, "walk_hosting") == 1
    assert told(ana, "event_new") == told(host, "event_new") == 0


def test_publishing_needs_cover_only_for_the_classes_that_ones_own_stops_take(
    draft, teach, ana, cleo, school, facilitator
):
    teach(ana, "1", "Grade 4 math")
    teach(ana, "2", "Grade 5 science")
    sue = Substitute.objects.create(name="Sue")
    sue.schools.add(school)
    SubstituteTime.objects.create(substitute=sue, weekday=DAY.weekday())

    publish_plan(draft.walk, by=facilitator, version=1)

    # Her own visit is in period 1; the other team's, in period 2, takes nothing from her class.
    assert list(Coverage.objects.values_list("asker__name", "class_name", "state")) == [
        ("Ana Ruiz", "Grade 4 math", "needed")
    ]


def test_publishing_again_moves_the_same_date_and_touches_no_other(published, facilitator, host, ana, cleo, told):
    before, notices = facts_of_events(), Notice.objects.count()
    moved = WalkVisit.objects.get(host=host).event_id
    change_plan(
        published.walk, by=facilitator, version=1,
        change=lambda draft: editing.change_visit(
            draft, host=host.pk, minute=570, starts=573, who=list(draft.plan.visits[0].visitors)
        ),
    )  # fmt: skip

    publish_plan(published.walk, by=facilitator, version=2)

    after = facts_of_events()
    assert set(after) == set(before)
    assert {pk for pk in after if after[pk] != before[pk]} == {moved}
    assert after[moved][0] == before[moved][0] + 1
    assert after[moved][3] == before[moved][3]
    assert Notice.objects.count() == notices + 3  # Ana, Ben and Hanna
    assert (told(ana, "event_moved"), told(host, "event_moved"), told(cleo, "event_moved")) == (1, 1, 0)


def test_publishing_the_same_again_changes_nothing(published, facilitator):
    before, notices = facts_of_events(), Notice.objects.count()
    WalkPlan.objects.update(version=2)

    publish_plan(published.walk, by=facilitator, version=2)

    assert (facts_of_events(), Notice.objects.count()) == (before, notices)


def test_a_visit_that_is_taken_off_leaves_the_calendars(published, facilitator, host, second_host, told):
    change_plan(
        published.walk, by=facilitator, version=1,
        change=lambda draft: editing.take_off(draft, host=host.pk, minute=570),
    )  # fmt: skip
    with pytest.raises(NotNow, match="0 of at least 1 visits"):
        publish_plan(published.walk, by=facilitator, version=2)
    assert WalkVisit.objects.count() == 2

    change_plan(
        published.walk, by=facilitator, version=2,
        change=lambda draft: editing.add_visit(draft, team=0, host=second_host.pk, starts=630),
    )  # fmt: skip
    publish_plan(published.walk, by=facilitator, version=3)

    assert [visit.host for visit in WalkVisit.objects.order_by("number")] == [second_host, second_host]
    assert told(host, "event_cancelled") == 1


def test_a_broken_plan_is_refused_and_nothing_is_written(draft, facilitator, host):
    row = WalkPlan.objects.get()
    row.plan["visits"][0][1] = 630  # Hanna's door is open until 10:50, and the team would be there until 10:45
    row.plan["pre_brief"] = 640
    row.save()

    with pytest.raises(NotNow, match="cannot be published"):
        publish_plan(draft.walk, by=facilitator, version=1)

    assert not Event.objects.exists()
    assert WalkPlan.objects.get().published_version is None


def test_what_somebody_else_changed_is_not_published_unseen(draft, facilitator):
    WalkPlan.objects.update(version=2)

    with pytest.raises(NotNow, match="changed meanwhile"):
        publish_plan(draft.walk, by=facilitator, version=1)


def test_the_minutes_of_ones_own_visits_count(published, facilitator, ana, time_machine):
    load()
    work = start(SupportType.objects.get(begins="request"), by=facilitator, lead=ana)
    Walk.objects.filter(pk=published.walk_id).update(partnership=work)
    time_machine.move_to(AFTER, tick=False)

    walks.close_walk(Walk.objects.get(), by=facilitator)

    hers = TimeSpent.objects.filter(person=ana, partnership=work)
    assert sorted(hers.values_list("category", "minutes")) == [("meeting", 15), ("meeting", 20), ("observing", 15)]
    others = set(TimeSpent.objects.exclude(person=ana).values_list("partnership", "category", "minutes"))
    assert others == {(None, "meeting", 15), (None, "meeting", 20), (None, "observing", 15)}


def test_a_host_is_told_who_comes_into_the_room(published, host, client):
    client.force_login(host)

    shown = " ".join(client.get(published.walk.get_absolute_url()).content.decode().split())

    assert "Who comes: Ana Ruiz, Ben Okafor, with Faye Brandt." in shown


def test_who_withdraws_leaves_all_their_dates(published, ana):
    walks.leave_walk(published.walk, by=ana)

    assert not Event.objects.of(ana).standing().exists()
    assert at_event(WalkVisit.objects.get(host__name="Hanna Holt").event) == {"Ben", "Hanna"}


def test_a_planned_walk_is_changed_in_its_plan_alone(published, facilitator, stranger):
    span = {"starts": dt.time(10, 30), "minutes": 15}

    for work in (
        lambda: walks.add_visit(published.walk, by=facilitator, host=stranger, room="9", **span),
        lambda: walks.set_talk(published.walk, by=facilitator, kind="debrief", place="Library", **span),
        lambda: walks.remove_visit(WalkVisit.objects.first(), by=facilitator),
    ):
        with pytest.raises(NotNow, match="come from its plan"):
            work()


def test_calling_off_a_planned_walk_clears_every_calendar(published, facilitator):
    walks.cancel_walk(published.walk, by=facilitator)

    assert not standing().exists()


def test_dates_set_by_hand_before_become_those_of_the_plan(draft, facilitator, ana, host):
    walks.set_talk(draft.walk, by=facilitator, kind="pre_brief", starts=dt.time(9), minutes=20, place="Hall")
    walks.add_visit(draft.walk, by=facilitator, host=host, room="12", starts=dt.time(9, 10), minutes=15)
    by_hand = set(standing().values_list("pk", flat=True))

    publish_plan(draft.walk, by=facilitator, version=1)

    assert by_hand < set(standing().values_list("pk", flat=True))
    assert standing().count() == 4


def test_only_who_arranges_publishes(draft, ana, principal, host):
    for by in (ana, principal, host):
        with pytest.raises(PermissionDenied):
            publish_plan(draft.walk, by=by, version=1)


def test_who_cannot_come_that_half_day_is_left_out_and_told(draft, facilitator, person, other_school, told):
    away = person("Away Person", Role.TEACHER, other_school)
    walks.add_participant(draft.walk, by=facilitator, person=away, at=NOW - dt.timedelta(hours=1))
    search = draft.search
    search.visitors.append(away.pk)
    search.found = [{"day": "2027-03-11", "half": "morning", "absent": [away.pk]}]
    search.save()

    publish_plan(draft.walk, by=facilitator, version=1)

    assert not Event.objects.of(away).exists()
    assert (told(away, "walk_published"), told(away, "walk_without")) == (0, 1)
    assert Notice.objects.filter(kind="walk_without").count() == 1
    assert WalkPlace.objects.taken().filter(walk=draft.walk, person=away).exists()
