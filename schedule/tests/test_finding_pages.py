"""The pages that look for a time and show the week of a team: from the search into a date, and who sees what."""

import datetime as dt

import pytest

from people import clock
from people.models import Role
from schedule import services
from schedule.models import Booking, Event
from schedule.team import team_week

from .test_finding import DAY, MONDAY, NOW, teach


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def address(others, at, /, **changes):
    given = {"first": "2027-03-08", "last": "2027-03-12", "minutes": "45", "school": at.pk, "others": others}
    return "/calendar/find/?" + "&".join(f"{name}={value}" for name, value in (given | changes).items())


def get(client, user, where):
    client.force_login(user)
    return client.get(where)


def test_a_search_offers_times_that_lead_into_a_new_date(table, ana, ben, school, client):
    teach(table, ben, "1", name="8A")

    found = get(client, ana, address("ben@cedar.example", school))
    offered = found.context["offers"][0][1]
    form = client.get(offered).context["form"]

    assert found.context["offers"][0][0].reasons == ("Nobody misses a class.",)
    assert offered == (f"/events/new/?day=2027-03-08&starts=08%3A45&ends=09%3A30&people={ben.pk}&school={school.pk}")
    assert form.initial["day"] == MONDAY
    assert form.initial["others"] == "ben@cedar.example"


def test_a_search_for_a_partnership_leads_back_to_its_step(table, ana, ben, school, client):
    teach(table, ben, "2")
    back = "/partnerships/3/steps/4/"

    found = get(
        client, ana, address("ben@cedar.example", school, back=back, colleagues=ben.pk, people=ben.pk, visited=ben.pk)
    )

    assert found.context["offers"][0][1].startswith(f"{back}?day=2027-03-08&starts=08%3A30&observed={ben.pk}")
    for bad in ("//evil.example/", "https://evil.example/", "/partnerships/3/steps/4/../../x"):
        assert get(client, ana, address("ben@cedar.example", school, back=bad)).context["back"] == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last": "2027-03-01"}, "last"),
        ({"last": "2028-03-01"}, "last"),
        ({"first": "soon"}, "first"),
        ({"minutes": "0"}, "minutes"),
        ({"earliest": "12:00", "latest": "09:00"}, "latest"),
        ({"others": ""}, "others"),
        ({"others": "Nobody Atall"}, "others"),
        ({"school": "9" * 30}, "school"),
        ({"visited": "77"}, "visited"),
    ],
)
def test_a_search_that_makes_no_sense_says_so_at_the_field(changes, field, ana, ben, school, client):
    found = get(client, ana, address("ben@cedar.example", school, **changes))

    assert found.status_code == 200
    assert field in found.context["form"].errors


@pytest.mark.parametrize(
    "nonsense", ["people=x", "people=1,,2", "week=x&people=999999", "people=" + "9" * 40, "week=9999-12-31"]
)
def test_an_address_that_makes_no_sense_opens_the_page_all_the_same(nonsense, ana, client):
    for page in ("/calendar/find/", "/calendar/grid/"):
        assert get(client, ana, f"{page}?{nonsense}").status_code == 200


def test_the_week_of_a_team_says_when_and_never_with_what(table, ana, ben, school, client):
    teach(table, ben, "1", name="8A", positions=(0,))
    start = clock.at(MONDAY, dt.time(10), school)
    span = {"starts_at": start, "ends_at": start + dt.timedelta(minutes=30)}
    services.create_event(by=ben, kind="observation", title="Secret visit", people=[ben], place="Room 9", **span)

    page = get(client, ana, f"/calendar/grid/?people={ben.pk}&week=2027-03-10").content.decode()

    for shown in (
        "Mon 8 March, 1, 8:00 to 8:45: Teaching",
        "Mon 8 March, 2, 9:00 to 9:45: Free",
        "Mon 8 March, 3, 10:00 to 10:45: Busy",
        "Teaching 8:00 to 8:45, busy 10:00 to 10:30",
        "Thu 11 March, Day, 8:00 to 18:00: No school",
    ):
        assert shown in page
    for hidden in ("8A", "Math", "Secret", "Room 9", "Observation"):
        assert hidden not in page


def test_cells_show_the_strongest_of_what_overlaps(table, ana, school):
    start = clock.at(MONDAY, dt.time(8), school)
    Booking.objects.create(
        holder="a", source="event:1", person=ana, starts_at=start, ends_at=start + dt.timedelta(hours=3), firm=False
    )
    teach(table, ana, "1", positions=(0,))
    teach(table, ana, "2", positions=(0,), kind="duty")
    known = services.look([ana], MONDAY, MONDAY + 4 * DAY, school=school)

    _, (row,) = team_week([ana], MONDAY, known)

    assert [cell.state for cell in row.cells][:5] == ["teaching", "duty", "asked", "free", "free"]


@pytest.mark.parametrize("number", [10, 1000])
def test_pages_ask_the_same_few_queries(
    number, table, ana, ben, cleo, person, school, client, django_assert_max_num_queries
):
    start = clock.at(MONDAY, dt.time(8), school).astimezone(dt.UTC)
    hour = DAY / 24
    events = Event.objects.bulk_create(
        Event(title="x", organizer=cleo, school=school, starts_at=start + n * hour, ends_at=start + (n + 1) * hour)
        for n in range(number)
    )
    Booking.objects.bulk_create(
        Booking(
            holder="x",
            person=ana,
            event=one,
            source=str(one.pk),
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            firm=False,
        )
        for one in events
    )
    more = [person(f"Guest{n} Mora", Role.TEACHER, school) for n in range(3)]
    for people in ([ben], [ben, *more]):
        numbers, names = ",".join(str(one.pk) for one in people), ",".join(one.email for one in people)
        client.force_login(ana)
        with django_assert_max_num_queries(8):
            assert client.get(f"/calendar/grid/?people={numbers}&week=2027-03-08").status_code == 200
        with django_assert_max_num_queries(11):
            assert client.get(address(names, school, last="2027-04-30")).context["offers"]
