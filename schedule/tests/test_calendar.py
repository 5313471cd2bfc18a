import datetime as dt

import pytest

from people.models import NoSchoolDay, School
from schedule import services

DAY = dt.date(2027, 3, 11)
NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
TEN = dt.datetime(2027, 3, 11, 15, 5, tzinfo=dt.UTC)  # 10:05 in New York
HALF = dt.timedelta(minutes=45)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def event(ana, ben, school):
    return make(
        ana, [ana, ben], school=school, place="Room 12", thread="partnership:1", path="/partnerships/1/",
        video_link="https://video.example/abc",
    )  # fmt: skip


def make(by, people, *, starts_at=TEN, **fields):
    given = {"kind": "observation", "title": "Peer Partners: Observation", "at": NOW} | fields
    return services.create_event(by=by, people=people, starts_at=starts_at, ends_at=starts_at + HALF, **given)


def page(client, user, address):
    client.force_login(user)
    response = client.get(address)
    return response.status_code, response.content.decode()


def test_calendar_of_a_school_shows_busy_time_without_a_title(event, stranger, ben, school, client):
    words = page(client, stranger, "/calendar/?of=school&day=2027-03-11")[1]

    assert "Busy" in words
    assert "Room 12" in words
    assert "10:05" in words
    for secret in ("Observation", "Peer Partners", "Ana", "Ben", f"/events/{event.pk}/"):
        assert secret not in words
    assert "Peer Partners: Observation" in page(client, ben, "/calendar/?of=school&day=2027-03-11")[1]


def test_calendar_of_a_school_leaves_out_what_is_not_listed(ana, stranger, school, client):
    make(ana, [ana], school=school, listed=False)

    assert "Busy" not in page(client, stranger, "/calendar/?of=school&day=2027-03-11")[1]


def test_calendar_of_a_school_is_for_its_own_staff(event, cleo, school, client):
    words = page(client, cleo, f"/calendar/?of=school&school={school.pk}&day=2027-03-11")[1]

    assert "Riverside Middle" in words
    assert "Maple Grove" not in words
    assert "Busy" not in words


def test_calendar_of_a_school_shows_its_own_clock(admin, ana, school, client):
    School.objects.filter(pk=school.pk).update(time_zone="America/Denver")
    make(ana, [ana], school=school)

    assert "8:05" in page(client, admin, f"/calendar/?of=school&school={school.pk}&day=2027-03-11")[1]


def test_calendar_of_mine_has_my_dates_and_no_others(event, ben, cleo, client):
    address = "/calendar/?day=2027-03-11"
    assert f"/events/{event.pk}/" in page(client, ben, address)[1]
    assert f"/events/{event.pk}/" not in page(client, cleo, address)[1]


def test_calendar_of_a_partnership_shows_only_what_is_open(event, ana, ben, stranger, client):
    other = make(ana, [ana, ben], starts_at=TEN + HALF)
    address = "/calendar/?thread=partnership:1&day=2027-03-11"

    words = page(client, ben, address)[1]
    assert f"/events/{event.pk}/" in words
    assert f"/events/{other.pk}/" not in words
    assert f"/events/{event.pk}/" not in page(client, stranger, address)[1]


def test_calendar_shows_days_without_school(ana, other_school, client):
    NoSchoolDay.objects.create(day=DAY, name="Snow day")
    NoSchoolDay.objects.create(day=DAY, name="Flood", school=other_school)

    words = page(client, ana, "/calendar/?day=2027-03-11")[1]

    assert "No school: Snow day" in words
    assert "Flood" not in words


@pytest.mark.parametrize("view", ["month", "week", "list", "junk"])
@pytest.mark.parametrize(
    "day",
    ["", "junk", "0001-01-01", "9999-12-31", "2000-01-01", "2099-12-31", "2027-02-30", "2027-03-11\x00", "٢٠٢٧-٠٣-١١"],
)
def test_calendar_opens_whatever_the_address_asks(view, day, event, ana, client):
    client.force_login(ana)
    for more in (
        {},
        {"of": "school", "school": "9" * 40},
        {"thread": "x:' OR 1"},
        {"thread": "partnership:" + "9" * 18},
    ):
        response = client.get("/calendar/", {"view": view, "day": day} | more)
        assert response.status_code == 200


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("address", ["?view=month", "?view=week", "?view=list", "?thread=partnership:1"])
def test_calendar_asks_the_same_queries_whatever_its_length(
    number, address, ana, ben, school, client, django_assert_max_num_queries
):
    for hour in range(number):
        make(ana, [ana, ben], starts_at=TEN + hour * HALF, school=school, thread="partnership:1")
    client.force_login(ben)

    with django_assert_max_num_queries(7):
        response = client.get(f"/calendar/{address}&day=2027-03-11")

    assert response.content.decode().count("Peer Partners: Observation") == number
