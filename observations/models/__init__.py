"""Visiting: learning walks, what visitors write, and who covers the class of somebody who is away."""

from .cover import Coverage, CoverageQuerySet
from .covering import CoverOffer, CoverRule, Substitute, SubstituteTime, cover_schools
from .door import DoorTime, OpenDoor
from .exporting import ApiToken, CoverageExport, ExportColumn, ExportedCoverage
from .left import CoverLeft
from .letter import SubstituteLetter
from .swap import Swap
from .walk import VisitKey, Walk, WalkNote, WalkPlace, WalkQuerySet, WalkVisit, WalkWait

__all__ = [
    "ApiToken",
    "CoverLeft",
    "CoverOffer",
    "CoverRule",
    "Coverage",
    "CoverageExport",
    "CoverageQuerySet",
    "DoorTime",
    "ExportColumn",
    "ExportedCoverage",
    "OpenDoor",
    "Substitute",
    "SubstituteLetter",
    "SubstituteTime",
    "Swap",
    "VisitKey",
    "Walk",
    "WalkNote",
    "WalkPlace",
    "WalkQuerySet",
    "WalkVisit",
    "WalkWait",
    "cover_schools",
]
