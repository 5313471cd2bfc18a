"""The principal's desk: what waits by date, what it costs, who is out, and several answers at once."""

import datetime as dt

import pytest

from notices.models import Notice
from observations.models import Coverage, CoverOffer, CoverRule, Substitute, SubstituteTime
from observations.services import NotNow
from observations.services import coverage as cover
from observations.services.deciding import approve_several
from people.models import Deputy, Post, Role, User

from .conftest import DAY
from .knocking import get, post, said

DESK, APPROVE = "/coverage/desk/", "/coverage/desk/approve/"
NEXT = DAY + dt.timedelta(days=1)


@pytest.fixture
def sub(school):
    sub = Substitute.objects.create(name="Sue Sub", email="sue@subs.example")
    sub.schools.add(school)
    SubstituteTime.objects.bulk_create(SubstituteTime(substitute=sub, weekday=day) for day in range(5))
    return sub


def rule(school, **fields):
    return CoverRule.objects.update_or_create(school=school, defaults=fields)[0]


def page_of(client, user, address=DESK):
    client.force_login(User.objects.get(pk=user.pk))
    return client.get(address).context


def test_what_waits_stands_by_date_with_since_when(ask, ben, principal, client):
    later, sooner = ask(day=NEXT), ask(by=ben)

    text = get(client, principal, DESK)[1]
    days = page_of(client, principal)["days"]

    assert [(day.day, day.waiting) for day in days] == [(DAY, [sooner]), (NEXT, [later])]
    assert "Asked Mon 1 March" in text


def test_the_desk_holds_every_school_of_a_principal(ask, cleo, principal, other_school, school, client):
    Post.objects.create(user=principal, role=Role.PRINCIPAL, school=other_school)
    here, there = ask(), ask(by=cleo, school=other_school)

    days = page_of(client, principal)["days"]

    assert [(day.school, day.waiting) for day in days] == [(school, [here]), (other_school, [there])]


def test_a_request_whose_day_is_over_waits_for_nobody(ask, principal, client, time_machine):
    ask()
    assert len(page_of(client, principal)["days"]) == 1

    time_machine.move_to(dt.datetime(2027, 3, 12, 12, tzinfo=dt.UTC), tick=False)

    assert page_of(client, principal)["days"] == []


def test_each_date_says_what_it_costs_against_the_budget(ask, ben, host, stranger, principal, sub, school, client):
    rule(school, year_budget=120)
    cover.approve_cover(ask(day=NEXT), by=principal, substitute=sub)  # paid
    cover.approve_cover(ask(day=NEXT, by=ben, starts=dt.time(8), ends=dt.time(9)), by=principal)  # nobody named: paid
    by_colleague = ask(day=NEXT, by=host, starts=dt.time(13), ends=dt.time(14))
    cover.approve_cover(by_colleague, by=principal, coverer=stranger)  # not paid
    Coverage.objects.filter(pk=ask(by=ben, class_name="Last year").pk).update(state="approved", day=dt.date(2025, 3, 1))
    ask()
    ask(by=ben)

    (day,) = page_of(client, principal)["days"]

    assert day.cost == "2 of 120 substitute periods are used this year; this day would take 2."
    assert not day.is_over_budget
    rule(school, year_budget=3)
    assert page_of(client, principal)["days"][0].is_over_budget


def test_too_many_out_on_a_day_is_flagged_or_refused(ask, ben, host, principal, school, client):
    rule(school, most_out=1)
    cover.approve_cover(ask(by=host), by=principal)
    one = ask()

    assert "Too many out" in get(client, principal, DESK)[1]
    assert page_of(client, principal)["days"][0].people == "1 person out already, 2 if all of these go."
    cover.approve_cover(one, by=principal)  # said, and left to her

    rule(school, most_out=2, too_many="refuse")
    late = ask(by=ben)
    assert "Not all can go" in get(client, principal, DESK)[1]
    with pytest.raises(NotNow, match="2 people are out on Thu 11 March already, and no more than 2 may be"):
        cover.approve_cover(late, by=principal)


def test_who_is_out_already_is_not_one_more(ask, principal, school):
    rule(school, most_out=1, too_many="refuse")
    cover.approve_cover(ask(), by=principal)

    cover.approve_cover(ask(starts=dt.time(11), ends=dt.time(12)), by=principal)

    assert Coverage.objects.filter(state="approved").count() == 2


def test_several_are_approved_at_once_with_who_covers(ask, ben, principal, sub, stranger, client):
    one, other, left = ask(), ask(by=ben, day=NEXT), ask(by=ben)

    sent = post(
        client, principal, APPROVE,
        **{"chosen": [one.pk, other.pk], f"who-{one.pk}": f"substitute:{sub.pk}", f"who-{other.pk}": stranger.pk},
    )  # fmt: skip

    assert sent.status_code == 302
    rows = {row.pk: (row.state, row.substitute, row.coverer) for row in Coverage.objects.all()}
    assert rows == {
        one.pk: ("assigned", sub, None), other.pk: ("assigned", None, stranger), left.pk: ("asked", None, None)
    }  # fmt: skip


def test_what_cannot_be_approved_stands_there_again_with_the_reason(
    ask, ana, ben, host, principal, sub, school, client
):
    rule(school, most_out=1, too_many="refuse")
    one, other = ask(), ask(by=ben)
    mine = {f"who-{one.pk}": "", f"who-{other.pk}": f"substitute:{sub.pk}"}

    answer = post(client, principal, APPROVE, chosen=[one.pk, other.pk], **mine)

    assert answer.status_code == 200
    assert "1 request is approved" in said(answer)
    assert "Not approved: 1 person is out on Thu 11 March already" in said(answer)
    assert list(Coverage.objects.values_list("state", flat=True)) == ["approved", "asked"]
    (row,) = answer.context["days"][0].waiting
    assert (row.chosen, row.pick) == (True, f"substitute:{sub.pk}")


