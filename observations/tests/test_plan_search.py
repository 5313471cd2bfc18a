import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from observations.checker import check
from observations.models import Coverage, CoverOffer, OpenDoor, Substitute, SubstituteTime, Walk, WalkPlan, WalkSearch
from observations.reads.plan_facts import Facts, words_of
from observations.reads.plan_json import unpacked
from observations.services import NotNow, walks
from observations.services.planning import SETTINGS, ask_for_plans, choose_offer
from observations.services.searching import look_for_plans
from observations.tasks import look_for_plans as task
from people.models import Role
from schedule.models import TeachingSlot

from .conftest import DAY, NOW

FRIDAY = DAY + dt.timedelta(days=1)


@pytest.fixture
def planned(set_up, walkers, open_doors, facilitator):
    """A factory of searches: planned(last=FRIDAY) for a walk of four with two open doors in periods 1 to 3."""
    walk = set_up(listed=False)
    for one in walkers:
        walks.add_participant(walk, by=facilitator, person=one)

    def make(**fields):
        given = {
            "visitors": [one.pk for one in walkers], "hosts": [door.host_id for door in open_doors], "first": DAY,
            "last": DAY, "visit_minutes": 15, "least": 1, "most": 2, "team_least": 2, "team_most": 4,
            "pre_brief_minutes": 15, "debrief_minutes": 20, "meeting_room": "Library",
        }  # fmt: skip
        return ask_for_plans(walk, by=facilitator, **given | fields)

    return make


def question(search, half="morning", day=DAY):
    return Facts(search).question(day, half)


def test_a_question_has_the_bells_the_visitors_and_the_doors(planned, walkers, host, second_host):
    asked = question(planned())

    assert [(bell.name, bell.starts, bell.ends) for bell in asked.half_day.bells] == [
        ("1", 545, 590),
        ("2", 605, 650),
        ("3", 665, 710),
    ]
    assert [one.key for one in asked.visitors] == [one.pk for one in walkers]
    assert {one.key: [span[1:] for span in one.open] for one in asked.hosts} == {
        host.pk: [(545, 590), (605, 650)],
        second_host.pk: [(605, 650), (665, 710)],
    }
    assert {(one.capacity, one.most, one.room) for one in asked.hosts} == {(3, 2, "12")}


def test_lessons_and_dates_of_a_visitor_are_in_the_question(planned, ana, teach, date):
    teach(ana, "2", "Grade 4 math")
    date(starts=dt.time(11, 10), ends=dt.time(11, 40))

    (visitor,) = [one for one in question(planned()).visitors if one.key == ana.pk]

    assert [tuple(one) for one in visitor.lessons] == [("2", 605, 650, "12")]
    assert [tuple(one) for one in visitor.busy] == [("has another date", 670, 700)]


def test_a_class_whose_co_teacher_stays_needs_nobody(planned, ana, host, teach):
    for one in (ana, host):
        teach(one, "3", "Grade 4 math", room="9")

    (visitor,) = [one for one in question(planned()).visitors if one.key == ana.pk]

    assert visitor.lessons == ()


def test_the_walks_own_dates_are_in_nobodys_way(planned, facilitator):
    search = planned()
    walks.set_talk(search.walk, by=facilitator, kind="pre_brief", starts=dt.time(9), minutes=20, place="Library")

    assert {one.busy for one in question(search).visitors} == {()}


def test_a_host_who_is_away_is_not_visited_then(planned, host, school):
    what = {"asker": host, "school": school, "class_name": "Grade 4", "state": "asked", "asked_at": NOW}
    Coverage.objects.create(day=DAY, starts=dt.time(10, 5), ends=dt.time(10, 50), **what)

    (asked,) = [one for one in question(planned()).hosts if one.key == host.pk]

    assert [span[1:] for span in asked.open] == [(545, 590)]


def test_a_class_that_left_the_timetable_is_not_visited(planned, host):
    TeachingSlot.objects.filter(teacher=host, period="1").update(class_name="Choir", subject="Music")

    (asked,) = [one for one in question(planned()).hosts if one.key == host.pk]

    assert [span[1:] for span in asked.open] == [(605, 650)]


def test_who_could_cover_is_counted(planned, ana, teach, person, school):
    teach(ana, "2", "Grade 4 math")
    keen = person("Keen Colleague", Role.TEACHER, school)
    teach(keen, "1", "Grade 2")
    CoverOffer.objects.create(person=keen, school=school, made_at=NOW)
    free, busy = (Substitute.objects.create(name=name) for name in ("Free", "Busy"))
    for one in (free, busy):
        one.schools.add(school)
        SubstituteTime.objects.create(substitute=one, weekday=DAY.weekday())
    Coverage.objects.create(
        asker=keen, school=school, class_name="Grade 2", state="confirmed", asked_at=NOW, day=DAY,
        starts=dt.time(10, 5), ends=dt.time(10, 50), substitute=busy,
    )  # fmt: skip

    asked = question(planned())

    assert asked.substitutes == {"2": 1}
    assert [(one.key, one.periods) for one in asked.colleagues] == [(keen.pk, {"2", "3"})]


