import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from people import clock
from people.models import Deputy, District, NoSchoolDay, Post, Role, School, SchoolYear, User
from people.registry import HAND_OVER, UNFINISHED_WORK
from people.services import accounts, places, posts
from people.urls import urlpatterns

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def signed_in(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


DISTRICT_PAGES = [route for route in urlpatterns if str(route.pattern).startswith("district/")]


@pytest.mark.parametrize("route", DISTRICT_PAGES, ids=lambda route: route.name)
@pytest.mark.parametrize("who", ["ana", "principal", "facilitator"])
def test_district_pages_are_for_admins(signed_in, request, route, who):
    client = signed_in(request.getfixturevalue(who))
    path = reverse(route.name, args=[1] if "<int" in str(route.pattern) else [])

    answers = {client.get(path).status_code, client.post(path).status_code}
    assert 403 in answers
    assert answers <= {403, 405}


@pytest.mark.parametrize("path", ["/", "/menu/", "/people/", "/calendar/", "/district/", "/report/"])
def test_an_operator_opens_no_page_of_the_schools(signed_in, operator, path):
    answer = signed_in(operator).get(path)

    assert (answer.status_code, answer.url) == (302, reverse("waiting"))


@pytest.mark.parametrize("route", [r for r in DISTRICT_PAGES if "<int" not in str(r.pattern)], ids=lambda r: r.name)
def test_district_pages_open_for_an_admin(signed_in, admin, school, route):
    assert signed_in(admin).get(reverse(route.name)).status_code in (200, 405)


@pytest.mark.parametrize(
    "query",
    [
        "page=x",
        "page=99999999999999999999",
        "school=99999999999999999999999",
        "q=%00",
        "role=nothing",
        "state=left&role=teacher",
        "page=7",
        "q=%25&state=unplaced",
    ],
)
@pytest.mark.parametrize("name", ["staff_list", "directory", "no_school_list"])
def test_lists_survive_bad_addresses(signed_in, admin, ana, name, query):
    assert signed_in(admin).get(f"{reverse(name)}?{query}").status_code == 200


def test_school_years_may_not_overlap(signed_in, admin, year):
    spans = {"name": "Again", "starts_on": year.ends_on - DAY, "ends_on": year.ends_on + 30 * DAY}

    answer = signed_in(admin).post(reverse("year_add"), spans)

    assert "This year runs from" in answer.context["form"].errors["starts_on"][0]
    assert SchoolYear.objects.count() == 1


def test_turn_of_the_year_proposes_the_next_and_copies_nothing(signed_in, admin, year, school):
    NoSchoolDay.objects.create(day=year.starts_on, name="Fair")
    client = signed_in(admin)
    proposed = client.get(reverse("year_turn")).context["form"].initial

    client.post(reverse("year_turn"), proposed)

    made = SchoolYear.objects.first()
    assert made.starts_on > year.ends_on
    assert (SchoolYear.objects.count(), NoSchoolDay.objects.count(), Post.objects.count()) == (2, 1, 1)


def test_turn_of_a_usual_year_keeps_its_length_and_weekdays():
    year = SchoolYear(starts_on=dt.date(2026, 8, 24), ends_on=dt.date(2027, 6, 11))

    name, first, last = places.next_year_after(year, today=dt.date(2027, 5, 1))

    assert (name, first, last) == ("2027-28", dt.date(2027, 8, 23), dt.date(2028, 6, 9))


def test_span_of_no_school_days_skips_weekends_and_days_that_are_there(admin, school):
    friday = dt.date(2026, 11, 20)
    places.add_no_school_days("Fair", first=friday, last=friday, school=None, by=admin)

    added = places.add_no_school_days("Break", first=friday, last=friday + 4 * DAY, school=None, by=admin)

    assert added == 2
    assert [(day.day.day, day.name) for day in NoSchoolDay.objects.all()] == [
        (20, "Fair"),
        (23, "Break"),
        (24, "Break"),
    ]


def test_no_school_day_is_deleted_only_after_a_yes(signed_in, admin):
    day = NoSchoolDay.objects.create(day=dt.date(2026, 11, 20), name="Fair")
    client = signed_in(admin)

    client.get(reverse("no_school_delete", args=[day.pk]))
    assert NoSchoolDay.objects.exists()
    client.post(reverse("no_school_delete", args=[day.pk]))

    assert not NoSchoolDay.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("time_zone", "Mars/Base"), ("mail_domains", "not a domain"), ("quiet_from", "25:99"), ("name", "x" * 500)],
)
def test_settings_answer_at_the_field(signed_in, admin, field, value):
    good = {"name": "Elm", "time_zone": "America/Chicago", "quiet_from": "19:00", "quiet_until": "06:30"}

    answer = signed_in(admin).post(reverse("district_settings"), good | {field: value})

    assert list(answer.context["form"].errors) == [field]
    assert District.objects.get().name == "Cedar Valley Schools"


def test_year_one_is_told_at_the_field(signed_in, admin, ana, school):
    post = ana.posts.get()

    answer = signed_in(admin).post(reverse("post_end", args=[post.pk]), {"on": "0001-01-01"})

    assert list(answer.context["form"].errors) == ["on"]


