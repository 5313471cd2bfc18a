import datetime as dt

import pytest

from people.models import Role, School
from people.services import accounts


def test_standing(ana, principal, facilitator, school, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert ana.standing.schools == {school.pk}
    assert ana.standing.time_zone == "America/New_York"
    assert facilitator.standing.is_district_facilitator
    assert principal.standing.leads(school.pk)


@pytest.mark.parametrize(
    ("zone", "moment", "holds"),
    [
        ("", "2027-03-12T01:00:00Z", True),  # 20:00 on the 11th in New York
        ("", "2027-03-12T04:30:00Z", True),
        ("", "2027-03-12T05:30:00Z", False),
        ("Pacific/Honolulu", "2027-03-12T09:30:00Z", True),
        ("Pacific/Honolulu", "2027-03-12T10:30:00Z", False),
    ],
)
def test_a_post_ends_when_its_last_day_is_over_at_the_school(ana, school, time_machine, zone, moment, holds):
    School.objects.filter(pk=school.pk).update(time_zone=zone)
    ana.posts.update(ends_on=dt.date(2027, 3, 11))

    time_machine.move_to(moment, tick=False)

    assert ana.standing.holds(Role.TEACHER) == holds


def test_an_account_stays_open_until_the_last_day_has_come(ana, admin, time_machine):
    time_machine.move_to("2027-03-01T12:00:00Z", tick=False)
    accounts.leave(ana, on=dt.date(2027, 3, 12), by=admin)

    accounts.close_accounts_of_leavers(at=dt.datetime(2027, 3, 12, 1, 0, tzinfo=dt.UTC))  # the 11th in New York
    ana.refresh_from_db()
    assert ana.is_active
    accounts.close_accounts_of_leavers(at=dt.datetime(2027, 3, 12, 6, 0, tzinfo=dt.UTC))

    ana.refresh_from_db()
    assert not ana.is_active
