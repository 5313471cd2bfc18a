import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schedule.models import CycleDay, DayCycle, Period, TeachingSlot, Timetable, TimetableImport
from schedule.services import timetables
from schedule.services.timetables import ChangedMeanwhile, bring_in, look_at, preview
from schedule.tests.timetable_files import (
    FIRST,
    HEADER,
    ROWS,
    STANDING,
    apply,
    keep,
    ring_and_name,
    standing,
    told,
)

pytestmark = pytest.mark.django_db
LATER = dt.date(2027, 1, 11)


@pytest.fixture(autouse=True)
def _bells(school, other_school, ana, ben, cleo):
    ring_and_name([school, other_school], [ana, ben, cleo])


def test_a_file_goes_through_the_pages_and_nothing_is_written_before_the_yes(client, office, school):
    client.force_login(office)
    file = SimpleUploadedFile("tt.csv", (HEADER + "\n".join(ROWS)).encode())

    uploaded = client.post("/timetables/import/", {"school": school.pk, "starts_on": "2026-08-17", "file": file})
    page = client.get(uploaded.url).context["form"]
    matched = client.post(uploaded.url, {name: page[name].value() for name in page.fields})
    shown = client.get(matched.url).context["preview"]

    assert not Timetable.objects.exists()
    assert shown.people == [("Ana Ruiz", 2, 0), ("Ben Okafor", 1, 1)]
    assert (shown.classes, shown.duties, shown.without, shown.added) == (2, 1, [], 4)

    client.post(matched.url, {"looked_at": shown.look.fingerprint})

    assert standing() == STANDING
    assert client.get(matched.url).status_code == 200
    kept = TimetableImport.objects.get()
    assert (kept.added, kept.removed, kept.applied_by, bytes(kept.content)) == (4, 0, office, b"")


def test_the_same_file_from_the_same_date_changes_nothing(office, school):
    apply(ROWS, office, school)
    before = list(TeachingSlot.objects.order_by("pk").values()) + list(Timetable.objects.values())

    kept, _ = keep(ROWS, office, school)
    shown = preview(kept)
    done = bring_in(kept, looked_at=shown.look.fingerprint, by=office)

    assert not shown.changes_anything
    assert tuple(done) == (0, 0, 0)
    assert list(TeachingSlot.objects.order_by("pk").values()) + list(Timetable.objects.values()) == before


def test_a_look_has_the_same_fingerprint_when_the_file_is_read_again(office, school):
    kept, _ = keep([*ROWS, "T001,Fr,2,8A,,"], office, school)

    read = TimetableImport.objects.get()
    read.matches = dict(reversed(read.matches.items()))  # as a database may keep it

    assert list(read.matches) != list(kept.matches)
    assert look_at(read).fingerprint == look_at(kept).fingerprint


def test_a_later_date_leaves_the_earlier_one_and_ends_it(office, school):
    apply(ROWS, office, school)

    kept, _ = keep(ROWS[:1], office, school, starts_on=LATER)
    shown = preview(kept)
    bring_in(kept, looked_at=shown.look.fingerprint, by=office)

    assert [table.starts_on for table in shown.ending] == [FIRST]
    assert shown.without == ["Ben Okafor"]
    tables = Timetable.objects.order_by("starts_on")
    assert [(t.starts_on, t.ends_on, t.slots.count()) for t in tables] == [
        (FIRST, LATER - dt.timedelta(days=1), 4),
        (LATER, None, 1),
    ]


