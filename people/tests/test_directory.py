import pytest
from django.urls import reverse

from people.models import Expertise, Role
from people.topics import split_topics

pytestmark = pytest.mark.django_db


def names(client, **query):
    return [card["person"].name for card in client.get(reverse("directory"), query).context["cards"]]


@pytest.fixture
def reader(client, facilitator):
    client.force_login(facilitator)
    return client


def test_directory_is_flat(reader, person, school, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        assert len(names(reader)) == 1

    for name in ("Ana Ruiz", "Ben Okafor"):
        colleague = person(name, Role.TEACHER, school)
        Expertise.objects.create(user=colleague, kind="can_show", topic="Number talks")

    with django_assert_max_num_queries(7):
        assert len(names(reader)) == 3


def test_directory_finds_by_name_topic_school_grade_and_kind(reader, ana, ben, cleo, school):
    Expertise.objects.create(user=ana, kind="can_show", topic="Number talks")
    Expertise.objects.create(user=ben, kind="wants_to_grow", topic="Number talks")
    Expertise.objects.create(user=cleo, kind="grade", topic="7")

    assert names(reader, q="ruiz") == ["Ana Ruiz"]
    assert names(reader, q="number") == ["Ana Ruiz", "Ben Okafor"]
    assert names(reader, q="number", expertise="wants_to_grow") == ["Ben Okafor"]
    assert names(reader, school=school.pk) == ["Ana Ruiz", "Ben Okafor"]
    assert names(reader, grade="7") == ["Cleo Marsh"]


def test_directory_has_no_closed_and_no_unplaced_accounts(reader, ana, ben, person):
    assert "Ana Ruiz" in names(reader)
    ana.is_active = False
    ana.save()
    newcomer = person("Nell Ortega")

    assert names(reader) == ["Ben Okafor", "Faye Brandt"]
    assert reader.get(reverse("person", args=[ana.pk])).status_code == 404
    assert reader.get(reverse("person", args=[newcomer.pk])).status_code == 404


def test_newcomer_without_a_post_sees_nothing_of_the_district(client, ana, person):
    client.force_login(person("Nell Ortega"))

    assert client.get(reverse("directory")).url == reverse("waiting")
    assert client.get(reverse("person", args=[ana.pk])).url == reverse("waiting")
    assert client.get(reverse("waiting")).status_code == 200


def test_profile_keeps_topics_once_whatever_their_case(client, ana):
    client.force_login(ana)
    told = {
        "name": "Ana Ruiz",
        "can_show": "Number talks, quiet starts\nnumber TALKS",
        "wants_to_grow": " ",
        "grades": "4;5",
    }

    client.post(reverse("profile"), told)
    form = client.get(reverse("profile")).context["form"]

    assert form.initial["can_show"] == ["Number talks", "quiet starts"]
    assert sorted(Expertise.objects.values_list("kind", "topic")) == [
        ("can_show", "Number talks"),
        ("can_show", "quiet starts"),
        ("grade", "4"),
        ("grade", "5"),
    ]
    client.post(reverse("profile"), told | {"can_show": "NUMBER talks", "grades": ""})
    assert list(ana.expertise.values_list("topic", flat=True)) == ["NUMBER talks"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("can_show", "x" * 61),
        ("calendar_link", "javascript:alert(1)"),
        ("name", ""),
        ("about", "x" * 1001),
        ("grades", ",".join(map(str, range(50)))),
        ("name", "A\0na"),
    ],
)
def test_profile_answers_at_the_field_and_keeps_the_rest(client, ana, field, value):
    client.force_login(ana)

    answer = client.post(reverse("profile"), {"name": "Ana R", "when_free": "Tuesdays"} | {field: value})

    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["when_free"].value() == "Tuesdays"
    ana.refresh_from_db()
    assert ana.name == "Ana Ruiz"


def test_topics_come_apart_at_commas_semicolons_bars_and_lines():
    assert split_topics(" a,b ;c|d\n\nA,  e  f ,") == ["a", "b", "c", "d", "e f"]
