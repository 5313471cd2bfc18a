"""A plan is approved or returned by each school, by whoever decides there, and shows what changed."""

import datetime as dt

import pytest
from django.utils import timezone

from partnerships.models import Approval, Member, PlannedEvent, Step
from partnerships.services.approvals import approve, return_plan
from partnerships.services.asking import sections_of
from partnerships.services.members import accept, invite, leave
from people.models import Deputy, Role
from schedule.services import create_event

from .conftest import plan_of


def waiting(partnership, school=None):
    found = Approval.objects.filter(partnership=partnership, decision="")
    return found.filter(school=school) if school else found


def test_a_return_needs_a_comment_and_keeps_what_was_typed(planned, principal, client):
    approval = waiting(planned).get()
    client.force_login(principal)

    page = client.post(approval.get_absolute_url(), {"action": "return"})

    assert "at least one comment" in page.content.decode()
    approval.refresh_from_db()
    assert approval.decision == ""


def test_a_returned_plan_comes_back_with_what_changed(planned, principal, ana, do, client):
    client.force_login(principal)
    first = waiting(planned).get()
    client.post(first.get_absolute_url(), {"action": "return", "remark_coverage": "Which period?"})
    client.force_login(ana)
    assert "Which period?" in client.get(first.get_absolute_url()).content.decode()
    do(planned, "plan", ana, **plan_of(planned, coverage="Period 3."))
    client.force_login(principal)

    page = client.get(waiting(planned).get().get_absolute_url()).content.decode()

    assert page.count("Changed") == 1
    assert "One period." in page
    assert "Period 3." in page
    assert "Which period?" in page


def test_each_school_answers_for_its_own_people(work, ana, cleo, do, principal, other_principal, client):
    accept(invite(work, by=ana, person=cleo), by=cleo)
    do(work, "goal", ana, goal="Everybody speaks.")
    do(work, "plan", ana, **plan_of(work))
    ours, theirs = waiting(work, principal.standing.schools_as(Role.PRINCIPAL).pop()), waiting(work).last()
    client.force_login(other_principal)
    assert client.post(ours.get().get_absolute_url(), {"action": "approve"}).status_code == 403

    client.post(theirs.get_absolute_url(), {"action": "approve"})
    assert Step.objects.current().get(partnership=work).key == "approval"
    client.force_login(principal)
    client.post(ours.get().get_absolute_url(), {"action": "approve"})

    assert Step.objects.current().get(partnership=work).key == "log"


def test_a_deputy_answers_while_the_span_lasts(planned, principal, stranger, school, client):
    approval = waiting(planned).get()
    client.force_login(stranger)
    assert client.get(approval.get_absolute_url()).status_code == 404

    Deputy.objects.create(school=school, principal=principal, deputy=stranger, ends_on=timezone.localdate())
    client.force_login(stranger)
    client.post(approval.get_absolute_url(), {"action": "approve"})

    approval.refresh_from_db()
    assert approval.decided_by == stranger


def test_a_deputy_of_last_week_sees_nothing(planned, principal, stranger, school, client):
    Deputy.objects.create(
        school=school, principal=principal, deputy=stranger, ends_on=timezone.localdate() - dt.timedelta(days=7)
    )
    client.force_login(stranger)

    assert client.get(waiting(planned).get().get_absolute_url()).status_code == 404


def test_where_no_principal_is_left_an_admin_reads_and_answers(planned, principal, admin, client):
    approval = waiting(planned).get()
    client.force_login(admin)
    assert client.get(approval.get_absolute_url()).status_code == 404

    principal.posts.all().delete()
    client.force_login(admin)
    assert approval.get_absolute_url() in client.get("/approvals/").content.decode()
    client.post(approval.get_absolute_url(), {"action": "approve"})

    approval.refresh_from_db()
    assert approval.decided_by == admin


