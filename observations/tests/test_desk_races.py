"""Two who decide at the same moment. SQLite lets in one writer at a time, so these need PostgreSQL."""

import datetime as dt

import pytest

from observations.models import Coverage, CoverRule, Substitute, SubstituteLetter, SubstituteTime
from observations.services import NotNow
from observations.services import coverage as cover
from observations.services.day_answers import come
from observations.services.deciding import approve_several
from people.models import Deputy, Role

from .conftest import DAY
from .test_races import again, at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def deputy(person, school, principal):
    deputy = person("Dora Deputy", Role.TEACHER, school)
    Deputy.objects.create(school=school, principal=principal, deputy=deputy)
    return deputy


@pytest.fixture
def sub(school, other_school):
    sub = Substitute.objects.create(name="Sue Sub", email="sue@subs.example")
    sub.schools.set([school, other_school])
    SubstituteTime.objects.bulk_create(SubstituteTime(substitute=sub, weekday=day) for day in range(5))
    return sub


@pytest.mark.parametrize("repeat", range(5))
def test_no_more_go_than_may_be_out_when_two_approve_at_once(ask, ben, principal, deputy, school, repeat):
    CoverRule.objects.create(school=school, most_out=1, too_many="refuse")
    one, other = ask(), ask(by=ben)

    ends = at_once(
        lambda: cover.approve_cover(one, by=again(principal)),
        lambda: cover.approve_cover(other, by=again(deputy)),
    )

    (refusal,) = [end for end in ends if end != "done"]
    assert isinstance(refusal, NotNow), refusal
    assert "1 person is out" in str(refusal)
    assert Coverage.objects.filter(state="approved").count() == 1


@pytest.mark.parametrize("repeat", range(5))
def test_two_who_approve_the_same_list_from_both_ends_wait_for_each_other(
    ask, ben, host, principal, deputy, sub, repeat
):
    rows = [ask(by=who, starts=dt.time(hour), ends=dt.time(hour, 40)) for hour in (8, 9, 10) for who in (ben, host)]
    first = [(row, sub if row.asker_id == ben.pk else None) for row in rows]
    refused = {}

    ends = at_once(
        lambda: refused.update(one=approve_several(first, by=again(principal))),
        lambda: refused.update(other=approve_several(first[::-1], by=again(deputy))),
    )

    assert ends == ["done", "done"]
    assert sorted(len(found) for found in refused.values()) == [0, 6]
    assert set(Coverage.objects.values_list("state", "asker")) == {("assigned", ben.pk), ("approved", host.pk)}


@pytest.mark.parametrize("repeat", range(5))
def test_a_substitute_is_named_at_one_of_two_schools(ask, cleo, other_school, principal, other_principal, sub, repeat):
    here = ask()
    there = ask(by=cleo, school=other_school, starts=dt.time(10), ends=dt.time(10, 30))
    refused = {}

    ends = at_once(
        lambda: refused.update(approve_several([(here, sub)], by=again(principal))),
        lambda: refused.update(approve_several([(there, sub)], by=again(other_principal))),
    )

    assert ends == ["done", "done"]
    assert Coverage.objects.filter(substitute=sub).count() == len(refused) == 1


@pytest.mark.parametrize("repeat", range(5))
def test_a_yes_and_another_name_at_the_same_moment_leave_one_of_them(ask, principal, sub, stranger, repeat):
    one = ask()
    cover.approve_cover(one, by=principal, substitute=sub)

    ends = at_once(
        lambda: come(sub, DAY, seen=[one.pk]),
        lambda: cover.name_coverer(one, by=again(principal), coverer=stranger),
    )

    assert ends == ["done", "done"]
    row = Coverage.objects.get()
    assert (row.state, row.coverer, row.substitute) == ("assigned", stranger, None)


@pytest.mark.parametrize("repeat", range(5))
def test_two_classes_given_at_one_moment_make_one_letter(ask, ben, principal, deputy, sub, school, repeat):
    one, other = ask(), ask(by=ben, starts=dt.time(13), ends=dt.time(14))

    ends = at_once(
        lambda: cover.approve_cover(one, by=again(principal), substitute=sub),
        lambda: cover.approve_cover(other, by=again(deputy), substitute=sub),
    )

    assert ends == ["done", "done"]
    assert SubstituteLetter.objects.count() == 1