def test_one_coverer_for_two_classes_at_once_gets_one(ask, ben, principal, sub):
    one, other = ask(), ask(by=ben)

    refused = approve_several([(one, sub), (other, sub)], by=principal)

    assert list(refused) == [other.pk]
    assert "Sue Sub is taken at that time" in refused[other.pk]
    assert Coverage.objects.get(pk=one.pk).substitute == sub


def test_what_waits_no_more_is_said_and_harms_nothing(ask, ana, ben, principal, client):
    gone, one = ask(), ask(by=ben)
    cover.withdraw_cover(gone, by=ana)

    answer = post(client, principal, APPROVE, chosen=[gone.pk, one.pk, "x", 10**30], follow=True)

    assert answer.status_code == 302
    assert Coverage.objects.get(pk=one.pk).state == "approved"
    assert "wait no more" in get(client, principal, DESK)[1]
    assert "Tick what you want" in said(client.post(APPROVE, {}, follow=True))


def test_nobody_answers_for_another_school_or_for_themselves(
    ask, ana, cleo, other_school, principal, office, other_principal, client
):
    Post.objects.create(user=principal, role=Role.TEACHER, school=other_principal.posts.get().school)
    elsewhere = ask(by=cleo, school=other_school)
    own = ask(by=principal)

    assert page_of(client, principal)["days"] == []
    post(client, User.objects.get(pk=principal.pk), APPROVE, chosen=[elsewhere.pk, own.pk])

    assert set(Coverage.objects.values_list("state", flat=True)) == {"asked"}
    assert post(client, office, APPROVE, chosen=[own.pk]).status_code == 403
    assert get(client, ana, DESK)[0] == 403


def test_nobody_from_beyond_the_school_is_named(ask, principal, cleo, client):
    one = ask()

    answer = post(client, principal, APPROVE, chosen=[one.pk], **{f"who-{one.pk}": cleo.pk})

    assert "Choose somebody from the list" in said(answer)
    assert Coverage.objects.get().state == "asked"


def test_the_best_coverer_is_suggested_and_nobody_for_two_classes_at_once(
    ask, ana, ben, principal, sub, stranger, school, client
):
    CoverOffer.objects.create(person=stranger, school=school, made_at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    one, other, later = ask(), ask(by=ben), ask(starts=dt.time(13), ends=dt.time(14))

    picks = {row.pk: row.pick for day in page_of(client, principal)["days"] for row in day.waiting}

    assert picks == {one.pk: f"substitute:{sub.pk}", other.pk: str(stranger.pk), later.pk: f"substitute:{sub.pk}"}


def test_nobody_is_suggested_who_is_busy_or_cannot_come(ask, ana, ben, principal, sub, stranger, school, client):
    SubstituteTime.objects.create(substitute=sub, day=DAY, can_come=False)
    CoverOffer.objects.create(person=stranger, school=school, made_at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    ask(by=stranger)
    one = ask()

    rows = [row for day in page_of(client, principal)["days"] for row in day.waiting]

    assert [row.suggestion.best for row in rows if row.pk == one.pk] == [[]]


def test_a_deputy_decides_within_the_span_and_not_before_or_after(
    ask, ana, principal, school, person, client, time_machine
):
    deputy = person("Dora Deputy", Role.TEACHER, school)
    span = {"starts_on": dt.date(2027, 3, 3), "ends_on": dt.date(2027, 3, 5)}
    Deputy.objects.create(school=school, principal=principal, deputy=deputy, **span)

    for day, allowed in ((1, False), (3, True), (5, True), (6, False)):
        time_machine.move_to(dt.datetime(2027, 3, day, 15, tzinfo=dt.UTC), tick=False)
        one = ask(starts=dt.time(8 + day), ends=dt.time(8 + day, 30))
        status, text = get(client, deputy, DESK)
        assert (status == 200) is allowed
        post(client, deputy, APPROVE, chosen=[one.pk])
        assert (Coverage.objects.get(pk=one.pk).state == "approved") is allowed
        told = Notice.objects.filter(person=deputy, kind="coverage_asked", path=one.get_absolute_url())
        assert told.exists() is allowed


def test_the_desk_says_who_decides_for_whom(ask, principal, school, person, client):
    deputy = person("Dora Deputy", Role.TEACHER, school)
    Deputy.objects.create(school=school, principal=principal, deputy=deputy, ends_on=dt.date(2027, 4, 3))

    hers, theirs = get(client, principal, DESK)[1], get(client, deputy, DESK)[1]

    assert "Decided for you until Sat 3 April by Dora Deputy" in hers
    assert "/me/deputies/" in hers
    assert "You decide for Pia Lindqvist until Sat 3 April" in theirs


def test_the_office_sees_the_desk_and_answers_nothing(ask, principal, office, ben, client):
    ask()
    cover.approve_cover(ask(by=ben), by=principal)

    text = get(client, office, DESK)[1]

    assert "Ana Ruiz: Grade 4 math" in text
    assert 'name="chosen"' not in text
    assert "Name somebody" in text


def test_home_leads_to_the_desk(ask, ben, principal, client):
    ask()
    ask(by=ben, day=NEXT)

    text = " ".join(get(client, principal, "/")[1].split())

    assert "<strong>2 requests for cover wait</strong> for you, the nearest for Thu 11 March" in text
    assert 'href="/coverage/desk/"' in text
