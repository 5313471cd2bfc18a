"""Visiting: learning walks, what visitors write, and who covers the class of somebody who is away."""

from .cover import Coverage, CoverageQuerySet
from .walk import VisitKey, Walk, WalkNote, WalkPlace, WalkQuerySet, WalkVisit

__all__ = [
    "Coverage",
    "CoverageQuerySet",
    "VisitKey",
    "Walk",
    "WalkNote",
    "WalkPlace",
    "WalkQuerySet",
    "WalkVisit",
]
