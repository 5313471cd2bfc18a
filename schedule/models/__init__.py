"""When: school time and timetables, events and who is expected at them, and the time that all this takes."""

from .bells import BellSchedule, CycleDay, DayCycle, Period, SchoolDay, SpecialDay, Term
from .booking import Booking
from .event import LONGEST, Attendance, Event
from .feed import Feed, TakenOff
from .invitation import CalendarReply, EventInvitation, WantsInvitations
from .timetable import TeachingSlot, Timetable
from .timetable_import import TimetableImport

__all__ = [
    "LONGEST",
    "Attendance",
    "BellSchedule",
    "Booking",
    "CalendarReply",
    "CycleDay",
    "DayCycle",
    "Event",
    "EventInvitation",
    "Feed",
    "Period",
    "SchoolDay",
    "SpecialDay",
    "TakenOff",
    "TeachingSlot",
    "Term",
    "Timetable",
    "TimetableImport",
    "WantsInvitations",
]
