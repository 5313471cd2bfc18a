"""Who sees a text of the pair: every audience and state of it, every kind of person. A post opens nothing."""

import pytest
from django.utils import timezone

from partnerships.models import Entry, Member, Partnership
from people.models import Post, Role
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


def readers(people, partnership, audience, *, released=False, joint=False):
    now = timezone.now()
    entry = Entry.objects.create(
        partnership=partnership, author=people["author"], school=partnership.school, kind=Entry.Kind.NOTE, body="…",
        audience=audience, joint=joint, released_at=now if released else None, made_at=now, changed_at=now,
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


def test_a_post_at_the_school_opens_only_what_was_released(people, partnership, school):
    coach = people["elsewhere"]

    assert "elsewhere" not in readers(people, partnership, SCHOOL, released=True)
    Post.objects.create(user=coach, role=Role.COACH, school=school)
    coach = type(coach).objects.get(pk=coach.pk)
    people["elsewhere"] = coach

    assert "elsewhere" in readers(people, partnership, SCHOOL, released=True)
    assert "elsewhere" not in readers(people, partnership, PARTNERS)
