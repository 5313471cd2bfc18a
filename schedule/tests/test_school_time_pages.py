"""The page of school time for everybody, and the bells: who changes them, and what is shown before it is saved."""

import datetime as dt

import pytest

from notices.models import Notice
from people.models import NoSchoolDay, Role
from schedule import services
from schedule.models import BellSchedule, DayCycle, Event, Period, SchoolDay, SpecialDay, Term

from .school_time import NINE, TEN, THREE, next_monday, second_period, sign_in, three_periods


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


def test_staff_read_the_week_and_see_no_buttons(client, hub, usual, monday, school, ana, principal):
    services.keep_special_days(school, by=principal, days=[monday], name="Half day", position=1)
    NoSchoolDay.objects.create(day=monday + dt.timedelta(days=1), name="A burst pipe", school=school)
    services.lay_out_days([school])

    page = sign_in(client, ana).get(hub, {"day": monday.isoformat()})
    text = page.content.decode()

    first, second, *_ = page.context["week"]
    assert (first.name, first.special, first.periods[1]) == ("Tuesday", "Half day", ("2", "10:00", "11:00"))
    assert (second.off, second.periods) == ("A burst pipe", ())
    assert "Regular day" in text
    assert "/bells/add/" not in text
    assert "/bells/add/" in sign_in(client, principal).get(hub).content.decode()


def test_the_chooser_leads_on_when_there_is_one_school(client, hub, ana, admin, other_school):
    assert sign_in(client, ana).get("/schools/").url == hub
    assert len(sign_in(client, admin).get("/schools/").context["page"].object_list) == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_hub_asks_the_same_for_three_rows_as_for_one(
    rows, client, hub, usual, monday, school, year, principal, django_assert_num_queries
):
    for number in range(rows):
        day = monday + dt.timedelta(days=7 * number)
        bells = services.add_bells(school, by=principal, name=f"Day {number}", periods=THREE)
        services.keep_special_days(school, by=principal, days=[day], name="Special", bells=bells)
        NoSchoolDay.objects.create(day=day + dt.timedelta(days=1), name="Snow", school=school)
        Term.objects.create(
            year=year, school=school, name=f"Term {number}", starts_on=day, ends_on=monday + dt.timedelta(90)
        )
        cycle = DayCycle(school=school, starts_on=day)
        services.keep_cycle(cycle, by=principal, days=[(f"D{n}", bells) for n in range(5)])
    sign_in(client, principal).get(hub)

    with django_assert_num_queries(18):
        client.get(hub)


# --- bells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "periods"),
    [
        ({"how": "copy"}, THREE),
        (
            {"how": "shorten", "minutes": 30},
            [("1", NINE, dt.time(9, 30)), ("2", dt.time(9, 30), TEN), ("3", TEN, dt.time(10, 30))],
        ),
        (
            {"how": "ends", "ends_at": "10:30"},
            [("1", NINE, dt.time(9, 30)), ("2", dt.time(9, 30), TEN), ("3", TEN, dt.time(10, 30))],
        ),
    ],
)
def test_further_bells_are_made_of_the_usual_day(how, periods, client, hub, usual, principal):
    sent = sign_in(client, principal).post(f"{hub}bells/add/", {"name": "Early release", "like": usual.pk, **how})

    made = BellSchedule.objects.get(name="Early release")
    assert sent.url == f"{hub}bells/{made.pk}/"
    assert list(made.periods.values_list("name", "starts", "ends")) == periods
    assert not made.is_default


@pytest.mark.parametrize(
    ("sent", "field", "error"),
    [
        ({"name": "regular DAY", "how": "copy"}, "__all__", "There are bells called “regular DAY” already."),
        ({"name": "Short", "how": "shorten"}, "minutes", "Say how many minutes."),
        ({"name": "Short", "how": "ends"}, "ends_at", "Say when the day ends."),
        (
            {"name": "Short", "how": "ends", "ends_at": "09:10"},
            "ends_at",
            "Then a period would not last 5 minutes. Choose a later time.",
        ),
        (
            {"name": "Short", "how": "ends", "ends_at": "15:00"},
            "ends_at",
            "That is later than the day that you begin with ends.",
        ),
        ({"name": "", "how": "copy"}, "name", "This field is required."),
    ],
)
def test_bells_refuse_at_the_field(sent, field, error, client, hub, usual, principal):
    page = sign_in(client, principal).post(f"{hub}bells/add/", {"like": usual.pk, **sent})

    assert page.context["form"].errors == {field: [error]}
    assert BellSchedule.objects.count() == 1


