"""The kinds of notice of this room: what each says, and when it no longer matters."""

from django.utils import timezone

from notices.registry import NoticeKind
from people.models import Deputy

from .models import Approval, HelpRequest, Member, Milestone, Partnership, Step
from .told_words import KINDS as OF_WORDS


def row_of(notice):
    """The id in the second place of a notice's key: "your-turn:12:0:7" is about row 12."""
    return int(notice.key.split(":")[1])


def step_is_open(notice):
    return Step.objects.current().filter(pk=row_of(notice)).exists()


def invitation_is_open(notice):
    asked = Member.objects.filter(pk=row_of(notice), state=Member.State.INVITED)
    return asked.filter(partnership__status=Partnership.Status.ACTIVE).exists()


def approval_is_open(notice):
    return Approval.objects.waiting().filter(pk=row_of(notice)).exists()


def milestone_is_open(notice):
    milestone = Milestone.objects.filter(pk=row_of(notice), reached_at=None)
    return milestone.filter(partnership__status=Partnership.Status.ACTIVE).exists()


def help_is_asked(notice):
    return HelpRequest.objects.waiting().filter(pk=row_of(notice)).exists()


def may_be_renewed(notice):
    done = Partnership.objects.filter(pk=row_of(notice), status=Partnership.Status.COMPLETED)
    return done.filter(renewed_as=None).exists()


def stands_in(notice):
    """They still decide for the principal: on a day that is on, somewhere."""
    return Deputy.objects.around(timezone.now().date()).filter(pk=row_of(notice)).exists()


def partnership_is_open(notice):
    return Partnership.objects.under_way().filter(pk=row_of(notice)).exists()


KINDS = [
    NoticeKind(
        "invitation",
        "A colleague invites you",
        "{who} invites you: {support}",
        "{who} would like to do this with you: {support}.",
        "See the invitation",
        invitation_is_open,
        can_be_off=False,
    ),
    NoticeKind(
        "invitation_waiting",
        "An invitation waits for my answer",
        "{who} waits for your answer: {support}",
        "{who} has asked you to take part, and has no answer yet. A no is fine: then they ask somebody else.",
        "See the invitation",
        invitation_is_open,
    ),
    NoticeKind(
        "invitation_unanswered",
        "A colleague has not answered my invitation",
        "No answer yet from {whom}: {support}",
        "{whom} has not answered for more than a week. Ask in person, or ask somebody else.",
        "Ask somebody else",
        invitation_is_open,
    ),
    NoticeKind(
        "invitation_accepted",
        "A colleague joins you",
        "{who} joins you: {support}",
        "{who} has said yes.",
        "See where you are",
    ),
    NoticeKind(
        "invitation_declined",
        "A colleague cannot join you",
        "{who} cannot join you: {support}",
        "{who} has said no this time. You can ask somebody else.",
        "Ask somebody else",
    ),
    NoticeKind(
        "your_turn",
        "It is your turn",
        "Your turn{by}: {step} ({support})",
        "The next step is yours{by}: {step}.",
        "Open the step",
        step_is_open,
    ),
    NoticeKind(
        "due_soon",
        "A step is due soon",
        "Due {due}: {step} ({support})",
        "{step} is due {due}.",
        "Open the step",
        step_is_open,
    ),
    NoticeKind(
        "overdue",
        "A step is past its date",
        "Past its date: {step} ({support})",
        "{step} was due {due}. Do it now, or move your timeline.",
        "Open the step",
        step_is_open,
    ),
    NoticeKind(
        "overdue_with_help",
        "Those who asked for my help are past a date",
        "Past its date: {step} ({support}), {who}",
        "{step} was due {due}. They have asked you for help before: a word from you may get it going.",
        "See where they are",
        step_is_open,
    ),
    NoticeKind(
        "milestone_due_soon",
        "A milestone is due soon",
        "A milestone of yours is due {due}: {support}",
        "One of the milestones that you set is due {due}.",
        "See your milestones",
        milestone_is_open,
    ),
    NoticeKind(
        "milestone_overdue",
        "A milestone is past its date",
        "A milestone of yours was due {due}: {support}",
        "One of the milestones that you set was due {due}. Tick it off, or give it another date.",
        "See your milestones",
        milestone_is_open,
    ),
    NoticeKind(
        "revisit",
        "A year is up",
        "A year is up: {support}",
        "You set this up for a year. Look at it together, and decide how to go on.",
        "Look at it together",
        partnership_is_open,
    ),
    NoticeKind(
        "renewal",
        "Work of mine can go on for another year",
        "Another year? {support}",
        "Your year is complete. You can go on for another one with the same people and the same goal.",
        "Renew it, or leave it",
        may_be_renewed,
    ),
    NoticeKind(
        "approval_asked",
        "A plan waits for you",
        "A plan waits for your answer: {support}, {school}",
        "A team asks you to approve its plan, or to return it with comments.",
        "Read the plan",
        approval_is_open,
        can_be_off=False,
    ),
    NoticeKind(
        "approval_waiting",
        "A plan still waits for me",
        "A plan still waits for your answer: {support}, {school}",
        "A team has waited for your answer since {since}, and goes on when it has one.",
        "Read the plan",
        approval_is_open,
    ),
    NoticeKind(
        "deputising",
        "I decide for a principal",
        "You decide for {who} now: {school}",
        "{who} has named you to decide on plans and on cover at {school}, {until}.",
        "See what waits",
        stands_in,
        can_be_off=False,
    ),
    NoticeKind(
        "approval_returned",
        "Your plan came back with comments",
        "Your plan came back with comments: {support}",
        "{school} has returned the plan with comments. Everything in it is kept.",
        "Read the comments",
    ),
    NoticeKind(
        "approval_granted",
        "Your plan is approved",
        "Your plan is approved: {support}",
        "{school} has approved the plan.",
        "See what is next",
    ),
    NoticeKind(
        "withdrawn",
        "Work that you share was withdrawn",
        "Withdrawn: {support}",
        "{who} has withdrawn it. What you wrote is kept, and only you and your partners read it.",
        "See it",
    ),
    NoticeKind(
        "reopened", "Work that you share is open again", "Open again: {support}", "{who} has opened it again.", "See it"
    ),
    NoticeKind(
        "completed",
        "Work that you share is complete",
        "Complete: {support}",
        "All steps are done. Thank you for the work.",
        "See it",
    ),
    NoticeKind("left", "A partner leaves", "{who} has left: {support}", "{who} no longer takes part.", "See it"),
    NoticeKind(
        "lead_handed_over", "You lead now", "You lead now: {support}", "{who} has handed the lead to you.", "See it"
    ),
    NoticeKind(
        "message",
        "A partner writes to you",
        "{who} has written to you: {support}",
        "There is a message in the thread of your partnership.",
        "Read it",
    ),
    NoticeKind(
        "consent_asked",
        "A partner would like to share what you wrote together",
        "May this be shared? {support}",
        "{who} would like to share a text of yours with the school. It stays among you until all agree.",
        "Read it and decide",
        can_be_off=False,
    ),
    *OF_WORDS,
    NoticeKind(
        "help_asked",
        "Somebody asks for your help",
        "{who} asks for help: {support}",
        "{who} asks: {wish}.",
        "See the request",
        help_is_asked,
    ),
    NoticeKind(
        "help_answered",
        "Your facilitator answers",
        "An answer to your request: {support}",
        "{who} has answered your request.",
        "Read the answer",
    ),
]
