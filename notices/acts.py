"""What a reader may do straight from a mail: accept, decline, approve, return.

An upper app registers the acts of a kind in `AppConfig.ready`; nothing here knows what an invitation is:

    register(
        "invitation",
        Act("accept", "Accept", "You take part in {support}.", do=join, done="You take part. {who} is told."),
        Act("decline", "Decline", "You say no to {support}.", do=turn_down, done="{who} is told."),
    )

Each act is a button in the mail, with a link that is signed, lasts some days, and works once. The link leads to a page
that says what will happen; only the button on that page does it. `do` runs the room's service with the reader as `by`,
so that its policies hold.
"""

from collections.abc import Callable
from dataclasses import dataclass

ACTS: dict[str, tuple["Act", ...]] = {}


class Refused(Exception):
    """It cannot be done any more, or not like this: the sentence says why. Upper apps' refusals inherit from it."""


@dataclass(frozen=True)
class Act:
    """`will` and `done` are formatted with the notice's facts."""

    key: str  # in the link: "accept"
    label: str  # a verb, on the buttons of the mail and of the page: "Accept"
    will: str  # what will happen: "You take part in {support}."
    do: Callable  # (notice, by, words, at): runs a service; raises Refused
    done: str  # what has happened: "You take part. {who} is told."
    asks: str = ""  # the label of a text that it needs: "What should change"
    where: Callable | None = None  # (notice) -> the path where it goes on; without it the notice's own


def register(kind, *acts):
    if kind in ACTS:
        raise ValueError(f"The acts of the notice kind {kind} are registered twice.")
    ACTS[kind] = acts


def acts_of(notice):
    return ACTS.get(notice.kind, ())


def act_of(notice, key):
    return next((act for act in acts_of(notice) if act.key == key), None)
