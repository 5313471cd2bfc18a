"""What this room shows on the pages of lower rooms: on a partnership's its growth meeting and, to a member, the hours
that they gave to it and nobody else's; on the page of a date the way to the growth meeting that it is of.
"""

from django.db.models import Sum

from partnerships.models import Member, TimeSpent

from .models import GrowthMeeting
from .policy import may_hold_meetings, may_schedule_meeting
from .reads.meetings import has_date


def meeting_panel(partnership, user):
    """To those who meet: when it is, and the way there. To who may set its date and has not: the way to do so."""
    rows = GrowthMeeting.objects.visible_to(user).filter(partnership=partnership)
    meeting = rows.select_related("event__school", "principal").first()
    if meeting:
        return "growth/_meeting_panel.html", {"meeting": meeting, "user": user}
    if may_hold_meetings(user) and may_schedule_meeting(user, partnership):
        return None if has_date(partnership) else ("growth/_meeting_panel.html", {"partnership": partnership})
    return None


def event_panel(event, user):
    """The way from the date to the meeting. It is a date of a partnership's thread; others are not asked about."""
    if not event.thread:
        return None
    meeting = GrowthMeeting.objects.visible_to(user).filter(event=event).first()
    return ("growth/_meeting_event.html", {"meeting": meeting}) if meeting else None


def hours_panel(partnership, user):
    if not any(m.person_id == user.pk and m.state == Member.State.ACTIVE for m in partnership.members.all()):
        return None
    own = TimeSpent.objects.visible_to(user).filter(partnership=partnership)
    minutes = own.aggregate(minutes=Sum("minutes"))["minutes"]
    return ("growth/_hours_panel.html", {"minutes": minutes}) if minutes else None
