import datetime as dt

import pytest
from django.utils import timezone

from observations.models import Coverage
from partnerships.models import HelpRequest
from partnerships.services import members, requests, starting
from partnerships.tests.test_catalogue import menu  # noqa: F401 -- a fixture
from people.models import Post, Role
from schedule.services import create_event
from supports.models import SupportType

pytestmark = pytest.mark.usefixtures("menu")


def test_home_lists_my_steps_and_not_my_partners(client, ana, ben):
    partnership = starting.start(SupportType.objects.get(slug="action-research"), by=ana)
    step = partnership.steps.first()

    client.force_login(ana)
    mine = client.get("/").content.decode()
    client.force_login(ben)
    his = client.get("/").content.decode()

    assert step.get_absolute_url() in mine
    assert step.get_absolute_url() not in his


def test_home_shows_an_invitation_until_it_is_answered(client, ana, ben):
    partnership = starting.start(SupportType.objects.get(slug="peer-partners"), by=ana)
    invitation = members.invite(partnership, by=ana, person=ben)

    client.force_login(ben)
    before = client.get("/").content.decode()
    members.decline(invitation, by=ben)
    after = client.get("/").content.decode()

    assert f"/invitations/{invitation.pk}/" in before
    assert f"/invitations/{invitation.pk}/" not in after


def test_home_of_a_principal_of_two_schools_shows_both(client, principal, school, other_school, ana, cleo):
    Post.objects.create(user=principal, role=Role.PRINCIPAL, school=other_school)
    for teacher in (ana, cleo):
        waiting_plan(teacher)

    client.force_login(principal)
    page = client.get("/").content.decode()

    assert page.count("asks you to approve a plan") == 2
    assert school.name in page
    assert other_school.name in page


def waiting_plan(teacher):
    """A partnership whose plan waits for the principal of the teacher's school."""
    partnership = starting.start(SupportType.objects.get(slug="action-research"), by=teacher)
    partnership.steps.filter(position__lt=partnership.steps.get(kind="approval").position).update(
        completed_at=timezone.now()
    )
    starting.move_on(partnership, by=teacher, at=timezone.now())
    return partnership


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_the_same_number_of_queries_whatever_it_shows(
    rows, client, ana, ben, facilitator, principal, django_assert_num_queries
):
    Post.objects.create(user=facilitator, role=Role.PRINCIPAL, school=ana.posts.first().school)
    for _ in range(rows):
        partnership = starting.start(SupportType.objects.get(slug="peer-partners"), by=ana)
        members.call_for_partners(partnership, by=ana, words="Who would like to try this?")
        waiting_plan(ben)
        requests.ask_for_help(
            partnership.support, by=ben, wish=HelpRequest.Wish.PARTNER, words="Somebody who teaches grade 4."
        )

    client.force_login(facilitator)
    with django_assert_num_queries(9):
        page = client.get("/")

    assert page.content.decode().count("<li>") >= rows * 2


def test_home_shows_a_facilitator_the_steps_that_are_hers(client, ana, ben, facilitator):
    support = SupportType.objects.get(slug="learning-walks")
    asked = requests.ask_for_help(support, by=ana, wish=HelpRequest.Wish.SET_UP, words="I would like to come.")
    partnership = requests.gather([asked], by=facilitator)
    partnership.steps.filter(position__lt=partnership.steps.get(actor="facilitator").position).update(
        completed_at=timezone.now()
    )

    client.force_login(facilitator)
    page = client.get("/").content.decode()

    assert "waits for your step" in page
    assert partnership.get_absolute_url() in page


def test_home_of_an_admin_shows_the_plans_that_nobody_else_can_answer(client, ana, admin):
    partnership = waiting_plan(ana)

    client.force_login(admin)
    page = client.get("/").content.decode()

    assert partnership.approvals.get().get_absolute_url() in page


def test_home_asks_for_a_yes_to_a_class_and_names_a_class_without_cover(client, ana, ben, school):
    now = timezone.now()
    day, hours = timezone.localdate() + dt.timedelta(days=3), {"starts": dt.time(10), "ends": dt.time(11)}
    starts = now + dt.timedelta(days=3)
    event = create_event(
        by=ana, kind="meeting", title="Meeting", starts_at=starts, ends_at=starts + dt.timedelta(hours=1), people=[ana]
    )
    given = {"asker": ana, "school": school, "day": day, "asked_at": now, **hours}
    Coverage.objects.create(event=event, class_name="7B", **given)
    Coverage.objects.update(state=Coverage.State.NEEDED)
    named = Coverage.objects.create(
        class_name="8C", coverer=ben, state=Coverage.State.ASSIGNED, assigned_at=now, **given
    )

    client.force_login(ana)
    hers = client.get("/").content.decode()
    client.force_login(ben)
    his = client.get("/").content.decode()

    assert f"/coverage/needed/{event.pk}/" in hers
    assert named.get_absolute_url() not in hers
    assert named.get_absolute_url() in his
    assert "/coverage/needed/" not in his
