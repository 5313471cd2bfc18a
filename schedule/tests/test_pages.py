import datetime as dt
import uuid

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.models import Role, School
from schedule import followers, services
from schedule.models import Event, Feed

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


def form(**changes):
    given = {
        "uid": str(uuid.uuid4()), "kind": "meeting", "day": "2027-03-11", "starts": "10:05", "ends": "10:50",
        "place": "Library", "others": "Ben Okafor",
    }  # fmt: skip
    return given | changes


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ana", 200),
        ("ben", 200),
        ("principal", 200),
        ("stranger", 404),
        ("other_principal", 404),
        ("admin", 404),
    ],
)
def test_event_page_opens_to_its_people_and_the_principal_of_its_school(who, status, event, client, request):
    user = request.getfixturevalue(who)

    for address in (f"/events/{event.pk}/", f"/events/{event.pk}.ics"):
        assert page(client, user, address)[0] == status
    assert page(client, user, f"/events/{event.pk}/move/")[0] == {404: 404}.get(status, 200 if who == "ana" else 403)


def test_event_page_shows_a_principal_time_place_and_people_alone(event, ana, principal, client):
    services.answer_event(event, by=ana, answer="declined", at=NOW)
    for secret in ("video.example", "/partnerships/1/", "Cannot come"):
        assert secret in page(client, ana, f"/events/{event.pk}/")[1]
        assert secret not in page(client, principal, f"/events/{event.pk}/")[1]
    assert "Ben Okafor" in page(client, principal, f"/events/{event.pk}/")[1]


def test_a_room_above_can_open_an_event_in_full(event, facilitator, client):
    assert page(client, facilitator, f"/events/{event.pk}/")[0] == 404
    followers.MAY_SEE.append(rule := lambda user: Q(thread="partnership:1"))
    try:
        status, words = page(client, facilitator, f"/events/{event.pk}/")
    finally:
        followers.MAY_SEE.remove(rule)

    assert status == 200
    assert "video.example" in words


@pytest.mark.parametrize("number", [1, 3])
def test_school_calendar_and_event_page_ask_few_queries(
    number, ana, ben, person, school, client, django_assert_max_num_queries
):
    people = [person(f"Guest{n} Mora", Role.TEACHER, school) for n in range(number)]
    events = [make(ana, people, starts_at=TEN + hour * HALF, school=school) for hour in range(number)]
    client.force_login(ben)
    with django_assert_max_num_queries(7):
        client.get("/calendar/?of=school&day=2027-03-11")
    client.force_login(ana)
    with django_assert_max_num_queries(8):  # what upper apps show beside it among them
        assert client.get(f"/events/{events[0].pk}/").content.decode().count("Mora") >= number


def test_answering_from_the_page(event, ben, stranger, client):
    client.force_login(ben)
    client.post(f"/events/{event.pk}/answer/", {"answer": "declined"})
    assert event.attendances.get(person=ben).answer == "declined"

    client.force_login(stranger)
    assert client.post(f"/events/{event.pk}/answer/", {"answer": "accepted"}).status_code == 404


def test_new_event_asks_colleagues_by_name_and_mail(ana, ben, cleo, school, client):
    client.force_login(ana)

    response = client.post("/events/new/", form(others="ben okafor, CLEO@cedar.example", school=school.pk, listed="on"))

    event = Event.objects.get()
    assert response["Location"] == f"/events/{event.pk}/"
    assert (event.title, event.starts_at, event.ends_at, event.organizer) == ("Meeting", TEN, TEN + HALF, ana)
    assert set(event.attendances.values_list("person", "answer")) == {
        (ana.pk, "accepted"), (ben.pk, "asked"), (cleo.pk, "asked"),
    }  # fmt: skip


def test_new_event_sent_twice_is_made_once(ana, ben, client):
    client.force_login(ana)
    sent = form()

    addresses = {client.post("/events/new/", sent)["Location"] for _ in range(2)}

    # The second time Ben and Ana are busy with the first: the page says so, unless told to go on.
    assert Event.objects.count() == 1
    assert len(addresses) == 1


def test_the_mark_of_another_s_form_makes_a_date_of_one_s_own(ana, ben, client):
    sent = form(others="", place="")
    for person in (ana, ben):
        client.force_login(person)
        assert client.post("/events/new/", sent).status_code == 302

    assert [one.organizer for one in Event.objects.order_by("pk")] == [ana, ben]


def test_a_room_of_any_name_is_booked(ana, school, client):
    client.force_login(ana)
    place = "\u0390" * 120  # without capitals it has 360 characters

    first = client.post("/events/new/", form(others="", school=school.pk, place=place))
    second = client.post("/events/new/", form(others="", school=school.pk, place=place, uid=uuid.uuid4()))

    assert first.status_code == 302
    assert "place" in second.context["form"].errors


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": "10:05"}, "ends"),
        ({"day": "9999-12-31"}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"day": "soon"}, "day"),
        ({"starts": "25:00"}, "starts"),
        ({"others": "Nobody Atall"}, "others"),
        ({"others": "x\x00"}, "others"),
        ({"video_link": "javascript:alert(1)"}, "video_link"),
        ({"video_link": "ftp://x.example/"}, "video_link"),
        ({"school": "9" * 30}, "school"),
        ({"kind": "party"}, "kind"),
        ({"uid": "1"}, "uid"),
        ({"place": "x" * 121}, "place"),
    ],
)
def test_new_event_answers_bad_input_at_the_field(changes, field, ana, ben, client):
    client.force_login(ana)

    response = client.post("/events/new/", form(**changes))

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert 'value="Library"' in response.content.decode() or field == "place"
    assert not Event.objects.exists()


