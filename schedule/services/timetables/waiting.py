"""Large files, brought in by the workers that beat wakes.

What was written by a worker that died is rolled back with it, and the next one begins anew.
"""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from people.clock import zone_of
from schedule.models import TimetableImport

from .importing import ChangedMeanwhile, apply


def bring_in_waiting(*, at=None):
    """Take one waiting file after the other, each by one worker, and write it or note why not. Returns how many."""
    done = 0
    while kept := _claim(at or timezone.now()):
        try:
            # Who teaches until tonight is a teacher of the file, whatever the day is where the server stands.
            with timezone.override(zone_of()):
                apply(kept, looked_at=kept.looked_at, by=kept.wanted_by, at=at)
        except (ChangedMeanwhile, PermissionDenied) as why:
            free = {"wanted_at": None, "claimed_at": None, "refused": str(why)[:200]}
            TimetableImport.objects.filter(pk=kept.pk, applied_at=None).update(**free)
        done += 1
    return done


def _claim(now):
    waiting = TimetableImport.objects.waiting(now)
    kept = waiting.select_related("wanted_by", "school").order_by("wanted_at").first()
    # Of two workers that saw it the database lets one have it.
    return kept if kept and waiting.filter(pk=kept.pk).update(claimed_at=now) else None
