"""My hours are mine."""

from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from growth.panels import hours_panel
from partnerships.models import TimeSpent
from partnerships.registry import PARTNERSHIP_PANELS
from partnerships.services.closing import reopen
from partnerships.services.members import leave
from people.models import Role

from .made_world import Planned, told_by


def hours_of(client, person, **query):
    client.force_login(person)
    return client.get(reverse("my_hours"), query)


def test_my_hours_holds_my_lines_of_the_year(client, trio, ben):
    page = hours_of(client, ben)

    assert TimeSpent.objects.exclude(person=ben).exists()
    assert {line.person for line in page.context["page"]} == {ben}
    minutes = [told_by(planned, "M2")[3] for planned in (Planned("try", "M1 M2 M3"), Planned("talk", "M1 M2"))]
    assert sorted(line.minutes for line in page.context["page"]) == sorted(minutes)
    assert page.context["sums"] == [("Reflecting", sum(minutes))]


def test_my_hours_shows_another_year(client, trio, ben, last_year):
    page = hours_of(client, ben, year=last_year.pk)

    assert [line.partnership.year for line in page.context["page"]] == [last_year]


def test_my_hours_without_any_year_says_so(client, person, school):
    page = hours_of(client, person("Nadia New", Role.TEACHER, school))

    assert b"no school year yet" in page.content


def test_my_hours_survives_any_query(client, ana, last_year):
    client.force_login(ana)

    for query in ("?year=x", "?year=%00", "?page=-3", "?page=99999999999", "?year=99999999999999999999999"):
        assert client.get(reverse("my_hours") + query).status_code == 200


def test_my_hours_asks_as_often_of_one_line_as_of_three(client, trio, stranger, ben):
    TimeSpent.objects.filter(person=ben).update(on=trio.starts_on)
    asks = {}

    for person, lines in ((stranger, 1), (ben, 3)):
        client.force_login(person)
        with CaptureQueriesContext(connection) as asked:
            assert len(client.get(reverse("my_hours")).context["page"].object_list) == lines
        asks[lines] = len(asked)

    assert asks[1] == asks[3] <= 7


def test_hours_stay_with_whoever_left_and_lead_nowhere(client, trio, ana, stranger):
    address = reverse("partnership", args=[trio.pk])
    assert address in hours_of(client, stranger).content.decode()

    reopen(trio, by=ana)
    leave(trio, by=stranger)

    page = hours_of(client, stranger)
    assert address not in page.content.decode()
    assert page.context["total"] == told_by(Planned("try", "M1 M2 M3"), "M3")[3]


def test_panel_tells_a_member_her_own_time_and_nobody_else(trio, ana, ben, cleo, admin, principal):
    assert hours_panel in PARTNERSHIP_PANELS
    template, panel = hours_panel(trio, ben)
    assert panel == {"minutes": told_by(Planned("try", "M1 M2 M3"), "M2")[3]} == {"minutes": 80}
    assert "1 h 20 min so far" in render_to_string(template, {"panel": panel})
    for other in (cleo, admin, principal):
        assert hours_panel(trio, other) is None
