"""Accept, decline, approve, return straight from the mail: the services' own rules hold."""

import pytest

from notices.acts import ACTS, act_of
from notices.links import answer_url
from notices.models import Notice
from partnerships.models import Approval, Member
from partnerships.services.approvals import approve
from partnerships.services.members import invite, take_back_invitation


def press(client, notice, key, **data):
    path = answer_url(notice, act_of(notice, key)).removeprefix("http://localhost:8000")
    shown = client.get(path).content.decode()
    return shown, client.post(path, data, follow=True).content.decode()


@pytest.fixture
def invitation(work, ana, stranger):
    return invite(work, by=ana, person=stranger)


def notice_of(kind):
    return Notice.objects.filter(kind=kind).latest("pk")


def test_an_invitation_is_accepted_from_the_mail(client, invitation, stranger, ana):
    shown, said = press(client, notice_of("invitation"), "accept")

    assert "You take part in Try it together. Ana Ruiz is told." in shown
    assert "You take part: Try it together." in said
    assert Member.objects.get(pk=invitation.pk).state == Member.State.ACTIVE
    assert Notice.objects.get(kind="invitation_accepted", facts__who=str(stranger)).person == ana


def test_an_invitation_is_declined_from_the_mail(client, invitation):
    press(client, notice_of("invitation"), "decline")

    assert Member.objects.get(pk=invitation.pk).state == Member.State.DECLINED


def test_an_invitation_that_was_taken_back_is_not_answered(client, invitation, ana):
    take_back_invitation(invitation, by=ana)

    shown, said = press(client, notice_of("invitation"), "accept")

    assert "This link no longer works" in shown
    assert Member.objects.get(pk=invitation.pk).state == Member.State.DECLINED


def test_a_plan_is_approved_from_the_mail(client, principal, planned, do):
    shown, said = press(client, notice_of("approval_asked"), "approve")

    plan = Approval.objects.get(partnership=planned)
    assert (plan.decision, plan.decided_by) == (Approval.Decision.APPROVED, principal)
    assert "The plan is approved. The team is told." in said
    assert Notice.objects.filter(kind="approval_granted").count() == 2


def test_a_plan_goes_back_from_the_mail_with_a_comment_and_not_without(client, principal, planned):
    notice = notice_of("approval_asked")

    press(client, notice, "return")
    assert Approval.objects.get(partnership=planned).decision == ""
    press(client, notice, "return", words="Two fewer periods")

    plan = Approval.objects.get(partnership=planned)
    assert (plan.decision, plan.on_direction) == (Approval.Decision.RETURNED, "Two fewer periods")


def test_a_principal_who_leads_the_school_no_more_decides_nothing(client, principal, planned, school, person):
    notice = notice_of("approval_asked")
    principal.posts.update(role="teacher")

    _, said = press(client, notice, "approve")

    assert "this is not yours to do" in said
    assert Approval.objects.get(partnership=planned).decision == ""


def test_a_plan_that_somebody_else_decided_is_over(client, principal, planned):
    approve(Approval.objects.get(partnership=planned), by=principal)

    shown, _ = press(client, notice_of("approval_asked"), "return", words="No")

    assert "This link no longer works" in shown
    assert Approval.objects.get(partnership=planned).decision == Approval.Decision.APPROVED


def test_the_same_may_be_done_from_the_reminder():
    assert ACTS["invitation_waiting"] == ACTS["invitation"]
    assert ACTS["approval_waiting"] == ACTS["approval_asked"]
