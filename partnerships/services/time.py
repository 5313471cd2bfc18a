"""Minutes: recorded with the work that they were given to, and counted from nowhere else."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from people.clock import today
from schedule.models import Attendance, Event

from ..models import Member, PlannedEvent, TimeSpent
from ..policy import member_of
from .starting import school_of


def record_minutes(partnership, person, *, category, minutes, on, at, step=None, event=None):
    """Write one line of somebody's time with a partnership, in minutes; 0 or None writes nothing.

    Only members' time is counted, and an event counts once per person.
    """
    member = member_of(person, partnership)
    if minutes and member:
        facts = {"category": category, "minutes": minutes, "on": on, "step": step, "event": event}
        write_line(partnership=partnership, person=person, school=member.school, made_at=at, **facts)


def record_guest_minutes(event, person, *, on, at):
    """Write the minutes of a date to somebody who came and whose partnership it is not, once per person."""
    school = school_of(person)
    if school and event.minutes:
        facts = {"category": category_of(event), "minutes": min(event.minutes, 1440), "on": on, "event": event}
        write_line(person=person, school=school, made_at=at, **facts)


def write_line(**facts):
    TimeSpent.objects.bulk_create([TimeSpent(**facts)], ignore_conflicts=bool(facts["event"]))


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
