"""The pages of school time, the calendar and its events."""

from .bells import bells_add, bells_delete, bells_edit, bells_usual, periods
from .calendar import calendar
from .cycles import cycle_edit, cycle_new, cycle_remove
from .events import event, event_answer, event_cancel, event_leave, event_move, event_new, event_people
from .feeds import event_ics, feed, feed_new, feed_off, feed_settings
from .finding import find_a_time, team
from .invitations import invitations_choose, reply
from .school_time import school_time_list, school_time_page
from .special_days import day_off_add, day_off_remove, special_add, special_remove
from .terms import district_terms, term_add, term_edit, term_remove
from .timetable_imports import (
    timetable_import,
    timetable_import_match,
    timetable_import_preview,
    timetable_import_template,
)
from .timetable_slots import slot_add, slot_edit, slot_remove, timetable_begin
from .timetables import (
    my_timetable,
    person_timetable,
    school_timetable,
    school_timetable_csv,
    school_timetable_print,
)
from .trouble import event_keep

__all__ = [
    "bells_add",
    "bells_delete",
    "bells_edit",
    "bells_usual",
    "calendar",
    "cycle_edit",
    "cycle_new",
    "cycle_remove",
    "day_off_add",
    "day_off_remove",
    "district_terms",
    "event",
    "event_answer",
    "event_cancel",
    "event_ics",
    "event_keep",
    "event_leave",
    "event_move",
    "event_new",
    "event_people",
    "feed",
    "feed_new",
    "feed_off",
    "feed_settings",
    "find_a_time",
    "invitations_choose",
    "my_timetable",
    "periods",
    "person_timetable",
    "reply",
    "school_time_list",
    "school_time_page",
    "school_timetable",
    "school_timetable_csv",
    "school_timetable_print",
    "slot_add",
    "slot_edit",
    "slot_remove",
    "special_add",
    "special_remove",
    "team",
    "term_add",
    "term_edit",
    "term_remove",
    "timetable_begin",
    "timetable_import",
    "timetable_import_match",
    "timetable_import_preview",
    "timetable_import_template",
]
