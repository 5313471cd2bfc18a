"""What came of it: growth meetings, thanks between colleagues, and the newsletter. The reports count rows of the rooms
below.
"""

from .meetings import GrowthMeeting
from .news import Newsletter, ShoutOut
from .table import Brought, BroughtYes, MeetingRecord, RecordYes

__all__ = [
    "Brought",
    "BroughtYes",
    "GrowthMeeting",
    "MeetingRecord",
    "Newsletter",
    "RecordYes",
    "ShoutOut",
]
