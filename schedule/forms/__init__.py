"""The forms of school time, the calendar and its events."""

from .cycles import PRESETS, CycleForm, cycle_days
from .events import CancelForm, EventForm, MoveForm, WhenForm
from .finding import FindForm, usual_search
from .people import AskForm, PeopleForm
from .periods import periods_formset
from .school_time import BellsForm, BellsNameForm, DayOffForm, SpecialDayForm, TermForm
from .shared import DAYS, DateInput, TimeInput, bare_helper

__all__ = [
    "DAYS",
    "PRESETS",
    "AskForm",
    "BellsForm",
    "BellsNameForm",
    "CancelForm",
    "CycleForm",
    "DateInput",
    "DayOffForm",
    "EventForm",
    "FindForm",
    "MoveForm",
    "PeopleForm",
    "SpecialDayForm",
    "TermForm",
    "TimeInput",
    "WhenForm",
    "bare_helper",
    "cycle_days",
    "periods_formset",
    "usual_search",
]
