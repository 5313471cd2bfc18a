"""Visiting: learning walks, what visitors write, and who covers the class of somebody who is away."""

from .cover import Coverage, CoverageQuerySet
from .covering import CoverOffer, CoverRule, Substitute, SubstituteTime, cover_schools
from .exporting import ApiToken, CoverageExport, ExportColumn, ExportedCoverage
from .left import CoverLeft
from .letter import SubstituteLetter
from .swap import Swap
from .walk import VisitKey, Walk, WalkNote, WalkPlace, WalkQuerySet, WalkVisit

__all__ = [
    "ApiToken",
    "CoverLeft",
    "CoverOffer",
    "CoverRule",
    "Coverage",
    "CoverageExport",
    "CoverageQuerySet",
    "ExportColumn",
    "ExportedCoverage",
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
    "cover_schools",
]
