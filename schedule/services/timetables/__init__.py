"""Timetables: brought in from a file, or written by hand."""

from .asking import matches_from, questions
from .comparing import look_at
from .editing import begin_timetable, remove_slot, save_slot, write_timetable
from .importing import ChangedMeanwhile, bring_in, keep_file, keep_matches
from .previewing import preview
from .waiting import bring_in_waiting

__all__ = [
    "ChangedMeanwhile",
    "begin_timetable",
    "bring_in",
    "bring_in_waiting",
    "keep_file",
    "keep_matches",
    "look_at",
    "matches_from",
    "preview",
    "questions",
    "remove_slot",
    "save_slot",
    "write_timetable",
]
