"""Whoever opens the year-end report leaves a line that the staff whom it counts may see."""

import pytest

from people.models import Viewing


@pytest.mark.parametrize("address", ["/report/", "/report/{year}.csv", "/report/{year}.xlsx"])
def test_a_principal_s_report_is_known_to_the_staff_of_her_school(principal, ana, cleo, year, address, client):
    client.force_login(principal)
    address = address.format(year=year.pk)
    assert client.get(address).status_code == 200
    client.get(address)

    [line] = Viewing.objects.visible_to(ana)
    assert (line.reader, line.what, line.title) == (principal, "report", "Year-end report This year")
    assert not Viewing.objects.visible_to(cleo).exists()


def test_the_district_s_report_is_known_to_all_the_staff(admin, ana, cleo, year, school, client):
    client.force_login(admin)
    client.get("/report/")
    client.get("/report/", {"year": year.pk, "school": school.pk})

    assert Viewing.objects.visible_to(ana).count() == 2
    assert Viewing.objects.visible_to(cleo).count() == 1
    client.force_login(ana)
    assert "Year-end report This year" in client.get("/me/readers/").content.decode()


def test_who_may_not_read_it_leaves_no_line(ana, year, client):
    client.force_login(ana)

    assert client.get("/report/").status_code == 403
    assert not Viewing.objects.exists()
