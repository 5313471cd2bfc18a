"""Who: the district and its schools and years, the people, and the posts they hold."""

from .person import Expertise, User, UserQuerySet
from .place import District, DistrictQuerySet, NoSchoolDay, School, SchoolYear, validate_time_zone
from .post import DEPUTY, DISTRICT_ROLES, Deputy, Post, Role, SpanQuerySet, Standing
from .press import Press
from .roster import Invitation, StaffImport

__all__ = [
    "DEPUTY",
    "DISTRICT_ROLES",
    "Deputy",
    "District",
    "DistrictQuerySet",
    "Expertise",
    "Invitation",
    "NoSchoolDay",
    "Post",
    "Press",
    "Role",
    "School",
    "SchoolYear",
    "SpanQuerySet",
    "StaffImport",
    "Standing",
    "User",
    "UserQuerySet",
    "validate_time_zone",
]
