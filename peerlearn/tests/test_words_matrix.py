"""Who sees a text of the pair: every audience and state of it, every kind of person. A post opens nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from observations.models import (
    HostThanks,
    NextTry,
    Pattern,
    StaffNote,
    StaffNoteYes,
    ThanksDraft,
    VisitKey,
    Walk,
    WalkNote,
    WalkPlace,
    WalkReflection,
    WalkVisit,
)
from partnerships.models import Entry, Member, Partnership
from people.models import Post, Role
from schedule.models import Event
from supports.models import SupportType

PRIVATE, PARTNERS, SCHOOL = Entry.Audience.PRIVATE, Entry.Audience.PARTNERS, Entry.Audience.SCHOOL
STAFF = {"author", "partner", "former", "invited", "colleague", "principal", "deputy", "office"}


@pytest.fixture
def people(person, school, other_school, year):
    """One of each relation to a partnership at Maple Grove."""
    made = {
        name: person(f"{name.title()} Person", Role.TEACHER, school)
        for name in ("author", "partner", "former", "invited", "colleague", "deputy")
    }
    made["principal"] = person("Pia Lindqvist", Role.PRINCIPAL, school)
    made["office"] = person("Otto Lange", Role.FRONT_OFFICE, school)
    made["elsewhere"] = person("Omar Haddad", Role.PRINCIPAL, other_school)
    made["facilitator"] = person("Faye Brandt", Role.FACILITATOR)
    made["admin"] = person("Ada Novak", Role.ADMIN)
    made["operator"] = person("Root Operator", is_superuser=True, is_staff=True)
    school.deputies.create(principal=made["principal"], deputy=made["deputy"])
    return made


@pytest.fixture
def partnership(people, school, year):
    support = SupportType.objects.create(slug="pairs", name="Pairs", depth="varies", begins="start")
    now = timezone.now()
    made = Partnership.objects.create(
        support=support, school=school, year=year, started_by=people["author"], started_at=now,
        starts_on=now.date(), ends_on=now.date(),
    )  # fmt: skip
    states = {"author": "active", "partner": "active", "former": "left", "invited": "invited"}
    for name, state in states.items():
        part = Member.Part.LEAD if name == "author" else Member.Part.PARTNER
        made.members.create(person=people[name], school=school, part=part, state=state, invited_at=now)
    return made


def readers(people, partnership, audience, *, released=False, joint=False, kind=Entry.Kind.REFLECTION, **more):
    now = timezone.now()
    entry = Entry.objects.create(
        partnership=partnership, author=people["author"], school=partnership.school, kind=kind, body="…",
        audience=audience, joint=joint, released_at=now if released else None, made_at=now, changed_at=now, **more,
    )  # fmt: skip
    return {name for name, user in people.items() if Entry.objects.visible_to(user).filter(pk=entry.pk).exists()}


@pytest.mark.parametrize("kind", Entry.Kind.values)
def test_every_kind_of_text_is_private_unless_shared(people, partnership, kind):
    entry = Entry(partnership=partnership, author=people["author"], school=partnership.school, kind=kind, body="…")
    entry.made_at = entry.changed_at = timezone.now()
    entry.save()

    assert {name for name, user in people.items() if Entry.objects.visible_to(user).exists()} == {"author"}


@pytest.mark.parametrize(
    ("audience", "released", "joint", "seen_by"),
    [
        (PRIVATE, False, False, {"author"}),
        (PARTNERS, False, False, {"author", "partner"}),
        (SCHOOL, False, True, {"author", "partner"}),  # not all have agreed yet
        (SCHOOL, True, True, STAFF),
        (SCHOOL, True, False, STAFF),
    ],
)
def test_a_text_is_seen_by_those_it_is_shared_with_and_nobody_else(
    people, partnership, audience, released, joint, seen_by
):
    assert readers(people, partnership, audience, released=released, joint=joint) == seen_by


@pytest.mark.parametrize("kind", Entry.OF_THE_PAIR)
def test_what_tells_of_a_colleague_or_is_a_message_never_goes_to_a_whole_school(people, partnership, kind):
    assert readers(people, partnership, SCHOOL, released=True, kind=kind) == {"author", "partner"}


def test_what_was_handed_over_is_the_observed_teacher_s_alone(people, partnership):
    """Not its author's, who wrote it, nor another partner's; and the observed keep it when they leave."""
    handed = {"kind": Entry.Kind.NOTE, "handed_over_at": timezone.now()}

    assert readers(people, partnership, PRIVATE, about=people["partner"], **handed) == {"partner"}
    assert readers(people, partnership, PRIVATE, about=people["former"], **handed) == {"former"}


def test_a_post_at_the_school_opens_only_what_was_released(people, partnership, school):
    coach = people["elsewhere"]

    assert "elsewhere" not in readers(people, partnership, SCHOOL, released=True)
    Post.objects.create(user=coach, role=Role.COACH, school=school)
    coach = type(coach).objects.get(pk=coach.pk)
    people["elsewhere"] = coach

    assert "elsewhere" in readers(people, partnership, SCHOOL, released=True)
    assert "elsewhere" not in readers(people, partnership, PARTNERS)


# --- Walks: by the number of a visit, and never for those who were visited ------------------------------------------


@pytest.fixture
def walk(people, school):
    """The author and the partner walked, the facilitator led it, the colleague was their host."""
    now = timezone.now()
    walk = Walk.objects.create(
        facilitator=people["facilitator"], school=school, day=now.date(), purpose="Talk", made_at=now,
        published_at=now, notes_published_at=now,
    )  # fmt: skip
    for name in ("author", "partner"):
        WalkPlace.objects.create(walk=walk, person=people[name], joined_at=now)
    WalkPlace.objects.create(walk=walk, person=people["former"], joined_at=now, withdrew_at=now)
    event = Event.objects.create(
        kind="walk", organizer=people["facilitator"], starts_at=now, ends_at=now + dt.timedelta(minutes=15),
        school=school, changed_at=now,
    )  # fmt: skip
    visit = WalkVisit.objects.create(walk=walk, number=1, host=people["colleague"], room="12", event=event)
    VisitKey.objects.create(walk=walk, visit=visit, number=1)
    return walk


def walk_words(walk, people):
    """A row of each kind of words that a walk keeps."""
    day, author = walk.day, people["author"]
    note = StaffNote.objects.create(walk=walk, words="…")
    return {
        "note": WalkNote.objects.create(walk=walk, visit_number=1, author=author, saw="…", on=day),
        "pattern": Pattern.objects.create(walk=walk, kind="pattern", words="…"),
        "next step": NextTry.objects.create(walk=walk, person=author, words="…", on=day),
        "draft of thanks": ThanksDraft.objects.create(walk=walk, number=1, words="…"),
        "thanks": HostThanks.objects.create(walk=walk, host=people["colleague"], words="…", on=day),
        "reflection": WalkReflection.objects.create(walk=walk, person=author, words="…", on=day),
        "note to the staff": note,
        "yes to it": StaffNoteYes.objects.create(note=note, person=author, version=1),
        "key": VisitKey.objects.get(),
    }


def seen_by(row, people):
    rows = type(row).objects
    return {name for name, user in people.items() if rows.visible_to(user).filter(pk=row.pk).exists()}


TEAM = {"author", "partner", "facilitator"}


def test_words_of_a_walk_are_seen_by_the_team_and_by_no_post(people, walk):
    seen = {what: seen_by(row, people) for what, row in walk_words(walk, people).items()}

    assert seen == {
        "note": TEAM,
        "pattern": TEAM,
        "next step": TEAM,
        "draft of thanks": TEAM,
        "thanks": {"colleague"},
        "reflection": {"author"},
        "note to the staff": TEAM,
        "yes to it": TEAM,
        "key": set(),
    }


def test_before_the_notes_are_on_the_table_each_reads_their_own_alone(people, walk):
    Walk.objects.update(notes_published_at=None)

    seen = {what: seen_by(row, people) for what, row in walk_words(walk, people).items()}

    assert seen["note"] == {"author"}
    assert not [what for what in ("pattern", "next step", "draft of thanks", "note to the staff") if seen[what]]


def test_a_note_to_the_staff_is_read_by_the_staff_of_the_school_once_it_was_sent(people, walk):
    note = walk_words(walk, people)["note to the staff"]
    StaffNote.objects.update(sent_on=walk.day)

    assert seen_by(note, people) == STAFF | {"facilitator"}
