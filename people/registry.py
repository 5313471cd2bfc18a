"""What upper apps make of people and places. They append their functions in `AppConfig.ready`; nothing here knows them.

UNFINISHED_WORK: (person) -> [(label, url), ...], what the person has under way that somebody must finish.
HAND_OVER: (person, to=, by=, at=), gives that work to a colleague, in the caller's transaction.
ON_CALENDAR_CHANGE: (schools, or None for all) -> a context manager, around a change of school years, days off or
    clocks, in its transaction: it sees what was and what is.
WHAT_BREAKS: (change, by) -> [sentence, ...], what a change (a function without arguments) would break; nothing is kept.
PERSONAL: what each model keeps of people, an entry of `people.kept.Kept` for each (decision 14).
RULES: what is deleted when, a `people.retention.Rule` for each sort of row.
LET_GO: (person, at), ends what a person who is to be forgotten takes part in, in the caller's transaction.
CLEAN: (names), rids rows of a name where a plain search of their texts would not find it.
TELL: the one function that tells people (`notices` fills it in): (person, kind, *, key, path, facts).
"""

from contextlib import ExitStack, contextmanager

from . import personal

UNFINISHED_WORK = []
HAND_OVER = []
ON_CALENDAR_CHANGE = []
WHAT_BREAKS = []
PERSONAL = [*personal.PERSONAL]
RULES = [*personal.RULES]
LET_GO = []
CLEAN = [personal.drop_rows_of_files]
TELL = []


def unfinished_work(person):
    return [row for find in UNFINISHED_WORK for row in find(person)]


@contextmanager
def calendar_change(schools=None):
    """Around a change of the days or clocks of these schools, or of all."""
    with ExitStack() as around:
        for change in ON_CALENDAR_CHANGE:
            around.enter_context(change(schools))
        yield


def what_breaks(change, *, by):
    return [sentence for find in WHAT_BREAKS for sentence in find(change, by)]


def tell(person, kind, **told):
    for send in TELL:
        send(person, kind, **told)
