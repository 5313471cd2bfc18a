"""What this room shows on a partnership's page: its walk, and the cover that was asked for it."""

from partnerships.models import Member
from partnerships.policy import facilitates
from supports.models import SupportType

from ..models import Coverage, Walk


def walk_panel(partnership, user):
    """The walk that a facilitator set up for those who asked for one, or the way to set it up."""
    if partnership.support.begins != SupportType.Begins.REQUEST:
        return None
    walk = Walk.objects.visible_to(user).filter(partnership=partnership).select_related("school").first()
    may_set_up = walk is None and partnership.is_active and facilitates(user, partnership)
    if walk or may_set_up or is_member(partnership, user):
        return "observations/_walk_panel.html", {"walk": walk, "partnership": partnership, "may_set_up": may_set_up}
    return None


def coverage_panel(partnership, user):
    """Which classes are covered, for those who may know it."""
    asked = Coverage.objects.visible_to(user).filter(partnership=partnership).exclude(state=Coverage.State.WITHDRAWN)
    rows = list(asked.select_related("asker", "coverer")[:50])
    return ("observations/_coverage_panel.html", {"rows": rows}) if rows else None


def is_member(partnership, user):
    return any(m.person_id == user.pk and m.state == Member.State.ACTIVE for m in partnership.members.all())