def test_clashes_are_shown_before_saving_and_can_be_overruled(event, ana, ben, cleo, client):
    client.force_login(cleo)
    first = client.post("/events/new/", form())
    assert "Ben Okafor is busy Thu 11 March, 10:05 to 10:50." in first.content.decode()
    assert Event.objects.count() == 1

    other_time = client.post("/events/new/", form(ends="10:55", seen="never shown"))
    assert Event.objects.count() == 1
    assert other_time.status_code == 200

    client.post("/events/new/", form(seen=first.context["mark"]))
    assert Event.objects.count() == 2


def test_what_is_taken_for_good_is_refused_at_its_field_and_nothing_overrules_it(event, ana, ben, school, client):
    client.force_login(ana)
    wanted = form(school=school.pk, place="room  12", others="")

    first = client.post("/events/new/", wanted)
    again = client.post("/events/new/", wanted | {"seen": first.context["mark"]})

    for response in (first, again):
        assert dict(response.context["form"].errors) == {
            "starts": ["You said yes to Peer Partners: Observation, Thu 11 March, 10:05 to 10:50."],
            "place": ["Room 12 is taken Thu 11 March, 10:05 to 10:50: you have it."],
        }
        assert 'name="seen"' not in response.content.decode()
    assert Event.objects.count() == 1


def test_a_second_yes_at_the_same_time_is_refused_with_words(event, ben, cleo, client):
    other = make(cleo, [cleo, ben])
    client.force_login(ben)
    client.post(f"/events/{event.pk}/answer/", {"answer": "accepted"})

    response = client.post(f"/events/{other.pk}/answer/", {"answer": "accepted"}, follow=True)

    assert "You said yes to Peer Partners: Observation, Thu 11 March, 10:05 to 10:50." in response.content.decode()
    assert other.attendances.get(person=ben).answer == "asked"


def test_moving_from_the_page(event, ana, client):
    client.force_login(ana)
    sent = {"day": "2027-11-08", "starts": "10:05", "ends": "10:50", "place": "Room 3"}

    client.post(f"/events/{event.pk}/move/", sent)

    event.refresh_from_db()
    assert event.starts_at == dt.datetime(2027, 11, 8, 15, 5, tzinfo=dt.UTC)
    assert (event.place, event.sequence) == ("Room 3", 1)


def test_moving_reads_the_clock_of_the_events_school(event, ana, school, client):
    School.objects.filter(pk=school.pk).update(time_zone="America/Los_Angeles")
    client.force_login(ana)
    shown = client.get(f"/events/{event.pk}/move/").content.decode()
    assert 'value="07:05"' in shown

    client.post(f"/events/{event.pk}/move/", {"day": "2027-03-12", "starts": "07:05", "ends": "07:50", "place": ""})

    event.refresh_from_db()
    assert event.starts_at == TEN + dt.timedelta(days=1)


def test_cancelling_asks_first_and_keeps_the_word_on_the_page(event, ana, ben, principal, client):
    client.force_login(ana)
    assert client.get(f"/events/{event.pk}/cancel/").status_code == 200
    assert Event.objects.get().cancelled_at is None

    client.post(f"/events/{event.pk}/cancel/", {"word": "My class has a test"})

    assert "My class has a test" in page(client, ben, f"/events/{event.pk}/")[1]
    assert "My class has a test" not in page(client, principal, f"/events/{event.pk}/")[1]
    assert page(client, ana, f"/events/{event.pk}/move/")[0] == 403


def test_people_are_asked_and_taken_off_from_the_page(event, ana, ben, cleo, client):
    client.force_login(ana)
    client.post(f"/events/{event.pk}/people/", {"others": "Cleo Marsh"})
    assert event.attendances.filter(person=cleo).exists()

    one = event.attendances.get(person=ben)
    client.post(f"/events/{event.pk}/people/{one.pk}/off/")
    assert not event.attendances.filter(person=ben).exists()


def test_who_is_taken_is_said_before_they_are_asked_as_well(event, ana, cleo, client):
    other = make(cleo, [cleo], school=None)
    client.force_login(ana)
    sent = {"others": "Cleo Marsh", "are_welcome": "on"}

    page = client.post(f"/events/{event.pk}/people/", sent)
    asked = event.attendances.filter(person=cleo).exists()
    client.post(f"/events/{event.pk}/people/", sent | {"seen": page.context["mark"]})

    assert [str(clash) for clash in page.context["clashes"]] == ["Cleo Marsh is busy Thu 11 March, 10:05 to 10:50."]
    assert "Ask them anyway" in page.content.decode()
    assert page.context["form"]["are_welcome"].value()
    assert not asked
    assert not event.attendances.get(person=cleo).required
    assert other.title not in [clash.what for clash in page.context["clashes"]]


def test_an_impossible_number_in_the_address_is_simply_absent(ana, client):
    client.force_login(ana)
    for name in ("event", "event_ics", "event_move", "periods"):
        assert client.get(reverse(name, args=[10**30])).status_code == 404


def test_get_never_writes(event, ana, client, django_assert_num_queries):
    client.force_login(ana)
    before = (Event.objects.count(), Feed.objects.count(), timezone.now())
    for address in ("/calendar/", "/me/calendar/", "/events/new/", f"/events/{event.pk}/people/"):
        assert client.get(address).status_code == 200
    assert (Event.objects.count(), Feed.objects.count(), timezone.now()) == before