def test_the_same_date_is_replaced_whole_and_what_stays_keeps_its_row(office, school):
    apply(ROWS, office, school)
    kept = TeachingSlot.objects.get(class_name="9B").pk

    done = apply([ROWS[1], "T001,Fr,1,9C,,"], office, school)

    assert tuple(done) == (1, 3, 0)
    assert [row[3] for row in standing()] == ["9B", "9C"]
    assert TeachingSlot.objects.get(class_name="9B").pk == kept


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("T099,Mo,2,9B,,", "Nobody here has the e-mail address or staff code “T099”."),
        ("T003,Mo,2,9B,,", "“T003” is Cleo Marsh, who holds no post at this school."),
        ("T001,Mo,1,9A,R1,Art", "Says the same as line 2."),
        ("ana@cedar.example,Monday,1,9A,R1,Art", "The school has no day that “Monday” is matched with."),
        ("T001,Mo,1,9B,R2,Music", "In R2 with 9B, and by line 2 in R1 with 9A then."),
        ("T001,Mo,,9B,,", "There is no period."),
        ("T001,Mo,9,9B,,", "The school has no period that “9” is matched with."),
    ],
)
def test_one_bad_line_is_told_with_its_number_and_nothing_is_brought_in(row, words, client, office, school):
    rows = ["T001,Mo,1,9A,R1,Art", row]

    assert told(rows, office, school) == [(3, words)]
    kept, _ = keep(rows, office, school)
    if kept:
        client.force_login(office)
        page = client.get(reverse("timetable_import_preview", args=[kept.pk])).content.decode()
        assert f"Line 3: {words[:30]}" in page
        assert "Bring it in" not in page
        with pytest.raises(ChangedMeanwhile):
            bring_in(kept, looked_at=look_at(kept).fingerprint, by=office)
    assert not Timetable.objects.exists()


def test_an_unknown_teacher_is_told_once_with_how_many_lines(office, school):
    assert told(["T9,Mo,1,9A,,", "T001,Mo,1,9B,,", "T9,Mo,2,9A,,"], office, school) == [
        (2, "Nobody here has the e-mail address or staff code “T9”. 2 lines name them.")
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ["T001,Mo,1,9A,R1,Art", "T001,Mo,1,9A,R2,Art"],  # one class in two rooms
        ["T001,Mo,1,9A,R1,Art", "T001,Mo,1,9B,R2,Art"],  # one subject
        ["T001,Mo,1,9A,R1,Art", "T002,Mo,1,9A,R1,Art", "T001,Mo,1,9B,R2,Music"],  # a co-teacher is in the other room
    ],
)
def test_classes_taught_together_in_two_rooms_are_a_warning(rows, office, school):
    kept, _ = keep(rows, office, school)
    look = look_at(kept)

    assert (look.troubles, len(look.warnings), len(look.slots)) == ([], 1, len(rows))


def test_two_classes_at_one_time_in_one_room_or_none_are_no_trouble(office, school):
    rows = ["T001,Mo,1,9A,R1,Art", "T001,Mo,1,9B,R1,Music", "T001,Mo,1,9C,,Dance"]

    apply(rows, office, school)

    assert len(standing()) == 3


def test_days_of_a_cycle_are_matched_and_rows_can_be_left_out(client, office, school):
    cycle = DayCycle.objects.create(school=school, starts_on=FIRST, follows="school_days")
    CycleDay.objects.bulk_create([CycleDay(cycle=cycle, position=n, name=f"Day {n + 1}") for n in range(6)])
    kept, _ = keep(["T001,Day_6,1,9A,,", "T001,Extra,1,9B,,", "T001,Day_2,8,9C,,"], office, school)
    client.force_login(office)

    address = reverse("timetable_import_match", args=[kept.pk])
    form = client.get(address).context["form"]
    asked = {name: field.label for name, field in form.fields.items()}
    values = {name: form[name].value() or "" for name in asked}
    refused = client.post(address, values)

    assert [label for name, label in asked.items() if not values[name]] == ["Extra", "8"]
    assert {asked[name] for name in refused.context["form"].errors} == {"Extra", "8"}

    values |= {name: "-" for name, label in asked.items() if label in ("Extra", "8")}
    shown = client.get(client.post(address, values).url).context["preview"].look

    assert [(slot.position, slot.class_name) for slot in shown.slots] == [(5, "9A")]
    assert shown.left_out == 2


def test_what_was_matched_is_guessed_the_next_time(office, school):
    rows = ["T001,Uno,1,Huddle,,"]
    kept, _ = keep(rows, office, school)
    matches = {
        "days": {str(school.pk): {"Uno": 3}},
        "periods": kept.matches["periods"],
        "names": [["Huddle", "", "duty"]],
    }
    timetables.keep_matches(kept, matches, by=office)
    bring_in(kept, looked_at=look_at(kept).fingerprint, by=office)

    again, _ = keep(rows, office, school, starts_on=LATER)

    assert again.matches == matches
    assert standing() == [("Ana Ruiz", 3, "1", "Huddle", "", "", "duty")]


