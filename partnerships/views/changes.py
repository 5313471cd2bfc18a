"""What people may do to a partnership as a whole: each is a page that says what will happen, and asks once."""

from collections.abc import Callable
from dataclasses import dataclass

from .. import policy
from ..forms.people import HandOverForm, SureForm, WithdrawForm
from ..services import closing, members


@dataclass(frozen=True)
class Change:
    key: str
    title: str
    what: str  # what will happen, in a sentence or two
    button: str
    thanks: str
    may: Callable  # (user, partnership)
    act: Callable  # (partnership, by, answers) -> where to go, or None for the partnership
    form: Callable = lambda data, partnership, person: SureForm(data)
    icon: str = "arrow-right"


def hand_over(partnership, by, answers):
    members.hand_over_lead(partnership, by=by, to=answers["to"])


def leave(partnership, by, answers):
    members.leave(partnership, by=by)
    return "partnership_list"


CHANGES = {
    change.key: change
    for change in (
        Change(
            "lead",
            "Hand over the lead",
            "The person whom you choose leads from now on and is told. You stay a partner.",
            "Hand over the lead",
            "The lead is handed over.",
            policy.may_lead,
            hand_over,
            lambda data, partnership, person: HandOverForm(data, partnership=partnership, person=person),
            icon="person-check",
        ),
        Change(
            "leave",
            "Leave it to the others",
            "You no longer take part, and your open steps close. What you wrote stays yours. The others are told.",
            "Leave",
            "You no longer take part. What you wrote is still yours: it is under “What I wrote”.",
            policy.may_leave,
            leave,
            icon="box-arrow-right",
        ),
        Change(
            "withdraw",
            "Withdraw it",
            "The work stops and its coming dates are called off. Everything written stays readable to you and your "
            "partners, who are told. You can open it again later.",
            "Withdraw it",
            "It is withdrawn. You can open it again from here.",
            policy.may_lead,
            lambda partnership, by, answers: closing.withdraw(partnership, by=by, reason=answers["reason"]),
            lambda data, partnership, person: WithdrawForm(data),
            icon="pause-circle",
        ),
        Change(
            "reopen",
            "Open it again",
            "You take it up where it stopped. If it was complete, its last step is open again. Your partners are told.",
            "Open it again",
            "It is open again.",
            policy.may_reopen,
            lambda partnership, by, answers: closing.reopen(partnership, by=by),
            icon="arrow-counterclockwise",
        ),
        Change(
            "renew",
            "Renew it for another year",
            "A new one begins with the same goal and its own dates. You lead it, and your partners are asked again. "
            "This one stays as it is.",
            "Renew it",
            "It is renewed. Your partners are asked whether they join you again.",
            policy.may_renew,
            lambda partnership, by, answers: closing.renew(partnership, by=by),
            icon="arrow-repeat",
        ),
    )
}


def open_to(user, partnership):
    """The changes that this person may make today."""
    return [change for change in CHANGES.values() if change.may(user, partnership)]
