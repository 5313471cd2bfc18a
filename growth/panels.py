"""What this room shows on a partnership's page: to a member, the hours that they gave to it, and nobody else's."""

from django.db.models import Sum

from partnerships.models import Member, TimeSpent


def hours_panel(partnership, user):
    if not any(m.person_id == user.pk and m.state == Member.State.ACTIVE for m in partnership.members.all()):
        return None
    own = TimeSpent.objects.visible_to(user).filter(partnership=partnership)
    minutes = own.aggregate(minutes=Sum("minutes"))["minutes"]
    return ("growth/_hours_panel.html", {"minutes": minutes}) if minutes else None