def test_a_change_since_the_look_is_shown_again(client, office, school, ana):
    apply(ROWS, office, school)
    kept, _ = keep(ROWS[:1], office, school)
    seen = look_at(kept).fingerprint
    slot = TeachingSlot.objects.get(class_name="9B")
    slot.room = "R9"
    timetables.save_slot(slot, by=ana)
    client.force_login(office)

    client.post(reverse("timetable_import_preview", args=[kept.pk]), {"looked_at": seen})

    assert len(standing()) == 4
    assert TimetableImport.objects.get(pk=kept.pk).applied_at is None


def test_bells_that_went_away_meanwhile_ask_for_another_match(office, school):
    kept, _ = keep(ROWS, office, school)
    Period.objects.filter(name="Lunch").delete()

    assert [trouble.words for trouble in look_at(kept).troubles] == [
        "The school has no period that “Lunch” is matched with."
    ]


def test_a_file_is_brought_in_once(office, school):
    kept, _ = keep(ROWS, office, school)
    bring_in(kept, looked_at=look_at(kept).fingerprint, by=office)

    for stale in (kept, TimetableImport.objects.get()):
        with pytest.raises(ChangedMeanwhile):
            bring_in(stale, looked_at="", by=office)
    assert len(standing()) == 4


def test_a_district_admin_brings_in_a_file_of_several_schools(admin, school, other_school):
    header = "school,teacher,day,period,class\n"
    rows = ["maple,T001,Mo,1,9A", "Riverside Middle,T003,Mo,1,9A"]

    apply(rows, admin, None, header=header)

    assert {(t.school, t.slots.get().teacher.name) for t in Timetable.objects.all()} == {
        (school, "Ana Ruiz"),
        (other_school, "Cleo Marsh"),
    }
    assert told([*rows, "oak,T001,Mo,1,9A"], admin, None, header=header) == [
        (4, "No open school has the code or name: “oak”.")
    ]
    assert told(["river,T003,Mo,1,9A"], admin, school, header=header) == [
        (2, "This line is of another school than Maple Grove Elementary: “river”.")
    ]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"PK\x03\x04", HEADER.encode(), b"\0", HEADER.encode() + b"T1\n"]
)
def test_a_bad_file_keeps_the_choices_made(content, client, office, school):
    client.force_login(office)
    file = SimpleUploadedFile("tt.csv", content)

    page = client.post("/timetables/import/", {"school": school.pk, "starts_on": "2026-09-01", "file": file})

    form = page.context["form"]
    assert page.status_code == 200
    assert form.errors.get("file") or page.context["troubles"]
    assert (form["school"].value(), form["starts_on"].value()) == (str(school.pk), "2026-09-01")
    assert not TimetableImport.objects.exists()


@pytest.mark.parametrize("junk", [{}, {"m0-0": "99"}, {"m0-0": "\0"}, {"nothing": "x"}])
def test_junk_on_the_pages_is_no_fault_of_ours(junk, client, office, school):
    kept, _ = keep(ROWS, office, school)
    client.force_login(office)

    for name in ("timetable_import_match", "timetable_import_preview"):
        assert client.post(reverse(name, args=[kept.pk]), junk).status_code in (200, 302)
    assert client.post("/timetables/import/", junk).status_code == 200
    assert not Timetable.objects.exists()


def test_queries_of_the_pages_do_not_grow_with_the_rows(client, office, school, django_assert_max_num_queries):
    client.force_login(office)
    many = [f"T001,{day},{period},C{n},R1,Art" for n in range(40) for day in ("Mo", "Tu") for period in "12"]
    for rows in (ROWS[:1], many):
        kept, _ = keep(rows, office, school)
        for name, most in (("timetable_import_match", 8), ("timetable_import_preview", 8)):
            with django_assert_max_num_queries(most):
                client.get(reverse(name, args=[kept.pk]))
