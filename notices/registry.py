"""The kinds of notice: what each says, and whether it still matters when it is about to be sent.

An upper app registers its kinds in `AppConfig.ready`; nothing here knows what a partnership is. For example:

    # partnerships/kinds.py, imported and registered by PartnershipsConfig.ready
    registry.register(
        NoticeKind(
            key="your-turn",
            label="It is your turn",
            subject="Your turn by {due}: {step}",
            sentence="{step} with {others} waits for you. It is due {due}.",
            action="Open the step",
            still_due=step_is_unfinished,
        )
    )

    # in a service, in the transaction of the fact
    tell(
        ana,
        "your-turn",
        key=f"your-turn:{step.pk}:{step.times_returned}",
        path=step.get_absolute_url(),
        facts={"step": step.title, "others": "Ben Okafor", "due": "Thu 12 March"},
        thread=f"partnership:{step.partnership_id}",
        at=at,
    )

`still_due(notice)` is asked at each sending, never at writing: it finds its step by `notice.key`, `notice.path` or a
fact. A notice that is not due any more is dropped: it is not mailed, and leaves the inbox.
"""

from collections.abc import Callable
from dataclasses import dataclass

KINDS: dict[str, "NoticeKind"] = {}
# {kind: heading}
GROUPS: dict[str, str] = {}
# (user) -> {thread: what its people call it}: an upper app names the work that notices are filed under
THREADS = []


class Facts(dict):
    """The facts of a row. One that a sentence has come to need since the row was written is left out."""

    def __missing__(self, name):
        return ""


def always(notice):
    return True


@dataclass(frozen=True)
class NoticeKind:
    """`subject` and `sentence` are formatted with the notice's facts; `action` labels the button."""

    key: str
    label: str  # in the preferences: "It is your turn"
    subject: str  # what, and by when: "Your turn by {due}: {step}"
    sentence: str  # one line for the inbox and the mail's body
    action: str  # a verb: "Open the step"
    still_due: Callable = always  # (notice) -> bool, asked at sending
    can_be_off: bool = True
    at_once: bool = False  # a change or cancellation: it waits for no digest, quiet hours or school day

    def subject_for(self, facts):
        # On one line: a line break in a subject would end the mail's header.
        return " ".join(self.subject.format_map(facts).split())

    def sentence_for(self, facts):
        return self.sentence.format_map(facts)


# What the inbox shows of a kind that was taken out of the code since.
FORGOTTEN = NoticeKind(
    key="", label="", subject="An older notice", sentence="This kind of notice is no longer sent.", action="Open"
)


def register(*kinds, group="More"):
    """`group` is the heading under which a reader chooses how to be told of these kinds."""
    for kind in kinds:
        if kind.key in KINDS:
            raise ValueError(f"The notice kind {kind.key} is registered twice.")
        KINDS[kind.key] = kind
        GROUPS[kind.key] = group


def urgent_kinds():
    return [kind.key for kind in KINDS.values() if kind.at_once]


def kind_of(notice):
    return KINDS.get(notice.kind, FORGOTTEN)


def name_of_thread(thread, user):
    """What the person calls the work of a thread, or "" for one that nobody names to them."""
    return next((names[thread] for ask in THREADS if thread in (names := ask(user))), "")
