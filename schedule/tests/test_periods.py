import pytest

from people.models import Role
from schedule.models import BellSchedule, Period


def rows(*periods, **more):
    """What the form sends for (pk, name, starts, ends)."""
    sent = {"periods-TOTAL_FORMS": len(periods), "periods-INITIAL_FORMS": sum(1 for one in periods if one[0])}
    for number, (pk, name, starts, ends) in enumerate(periods):
        values = {"id": pk, "name": name, "starts": starts, "ends": ends}
        sent |= {f"periods-{number}-{field}": value for field, value in values.items()}
    return sent | more


@pytest.fixture
def first(school):
    usual = BellSchedule.objects.create(school=school)
    return Period.objects.create(schedule=usual, name="1", starts="08:10", ends="09:00")


@pytest.fixture
def address(school):
    return f"/schools/{school.pk}/periods/"


@pytest.mark.parametrize(
    ("who", "status"),
    [("principal", 200), ("office", 200), ("admin", 200), ("ana", 403), ("other_principal", 403), ("facilitator", 403)],
)
def test_periods_are_edited_by_the_office_of_the_school(who, status, address, client, request):
    client.force_login(request.getfixturevalue(who))

    assert client.get(address).status_code == status
    saved = client.post(address, rows(("", "1", "08:10", "09:00")))

    assert saved.status_code == {200: 302}.get(status, status)
    assert Period.objects.count() == (status == 200)


def test_periods_may_trade_names(first, address, principal, client):
    second = Period.objects.create(schedule=first.schedule, name="2", starts="09:05", ends="09:55")
    client.force_login(principal)

    client.post(address, rows((first.pk, "2", "08:10", "09:00"), (second.pk, "1", "09:05", "09:55")))

    assert list(Period.objects.values_list("pk", "name")) == [(first.pk, "2"), (second.pk, "1")]


@pytest.mark.parametrize(
    ("row", "field", "error"),
    [
        (("", "2", "08:55", "09:45"), "starts", "Period 1 is on until 9:00."),
        (("", "1", "09:00", "09:45"), "name", "There is a period 1 already."),
        (("", "2", "10:00", "09:45"), "ends", "It ends before it starts. Choose a later time."),
        (("", "2", "soon", "09:45"), "starts", "Enter a valid time."),
        (("", "2\x00", "09:05", "09:45"), "name", "Null characters are not allowed."),
        (("", "x" * 21, "09:05", "09:45"), "name", None),
    ],
)
def test_periods_refuse_at_the_field(row, field, error, first, address, principal, client):
    client.force_login(principal)

    response = client.post(address, rows((first.pk, "1", "08:10", "09:00"), row))

    (wrong,) = [form for form in response.context["formset"] if form.errors]
    assert list(wrong.errors) == [field]
    assert error in (None, *wrong.errors[field])
    assert Period.objects.count() == 1


def test_a_page_that_is_saved_again_from_before_says_so(first, address, principal, client):
    client.force_login(principal)
    sent = rows((first.pk, "1", "08:10", "09:00"), ("", "2", "09:05", "09:55"))

    answers = [client.post(address, sent) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 200]
    (error,) = answers[1].context["form"].non_field_errors()
    assert error.startswith("These bells have a period of that name by now.")
    assert Period.objects.count() == 2


def test_a_period_is_taken_out(first, address, principal, client):
    client.force_login(principal)

    client.post(address, rows((first.pk, "1", "08:10", "09:00"), **{"periods-0-DELETE": "on"}))

    assert not Period.objects.exists()


def test_a_period_of_another_school_is_out_of_reach(first, other_school, person, client):
    client.force_login(person("Ola Berg", Role.PRINCIPAL, other_school))

    client.post(f"/schools/{other_school.pk}/periods/", rows((first.pk, "9", "08:10", "09:00")))

    assert [(period.name, period.schedule) for period in Period.objects.all()] == [("1", first.schedule)]


def test_a_broken_form_is_no_fault_of_ours(first, address, principal, client):
    client.force_login(principal)

    assert client.post(address, {"junk": "1"}).status_code == 200
