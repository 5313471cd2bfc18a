"""The log of changes: each change of posts, places and records writes its one line, and a failed one none."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from people.clock import district as settings_of
from people.models import Change, Deputy, NoSchoolDay, Role, School, SchoolYear
from people.services import accounts, holds, importing, places, posts, retention

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 18)


@pytest.fixture(autouse=True)
def _fall(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 18, 15, tzinfo=dt.UTC), tick=False)


def told():
    """The sentences of the log, oldest first."""
    rows = Change.objects.select_related("by", "person", "school").order_by("pk")
    return [change.sentence for change in rows]


def particulars():
    return Change.objects.latest("pk").particulars


def gives_a_post(admin, ana, **world):
    posts.place(ana, role=Role.COACH, school=world["school"], by=admin)


def gives_a_district_post(admin, ana, **world):
    posts.place(ana, role=Role.ADMIN, by=admin)


def ends_a_post(admin, ana, **world):
    posts.end_post(ana.posts.get(), on=TODAY, by=admin)


def moves_a_person(admin, ana, **world):
    posts.move(ana, from_school=world["school"], to_school=world["other_school"], on=TODAY, by=admin)


def names_a_deputy(admin, ana, **world):
    span = {"starts_on": TODAY, "ends_on": None}
    posts.name_deputy(world["principal"], school=world["school"], deputy=ana, by=admin, **span)


def ends_a_deputy(admin, ana, **world):
    standing_in = Deputy.objects.create(school=world["school"], principal=world["principal"], deputy=ana)
    posts.end_deputy(standing_in, by=world["principal"])


def adds_a_person(admin, **world):
    accounts.add_person("nell@cedar.example", name="Nell Ortega", by=admin)


def corrects_a_person(admin, ana, **world):
    ana.email = "ana.ruiz@cedar.example"
    accounts.edit_person(ana, by=admin)


def notes_a_leaver(admin, ana, **world):
    accounts.leave(ana, on=TODAY, by=admin)


def brings_somebody_back(admin, ana, **world):
    accounts.bring_back(ana, by=admin)


def hands_work_over(admin, ana, **world):
    accounts.hand_over(world["principal"], to=ana, by=admin)


def changes_a_setting(admin, **world):
    row = settings_of()
    row.time_zone, row.help_email = "America/Chicago", "help@cedar.example"
    places.keep(row, by=admin)


def adds_a_school(admin, **world):
    places.keep(School(name="Elm School", code="elm"), by=admin)


def renames_a_school(admin, **world):
    world["school"].name = "Maple Grove School"
    places.keep(world["school"], by=admin)


def closes_a_school(admin, **world):
    places.close_school(world["school"], on=TODAY, by=admin)


def reopens_a_school(admin, **world):
    places.reopen_school(world["school"], by=admin)


def adds_a_year(admin, **world):
    places.keep(SchoolYear(name="2031-32", starts_on=dt.date(2031, 8, 1), ends_on=dt.date(2032, 6, 1)), by=admin)


def changes_a_year(admin, year, **world):
    year.name = "The year"
    places.keep(year, by=admin)


def adds_days_off(admin, **world):
    places.add_no_school_days("Fair", first=TODAY, last=TODAY + DAY, school=world["school"], by=admin)


def takes_a_day_off_out(admin, **world):
    places.remove_no_school_day(NoSchoolDay.objects.create(day=TODAY, name="Fair"), by=admin)


def sets_spans(admin, **world):
    retention.keep_spans({"notes": 60, "views": 3}, by=admin)


def sets_a_hold(admin, ana, **world):
    holds.set_hold(by=admin, person=ana, reason="A secret matter")


def lifts_a_hold(admin, ana, **world):
    hold = holds.LegalHold.objects.create(person=ana, reason="A matter", set_by=admin, set_at=timezone.now())
    for _ in range(2):
        holds.lift_hold(hold, by=admin, reason="A secret end")


MAPLE = "at Maple Grove Elementary"
CHANGES = [
    (gives_a_post, f"Ada Novak gave Ana Ruiz the post of peer coach {MAPLE}.", []),
    (gives_a_district_post, "Ada Novak gave Ana Ruiz the post of district admin for the whole district.", []),
    (ends_a_post, f"Ada Novak ended the post of Ana Ruiz as teacher {MAPLE}.", ["Last day: 2026-11-18"]),
    (
        moves_a_person,
        "Ada Novak moved Ana Ruiz from Maple Grove Elementary to Riverside Middle.",
        ["Posts: teacher", "First day: 2026-11-18"],
    ),
    (names_a_deputy, f"Ada Novak named Ana Ruiz to decide for the principal {MAPLE}.", ["First day: 2026-11-18"]),
    (ends_a_deputy, f"Pia Lindqvist ended that Ana Ruiz decides for the principal {MAPLE}.", []),
    (adds_a_person, "Ada Novak made an account for Nell Ortega.", []),
    (corrects_a_person, "Ada Novak corrected the account of Ana Ruiz.", ["Email: changed"]),
    (notes_a_leaver, "Ada Novak noted that Ana Ruiz leaves.", ["Last day: 2026-11-18"]),
    (brings_somebody_back, "Ada Novak opened the account of Ana Ruiz again.", []),
    (hands_work_over, "Ada Novak handed over unfinished work to Ana Ruiz.", []),
    (
        changes_a_setting,
        "Ada Novak changed the settings of the district.",
        ["Time zone: from America/New_York to America/Chicago", "Who to ask for help: changed"],
    ),
    (adds_a_school, "Ada Novak added the school Elm School.", []),
    (
        renames_a_school,
        "Ada Novak changed the school Maple Grove School.",
        ["Name: from Maple Grove Elementary to Maple Grove School"],
    ),
    (closes_a_school, "Ada Novak closed Maple Grove Elementary: its posts end with it.", ["Last day: 2026-11-17"]),
    (reopens_a_school, "Ada Novak opened Maple Grove Elementary again.", []),
    (adds_a_year, "Ada Novak added the school year 2031-32.", []),
    (changes_a_year, "Ada Novak changed the school year The year.", ["Name: from This year to The year"]),
    (
        adds_days_off,
        f"Ada Novak added days without classes {MAPLE}: Fair.",
        ["First day: 2026-11-18", "Last day: 2026-11-19"],
    ),
    (
        takes_a_day_off_out,
        "Ada Novak took out a day without classes for the whole district: Fair.",
        ["Day: 2026-11-18"],
    ),
    (
        sets_spans,
        "Ada Novak changed how long records are kept.",
        ["Observation notes and what was prepared for visits: from 30 days to 60 days"],
    ),
    (sets_a_hold, "Ada Novak set legal hold {number}.", []),
    (lifts_a_hold, "Ada Novak lifted legal hold {number}.", []),
]


@pytest.fixture
def world(admin, ana, principal, school, other_school, year):
    return {
        "admin": admin,
        "ana": ana,
        "principal": principal,
        "school": school,
        "other_school": other_school,
        "year": year,
    }


@pytest.mark.parametrize(("change", "sentence", "details"), CHANGES, ids=lambda cell: getattr(cell, "__name__", ""))
def test_a_change_writes_one_line(world, change, sentence, details):
    change(**world)

    number = Change.objects.get().number
    assert told() == [sentence.format(number=number)]
    assert particulars() == details


@pytest.mark.parametrize("change", [row[0] for row in CHANGES if row[0] is not ends_a_deputy])
def test_what_is_refused_writes_none(world, stranger, change):
    with pytest.raises(PermissionDenied), transaction.atomic():
        change(**{**world, "admin": stranger})

    assert not Change.objects.exists()


def test_what_fails_on_the_way_writes_none(admin, ana, school):
    with pytest.raises(ValidationError):
        posts.place(ana, role=Role.PRINCIPAL, school=None, by=admin)
    with transaction.atomic():
        posts.place(ana, role=Role.COACH, school=school, by=admin)
        transaction.set_rollback(True)

    assert not Change.objects.exists()


def test_saving_what_was_there_already_writes_none(admin, school, year, ana):
    for place in (settings_of(), school, year):
        places.keep(place, by=admin)
    accounts.edit_person(ana, by=admin)
    retention.keep_spans({"notes": 30}, by=admin)
    NoSchoolDay.objects.create(day=TODAY, name="Fair")
    places.add_no_school_days("Fair", first=TODAY, last=TODAY, school=None, by=admin)

    assert not Change.objects.exists()


def test_a_staff_list_is_a_line_and_so_is_each_post_that_it_gives(admin, ana, school):
    rows = b"email,name,school,role\niris@cedar.example,Iris Vance,maple,principal\nana@cedar.example,,maple,coach\n"
    kept, _ = importing.keep_file(rows, file_name="Iris Vance.csv", by=admin)

    importing.apply(kept, looked_at=importing.look_at(kept).fingerprint, by=admin)
    with pytest.raises(importing.ChangedMeanwhile):
        importing.apply(kept, looked_at="", by=admin)

    assert told() == [
        f"Ada Novak applied staff list {kept.pk}: 1 new, 1 changed.",
        f"Ada Novak gave Iris Vance the post of principal {MAPLE}.",
        f"Ada Novak gave Ana Ruiz the post of peer coach {MAPLE}.",
    ]
    assert particulars() == [f"Staff list: {kept.pk}"]


def test_the_reason_of_a_hold_and_an_address_are_in_no_line(world):
    for change in (sets_a_hold, lifts_a_hold, corrects_a_person, changes_a_setting):
        change(**world)

    written = str(list(Change.objects.values()))
    assert "America/Chicago" in written
    assert "secret" not in written
    assert "@" not in written
