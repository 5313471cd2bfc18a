"""Minutes: recorded with the work that they were given to, and counted from nowhere else."""

from ..models import TimeSpent
from ..policy import member_of


def record_minutes(partnership, person, *, category, minutes, on, at, step=None, event=None):
    """Write one line of somebody's time, in minutes; 0 or None writes nothing. An event counts once per person."""
    if not minutes:
        return
    TimeSpent.objects.bulk_create(
        [
            TimeSpent(
                partnership=partnership,
                person=person,
                school=member_of(person, partnership).school,
                category=category,
                minutes=minutes,
                on=on,
                step=step,
                event=event,
                made_at=at,
            )
        ],
        ignore_conflicts=bool(event),
    )
