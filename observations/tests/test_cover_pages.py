import datetime as dt

import pytest

from observations.models import Coverage
from observations.services import coverage as cover
from people.models import NoSchoolDay
from schedule.services import create_event

from .conftest import DAY
from .knocking import get, post, said


def test_several_periods_become_a_request_each(ana, periods, client):
    given = {"day": "2027-03-11", "class_name": "Grade 4", "room": "12", "note": "Page 30"}

    asked = post(client, ana, "/coverage/ask/", periods=[periods[0].pk, periods[2].pk], **given)

    assert asked.status_code == 302
    rows = Coverage.objects.values_list("period__name", "starts", "class_name")
    assert list(rows) == [("1", dt.time(9, 5), "Grade 4"), ("3", dt.time(11, 5), "Grade 4")]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"day": "2027-02-26"}, "is over"),
        ({"day": "2027-03-12"}, "There is no school on Fri 12 March: Founders"),
        ({"day": "2099-03-12"}, "more than a year away"),
        ({"starts": "", "ends": ""}, "Say when somebody has to take the class"),
        ({"ends": "09:00"}, "ends before it starts"),
        ({"day": "0000-99-99", "starts": "99:99"}, "valid"),
        ({"class_name": "\x00"}, "Null characters"),
    ],
)
def test_a_wrong_request_is_answered_at_the_field(ana, client, wrong, words):
    NoSchoolDay.objects.create(day=dt.date(2027, 3, 12), name="Founders Day")
    given = {"day": "2027-03-11", "class_name": "Grade 4", "starts": "10:00", "ends": "11:00", "note": "Page 30"}

    response = post(client, ana, "/coverage/ask/", **given | wrong)

    assert response.status_code == 200
    assert words in said(response)
    assert "Page 30" in said(response)
    assert not Coverage.objects.exists()


def test_the_form_begins_with_the_event_that_it_is_for(ana, ben, school, periods, client):
    ten = dt.datetime(2027, 3, 11, 15, tzinfo=dt.UTC)
    span = {"starts_at": ten, "ends_at": ten + dt.timedelta(minutes=90)}
    mine = create_event(by=ana, kind="meeting", title="", people=[ana], **span)
    other = create_event(by=ben, kind="meeting", title="", people=[ben], **span)
    client.force_login(ana)

    form = client.get(f"/coverage/ask/?event={mine.pk}").context["form"]

    assert form.initial == {"day": DAY, "periods": [periods[1].pk, periods[2].pk]}
    assert client.get(f"/coverage/ask/?event={other.pk}").status_code == 404


def test_the_office_and_the_coverer_read_nothing_of_the_purpose(ask, ana, ben, principal, office, client):
    ten = dt.datetime(2027, 3, 11, 15, tzinfo=dt.UTC)
    event = create_event(
        by=ana, kind="observation", title="PURPOSE: observation", starts_at=ten, people=[ana],
        ends_at=ten + dt.timedelta(hours=1), thread="partnership:1", path="/partnerships/1/",
    )  # fmt: skip
    coverage = ask(event=event, note="Page 30")
    cover.approve_cover(coverage, by=principal, coverer=ben)
    address = coverage.get_absolute_url()
    assert "PURPOSE" in get(client, ana, address)[1]

    for reader in (office, ben):
        text = get(client, reader, address)[1]
        assert "Page 30" in text
        assert "PURPOSE" not in text
        assert "/partnerships/1/" not in text


def test_the_principal_answers_on_the_page(ask, principal, ben, client):
    coverage = ask()
    address = coverage.get_absolute_url()
    assert "Ben Okafor: has not covered yet this year" in get(client, principal, address)[1]

    assert post(client, principal, f"{address}approve/", coverer=ben.pk).status_code == 302

    coverage.refresh_from_db()
    assert (coverage.state, coverage.coverer) == ("assigned", ben)


def test_who_is_named_is_asked_and_who_names_themselves_covers(ask, principal, ben, client):
    one = ask()
    cover.approve_cover(one, by=principal)
    client.force_login(principal)

    for who, words in ((ben, f"{ben} is asked to cover, and Ana Ruiz is told."), (principal, "You cover it, and Ana")):
        response = client.post(f"/coverage/{one.pk}/name/", {"coverer": who.pk}, follow=True)
        assert words in response.content.decode()


def test_who_was_taken_meanwhile_is_said_at_the_form(ask, principal, ben, stranger, client):
    cover.approve_cover(ask(by=stranger, class_name="Grade 2 art"), by=principal, coverer=ben)
    coverage = ask()

    refused = post(client, principal, f"{coverage.get_absolute_url()}approve/", coverer=ben.pk)

    assert refused.status_code == 200
    assert "covering Grade 2 art" in said(refused)
    coverage.refresh_from_db()
    assert coverage.state == "asked"


def test_nobody_from_beyond_the_school_is_named(ask, principal, cleo, client):
    refused = post(client, principal, f"{ask().get_absolute_url()}approve/", coverer=cleo.pk)

    assert "Select a valid choice" in said(refused)


def test_returned_with_another_day_and_asked_again(ask, principal, ana, client):
    coverage = ask()
    address = coverage.get_absolute_url()
    assert post(client, principal, f"{address}return/", reason="").status_code == 200

    post(client, principal, f"{address}return/", reason="Testing week", other_day="2027-03-18")
    assert "Testing week" in get(client, ana, address)[1]
    post(client, ana, f"{address}again/", day="2027-03-18", starts="10:05", ends="10:50", note="")

    coverage.refresh_from_db()
    assert (coverage.state, coverage.day) == ("asked", dt.date(2027, 3, 18))


def test_withdrawing_asks_first(ask, ana, client):
    coverage = ask()
    address = f"{coverage.get_absolute_url()}withdraw/"
    assert "Withdraw your request" in get(client, ana, address)[1]
    assert Coverage.objects.get().state == "asked"

    post(client, ana, address)

    assert Coverage.objects.get().state == "withdrawn"


def test_the_sheet_of_a_day_shows_the_school_day(ask, ben, office, principal, stranger, periods, client):
    cover.approve_cover(ask(period=periods[1]), by=principal, coverer=ben)
    ask(by=stranger, starts=dt.time(10, 5), ends=dt.time(10, 50), class_name="Grade 2 art")
    ask(starts=dt.time(13), ends=dt.time(13, 20), class_name="Lunch club")
    ask(day=DAY + dt.timedelta(days=1), class_name="Another day")
    client.force_login(office)

    page = client.get("/coverage/day/?day=2027-03-11")

    rows = [(row.name, [one.class_name for one in row.classes]) for row in page.context["rows"]]
    assert rows == [("Period 2", ["Grade 4 math", "Grade 2 art"]), ("", ["Lunch club"])]
    assert [row.name for row in page.context["free"]] == ["Period 1", "Period 3"]
    assert "Ben Okafor" in said(page)
    assert get(client, stranger, "/coverage/day/")[0] == 403


def test_the_list_leads_to_the_desk(ask, office, principal, ana, client):
    ask()

    assert "<strong>1 request</strong> waits for your answer" in get(client, principal, "/coverage/")[1]
    assert "<strong>1 request</strong> waits for the principal" in get(client, office, "/coverage/")[1]
    assert "/coverage/desk/" not in get(client, ana, "/coverage/")[1]
