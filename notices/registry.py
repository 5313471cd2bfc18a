"""The kinds of notice: what each says, and whether it still matters when it is about to be sent.

An upper app registers its kinds in `AppConfig.ready`; nothing here knows what a partnership is.
"""

from dataclasses import dataclass
from typing import Callable

KINDS: dict[str, "NoticeKind"] = {}


def always(notice):
    return True


@dataclass(frozen=True)
class NoticeKind:
    """`subject` and `sentence` are formatted with the notice's facts; `action` labels the button."""

    key: str
    label: str  # in the preferences: "It is your turn"
    subject: str  # "Your turn: {step} with {others}"
    sentence: str  # one line for the inbox and the mail's body
    action: str  # "Open the step"
    still_due: Callable = always  # (notice) -> bool, asked at sending
    can_be_off: bool = True
    at_once: bool = False  # a change that cannot wait for the digest or the morning


def register(*kinds):
    for kind in kinds:
        if kind.key in KINDS:
            raise ValueError(f"The notice kind {kind.key} is registered twice.")
        KINDS[kind.key] = kind


def kind_of(notice):
    return KINDS[notice.kind]
