"""Who: the district and its schools and years, the people, and the posts they hold."""

from .added_only import NeverChanged
from .change import Change
from .keeping import DeletionNotice, Erasure, HoldLifted, LegalHold, RetentionSpan, SubjectExport
from .person import Expertise, User, UserQuerySet
from .place import District, DistrictQuerySet, NoSchoolDay, School, SchoolYear, validate_time_zone
from .post import DEPUTY, DISTRICT_ROLES, Deputy, Post, Role, SpanQuerySet, Standing
from .press import Press
from .roster import Invitation, StaffImport
from .viewing import Viewing

__all__ = [
    "DEPUTY",
    "DISTRICT_ROLES",
    "Change",
    "DeletionNotice",
    "Deputy",
    "District",
    "DistrictQuerySet",
    "Erasure",
    "Expertise",
    "HoldLifted",
    "Invitation",
    "LegalHold",
    "NeverChanged",
    "NoSchoolDay",
    "Post",
    "Press",
    "RetentionSpan",
    "Role",
    "School",
    "SchoolYear",
    "SpanQuerySet",
    "StaffImport",
    "Standing",
    "SubjectExport",
    "User",
    "UserQuerySet",
    "Viewing",
    "validate_time_zone",
]