def test_bells_that_are_used_are_not_deleted(client, hub, usual, school, monday, principal):
    half = services.add_bells(school, by=principal, name="Half day", periods=THREE)
    services.keep_special_days(school, by=principal, days=[monday], name="Half day", bells=half)
    sign_in(client, principal)

    used = client.post(f"{hub}bells/{half.pk}/delete/")
    the_usual = client.post(f"{hub}bells/{usual.pk}/delete/")
    services.remove_special_day(SpecialDay.objects.get(), by=principal)
    gone = client.post(f"{hub}bells/{half.pk}/delete/")

    assert used.context["form"].errors == {
        "__all__": ["Half day rings on 1 special day. Give those days other bells first."]
    }
    assert the_usual.context["form"].errors == {
        "__all__": ["These are the usual bells. Choose other usual ones first."]
    }
    assert gone.url == hub
    assert list(BellSchedule.objects.all()) == [usual]


def test_other_bells_become_the_usual_ones(client, hub, usual, school, monday, principal):
    late = services.add_bells(school, by=principal, name="Late start", periods=THREE)

    sign_in(client, principal).post(f"{hub}bells/{late.pk}/usual/")

    assert set(BellSchedule.objects.filter(is_default=True)) == {late}
    assert SchoolDay.objects.get(day=monday).bell_schedule == late


def periods_sent(bells, **more):
    sent = {"periods-TOTAL_FORMS": 3, "periods-INITIAL_FORMS": 3, "called": bells.name}
    for number, period in enumerate(bells.periods.order_by("starts")):
        values = {
            "id": period.pk,
            "name": period.name,
            "starts": f"{period.starts:%H:%M}",
            "ends": f"{period.ends:%H:%M}",
        }
        sent |= {f"periods-{number}-{field}": value for field, value in values.items()}
    return sent | more


def test_periods_that_break_a_date_are_saved_once_it_was_seen(client, hub, usual, visit, monday, principal, ben):
    sent = periods_sent(usual, **{"periods-1-starts": "10:10", "periods-1-ends": "10:50"})
    sign_in(client, principal)

    page = client.post(f"{hub}bells/{usual.pk}/", sent)
    before = Period.objects.get(name="2").starts
    tried = page.context["tried"]
    saved = client.post(f"{hub}bells/{usual.pk}/", sent | {"seen": tried.mark})

    day = f"{monday:%a} {monday.day} {monday:%B}"
    assert tried.breaks == (f"{day}, 10:00 to 11:00, Meeting. Period 2 is now 10:10 to 10:50 on {day}.",)
    assert "1 date is no longer right then" in page.content.decode()
    assert before == TEN
    assert saved.status_code == 302
    assert Period.objects.get(name="2").starts == dt.time(10, 10)
    assert Event.objects.get().trouble == f"Period 2 is now 10:10 to 10:50 on {day}."
    assert set(Notice.objects.values_list("kind", flat=True)) == {"event_troubled"}


def test_what_was_seen_counts_for_exactly_that(client, hub, usual, visit, principal):
    sign_in(client, principal)
    first = client.post(f"{hub}bells/{usual.pk}/", periods_sent(usual, **{"periods-1-starts": "10:10"}))

    other = periods_sent(usual, **{"periods-1-starts": "10:20", "seen": first.context["tried"].mark})
    page = client.post(f"{hub}bells/{usual.pk}/", other)

    assert page.status_code == 200
    assert Period.objects.get(name="2").starts == TEN


def test_bells_are_renamed_and_names_differ(client, hub, usual, school, principal):
    half = services.add_bells(school, by=principal, name="Half day", periods=THREE)
    sign_in(client, principal)

    client.post(f"{hub}bells/{half.pk}/", periods_sent(half, called="Minimum day"))
    taken = client.post(f"{hub}bells/{half.pk}/", periods_sent(half, called="Regular day"))

    assert BellSchedule.objects.get(pk=half.pk).name == "Minimum day"
    assert taken.context["form"].errors == {"__all__": ["There are bells called “Regular day” already."]}


def test_bells_of_another_school_are_out_of_reach(client, usual, other_school, person):
    theirs = person("Ola Berg", Role.PRINCIPAL, other_school)

    assert sign_in(client, theirs).get(f"/schools/{other_school.pk}/bells/{usual.pk}/").status_code == 404


def test_buttons_in_parts_of_a_page_carry_their_token(client, hub, usual, visit, school, principal, ana):
    """A part that is included with `only` gets the token from nowhere unless it is handed on."""
    services.add_bells(school, by=principal, name="Half day", periods=THREE)
    Event.objects.update(trouble="There is no school on that day now.")

    for person, page, action in ((principal, hub, "/usual/"), (ana, f"/events/{visit.pk}/", "/keep/")):
        text = sign_in(client, person).get(page).content.decode()
        _, form = text.split(f'{action}"', 1)
        assert "csrfmiddlewaretoken" in form.split("</form>", 1)[0]
