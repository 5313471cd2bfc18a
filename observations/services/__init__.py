"""Use cases of visiting: walks, what visitors write, and cover."""


class NotNow(Exception):
    """Somebody was quicker, or it is over: says which."""


class Taken(Exception):
    """The person would be in two places at once: says where they are."""


REFUSALS = (NotNow, Taken)
