"""What this room shows on a partnership's page: its walk, and the cover that was asked for it."""

from partnerships.models import Member
from partnerships.policy import facilitates
from people.models import User
from supports.models import SupportType

from ..models import Coverage, Walk
from ..policy import may_ask_for_needed
from .along import classes_missed


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
    """Which classes its dates take and who has them, beside each date, for those who may know it."""
    asked = Coverage.objects.visible_to(user).filter(partnership=partnership).exclude(state=Coverage.State.WITHDRAWN)
    rows = list(asked.select_related("asker", "coverer", "substitute", "event")[:50])
    return ("observations/_coverage_panel.html", panel_of(rows, user)) if rows else None


def event_panel(event, user):
    """The same on the page of one date; and which class of the reader's a co-teacher goes on with."""
    asked = Coverage.objects.visible_to(user).filter(event=event).exclude(state=Coverage.State.WITHDRAWN)
    rows = list(asked.select_related("asker", "coverer", "substitute", "event")[:200])
    page = panel_of(rows, user) | {"of_one": True, "along": taught_along(event, user)}
    return ("observations/_coverage_panel.html", page) if rows or page["along"] else None


def taught_along(event, user):
    """[(class of the reader, who teaches it meanwhile)] for a date that the reader has to leave it for."""
    if event.cancelled_at:
        return []
    going = [one.person for one in event.attendances.leaving_class().select_related("person")]
    if user not in going:
        return []
    along = [one for one in classes_missed(event, going) if one.person == user and one.co_teachers]
    names = User.objects.in_bulk({pk for one in along for pk in one.co_teachers}) if along else {}
    return [(one.class_name, " and ".join(str(names[pk]) for pk in one.co_teachers)) for one in along]


def panel_of(rows, user):
    """`dates` are [(event, its requests)], `ask_for` the events for which the reader can ask now."""
    of_event = {}
    for row in rows:
        of_event.setdefault(row.event, []).append(row)
    needed = [row for row in rows if row.state == Coverage.State.NEEDED and may_ask_for_needed(user, row)]
    return {"dates": list(of_event.items()), "ask_for": list(dict.fromkeys(row.event for row in needed))}


def is_member(partnership, user):
    return any(m.person_id == user.pk and m.state == Member.State.ACTIVE for m in partnership.members.all())