def test_closing_a_school_ends_its_posts_the_day_before(admin, ana, school):
    today = timezone.localdate()

    places.close_school(school, on=today, by=admin)

    assert ana.posts.get().ends_on == today - DAY
    assert list(School.objects.open()) == []


def test_moving_ends_the_posts_here_and_opens_the_same_there(admin, ana, school, other_school):
    posts.place(ana, role=Role.COACH, school=school, by=admin)
    first = timezone.localdate() + 10 * DAY

    posts.move(ana, from_school=school, to_school=other_school, on=first, by=admin)

    assert set(Post.objects.current(first - DAY).filter(user=ana).values_list("role", "school")) == {
        ("teacher", school.pk),
        ("coach", school.pk),
    }
    assert set(Post.objects.current(first).filter(user=ana).values_list("role", "school")) == {
        ("teacher", other_school.pk),
        ("coach", other_school.pk),
    }


def test_the_last_admin_can_neither_leave_nor_lose_the_post(signed_in, admin, ana):
    client, today = signed_in(admin), timezone.localdate()

    client.post(reverse("staff_leave", args=[admin.pk]), {"on": today})
    client.post(reverse("post_end", args=[admin.posts.get().pk]), {"on": today - DAY})

    assert User.objects.holding(Role.ADMIN).get() == admin


def test_leaver_hands_over_what_is_unfinished(signed_in, admin, ana, ben):
    handed = []

    def find(person):
        return [("Walk on Friday", "/walks/1/")] if person == ana else []

    def give(person, *, to, by, at):
        handed.append((person, to, by))

    UNFINISHED_WORK.append(find)
    HAND_OVER.append(give)
    try:
        client = signed_in(admin)
        answer = client.post(reverse("staff_leave", args=[ana.pk]), {"on": timezone.localdate()}, follow=True)
        client.post(reverse("staff_hand_over", args=[ana.pk]), {"to": ben.pk})
    finally:
        UNFINISHED_WORK.remove(find)
        HAND_OVER.remove(give)

    assert "Walk on Friday" in answer.content.decode()
    assert handed == [(ana, ben, admin)]


def test_leavers_account_can_be_opened_again(signed_in, admin, ana):
    accounts.leave(ana, on=timezone.localdate(), by=admin)

    signed_in(admin).post(reverse("staff_return", args=[ana.pk]))

    ana = User.objects.get(pk=ana.pk)
    assert (ana.is_active, ana.left_on) == (True, None)


def test_principal_names_a_deputy_for_some_days(signed_in, principal, ben, school):
    today = clock.today(school)
    span = {"school": school.pk, "deputy": ben.pk, "starts_on": today, "ends_on": today + 2 * DAY}
    client = signed_in(principal)

    client.post(reverse("deputies"), span)
    again = client.post(reverse("deputies"), span | {"starts_on": today + 2 * DAY, "ends_on": ""})

    assert User.objects.get(pk=ben.pk).standing.leads(school.pk)
    assert not Deputy.objects.on(today + 3 * DAY).exists()
    assert "deputy" in again.context["form"].errors
    client.post(reverse("deputy_end", args=[Deputy.objects.get().pk]))
    assert not User.objects.get(pk=ben.pk).standing.leads(school.pk)


def test_only_principals_name_deputies_and_only_for_themselves(signed_in, ana, principal, other_principal, ben, school):
    standing_in = posts.name_deputy(principal, school=school, deputy=ben, starts_on=None, ends_on=None, by=principal)

    assert signed_in(ana).get(reverse("deputies")).status_code == 403
    assert signed_in(other_principal).post(reverse("deputy_end", args=[standing_in.pk])).status_code == 403
    assert signed_in(ben).post(reverse("deputy_end", args=[standing_in.pk])).status_code == 403
    assert Deputy.objects.count() == 1


def test_added_person_gets_a_post_at_the_field_or_not_at_all(signed_in, admin, school):
    client = signed_in(admin)

    added = client.post(reverse("staff_add"), {"name": "Iris Vance", "email": "IRIS@cedar.example"})
    refused = client.post(added.url, {"role": "teacher", "school": ""})
    client.post(added.url, {"role": "teacher", "school": school.pk})
    twice = client.post(added.url, {"role": "teacher", "school": school.pk})

    assert list(refused.context["form"].errors) == ["school"]
    assert list(twice.context["form"].errors) == ["role"]
    assert User.objects.get(email="iris@cedar.example").standing.schools == {school.pk}


def test_address_of_somebody_else_is_told_at_the_field(signed_in, admin, ana, ben):
    answer = signed_in(admin).post(reverse("staff_person", args=[ana.pk]), {"name": "Ana", "email": ben.email.upper()})

    assert list(answer.context["form"].errors) == ["email"]
    assert "Ana Ruiz" in answer.content.decode()


def test_staff_list_shows_newcomers_first_when_asked_and_is_flat(
    signed_in, admin, person, school, django_assert_max_num_queries
):
    client = signed_in(admin)
    person("Nell Ortega")
    with django_assert_max_num_queries(7):
        page = client.get(reverse("staff_list"), {"state": "unplaced"})
    assert [person.name for person, _ in page.context["rows"]] == ["Nell Ortega"]

    for name in ("Uma", "Vic"):
        person(name)

    with django_assert_max_num_queries(7):
        client.get(reverse("staff_list"), {"state": "unplaced"})
