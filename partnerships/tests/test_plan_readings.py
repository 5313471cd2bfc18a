"""A plan that is read by a principal, a deputy or an admin leaves a line for everybody who takes part in it."""

import pytest

from partnerships.models import Approval
from partnerships.services.approvals import approve
from people.models import Viewing


def lines():
    return set(Viewing.objects.values_list("reader__name", "author__name", "what", "door"))


@pytest.mark.parametrize(
    ("path", "door"),
    [
        ("/partnerships/{work}/", "the page of your work"),
        ("/approvals/{approval}/", "the page for answering the plan"),
        ("/approvals/", "the list of plans"),
    ],
)
def test_each_page_with_a_plan_on_it_is_a_door(planned, principal, path, door, client):
    client.force_login(principal)
    path = path.format(work=planned.pk, approval=Approval.objects.get().pk)

    assert client.get(path).status_code == 200
    client.get(path)

    assert lines() == {("Pia Lindqvist", name, "plan", door) for name in ("Ana Ruiz", "Ben Okafor")}
    assert Viewing.objects.count() == 2


def test_the_page_of_a_finished_step_is_one_too(planned, principal, step_of, client):
    approve(Approval.objects.get(), by=principal)
    client.force_login(principal)

    client.get(step_of(planned, "plan").get_absolute_url())

    assert {door for *_, door in lines()} == {"the page of a step"}


def test_a_deputy_reads_as_the_principal_does(planned, principal, stranger, school, client):
    school.deputies.create(principal=principal, deputy=stranger)
    client.force_login(stranger)
    client.get("/approvals/")

    assert {reader for reader, *_ in lines()} == {"Sam Stranger"}


@pytest.mark.parametrize("who", ["ana", "ben", "facilitator", "stranger", "office", "admin"])
def test_members_facilitators_and_those_who_see_no_plan_leave_no_line(planned, principal, who, request, client):
    client.force_login(request.getfixturevalue(who))
    for path in (f"/partnerships/{planned.pk}/", "/approvals/"):
        client.get(path)

    assert lines() == set()


def test_an_admin_who_answers_for_a_school_without_a_principal_leaves_one(planned, admin, client):
    client.force_login(admin)
    client.get("/approvals/")

    assert {reader for reader, *_ in lines()} == {"Ada Novak"}
