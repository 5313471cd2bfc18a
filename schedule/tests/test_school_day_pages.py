"""The pages of cycles, special days, days off and terms: what stands at the field, what is shown before it is saved."""

import datetime as dt

import pytest

from people.models import NoSchoolDay, School, SchoolYear
from schedule import services
from schedule.models import CycleDay, DayCycle, Event, SchoolDay, SpecialDay, Term

from .school_time import THREE, next_monday, second_period, sign_in, three_periods


@pytest.fixture
def monday(school):
    return next_monday(school)


@pytest.fixture
def usual(school, principal):
    return three_periods(school, principal)


@pytest.fixture
def visit(school, usual, monday, ana, ben):
    return second_period(school, monday, [ana, ben])


@pytest.fixture
def hub(school):
    return f"/schools/{school.pk}/"


def cycle_sent(starts_on, follows, *names, **more):
    sent = {"starts_on": starts_on, "follows": follows, "days-TOTAL_FORMS": len(names), "days-INITIAL_FORMS": 0}
    return sent | {f"days-{number}-name": name for number, name in enumerate(names)} | more


def test_presets_fill_the_days(client, hub, usual, principal):
    sign_in(client, principal)

    counts = [
        len([row for row in client.get(f"{hub}cycles/add/", {"preset": preset}).context["formset"] if row.initial])
        for preset in ("weekdays", "ab", "5", "6", "10")
    ]

    assert counts == [5, 2, 5, 6, 10]


def test_a_cycle_is_saved_after_a_look_at_two_weeks(client, hub, usual, monday, school, principal):
    sent = cycle_sent(monday, "school_days", "A", "B", "", "")
    sign_in(client, principal)

    look = client.post(f"{hub}cycles/add/", sent)
    nothing = DayCycle.objects.count()
    saved = client.post(f"{hub}cycles/add/", sent | {"seen": look.context["tried"].mark})

    shown = [day.name for week in look.context["preview"] for day in week]
    assert shown == ["A", "B"] * 5
    assert nothing == 0
    assert saved.url == hub
    assert SchoolDay.objects.get(day=monday).cycle_day == "A"
    assert SchoolDay.objects.get(day=monday - dt.timedelta(days=3)).cycle_day == "Friday"


def test_a_changed_cycle_is_looked_at_again(client, hub, usual, monday, principal):
    sign_in(client, principal)
    look = client.post(f"{hub}cycles/add/", cycle_sent(monday, "school_days", "A", "B"))

    other = client.post(
        f"{hub}cycles/add/", cycle_sent(monday, "school_days", "X", "Y", seen=look.context["tried"].mark)
    )

    assert other.status_code == 200
    assert not DayCycle.objects.exists()


@pytest.mark.parametrize(
    ("follows", "names", "error"),
    [
        ("weekdays", ["Mon", "Tue"], "A week has five days here: Monday to Friday, in this order."),
        ("school_days", ["A"], "A cycle has two days or more."),
        ("school_days", ["A", "a"], "A cycle has two days or more."),
    ],
)
def test_a_cycle_refuses_what_is_none(follows, names, error, client, hub, usual, monday, principal):
    page = sign_in(client, principal).post(f"{hub}cycles/add/", cycle_sent(monday, follows, *names))

    formset = page.context["formset"]
    assert error in formset.non_form_errors()
    assert not DayCycle.objects.exists()


def test_two_cycles_do_not_start_on_one_day(client, hub, usual, monday, school, principal):
    cycle = DayCycle(school=school, starts_on=monday, follows="school_days")
    services.keep_cycle(cycle, by=principal, days=[("A", None), ("B", None)])

    page = sign_in(client, principal).post(f"{hub}cycles/add/", cycle_sent(monday, "school_days", "X", "Y"))

    assert page.context["form"].errors["starts_on"][0].startswith("Another cycle starts that day.")
    assert list(DayCycle.objects.all()) == [cycle]


def test_a_cycle_is_edited_and_deleted(client, hub, usual, monday, school, principal):
    cycle = services.keep_cycle(
        DayCycle(school=school, starts_on=monday, follows="school_days"), by=principal, days=[("A", None), ("B", None)]
    )
    sent = cycle_sent(monday, "school_days", "Gold", "Blue", **{"days-1-bells": usual.pk})
    sign_in(client, principal)

    look = client.post(f"{hub}cycles/{cycle.pk}/", sent)
    client.post(f"{hub}cycles/{cycle.pk}/", sent | {"seen": look.context["tried"].mark})
    kept = list(CycleDay.objects.values_list("name", "bell_schedule"))
    client.post(f"{hub}cycles/{cycle.pk}/delete/")

    assert kept == [("Gold", None), ("Blue", usual.pk)]
    assert SchoolDay.objects.get(day=monday).cycle_day == "Monday"


# --- special days, days off, terms ------------------------------------------------------------------------------------