def test_a_second_answer_is_told_who_was_first(planned, principal, person, school, client):
    other = person("Petra Second", Role.PRINCIPAL, school)
    approval = waiting(planned).get()
    client.force_login(principal)
    client.post(approval.get_absolute_url(), {"action": "approve"})
    client.force_login(other)

    page = client.post(approval.get_absolute_url(), {"action": "return", "remark_goal": "Hm."})

    assert "Pia Lindqvist has decided already" in page.content.decode()
    assert not approval.remarks.exists()


@pytest.mark.parametrize("who", ["stranger", "cleo", "admin", "office"])
def test_a_plan_is_hidden_from_those_who_have_no_part_in_it(planned, who, request, principal, client):
    client.force_login(request.getfixturevalue(who))

    assert client.get(waiting(planned).get().get_absolute_url()).status_code == 404


def test_a_school_without_people_is_not_waited_for(work, ana, cleo, do, principal, other_principal):
    accept(invite(work, by=ana, person=cleo), by=cleo)
    do(work, "goal", ana, goal="Everybody speaks.")
    do(work, "plan", ana, **plan_of(work))
    assert waiting(work).count() == 2

    leave(work, by=cleo)
    assert [approval.school_id for approval in waiting(work)] == [work.school_id]
    approve(waiting(work).get(), by=principal)

    assert Step.objects.current().get(partnership=work).key == "log"


def test_a_school_that_joins_an_approved_plan_is_asked_and_nobody_waits(planned, ana, cleo, principal, other_principal):
    approve(waiting(planned).get(), by=principal)

    accept(invite(planned, by=ana, person=cleo), by=cleo)
    asked = waiting(planned).get()
    assert asked.school_id in other_principal.standing.schools_as(Role.PRINCIPAL)
    assert Step.objects.current().get(partnership=planned).key == "log"
    approve(asked, by=other_principal)

    assert not waiting(planned).exists()
    assert Step.objects.current().get(partnership=planned).key == "log"


def test_a_plan_returned_to_late_comers_is_sent_again(planned, ana, cleo, principal, other_principal, do):
    approve(waiting(planned).get(), by=principal)
    accept(invite(planned, by=ana, person=cleo), by=cleo)

    return_plan(waiting(planned).get(), by=other_principal, remarks={"goal": "Which grade?"})
    assert Step.objects.current().get(partnership=planned).key == "plan"
    do(planned, "plan", ana, **plan_of(planned))

    assert Step.objects.current().get(partnership=planned).key == "approval"
    approve(waiting(planned).get(), by=other_principal)
    assert Step.objects.current().get(partnership=planned).key == "log"


def test_dates_of_a_plan_are_those_of_the_school(work, ana, ben, do):
    evening = dt.datetime(2027, 3, 11, 0, 30, tzinfo=dt.UTC)  # 19:30 on the 10th in New York
    event = create_event(
        by=ana, kind="meeting", title="", starts_at=evening, ends_at=evening + dt.timedelta(hours=1), people=[ana]
    )
    PlannedEvent.objects.create(partnership=work, event=event)

    assert sections_of(work)["events"] == "Wed 10 March: Meeting"


def test_who_takes_part_is_not_asked_to_answer(work, ana, other_principal, do, client):
    Member.objects.create(
        partnership=work,
        person=other_principal,
        school_id=other_principal.standing.schools_as(Role.PRINCIPAL).pop(),
        state=Member.State.ACTIVE,
        invited_at=timezone.now(),
    )
    do(work, "goal", ana, goal="Everybody speaks.")
    do(work, "plan", ana, **plan_of(work))
    theirs = waiting(work).get(school_id__in=other_principal.standing.schools_as(Role.PRINCIPAL))
    client.force_login(other_principal)

    assert client.post(theirs.get_absolute_url(), {"action": "approve"}).status_code == 403
    assert theirs.get_absolute_url() not in client.get("/approvals/").content.decode()


def test_an_admin_is_shown_what_nobody_else_can_answer(planned, principal, admin, client):
    admin.posts.create(role=Role.FACILITATOR)
    address = waiting(planned).get().get_absolute_url()
    client.force_login(admin)
    assert address not in client.get("/approvals/").content.decode()

    principal.posts.all().delete()

    assert address in client.get("/approvals/").content.decode()
