"""What is answered straight from a mail: an invitation, and a plan that waits for a principal."""

from notices.acts import Act

from .models import Approval, Member
from .services.approvals import approve, return_plan
from .services.members import accept, decline
from .told import row_of


def join(notice, *, by, words, at):
    accept(Member.objects.select_related("partnership").get(pk=row_of(notice)), by=by, at=at)


def turn_down(notice, *, by, words, at):
    decline(Member.objects.select_related("partnership").get(pk=row_of(notice)), by=by, at=at)


def say_yes(notice, *, by, words, at):
    approve(Approval.objects.select_related("partnership").get(pk=row_of(notice)), by=by, at=at)


def send_back(notice, *, by, words, at):
    plan = Approval.objects.select_related("partnership").get(pk=row_of(notice))
    return_plan(plan, by=by, remarks={}, on_direction=words, at=at)


INVITATION = (
    Act("accept", "Accept", "You take part in {support}. {who} is told.", join, "You take part: {support}."),
    Act(
        "decline",
        "Decline",
        "You say no this time. {who} is told, and may ask somebody else.",
        turn_down,
        "{who} is told.",
    ),
)
PLAN = (
    Act(
        "approve",
        "Approve",
        "You approve the plan for {school}. The team is told, and begins.",
        say_yes,
        "The plan is approved. The team is told.",
    ),
    Act(
        "return",
        "Return",
        "The plan goes back to the team with your comment. Everything in it is kept.",
        send_back,
        "The plan is back with the team, with your comment.",
        asks="What should change? The team and its facilitator read this.",
    ),
)
ACTS = {
    "invitation": INVITATION,
    "invitation_waiting": INVITATION,
    "approval_asked": PLAN,
    "approval_waiting": PLAN,
}
