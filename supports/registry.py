"""The registry of step kinds, and the panels of the menu. Upper apps fill both in `AppConfig.ready`."""


class StepKind:
    """What a kind of step asks for and what it writes. A support type names kinds; it never has code of its own.

    A kind has no state: each method is given the step and the person in front of it.
    """

    key = ""
    label = ""  # as an admin who edits the menu reads it
    needs = frozenset()  # the config keys that a step of this kind must carry
    knows = frozenset()  # further config keys that it understands
    choices: dict = {}  # {config key: the words that it may hold}
    template = "partnerships/steps/_form.html"
    repeats = False  # may be recorded many times before it is finished: cycles, events, data
    decided_elsewhere = False  # finished by the principal's decision and not by a form: approval
    for_members = True  # writes what only those who take part may write, so that no facilitator can do it

    def misfits(self, config):
        """What is wrong with the values of a step's config, a sentence each."""
        for key in sorted(config.keys() & CONFIG_VALUES.keys()):
            value, wanted = config[key], CONFIG_VALUES[key]
            if type(value) is not wanted:
                yield f'"{key}" must be {NAMES_OF_VALUES[wanted]}.'
            elif wanted is int and not 0 < value <= 1000:
                yield f'"{key}" must be a whole number from 1 to 1000.'
            elif wanted is list and not all(isinstance(word, str) and word for word in value):
                yield f'"{key}" must be a list of texts.'
            elif key in self.choices and (
                unknown := set(value if wanted is list else [value]) - set(self.choices[key])
            ):
                yield f'"{key}" does not know {", ".join(sorted(unknown))}. It knows {", ".join(self.choices[key])}.'

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


# What the config keys hold, whatever the kind; a key that is not here may hold anything.
CONFIG_VALUES = {
    **dict.fromkeys(("at_least", "per_member", "minutes"), int),
    **dict.fromkeys(("prompts", "phases", "kinds", "sections"), list),
    **dict.fromkeys(("label_hint", "about", "whom"), str),
    **dict.fromkeys(("self_assessment", "asks_baseline", "asks_observed", "fist_to_five", "next_step"), bool),
}
NAMES_OF_VALUES = {int: "a whole number", list: "a list of texts", str: "a text", bool: "true or false"}

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
