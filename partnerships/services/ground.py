"""What every use case stands on: the lock of a partnership, its history, and the refusals that a page explains."""

from notices.acts import Refused
from notices.services import tell_all
from people.models import User

from ..models import Happening, Partnership


class NotNow(Refused):
    """The step, invitation or decision is no longer open: somebody was quicker, or it is not its turn. Says what is."""


class NotYet(Refused):
    """The step cannot be finished: says what is missing."""


def lock(partnership):
    """The partnership's row, locked until the transaction ends: nothing else changes its children meanwhile."""
    return (
        Partnership.objects.select_for_update(of=("self",)).select_related("support", "school").get(pk=partnership.pk)
    )


def note(partnership, verb, *, by, at, step_title=""):
    """Write the history's line, and mark the partnership as changed."""
    Happening.objects.create(partnership=partnership, verb=verb, by=by, at=at, step_title=step_title)
    Partnership.objects.filter(pk=partnership.pk).update(changed_at=at)


def tell_of(partnership, people, kind, *, key, at, path="", **facts):
    """Tell these people what happened to a partnership; `facts` are names and dates, never words that it wrote."""
    tell_all(
        people,
        kind,
        key=key,
        path=path or partnership.get_absolute_url(),
        facts=facts_of(partnership, **facts),
        thread=partnership.thread,
        at=at,
    )


def people_of(partnership, *, but=None):
    """Those who take part, without the one who knows already."""
    people = User.objects.filter(memberships__in=partnership.members.active())
    return people.exclude(pk=but.pk) if but else people


def facts_of(partnership, **more):
    """Names for the sentences of notices: no words that the partners wrote."""
    return {"support": partnership.support.name, **{key: str(value) for key, value in more.items()}}
