import csv
import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from people import clock
from people.models import Role
from schedule.models import BellSchedule, Period, SchoolDay, TeachingSlot, Timetable
from schedule.plausible import Row
from schedule.services import timetables
from schedule.services.timetables import keep_file, write_timetable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def usual(school):
    usual = BellSchedule.objects.create(school=school)
    for name, starts, ends in (("2", "09:05", "09:55"), ("1", "08:10", "09:00"), ("Lunch", "12:00", "12:30")):
        Period.objects.create(schedule=usual, name=name, starts=starts, ends=ends)
    return usual


@pytest.fixture
def table(school, office, ana, ben):
    rows = [
        Row(ana, "Monday", "1", "9A", "R1", "Art", "class"),
        Row(ana, "Monday", "1", "9B", "R1", "Art", "class"),
        Row(ben, "Tuesday", "Lunch", "", "Hall", "=Lunch duty", "duty"),
    ]
    return write_timetable(school, rows, starts_on=clock.today(school) - dt.timedelta(days=30), by=office)


def words_of(week):
    return {
        (day.name, cell.label): [slot.what for slot in cell.slots]
        for day in week.days
        for cell in day.cells
        if cell.slots
    }


def test_a_week_has_days_of_the_cycle_and_periods_by_the_clock(client, ana, table):
    SchoolDay.objects.create(school=table.school, day=clock.today(table.school), position=3)
    client.force_login(ana)

    week = client.get("/timetable/").context["week"]

    assert [day.name for day in week.days] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert [day.name for day in week.days if day.is_today] == ["Thursday"]
    assert [label for label, _ in week.periods] == ["Period 1", "Period 2", "Lunch"]
    assert words_of(week) == {("Monday", "Period 1"): ["9A", "9B"]}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("", "Thursday"), ("?day=1", "Tuesday"), ("?day=9", "Thursday"), ("?day=x", "Thursday"), ("?day=%00", "Thursday")],
)
def test_a_phone_shows_one_day_at_a_time(asked, shown, client, ana, table):
    SchoolDay.objects.create(school=table.school, day=clock.today(table.school), position=3)
    client.force_login(ana)

    page = client.get(f"/timetable/{asked}")

    assert page.context["shown"].name == shown
    assert page.content.decode().count("is-other") == 4


def test_what_days_and_bells_no_longer_have_is_still_shown(client, ana, table, usual):
    TeachingSlot.objects.create(timetable=table, teacher=ana, position=7, period="9", class_name="9C")
    client.force_login(ana)

    week = client.get("/timetable/").context["week"]

    assert words_of(week)["Day 8", "Period 9"] == ["9C"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("ana", 200), ("ben", 200), ("office", 200), ("principal", 200), ("admin", 200), ("facilitator", 200),
     ("cleo", 404), ("other_principal", 404), ("operator", 302)],
)  # fmt: skip
def test_a_colleague_s_timetable_is_for_the_staff_of_the_school(who, status, client, request, ana, table):
    client.force_login(request.getfixturevalue(who))

    assert client.get(f"/people/{ana.pk}/timetable/").status_code == status


@pytest.mark.parametrize("who", ["ana", "office", "stranger"])
def test_before_there_is_any_the_pages_say_how_to_begin(who, client, school, request):
    client.force_login(request.getfixturevalue(who))

    own, whole = client.get("/timetable/"), client.get(f"/schools/{school.pk}/timetable/")
    sheets, file = (
        client.get(f"/schools/{school.pk}/timetable/print/"),
        client.get(f"/schools/{school.pk}/timetable.csv"),
    )

    assert [page.status_code for page in (own, whole, sheets, file)] == [200] * 4
    assert "There is no timetable yet" in own.content.decode()
    assert ("Bring in a file" in whole.content.decode()) == (who == "office")


