"""The list of substitutes, when they can come; offering to cover; the rules of a school."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from observations.models import CoverOffer, CoverRule, Substitute, SubstituteTime
from observations.reads.availability import can_come
from observations.services import NotNow
from observations.services import coverage as cover
from observations.services import substitutes as subs
from people.models import Deputy

from .conftest import DAY
from .knocking import get, post, said

WEEK = {f"on-{day}": "on" for day in range(5)}
HOURS = {f"{part}-{day}": hour for day in range(5) for part, hour in (("from", "07:00"), ("to", "15:30"))}


@pytest.fixture
def sue(school, office):
    weekly = [(day, dt.time(7), dt.time(17)) for day in range(5)]
    return subs.save_substitute(by=office, name="Sue Sub", schools=[school], weekly=weekly)


def times(substitute):
    return list(substitute.times.order_by("weekday", "day").values_list("weekday", "day", "starts", "can_come"))


def test_the_office_adds_a_substitute_with_the_hours_of_the_week(office, school, client):
    given = {"name": "Sue Sub", "email": "sue@subs.example", "schools": school.pk, **WEEK, **HOURS}
    del given["on-4"]
    assert "Add a substitute" in get(client, office, "/coverage/substitutes/new/")[1]

    assert post(client, office, "/coverage/substitutes/new/", **given).status_code == 302

    sue = Substitute.objects.get()
    assert list(sue.times.values_list("weekday", "ends")) == [(day, dt.time(15, 30)) for day in range(4)]
    text = get(client, office, "/coverage/substitutes/")[1]
    assert "Sue Sub" in text
    assert "Monday, Tuesday, Wednesday, Thursday" in text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "This field is required"),
        ({"schools": ""}, "is not a valid value"),
        ({"to-2": "06:00"}, "ends before it starts"),
        ({"from-1": ""}, "Say from when until when"),
        ({"email": "sue"}, "valid email"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(office, school, client, wrong, words):
    given = {"name": "Sue Sub", "phone": "555 0100", "schools": school.pk, **WEEK, **HOURS}

    refused = post(client, office, "/coverage/substitutes/new/", **given | wrong)

    assert refused.status_code == 200
    assert words in said(refused)
    assert "555 0100" in said(refused)
    assert not Substitute.objects.exists()


def test_an_office_keeps_its_own_schools_and_leaves_the_others(sue, office, admin, school, other_school, client):
    subs.save_substitute(sue, by=admin, name="Sue Sub", schools=[school, other_school])
    text = get(client, office, f"/coverage/substitutes/{sue.pk}/")[1]
    assert "Riverside" not in text

    post(client, office, f"/coverage/substitutes/{sue.pk}/", name="Sue S", schools=school.pk)

    assert set(sue.schools.all()) == {school, other_school}
    with pytest.raises(PermissionDenied):
        subs.save_substitute(sue, by=office, name="Sue", schools=[other_school])


def test_who_arranges_no_cover_keeps_no_substitutes(sue, ana, facilitator, other_principal, school, client):
    for user in (ana, facilitator):
        assert get(client, user, "/coverage/substitutes/")[0] == 403
        with pytest.raises(PermissionDenied):
            subs.save_substitute(by=user, name="X", schools=[school])
        with pytest.raises(PermissionDenied):
            subs.add_date(sue, by=user, day=DAY, can_come=False, starts=dt.time(7), ends=dt.time(17))
    assert "Sue Sub" not in get(client, other_principal, "/coverage/substitutes/")[1]
    assert get(client, other_principal, f"/coverage/substitutes/{sue.pk}/")[0] == 404


def test_a_single_date_is_noted_and_taken_off(sue, office, client):
    address = f"/coverage/substitutes/{sue.pk}/dates/"
    given = {"day": DAY, "can_come": "no", "starts": "07:00", "ends": "17:00"}

    post(client, office, f"{address}add/", **given)
    assert (None, DAY, dt.time(7), False) in times(sue)
    post(client, office, f"{address}add/", **given | {"can_come": "yes"})
    assert [row for row in times(sue) if row[1]] == [(None, DAY, dt.time(7), True)]

    post(client, office, f"{address}{SubstituteTime.objects.get(day=DAY).pk}/remove/")
    assert [row for row in times(sue) if row[1]] == []


def test_a_week_that_is_saved_leaves_the_single_dates(sue, office, school):
    subs.add_date(sue, by=office, day=DAY, can_come=False, starts=dt.time(7), ends=dt.time(17))

    subs.save_substitute(sue, by=office, name="Sue Sub", schools=[school], weekly=[])

    assert times(sue) == [(None, DAY, dt.time(7), False)]


def test_nobody_stops_coming_while_a_class_waits_for_them(sue, ask, principal, office, school, other_school, client):
    cover.approve_cover(ask(), by=principal, substitute=sue)
    with pytest.raises(NotNow, match="Sue Sub is to cover Grade 4 math"):
        subs.end_substitute(sue, by=office, ended_on=DAY - dt.timedelta(days=1))
    refused = post(client, office, f"/coverage/substitutes/{sue.pk}/end/", ended_on=DAY - dt.timedelta(days=1))
    assert "Name somebody else for it first" in said(refused)

    subs.end_substitute(sue, by=office, ended_on=DAY)

    assert Substitute.objects.get().ended_on == DAY


def test_a_day_on_which_they_cover_is_no_day_that_they_cannot(sue, ask, principal, office, client):
    cover.approve_cover(ask(), by=principal, substitute=sue)
    given = {"day": DAY, "can_come": "no", "starts": "07:00", "ends": "17:00"}

    refused = post(client, office, f"/coverage/substitutes/{sue.pk}/dates/add/", **given)

    assert "Sue Sub is to cover Grade 4 math" in said(refused)
    post(client, office, f"/coverage/substitutes/{sue.pk}/dates/add/", **given | {"starts": "12:00"})
    assert (None, DAY, dt.time(12), False) in times(sue)


def test_the_hours_of_a_date_are_those_of_that_day(sue, ask, office):
    """10:05 to 10:50 is within their week."""
    one = ask()
    assert can_come(sue, one)

    subs.add_date(sue, by=office, day=DAY, can_come=True, starts=dt.time(12), ends=dt.time(15))

    assert not can_come(sue, one)


def test_a_colleague_offers_to_cover_and_takes_it_back(ana, school, other_school, client):
    assert "Yes, ask me" in get(client, ana, "/coverage/")[1]

    post(client, ana, f"/schools/{school.pk}/cover/offer/", offers="yes")
    post(client, ana, f"/schools/{school.pk}/cover/offer/", offers="yes")
    assert list(CoverOffer.objects.values_list("person", "school")) == [(ana.pk, school.pk)]
    assert "Not any more" in get(client, ana, "/coverage/")[1]
    assert post(client, ana, f"/schools/{other_school.pk}/cover/offer/", offers="yes").status_code == 403
    with pytest.raises(PermissionDenied):
        subs.offer_to_cover(other_school, by=ana, offers=True)

    post(client, ana, f"/schools/{school.pk}/cover/offer/", offers="no")
    assert not CoverOffer.objects.exists()


def test_the_rules_are_set_by_the_principal_and_the_office(principal, office, ana, other_principal, school, client):
    address = f"/schools/{school.pk}/cover/rules/"
    given = {"lead_days": 5, "most_a_week": 1, "most_out": "", "too_many": "refuse", "year_budget": 300}
    for user in (ana, other_principal):
        assert post(client, user, address, **given).status_code == 403
    assert not CoverRule.objects.exists()

    assert post(client, office, address, **given).status_code == 302
    assert post(client, principal, address, **given | {"lead_days": 7}).status_code == 302

    rule = CoverRule.objects.get()
    assert (rule.lead_days, rule.most_a_week, rule.most_out, rule.year_budget) == (7, 1, None, 300)


def test_a_deputy_of_another_school_sees_the_rules_that_they_change(principal, other_principal, school, client):
    CoverRule.objects.create(school=school, most_a_week=4)
    Deputy.objects.create(principal=principal, deputy=other_principal, school=school)

    assert 'value="4"' in get(client, other_principal, f"/schools/{school.pk}/cover/rules/")[1]


@pytest.mark.parametrize("wrong", [{"most_a_week": 0}, {"lead_days": -1}, {"most_out": 0}, {"too_many": "x"}])
def test_rules_that_make_no_sense_are_said_at_the_field(principal, school, client, wrong):
    given = {"lead_days": 5, "most_a_week": 1, "most_out": "", "too_many": "flag", "year_budget": ""}

    refused = post(client, principal, f"/schools/{school.pk}/cover/rules/", **given | wrong)

    assert refused.status_code == 200
    assert "invalid-feedback" in said(refused)
    assert not CoverRule.objects.exists()


def test_the_list_asks_as_often_for_one_as_for_three(office, school, client, django_assert_max_num_queries):
    client.force_login(office)
    asked = set()
    for number in (1, 2, 3):
        subs.save_substitute(by=office, name=f"Sub {number}", schools=[school], weekly=[(0, dt.time(7), dt.time(9))])
        if number != 2:
            with django_assert_max_num_queries(8) as queries:
                assert client.get("/coverage/substitutes/").status_code == 200
            asked.add(len(queries))
    assert len(asked) == 1
