"""The registry of step kinds, and the panels of the menu. Upper apps fill both in `AppConfig.ready`."""


class StepKind:
    """What a kind of step asks for and what it writes. A support type names kinds; it never has code of its own.

    A kind has no state: each method is given the step and the person in front of it.
    """

    key = ""
    label = ""  # as an admin who edits the menu reads it
    needs = frozenset()  # the config keys that a step of this kind must carry
    knows = frozenset()  # further config keys that it understands
    template = "partnerships/steps/_form.html"
    repeats = False  # may be recorded many times before it is finished: cycles, events, data
    decided_elsewhere = False  # finished by the principal's decision and not by a form: approval
    for_members = True  # writes what only those who take part may write, so that no facilitator can do it

    def form(self, step, person, *, data=None, files=None, initial=None):
        """The form that the person fills; `initial` is their draft."""
        raise NotImplementedError

    def act(self, step, *, by, answers, at):
        """Write the facts of the answers, inside the transaction that holds the partnership's lock."""
        raise NotImplementedError

    def done(self, step):
        """None when the step may be finished, or else a sentence that says what is missing."""
        return None

    def settled(self, step):
        """Whether the step finishes by itself as soon as it is looked at: all who were asked have answered."""
        return False


STEP_KINDS: dict[str, StepKind] = {}


def register(*kinds):
    for kind in kinds:
        if kind.key in STEP_KINDS:
            raise ValueError(f"The step kind {kind.key} is registered twice.")
        STEP_KINDS[kind.key] = kind


def kind_of(step):
    return STEP_KINDS[step.kind]


def choices():
    return [(key, kind.label) for key, kind in sorted(STEP_KINDS.items())]


# (user) -> {support id: "12 colleagues this year"}: what an upper app shows on the cards of the menu
MENU_PANELS = []
# (support, user) -> (template, context): what an upper app shows on a support's own page; counts only
SUPPORT_PANELS = []
# (session ids, user) -> {session id: "4 colleagues follow up on it"}: what an upper app shows beside a PD session
SESSION_PANELS = []


def said(panels, *asked):
    """What the panels of one list say, as {row id: [sentence, ...]}: one call of each panel for the whole page."""
    sentences = {}
    for panel in panels:
        for pk, sentence in panel(*asked).items():
            sentences.setdefault(pk, []).append(sentence)
    return sentences
