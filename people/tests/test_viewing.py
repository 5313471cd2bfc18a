"""The log of who read what is only added to, says each reading once a day, and is read by those whose it is."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from people.models import NeverChanged, Viewing
from people.services.viewing import Thing, counts_by_month, note_viewings

DAY = dt.timedelta(days=1)


def plan_of(*authors, pk=7):
    return Thing("plan", pk, "Your plan of Peer Partners", "/partnerships/7/", tuple(one.pk for one in authors))


@pytest.fixture
def read(ana, ben, principal):
    """The principal has read a plan of Ana's and Ben's."""
    note_viewings([plan_of(ana, ben)], reader=principal, door="the page of your work")
    return Viewing.objects.order_by("pk").first()


def test_each_author_has_a_line_and_a_reload_adds_none(read, ana, ben, principal):
    note_viewings([plan_of(ana, ben)], reader=principal, door="the page of your work")

    assert list(Viewing.objects.order_by("pk").values_list("reader", "author")) == [
        (principal.pk, ana.pk),
        (principal.pk, ben.pk),
    ]


def test_another_day_and_another_plan_are_lines_of_their_own(read, ana, principal):
    note_viewings([plan_of(ana)], reader=principal, door="the page of your work", at=timezone.now() + DAY)
    note_viewings([plan_of(ana, pk=8)], reader=principal, door="the page of your work")

    assert Viewing.objects.filter(author=ana).count() == 3


def test_what_is_ones_own_is_not_written(ana, ben):
    note_viewings([plan_of(ana)], reader=ana, door="the page of your work")
    note_viewings([plan_of(ana, ben)], reader=ana, door="the page of your work")

    assert list(Viewing.objects.values_list("author", flat=True)) == [ben.pk]


def test_many_things_are_one_statement(ana, ben, principal, django_assert_num_queries):
    with django_assert_num_queries(1):
        note_viewings([plan_of(ana, ben, pk=pk) for pk in range(20)], reader=principal, door="the list of plans")


def test_the_model_refuses_to_change_or_lose_a_line(read):
    for forbidden in (
        read.save,
        read.delete,
        lambda: Viewing.objects.update(door="nowhere"),
        Viewing.objects.all().delete,
        lambda: Viewing.objects.bulk_update([read], ["door"]),
        lambda: Viewing.objects.update_or_create(pk=read.pk, defaults={"door": "nowhere"}),
    ):
        with pytest.raises(NeverChanged), transaction.atomic():
            forbidden()

    assert Viewing.objects.filter(door="the page of your work").count() == 2


@pytest.mark.parametrize("sql", ["UPDATE people_viewing SET door = 'nowhere'", "DELETE FROM people_viewing"])
def test_the_database_refuses_too(read, sql):
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert Viewing.objects.filter(door="the page of your work").count() == 2


def test_retention_takes_what_is_older_and_never_the_last_year(read, ana, principal):
    old = timezone.now() - 3 * 366 * DAY
    note_viewings([plan_of(ana)], reader=principal, door="the list of plans", at=old)

    assert Viewing.objects.all().forget_before(timezone.now() - 3 * 365 * DAY) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Viewing.objects.all().forget_before(timezone.now() + DAY)

    assert Viewing.objects.count() == 2


@pytest.mark.parametrize("who", ["ana", "ben", "principal", "stranger", "facilitator", "admin", "operator"])
def test_a_line_is_read_by_its_author_alone(read, who, request):
    user = request.getfixturevalue(who)

    assert Viewing.objects.visible_to(user).filter(author=user).count() == (who in ("ana", "ben"))
    assert not Viewing.objects.visible_to(user).exclude(author=user).exists()


def test_the_operator_reads_what_was_opened_in_an_emergency(read, ana, admin, stranger, operator):
    thing = Thing("emergency", 3, "Your messages", "/emergency-reading/3/", (ana.pk,))
    note_viewings([thing], reader=operator, door="emergency reading")

    seen = {user: list(Viewing.objects.visible_to(user).values_list("what", flat=True)) for user in (operator, ana)}
    assert seen == {operator: ["emergency"], ana: ["emergency", "plan"]}
    assert not Viewing.objects.visible_to(admin).exists()
    assert not Viewing.objects.visible_to(stranger).exists()


def test_a_report_was_read_by_somebody_as_the_staff_it_counts_may_know(ana, cleo, admin, principal, school, person):
    newcomer = person("Nora New")
    for reader, of in ((admin, None), (principal, school.pk)):
        note_viewings([Thing("report", 1, "This year", "/report/", school=of)], reader=reader, door="the report")

    assert Viewing.objects.visible_to(ana).count() == 2
    assert Viewing.objects.visible_to(cleo).count() == 1
    assert not Viewing.objects.visible_to(newcomer).exists()


def test_ones_own_page_says_who_read_what_when_and_where(read, ana, stranger, client):
    client.force_login(ana)
    page = client.get("/me/readers/").content.decode()

    assert "Pia Lindqvist" in page
    assert "Your plan of Peer Partners" in page
    assert "on the page of your work" in page

    client.force_login(stranger)
    page = client.get("/me/readers/").content.decode()
    assert "Pia Lindqvist" not in page
    assert "Nobody has read" in page


def test_the_page_has_pages_and_asks_the_same_for_many_lines(ana, principal, client, django_assert_num_queries):
    client.force_login(ana)
    note_viewings([plan_of(ana)], reader=principal, door="the list of plans")
    client.get("/me/readers/")
    with django_assert_num_queries(5):
        client.get("/me/readers/")

    note_viewings([plan_of(ana, pk=pk) for pk in range(100, 160)], reader=principal, door="the list of plans")
    with django_assert_num_queries(5):
        first = client.get("/me/readers/").content.decode()

    assert first.count("on the list of plans") == 50
    assert client.get("/me/readers/?page=2").content.decode().count("on the list of plans") == 11


def test_an_admin_reads_counts_and_no_names(read, admin, ana, client):
    client.force_login(ana)
    assert client.get("/district/readings/").status_code == 403

    client.force_login(admin)
    page = client.get("/district/readings/").content.decode()

    assert "&lt;5" in page
    assert "Pia" not in page
    assert "Ana" not in page


def test_counts_are_by_month_and_small_ones_are_hidden(ana, ben, principal):
    note_viewings([plan_of(ana, pk=pk) for pk in range(5)], reader=principal, door="the list of plans")
    note_viewings([Thing("words", 1, "A reflection", "/words/", (ana.pk,))], reader=principal, door="a share")

    [(month, counts)] = counts_by_month()

    assert month == timezone.localdate().replace(day=1)
    assert counts == {"plan": "5", "words": "<5"}
