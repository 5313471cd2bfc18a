"""What every use case stands on: the lock of a partnership, its history, and the refusals that a page explains."""

from ..models import Happening, Partnership


class NotNow(Exception):
    """The step, invitation or decision is no longer open: somebody was quicker, or it is not its turn. Says what is."""


class NotYet(Exception):
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


def facts_of(partnership, **more):
    """Names for the sentences of notices: no words that the partners wrote."""
    return {"support": partnership.support.name, **{key: str(value) for key, value in more.items()}}
