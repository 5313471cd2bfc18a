"""Use cases of visiting: walks, what visitors write, and cover."""

from notices.acts import Refused
from schedule.services import DoubleBooked


class NotNow(Refused):
    """Somebody was quicker, or it is over: says which."""


class Taken(Refused):
    """The person would be in two places at once: says where they are."""


REFUSALS = (NotNow, Taken, DoubleBooked)