def test_the_list_of_a_school_counts_and_is_searched(client, ana, stranger, table):
    client.force_login(ana)
    address = f"/schools/{table.school_id}/timetable/"

    everybody = client.get(address).context["page"].object_list
    found = client.get(address, {"q": "oka"}).context["page"].object_list

    assert [(p.name, p.classes, p.duties) for p in everybody] == [
        ("Ana Ruiz", 2, 0),
        ("Ben Okafor", 0, 1),
        ("Sam Stranger", 0, 0),
    ]
    assert [one.name for one in found] == ["Ben Okafor"]


@pytest.mark.parametrize(
    "junk", ["?timetable=x", "?timetable=99999999999999999999", "?page=0", "?q=%00", "?page=9&q=a"]
)
def test_junk_in_the_address_opens_the_page(junk, client, ana, table):
    client.force_login(ana)

    for address in (
        "/timetable/",
        f"/schools/{table.school_id}/timetable/",
        f"/schools/{table.school_id}/timetable.csv",
    ):
        assert client.get(address + junk).status_code == 200


def test_a_timetable_to_come_can_be_looked_at_and_today_s_is_shown_first(client, ana, office, table):
    later = clock.today(table.school) + dt.timedelta(days=30)
    coming = write_timetable(table.school, [], starts_on=later, by=office)
    client.force_login(ana)

    assert client.get("/timetable/").context["week"].table == table
    assert client.get(f"/timetable/?timetable={coming.pk}").context["week"].table == coming


def test_the_file_of_a_school_can_be_brought_in_again(client, ana, office, table):
    client.force_login(ana)

    content = client.get(f"/schools/{table.school_id}/timetable.csv").content

    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert rows[0] == {
        "teacher": ana.email, "name": "Ana Ruiz", "day": "Monday", "period": "1", "class": "9A", "room": "R1",
        "subject": "Art", "kind": "class",
    }  # fmt: skip
    assert rows[2]["subject"] == "'=Lunch duty"
    kept, troubles = keep_file(
        content, file_name="again.csv", starts_on=table.starts_on, school=table.school, by=office
    )
    assert (kept.row_count, troubles) == (3, [])


def test_sheets_to_print_have_everybody_who_has_something(client, ana, stranger, table):
    client.force_login(ana)

    weeks = client.get(f"/schools/{table.school_id}/timetable/print/").context["weeks"]

    assert [week.person.name for week in weeks] == ["Ana Ruiz", "Ben Okafor"]


def add(number, table, person):
    teacher = person(f"T{number} Person", Role.TEACHER, table.school)
    slot = {"position": number, "period": "2", "class_name": f"C{number}"}
    TeachingSlot.objects.create(timetable=table, teacher=teacher, **slot)


@pytest.mark.parametrize("page", ["", "print/"])
def test_lists_ask_the_same_for_three_rows_as_for_one(page, client, ana, table, person, django_assert_num_queries):
    TeachingSlot.objects.filter(timetable=table).delete()
    client.force_login(ana)
    address = f"/schools/{table.school_id}/timetable/{page}"
    add(0, table, person)
    client.get(address)
    for count in (1, 3):
        with django_assert_num_queries(6 if page == "" else 8):
            client.get(address)
        if count == 1:
            add(1, table, person)
            add(2, table, person)


@pytest.mark.parametrize("whose", ["ana", "ben"])
def test_a_week_asks_at_most_eight(whose, client, ana, request, table, django_assert_max_num_queries):
    client.force_login(ana)

    with django_assert_max_num_queries(8):
        client.get(f"/people/{request.getfixturevalue(whose).pk}/timetable/")


def test_the_office_adds_changes_and_takes_out(client, office, ben, table):
    client.force_login(office)
    address = f"/timetables/{table.pk}/people/{ben.pk}/add/"
    asked = client.get(address, {"day": "4", "period": "2"}).context["form"]
    given = {"position": "4", "period": "2", "kind": "class", "class_name": "9Z", "subject": "", "room": "R9"}

    client.post(address, given)
    slot = TeachingSlot.objects.get(class_name="9Z")
    client.post(f"/timetable/slots/{slot.pk}/", given | {"position": "0", "kind": "duty"})
    changed = TeachingSlot.objects.get(pk=slot.pk)
    client.post(f"/timetable/slots/{slot.pk}/remove/")

    assert (asked["position"].value(), asked["period"].value()) == ("4", "2")
    assert (slot.teacher, slot.position, slot.kind, slot.room) == (ben, 4, "class", "R9")
    assert (changed.position, changed.kind) == (0, "duty")
    assert not TeachingSlot.objects.filter(pk=slot.pk).exists()


