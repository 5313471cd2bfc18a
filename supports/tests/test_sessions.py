import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from people.models import Post, Role, SchoolYear
from supports import registry
from supports.models import PDSession, SupportType
from supports.services import add_session, edit_session, withdraw_session

WORDS = {
    "title": "Word walls",
    "held_on": "2026-10-05",
    "hours": "1.5",
    "summary": "We built one.",
    "goal": "Use it twice.",
    "focus_area": "Vocabulary",
    "measured_by": "Samples",
    "materials": "**Slides**",
}
ROW = {**WORDS, "held_on": dt.date(2026, 10, 5), "hours": "1.5"}


@pytest.fixture
def leader(person, school, year):
    return person("Lee Park", Role.TEACHER_LEADER, school)


@pytest.fixture
def session(leader, school):
    return add_session(by=leader, school=school, **ROW)


def test_a_teacher_leader_adds_a_session_of_their_own(client, leader, facilitator, school):
    client.force_login(leader)

    response = client.post(reverse("pd_add"), {**WORDS, "school": school.pk, "leader": facilitator.pk})

    session = PDSession.objects.get()
    assert response.url == f"/pd/{session.pk}/"
    assert (session.leader, session.school, str(session.hours)) == (leader, school, "1.50")


def test_a_facilitator_adds_a_session_that_somebody_else_led(client, facilitator, ana):
    client.force_login(facilitator)

    client.post(reverse("pd_add"), {**WORDS, "leader": ana.pk})

    assert PDSession.objects.get().leader == ana


def test_a_facilitator_of_one_school_keeps_only_its_sessions(client, person, session, school, other_school, year):
    gus = person("Gus Hall", Role.FACILITATOR, other_school)
    client.force_login(gus)

    assert client.get(reverse("pd_edit", args=[session.pk])).status_code == 403
    fields = client.get(reverse("pd_add")).context["form"].fields
    assert fields["school"].required
    assert list(fields["school"].queryset) == [other_school]

    Post.objects.create(user=gus, role=Role.FACILITATOR, school=school)
    assert client.get(reverse("pd_edit", args=[session.pk])).status_code == 200


def test_teachers_and_other_leaders_cannot_keep_a_session(client, ana, person, school, session):
    other = person("Olga Vance", Role.TEACHER_LEADER, school)
    for someone in (ana, other):
        client.force_login(someone)
        assert client.get(reverse("pd_edit", args=[session.pk])).status_code == 403
        assert client.post(reverse("pd_withdraw", args=[session.pk])).status_code == 403
        with pytest.raises(PermissionDenied):
            edit_session(session, by=someone, title="Mine")
    client.force_login(ana)
    assert client.get(reverse("pd_add")).status_code == 403
    assert PDSession.objects.get().title == "Word walls"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hours", "0"),
        ("hours", "NaN"),
        ("hours", "99999"),
        ("held_on", "soon"),
        ("held_on", "0001-01-01"),
        ("title", ""),
        ("title", "x" * 121),
        ("school", "99999999999999999999"),
    ],
)
def test_a_session_that_makes_no_sense_is_told_at_its_field(client, leader, field, value):
    client.force_login(leader)

    response = client.post(reverse("pd_add"), {**WORDS, field: value})

    assert list(response.context["form"].errors) == [field]
    assert "We built one." in response.text


def test_a_withdrawn_session_leaves_the_list_and_can_come_back(client, leader, ana, facilitator, session):
    client.force_login(ana)
    assert "Word walls" in client.get("/pd/").text

    client.force_login(leader)
    client.post(reverse("pd_withdraw", args=[session.pk]))

    client.force_login(ana)
    assert "Word walls" not in client.get("/pd/").text
    assert client.get(f"/pd/{session.pk}/").status_code == 404
    client.force_login(facilitator)
    assert client.get(f"/pd/{session.pk}/").status_code == 200
    client.post(reverse("pd_offer", args=[session.pk]))
    client.force_login(ana)
    assert client.get(f"/pd/{session.pk}/").status_code == 200


def test_withdrawing_twice_keeps_the_first_moment(leader, session):
    first, later = dt.datetime(2026, 10, 6, tzinfo=dt.UTC), dt.datetime(2026, 11, 6, tzinfo=dt.UTC)

    withdraw_session(session, by=leader, at=first)
    withdraw_session(session, by=leader, at=later)

    assert PDSession.objects.get().withdrawn_at == first


def test_session_offers_the_supports_that_follow_a_session(client, ana, session, menu):
    SupportType.objects.filter(slug="visits").update(follows_session=True)
    client.force_login(ana)

    text = client.get(f"/pd/{session.pk}/").text

    assert f"{reverse('partnership_start', args=['visits'])}?session={session.pk}" in text
    assert reverse("partnership_start", args=["pairs"]) not in text
    assert "<strong>Slides</strong>" in text
    assert "1.5 hours" in text


def test_sessions_say_what_the_panels_count(client, ana, session, monkeypatch):
    monkeypatch.setattr(registry, "SESSION_PANELS", [lambda ids, user: dict.fromkeys(ids, "4 follow up")])
    client.force_login(ana)

    assert "4 follow up" in client.get("/pd/").text
    assert "4 follow up" in client.get(f"/pd/{session.pk}/").text


def test_list_is_searched_by_words_year_and_leader(client, ana, leader, facilitator, session):
    past = SchoolYear.objects.create(name="2020-21", starts_on="2020-08-01", ends_on="2021-06-30")
    old = add_session(by=facilitator, **{**ROW, "title": "Number talks", "held_on": dt.date(2020, 9, 1)})
    client.force_login(ana)

    def found(**query):
        return [row.pk for row, told in client.get("/pd/", query).context["rows"]]

    assert found() == [session.pk, old.pk]
    assert found(q="WORD vocab") == [session.pk]
    assert found(year=past.pk) == [old.pk]
    assert found(leader="brandt") == [old.pk]
    assert found(q="number", leader="lee") == []


@pytest.mark.parametrize(
    "query",
    [
        "year=x",
        "leader=%00",
        "year=99999999999999999999999",
        "page=-1",
        "page=x",
        "page=999999999",
        "q=%00",
        "year=%00",
    ],
)
def test_list_survives_nonsense(client, ana, session, query):
    client.force_login(ana)

    assert client.get(f"/pd/?{query}").status_code == 200


def test_list_asks_the_database_as_often_for_three_sessions_as_for_one(
    client, ana, leader, session, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(ana)
    with django_assert_max_num_queries(8) as few:
        client.get("/pd/")
    for number in range(2):
        add_session(by=leader, **{**ROW, "title": f"More {number}"})

    with django_assert_num_queries(len(few)):
        assert len(client.get("/pd/").context["rows"]) == 3
