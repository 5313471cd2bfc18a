"""The use cases of the calendar, for its own pages and for the services of upper apps."""

from .bookings import DoubleBooked, book, person_holder, rebook_event, room_holder, substitute_holder, unbook
from .clashes import Clash, clash_mark, clashes, colleagues_of, refusals, warnings
from .events import cancel_event, create_event, move_event, set_tentative
from .expecting import add_people, answer_event, expected_at, remove_people, visited_at
from .feeds import drop_feed, new_feed
from .finding import find_a_time, look
from .invitations import invite, send_invitations, want_invitations
from .periods import add_bells, choose_usual, delete_bells, save_periods
from .rehearsing import rehearse
from .reminders import remind
from .repeating import (
    answer_series,
    cancel_series,
    clashes_of_series,
    clashes_of_weeks,
    later_in_series,
    move_series,
    repeat_event,
)
from .replies import UNKNOWN, answer_by_link, is_reply_taken, question_of, take_reply
from .school_days import lay_out_days, next_school_day, previous_school_day, school_days_between
from .school_time import keep_cycle, keep_special_days, keep_term, remove_cycle, remove_special_day, remove_term
from .trouble import keep_event

__all__ = [
    "UNKNOWN",
    "Clash",
    "DoubleBooked",
    "add_bells",
    "add_people",
    "answer_by_link",
    "answer_event",
    "answer_series",
    "book",
    "cancel_event",
    "cancel_series",
    "choose_usual",
    "clash_mark",
    "clashes",
    "clashes_of_series",
    "clashes_of_weeks",
    "colleagues_of",
    "create_event",
    "delete_bells",
    "drop_feed",
    "expected_at",
    "find_a_time",
    "invite",
    "is_reply_taken",
    "keep_cycle",
    "keep_event",
    "keep_special_days",
    "keep_term",
    "later_in_series",
    "lay_out_days",
    "look",
    "move_event",
    "move_series",
    "new_feed",
    "next_school_day",
    "person_holder",
    "previous_school_day",
    "question_of",
    "rebook_event",
    "refusals",
    "rehearse",
    "remind",
    "remove_cycle",
    "remove_people",
    "remove_special_day",
    "remove_term",
    "repeat_event",
    "room_holder",
    "save_periods",
    "school_days_between",
    "send_invitations",
    "set_tentative",
    "substitute_holder",
    "take_reply",
    "unbook",
    "visited_at",
    "want_invitations",
    "warnings",
]