def test_a_teacher_puts_right_what_and_where_but_not_when(client, ana, table):
    slot = TeachingSlot.objects.get(class_name="9A")
    client.force_login(ana)
    given = {"class_name": "9A+", "room": "R2", "subject": "Drawing", "position": "4", "period": "2", "kind": "duty"}

    client.post(f"/timetable/slots/{slot.pk}/", given)

    slot.refresh_from_db()
    assert (slot.class_name, slot.room, slot.subject) == ("9A+", "R2", "Drawing")
    assert (slot.position, slot.period, slot.kind) == (0, "1", "class")
    slot.position = 4
    timetables.save_slot(slot, by=ana)
    assert TeachingSlot.objects.get(pk=slot.pk).position == 0


@pytest.mark.parametrize("who", ["ana", "office"])
def test_what_was_taken_out_meanwhile_stays_out(who, request, table):
    """A new file came in while the page was open, or while the change waited for it."""
    slot = TeachingSlot.objects.select_related("timetable__school").get(class_name="9A")
    TeachingSlot.objects.filter(pk=slot.pk).delete()

    with pytest.raises(ValidationError, match="taken out of the timetable meanwhile"):
        timetables.save_slot(slot, by=request.getfixturevalue(who))

    assert not TeachingSlot.objects.filter(class_name="9A").exists()


def test_nobody_changes_a_colleague_s(ben, table):
    slot = TeachingSlot.objects.get(class_name="9A")

    for act in (timetables.save_slot, timetables.remove_slot):
        with pytest.raises(PermissionDenied):
            act(slot, by=ben)
    assert TeachingSlot.objects.filter(pk=slot.pk).exists()


def test_a_teacher_does_not_take_out_her_own(ana, table):
    with pytest.raises(PermissionDenied):
        timetables.remove_slot(TeachingSlot.objects.get(class_name="9A"), by=ana)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"position": "5"}, "position"),
        ({"period": "9"}, "period"),
        ({"class_name": "", "subject": ""}, "class_name"),
        ({"room": "x" * 41}, "room"),
        ({"kind": "party"}, "kind"),
        ({"class_name": "9\0"}, "class_name"),
        ({"class_name": "9B"}, "__all__"),
    ],
)
def test_a_slot_is_refused_at_the_field_and_nothing_typed_is_lost(given, field, client, office, table):
    slot = TeachingSlot.objects.get(class_name="9A")
    sent = {"position": "0", "period": "1", "kind": "class", "class_name": "9A", "subject": "Art", "room": "R1"} | given
    client.force_login(office)

    form = client.post(f"/timetable/slots/{slot.pk}/", sent).context["form"]

    assert list(form.errors) == [field]
    assert {name: form[name].value() for name in sent} == sent
    assert TeachingSlot.objects.get(pk=slot.pk).class_name == "9A"


def test_a_form_sent_twice_adds_once(client, office, ben, table):
    client.force_login(office)
    once = {"once": "6e2d8f0e-4d5c-4c6b-9a39-0a7c2f0f5a11", "position": "4", "period": "2", "kind": "class"}

    for _ in range(2):
        client.post(f"/timetables/{table.pk}/people/{ben.pk}/add/", once | {"class_name": "9Z"})

    assert TeachingSlot.objects.filter(class_name="9Z").count() == 1


def test_a_timetable_is_begun_by_hand(client, office, school):
    client.force_login(office)

    page = client.post(f"/schools/{school.pk}/timetable/begin/", {"starts_on": "2026-09-01"})

    table = Timetable.objects.get()
    assert (table.starts_on, table.made_by, table.slots.count()) == (dt.date(2026, 9, 1), office, 0)
    assert client.get(page.url).status_code == 200
