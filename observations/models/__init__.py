"""Visiting: learning walks, what visitors write, and who covers the class of somebody who is away."""

from .cover import Coverage, CoverageQuerySet
from .covering import CoverOffer, CoverRule, Substitute, SubstituteTime
from .debrief import HostThanks, NextTry, Pattern, StaffNote, StaffNoteYes, ThanksDraft, WalkReflection
from .door import DoorTime, OpenDoor
from .exporting import ApiToken, CoverageExport, ExportColumn, ExportedCoverage
from .left import CoverLeft
from .letter import SubstituteLetter
from .look_fors import MOST_LOOK_FORS, Brief, BriefRead, LookFor, LookForSet, LookForVersion
from .plan import WalkPlan, WalkSearch
from .swap import Swap
from .walk import KEY_KEPT, VisitKey, Walk, WalkNote, WalkPlace, WalkQuerySet, WalkVisit, WalkWait

__all__ = [
    "KEY_KEPT",
    "MOST_LOOK_FORS",
    "ApiToken",
    "Brief",
    "BriefRead",
    "CoverLeft",
    "CoverOffer",
    "CoverRule",
    "Coverage",
    "CoverageExport",
    "CoverageQuerySet",
    "DoorTime",
    "ExportColumn",
    "ExportedCoverage",
    "HostThanks",
    "LookFor",
    "LookForSet",
    "LookForVersion",
    "NextTry",
    "OpenDoor",
    "Pattern",
    "StaffNote",
    "StaffNoteYes",
    "Substitute",
    "SubstituteLetter",
    "SubstituteTime",
    "Swap",
    "ThanksDraft",
    "VisitKey",
    "Walk",
    "WalkNote",
    "WalkPlace",
    "WalkPlan",
    "WalkQuerySet",
    "WalkReflection",
    "WalkSearch",
    "WalkVisit",
    "WalkWait",
]