def test_special_days_are_kept_together(client, hub, usual, monday, school, office):
    half = services.add_bells(school, by=office, name="Half day", periods=THREE[:2])
    friday, next_friday = (monday + dt.timedelta(days=number) for number in (4, 11))
    sent = {"name": "Half day", "day": friday, "others": f"{next_friday}", "bells": half.pk, "position": ""}

    saved = sign_in(client, office).post(f"{hub}days/add/", sent)

    assert saved.url == f"{hub}?day={friday}"
    assert list(SpecialDay.objects.values_list("day", "bell_schedule")) == [(friday, half.pk), (next_friday, half.pk)]
    assert SchoolDay.objects.get(day=next_friday).bell_schedule == half


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"bells": ""}, "bells"),
        ({"others": "soon"}, "others"),
        ({"day": ""}, "day"),
        ({"name": ""}, "name"),
        ({"position": "7"}, "position"),
        ({"day": "saturday"}, "position"),
        ({"day": "off"}, "day"),
    ],
)
def test_a_special_day_refuses_at_the_field(sent, field, client, hub, usual, monday, school, principal):
    NoSchoolDay.objects.create(day=monday + dt.timedelta(days=2), name="Snow")
    days = {"saturday": monday + dt.timedelta(days=5), "off": monday + dt.timedelta(days=2)}
    given = {"name": "Early release", "day": monday, "bells": usual.pk, "position": "", "others": ""} | sent
    given["day"] = days.get(given["day"], given["day"])

    page = sign_in(client, principal).post(f"{hub}days/add/", given)

    assert list(page.context["form"].errors) == [field]
    assert not SpecialDay.objects.exists()


def test_the_office_closes_its_own_school_for_a_day(client, hub, visit, monday, office, ana):
    sent = {"name": "A burst pipe", "first": monday, "last": ""}
    sign_in(client, office)

    warned = client.post(f"{hub}days-off/add/", sent)
    assert not NoSchoolDay.objects.exists()
    client.post(f"{hub}days-off/add/", sent | {"seen": warned.context["tried"].mark})

    day = f"{monday:%a} {monday.day} {monday:%B}"
    assert warned.context["tried"].breaks == (
        f"{day}, 10:00 to 11:00, Busy. There is no school on {day} now: A burst pipe.",
    )
    assert NoSchoolDay.objects.get().school == visit.school
    assert Event.objects.get().trouble == f"There is no school on {day} now: A burst pipe."


def test_a_day_off_of_all_schools_is_the_districts(client, hub, school, monday, principal):
    everywhere = NoSchoolDay.objects.create(day=monday, name="Holiday")

    assert sign_in(client, principal).post(f"{hub}days-off/{everywhere.pk}/delete/").status_code == 404
    assert NoSchoolDay.objects.exists()


def test_terms_lie_in_a_year_and_follow_one_another(client, hub, school, year, monday, principal):
    sign_in(client, principal)
    span = {"starts_on": monday, "ends_on": monday + dt.timedelta(days=60)}

    client.post(f"{hub}terms/add/", {"name": "Fall", **span})
    over = client.post(f"{hub}terms/add/", {"name": "Winter", **span})
    out = client.post(f"{hub}terms/add/", {"name": "Winter", **span, "ends_on": monday + dt.timedelta(days=900)})

    assert list(Term.objects.values_list("name", "school", "year")) == [("Fall", school.pk, year.pk)]
    assert list(over.context["form"].errors) == ["starts_on"]
    assert list(out.context["form"].errors) == ["starts_on"]


def test_an_admins_day_off_shows_what_it_breaks(client, visit, monday, admin):
    sent = {"name": "Snow", "first": monday, "last": "", "school": ""}
    sign_in(client, admin)

    warned = client.post("/district/no-school-days/", sent)
    assert not NoSchoolDay.objects.exists()
    client.post("/district/no-school-days/", sent | {"seen": warned.context["tried"].mark})

    assert len(warned.context["tried"].breaks) == 1
    assert NoSchoolDay.objects.get().school is None


def test_a_year_that_ends_earlier_shows_what_it_breaks(client, visit, monday, year, admin):
    sent = {"name": year.name, "starts_on": year.starts_on, "ends_on": monday - dt.timedelta(days=1)}

    warned = sign_in(client, admin).post(f"/district/years/{year.pk}/", sent)

    assert len(warned.context["tried"].breaks) == 1
    assert SchoolYear.objects.get().ends_on == year.ends_on


def test_another_time_zone_shows_what_it_breaks(client, visit, school, admin):
    sent = {"name": school.name, "code": school.code, "time_zone": "America/Denver"}

    warned = sign_in(client, admin).post(f"/district/schools/{school.pk}/", sent)

    assert len(warned.context["tried"].breaks) == 1
    assert School.objects.get(pk=school.pk).time_zone == ""
