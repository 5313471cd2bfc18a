"""Asking for the classes that an event takes, all at once, and for one that came back."""

from django.db import transaction
from django.utils import timezone

from people.access import require

from ..models import Coverage
from ..policy import may_ask_again, may_ask_for_needed
from . import NotNow
from .coverage import ask_anew, put_note, refuse_away_twice, refuse_covering, spare
from .coverage import asked as ask_with
from .holding import claim, hold, hold_coverage, refuse_past
from .needs import work_out


@transaction.atomic
def ask_for_needed(event, *, by, asked, spared=(), at=None):
    """Ask for cover of classes that were worked out: `asked` is {id: {"note", "plan"}}, by the teacher or for a walk.

    `spared` are the ids of those that need nobody: a colleague takes them along. What was asked for meanwhile stays as
    it is. Raises NotNow when nothing waits to be asked, Taken when a teacher covers another class then.
    """
    at = at or timezone.now()
    rows = Coverage.objects.filter(event=event, state=Coverage.State.NEEDED, pk__in=[*asked, *spared])
    known = list(rows.values_list("pk", "asker_id", "school_id"))
    hold(events=[event.pk], people=[asker for _, asker, _ in known], schools=[school for *_, school in known])
    needed = [one for one in hold_coverage([pk for pk, *_ in known]) if one.state == Coverage.State.NEEDED]
    if not needed:
        raise NotNow("These classes were asked for already, or need nobody any more.")
    for coverage in needed:
        require(may_ask_for_needed(by, coverage))
        refuse_past(coverage.school, coverage.day, at)
        if coverage.pk in asked:
            refuse_covering(coverage)
            ask_with(coverage, **asked[coverage.pk], at=at)
        else:
            spare(coverage, at=at)


@transaction.atomic
def ask_again(coverage, *, by, day, starts, ends, period=None, note=None, plan=None, at=None):
    """Ask again for a returned request, for the same time or another. Raises as `ask_for_cover` does.

    A date stays where it is until it is moved, and what it takes there needs somebody as well.
    """
    at = at or timezone.now()
    hold(events=[coverage.event_id], people=[by.pk])
    coverage = claim(coverage, by=by, may=may_ask_again)
    refuse_past(coverage.school, day, at)
    if (coverage.day, coverage.starts, coverage.ends) != (day, starts, ends):
        coverage.slot, coverage.worked_out = None, False
    coverage.day, coverage.starts, coverage.ends, coverage.period = day, starts, ends, period
    refuse_away_twice(coverage)
    put_note(coverage, note, plan)
    ask_anew(coverage, at=at)
    if coverage.event:
        work_out(coverage.event, at)