def test_a_search_reads_as_much_for_a_month_as_for_a_day(planned, ana, teach, school, django_assert_num_queries):
    teach(ana, "2", "Grade 4 math")
    Substitute.objects.create(name="Sue").schools.add(school)
    one, many = planned(), planned(last=DAY + dt.timedelta(days=8))

    for search, half_days in ((one, 1), (many, 7)):
        search = WalkSearch.objects.select_related("walk__school").get(pk=search.pk)
        with django_assert_num_queries(11):
            assert len(Facts(search).questions()) == half_days


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["How lessons begin"], {"begin"}),
        (["Questions, and who asks them"], {"question", "ask"}),
        (["", "the and of"], set()),
    ],
)
def test_a_focus_is_found_by_its_words(texts, words):
    assert words_of(*texts) == words


def test_the_task_finds_plans_that_the_checker_accepts(planned):
    search = planned(last=FRIDAY)

    task()

    search.refresh_from_db()
    assert search.done_at
    assert not search.conflict
    assert [(one["day"], one["half"]) for one in search.found] == [("2027-03-11", "morning"), ("2027-03-12", "morning")]
    for offer in search.found:
        asked = Facts(search).question(dt.date.fromisoformat(offer["day"]), offer["half"])
        verdict = check(asked, unpacked(offer["plan"]))
        assert (verdict.refusals, list(verdict.cost)) == ((), offer["cost"])


def test_the_task_run_twice_works_once(planned):
    planned()
    task()
    rows = list(WalkSearch.objects.values_list())

    task()

    assert list(WalkSearch.objects.values_list()) == rows
    assert look_for_plans() == 0


def test_a_search_of_a_dead_worker_is_taken_again(planned):
    search = planned()
    WalkSearch.objects.filter(pk=search.pk).update(claimed_at=NOW - dt.timedelta(seconds=90))
    assert look_for_plans() == 0

    WalkSearch.objects.filter(pk=search.pk).update(claimed_at=NOW - dt.timedelta(minutes=3))
    assert look_for_plans() == 1
    assert WalkSearch.objects.get().done_at


def test_wishes_in_conflict_are_said(planned):
    search = planned(least=5, most=5)

    task()

    search.refresh_from_db()
    assert (search.found, search.trouble) == ([], "")
    assert search.conflict


def test_dates_without_school_are_said(planned):
    search = planned(half="afternoon")

    task()

    search.refresh_from_db()
    assert "no school" in search.trouble


def test_choosing_makes_the_draft_and_moves_the_day(planned, facilitator, ana, told):
    search = planned(first=FRIDAY, last=FRIDAY)
    task()
    search.refresh_from_db()

    draft = choose_offer(search, 0, by=facilitator)

    assert Walk.objects.get().day == FRIDAY
    assert draft.plan == search.found[0]["plan"]
    assert told(ana, "walk_moved") == 1
    assert choose_offer(search, 0, by=facilitator).version == 2
    assert (WalkPlan.objects.count(), told(ana, "walk_moved")) == (1, 1)


def test_who_may_not_arrange_asks_for_no_plans(planned, ana, principal, host):
    search = planned()
    task()
    search.refresh_from_db()

    for by in (ana, principal, host):
        with pytest.raises(PermissionDenied):
            choose_offer(search, 0, by=by)
        with pytest.raises(PermissionDenied):
            ask_for_plans(search.walk, by=by, first=DAY, last=DAY, **{name: [] for name in SETTINGS})
        assert not WalkSearch.objects.visible_to(by).exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"first": dt.date(2027, 2, 26)}, "is over"),
        ({"last": dt.date(2027, 5, 1)}, "one month"),
        ({"visitors": [1]}, "two visitors"),
        ({"hosts": []}, "Nobody's door"),
    ],
)
def test_what_cannot_be_looked_for_is_said(planned, fields, words):
    with pytest.raises(NotNow, match=words):
        planned(**fields)


def test_a_walk_with_dates_stays_on_its_day(planned, facilitator):
    search = planned()
    walks.set_talk(search.walk, by=facilitator, kind="pre_brief", starts=dt.time(9), minutes=20, place="Library")

    with pytest.raises(NotNow, match="has dates on Thu 11 March"):
        planned(last=FRIDAY)


def test_a_door_that_closed_is_no_host(planned, open_doors, host):
    search = planned()
    OpenDoor.objects.filter(host=host).update(paused_at=NOW)

    assert host.pk not in {one.key for one in question(search).hosts}
