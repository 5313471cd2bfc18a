"""Minutes: recorded with the work that they were given to, and counted from nowhere else."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from people.clock import today
from schedule.models import Attendance, Event

from ..models import Member, PlannedEvent, TimeSpent
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


def count_past_events(*, now=None):
    """Give everyone who came to a planned event its minutes, once it is over. Running it twice counts once."""
    now = now or timezone.now()
    rows = not_counted_yet(now).select_related("event", "partnership__school")
    for planned in rows.prefetch_related("partnership__members__person"):
        came = Attendance.objects.filter(event=planned.event).exclude(answer=Attendance.Answer.DECLINED)
        for attendance in came.select_related("person"):
            record_minutes(
                planned.partnership,
                attendance.person,
                category=category_of(planned.event),
                minutes=min(planned.event.minutes, 1440),
                on=today(planned.partnership.school, planned.event.starts_at),
                event=planned.event,
                step=planned.step,
                at=now,
            )


def not_counted_yet(now):
    """Planned events that are over and that a member came to: one to which nobody came is not looked at for ever."""
    counted = TimeSpent.objects.filter(event=OuterRef("event"))
    members = Member.objects.active().filter(partnership=OuterRef(OuterRef("partnership"))).values("person")
    came = Attendance.objects.filter(event=OuterRef("event"), person__in=members)
    came = came.exclude(answer=Attendance.Answer.DECLINED)
    return PlannedEvent.objects.filter(
        ~Exists(counted), Exists(came), event__ends_at__lte=now, event__cancelled_at=None
    )


def category_of(event):
    visits = (Event.Kind.OBSERVATION, Event.Kind.WALK)
    return TimeSpent.Category.OBSERVING if event.kind in visits else TimeSpent.Category.MEETING
