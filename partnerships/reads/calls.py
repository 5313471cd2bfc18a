"""Who looks for partners in the open: what its writers said to all the staff, and nothing else of the work."""

from django.db.models import Prefetch

from ..models import Member, Partnership

IN_IT = [Member.State.ACTIVE, Member.State.INVITED]


def every_call(user):
    """The open calls that the staff read, newest first, one's own among them."""
    if not user.standing.is_placed:
        return Partnership.objects.none()
    people = Member.objects.filter(state__in=IN_IT).select_related("person", "school")
    calls = Partnership.objects.calling().select_related("support", "school")
    return calls.prefetch_related(Prefetch("members", people)).order_by("-call_made_at", "-pk")


def calls_for(user):
    """The open calls that a person may join; nobody is shown one of their own."""
    mine = Member.objects.filter(state__in=IN_IT, person=user).values("partnership")
    return every_call(user).exclude(pk__in=mine)


def room_in(call):
    """How many more people a call has room for."""
    return max(call.support.people_at_most - len(call.members.all()), 0)
