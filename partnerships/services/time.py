"""Minutes: recorded with the work that they were given to, and counted from nowhere else."""

from ..models import TimeSpent
from ..policy import member_of


def record_minutes(partnership, person, *, category, minutes, on, at, step=None, event=None):
    """Write one line of somebody's time, in minutes; 0 or None writes nothing.

    Only members' time is counted, and an event counts once per person.
    """
    member = member_of(person, partnership)
    if not minutes or member is None:
        return
    TimeSpent.objects.bulk_create(
        [
            TimeSpent(
                partnership=partnership,
                person=person,
                school=member.school,
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
