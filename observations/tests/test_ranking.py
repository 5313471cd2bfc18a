"""Who could take a class: the best first, with the reason; and the duty roster that everyone reads."""

import datetime as dt

import pytest

from observations.models import Coverage, CoverOffer, CoverRule, Substitute, SubstituteTime
from observations.reads.ledger import ledger
from observations.reads.ranking import coverers_for
from observations.services import coverage as cover
from people.models import Role

from .conftest import DAY, NOW


@pytest.fixture
def offer(school):
    def make(*people):
        CoverOffer.objects.bulk_create(CoverOffer(person=one, school=school, made_at=NOW) for one in people)

    return make


@pytest.fixture
def substitute(school):
    def make(name, subjects="", **times):
        one = Substitute.objects.create(name=name, subjects=subjects)
        one.schools.add(school)
        SubstituteTime.objects.create(substitute=one, **{"weekday": 3} | times)
        return one

    return make


@pytest.fixture
def math(ask):
    coverage = ask()
    Coverage.objects.update(subject="Math")
    coverage.refresh_from_db()
    return coverage


def names(coverage):
    return [one.who.name for one in coverers_for(coverage)]


def test_who_offered_stands_before_who_did_not_and_a_substitute_first(math, ben, stranger, substitute, offer):
    offer(stranger)
    substitute("Sue Sub")

    ranked = [(one.who.name, one.group) for one in coverers_for(math)]

    assert ranked == [
        ("Sue Sub", "Substitutes"), ("Sam Stranger", "Colleagues who offered"),
        ("Ben Okafor", "Have not offered: ask them first"),
    ]  # fmt: skip


def test_the_same_subject_stands_before_few_covers(math, ask, teach, ben, stranger, host, principal, offer):
    offer(ben, stranger, host)
    teach(ben, "1", "Grade 2 math", subject="math")
    teach(stranger, "1", "Grade 2 art", subject="Art")
    cover.approve_cover(ask(day=DAY - dt.timedelta(days=7)), by=principal, coverer=ben)
    cover.approve_cover(ask(day=DAY - dt.timedelta(days=8)), by=principal, coverer=stranger)

    ranked = [(one.who.name, one.reason) for one in coverers_for(math) if one.group == "Colleagues who offered"]

    assert ranked == [
        ("Ben Okafor", "same subject, covered once this year"),
        ("Hanna Holt", "has not covered yet this year"),
        ("Sam Stranger", "covered once this year"),
    ]


def test_who_teaches_has_a_duty_a_date_or_covers_is_not_named(
    math, ask, teach, date, ben, stranger, host, second_host, principal, offer
):
    assert {"Ben Okafor", "Sam Stranger", "Hanna Holt", "Second Host"} <= set(names(math))
    teach(ben, "2", "Grade 2 art")
    teach(stranger, "2", kind="duty")
    date(by=host, people=[host])
    art = ask(by=principal, class_name="Grade 2 art", starts=dt.time(10, 40), ends=dt.time(11))
    Coverage.objects.filter(pk=art.pk).update(state="confirmed", coverer=second_host)

    assert names(math) == []


def test_who_covered_enough_that_week_stands_last_and_says_so(math, ask, school, ben, stranger, principal, offer):
    CoverRule.objects.create(school=school, most_a_week=1)
    offer(ben, stranger)
    cover.approve_cover(ask(day=DAY + dt.timedelta(days=1)), by=principal, coverer=ben)

    last = coverers_for(math)[-1]

    assert (last.who, last.at_limit) == (ben, True)
    assert last.reason == "covered once this year, covers 1 that week already, which is the most"


def test_the_one_who_covers_is_weighed_without_this_class(math, ben, school, principal):
    CoverRule.objects.create(school=school, most_a_week=1)
    cover.approve_cover(math, by=principal, coverer=ben)

    (one,) = [one for one in coverers_for(math) if one.who == ben]

    assert (one.covered, one.this_week, one.at_limit) == (0, 0, False)


def test_only_substitutes_who_can_come_and_are_free(math, ask, stranger, principal, substitute, other_school):
    free = substitute("Free Sub", subjects="Math, art")
    substitute("Monday Sub", weekday=0)
    substitute("Elsewhere Sub").schools.set([other_school])
    taken = substitute("Taken Sub")
    cover.approve_cover(ask(by=stranger, class_name="Art"), by=principal, substitute=taken)

    found = [one for one in coverers_for(math) if one.group == "Substitutes"]

    assert [(one.who, one.same_subject, one.key) for one in found] == [(free, True, f"substitute:{free.pk}")]


def test_ranking_asks_as_often_for_one_as_for_three(
    math, person, school, substitute, offer, django_assert_max_num_queries
):
    asked = set()
    for number in (1, 2, 3):
        offer(person(f"P{number} Colleague", Role.TEACHER, school))
        substitute(f"Sub {number}")
        if number != 2:
            coverage = Coverage.objects.get(pk=math.pk)
            with django_assert_max_num_queries(10) as queries:
                coverers_for(coverage)
            asked.add(len(queries))
    assert len(asked) == 1


def test_the_ledger_counts_classes_of_this_year_at_this_school(
    ask, ana, ben, stranger, principal, school, year, django_assert_num_queries
):
    first, second = ask(), ask(day=DAY + dt.timedelta(days=7))
    for one in (first, second):
        cover.approve_cover(one, by=principal, coverer=ben)
    cover.approve_cover(ask(day=DAY + dt.timedelta(days=14)), by=principal)
    long_ago = ask(day=DAY + dt.timedelta(days=2))
    Coverage.objects.filter(pk=long_ago.pk).update(
        day=year.starts_on - dt.timedelta(days=9), state="confirmed", coverer=ben
    )

    with django_assert_num_queries(3):
        _, people = ledger(school, "count")

    assert [(one.name, one.covered, one.last) for one in people][:2] == [
        ("Ben Okafor", 2, second.day), ("Ana Ruiz", 0, None)
    ]  # fmt: skip
    assert [one.name for one in ledger(school, "name")[1]][:2] == ["Ana Ruiz", "Ben Okafor"]


def test_the_school_and_who_sets_up_its_walks_read_the_ledger_and_nobody_else(
    client, ana, office, facilitator, cleo, other_principal, school
):
    for user, status in ((ana, 200), (office, 200), (facilitator, 200), (cleo, 403), (other_principal, 403)):
        client.force_login(user)
        assert client.get(f"/schools/{school.pk}/cover/ledger/?sort=count").status_code == status
