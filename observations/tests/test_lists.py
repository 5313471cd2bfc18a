import datetime as dt

import pytest
from django.urls import reverse

from observations.models import Walk
from observations.services import coverage as cover
from observations.services import walks

from .conftest import DAY
from .knocking import get


def lists(who):
    return [(who, "/walks/"), (who, "/coverage/")]


@pytest.mark.parametrize(
    ("who", "address"), [*lists("ana"), *lists("principal"), *lists("facilitator"), ("office", "/coverage/day/")]
)
def test_lists_ask_as_often_for_one_row_as_for_three(
    who, address, request, client, set_up, ask, principal, ben, ana, office, facilitator, host, periods,
    django_assert_max_num_queries,
):  # fmt: skip
    def fill(number):
        walk = set_up(day=DAY + dt.timedelta(days=number))
        walks.join_walk(walk, by=ana)
        past = set_up(day=DAY)
        walks.join_walk(past, by=ana)
        Walk.objects.filter(pk=past.pk).update(day=dt.date(2027, 2, 1))
        ask(day=DAY + dt.timedelta(days=number))
        named = ask(day=dt.date(2027, 3, 1), starts=dt.time(8 + number), ends=dt.time(8 + number, 30))
        cover.approve_cover(named, by=principal, coverer=(facilitator, principal, office)[number - 1])
        cover.approve_cover(ask(by=ben, day=DAY + dt.timedelta(days=number)), by=principal)
        later = {"starts": dt.time(13), "ends": dt.time(14)}
        given = ask(by=host, day=DAY + dt.timedelta(days=7 * number), **later)
        cover.approve_cover(given, by=principal, coverer=ana)

    client.force_login(request.getfixturevalue(who))
    asked = set()
    for number in (1, 2, 3):
        fill(number)
        if number != 2:
            with django_assert_max_num_queries(10 if "coverage" in address else 6) as queries:
                assert client.get(address).status_code == 200
            asked.add(len(queries))

    assert len(asked) == 1


NONSENSE = ["page=x", "page=-1", f"page={10**30}", "event=x", f"event={10**30}", "partnership=%00", "school=x&day=x"]
NONSENSE += ["day=0000-00-00", "day=99999-01-01", f"school={10**30}", "event=-1", "partnership=", "event=²"]


@pytest.mark.parametrize("query", NONSENSE)
def test_a_nonsense_address_is_no_fault_of_ours(query, facilitator, principal, ana, client):
    for name in ("walk_list", "walk_new", "coverage_list", "coverage_ask", "coverage_day"):
        for user in (facilitator, principal, ana):
            assert get(client, user, f"{reverse(name)}?{query}")[0] in (200, 403, 404)


@pytest.mark.parametrize("page", ["/walks/{}/", "/walks/{}/notes/", "/coverage/{}/", "/coverage/{}/return/"])
def test_what_is_not_there_is_a_404(page, ana, client):
    for pk in (987654, 10**30):
        assert get(client, ana, page.format(pk))[0] == 404
