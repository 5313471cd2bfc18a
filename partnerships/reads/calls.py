"""Who looks for partners in the open: what its writers said to all the staff, and nothing else of the work."""

from django.db.models import Prefetch

from ..models import Member, Partnership


def calls_for(user):
    """The open calls that the staff read; nobody is shown one of their own."""
    if not user.standing.is_placed:
        return Partnership.objects.none()
    people = Member.objects.filter(state__in=[Member.State.ACTIVE, Member.State.INVITED])
    mine = people.filter(person=user).values("partnership")
    calls = Partnership.objects.calling().exclude(pk__in=mine).select_related("support", "school")
    return calls.prefetch_related(Prefetch("members", people.select_related("person", "school"))).order_by(
        "-call_made_at", "-pk"
    )


def room_in(call):
    """How many more people a call has room for."""
    return max(call.support.people_at_most - len(call.members.all()), 0)
