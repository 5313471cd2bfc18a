"""What a leaver leaves behind. Upper apps append their functions in `AppConfig.ready`; nothing here knows them.

UNFINISHED_WORK: (person) -> [(label, url), ...], what the person has under way that somebody must finish.
HAND_OVER: (person, to=, by=, at=), gives that work to a colleague, in the caller's transaction.
"""

UNFINISHED_WORK = []
HAND_OVER = []


def unfinished_work(person):
    return [row for find in UNFINISHED_WORK for row in find(person)]
