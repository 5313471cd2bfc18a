"""The use cases of the calendar, for its own pages and for the services of upper apps."""

from .clashes import Clash, busy, clash_mark, clashes, colleagues_of
from .events import (
    add_people,
    answer_event,
    cancel_event,
    create_event,
    expected_at,
    move_event,
    remove_people,
)
from .feeds import drop_feed, new_feed
from .periods import save_periods
from .reminders import remind

__all__ = [
    "Clash",
    "add_people",
    "answer_event",
    "busy",
    "cancel_event",
    "clash_mark",
    "clashes",
    "colleagues_of",
    "create_event",
    "drop_feed",
    "expected_at",
    "move_event",
    "new_feed",
    "remind",
    "remove_people",
    "save_periods",
]
