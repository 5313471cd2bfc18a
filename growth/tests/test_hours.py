"""My hours are mine."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from growth.panels import hours_panel
from partnerships.models import TimeSpent
from partnerships.registry import PARTNERSHIP_PANELS
from partnerships.services.members import leave
from people.models import Role

from .made_world import PLAN, told_by


def test_my_hours_holds_my_lines_of_the_year(client, world):
    client.force_login(world.people["M2"])

    page = client.get(reverse("my_hours"))

    assert TimeSpent.objects.exclude(person=world.people["M2"]).exists()
    assert {line.person for line in page.context["page"]} == {world.people["M2"]}
    assert len(page.context["page"].object_list) == 2
    assert page.context["sums"] == [("Reflecting", sum(line.minutes for line in page.context["page"]))]


def test_my_hours_shows_another_year(client, world):
    client.force_login(world.people["M2"])

    page = client.get(reverse("my_hours"), {"year": world.last_year.pk})

    assert [line.partnership.year for line in page.context["page"]] == [world.last_year]


def test_my_hours_without_any_year_says_so(client, person, school):
    client.force_login(person("Nadia New", Role.TEACHER, school))

    assert b"no school year yet" in client.get(reverse("my_hours")).content


def test_my_hours_survives_any_query(client, world):
    client.force_login(world.people["M2"])

    for query in ("?year=x", "?year=%00", "?page=-3", "?page=99999999999", "?year=99999999999999999999999"):
        assert client.get(reverse("my_hours") + query).status_code == 200


def test_my_hours_asks_as_often_of_many_lines(client, world):
    asks = []

    for name in ("M3", "M2"):
        client.force_login(world.people[name])
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("my_hours"))
        asks.append(len(asked))

    assert asks[0] == asks[1] <= 7


def test_hours_stay_with_whoever_left(client, world):
    work, m3 = world.works[0], world.people["M3"]
    assert reverse("partnership", args=[work.pk]).encode() in mine(client, m3)

    work.status = "active"
    work.save()
    leave(work, by=m3)

    assert reverse("partnership", args=[work.pk]).encode() not in mine(client, m3)
    assert client.get(reverse("my_hours")).context["total"]


def mine(client, person):
    client.force_login(person)
    return client.get(reverse("my_hours")).content


def test_panel_tells_a_member_her_own_time_and_nobody_else(world, admin, head):
    work, people = world.works[0], world.people

    assert hours_panel in PARTNERSHIP_PANELS
    assert hours_panel(work, people["M2"])[1] == {"minutes": told_by(PLAN[0], "M2")[3]}
    for other in (people["M7"], people["M4"], admin, head):
        assert hours_panel(work, other) is None
