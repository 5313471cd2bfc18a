"""The use cases of a learning walk in its plain form: set up by hand, joined, walked, written about, closed."""

from .debrief import close_walk
from .notes import publish_notes, write_note
from .places import (
    add_participant,
    change_walk,
    join_walk,
    leave_walk,
    remove_participant,
    set_focus,
    set_up_walk,
)
from .stops import TALKS, add_visit, cancel_walk, publish_walk, remove_visit, set_talk
from .waiting import stop_waiting, wait_for_place

__all__ = [
    "TALKS",
    "add_participant",
    "add_visit",
    "cancel_walk",
    "change_walk",
    "close_walk",
    "join_walk",
    "leave_walk",
    "publish_notes",
    "publish_walk",
    "remove_participant",
    "remove_visit",
    "set_focus",
    "set_talk",
    "set_up_walk",
    "stop_waiting",
    "wait_for_place",
    "write_note",
]
