"""Events, and who is expected at them."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils import timezone

from people.access import VisibleQuerySet
from people.models import Role, School, User

from ..followers import MAY_SEE

# No event is longer (services refuse it), so that a search for a day need not look at all of history.
LONGEST = dt.timedelta(hours=24)


def inside(user):
    """Events that the person organises or attends, and those that an upper app opens to them in full."""
    rules = Q(organizer=user) | Q(pk__in=Attendance.objects.filter(person=user).values("event"))
    for rule in MAY_SEE:
        rules |= rule(user)
    return rules


def opened_to(user):
    """TRUST's row "calendar event": also the principal, who sees time, place and people at her school."""
    led = user.standing.schools_as(Role.PRINCIPAL) | user.standing.deputised_schools
    return inside(user) | Q(school__in=led) if led else inside(user)


class EventQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(opened_to(user)) if user.is_authenticated else self.none()

    def marked_for(self, user):
        """Each row with `is_open`, whether the person may see more than busy time, and `is_inside`, whether all."""
        yes = models.BooleanField()
        return self.annotate(
            is_open=ExpressionWrapper(opened_to(user), output_field=yes),
            is_inside=ExpressionWrapper(inside(user), output_field=yes),
        )

    def standing(self):
        return self.filter(cancelled_at=None)

    def between(self, start, end):
        return self.filter(starts_at__lt=end, starts_at__gt=start - LONGEST, ends_at__gt=start)

    def expecting(self, person):
        """Events that the person was asked to, whatever they answered."""
        return self.filter(pk__in=Attendance.objects.filter(person=person).values("event"))

    def of(self, person):
        """Events that take the person's time: asked to, and not declined."""
        return self.filter(
            pk__in=Attendance.objects.filter(person=person).exclude(answer=Attendance.Answer.DECLINED).values("event")
        )

    def listed_at(self, schools):
        """What a school's calendar shows to its staff: the events whose owners list them."""
        return self.filter(school__in=schools, listed=True)


class Event(models.Model):
    """A meeting, conference, visit or other appointment. Its title carries no words of the pair."""

    class Kind(models.TextChoices):
        MEETING = "meeting", "Meeting"
        PRE_CONFERENCE = "pre_conference", "Pre-conference"
        OBSERVATION = "observation", "Observation"
        POST_CONFERENCE = "post_conference", "Post-conference"
        PRE_BRIEF = "pre_brief", "Pre-brief"
        WALK = "walk", "Learning walk"
        DEBRIEF = "debrief", "Debrief"
        SESSION = "session", "PD session"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.MEETING)
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="events")
    place = models.CharField("room or place", max_length=120, blank=True)
    video_link = models.URLField(blank=True)
    organizer = models.ForeignKey(User, models.PROTECT, related_name="events_organized")
    thread = models.CharField(max_length=60, blank=True, db_index=True, help_text="What it belongs to: partnership:12")
    path = models.CharField(max_length=200, blank=True, help_text="The page that it belongs to.")
    listed = models.BooleanField("show on the school's calendar as busy time", default=True)
    sequence = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_word = models.CharField(
        max_length=200, blank=True, help_text="Read on its page by its people; never mailed."
    )
    series = models.UUIDField(null=True, blank=True, db_index=True, help_text="The same for events that repeat.")
    links = models.JSONField(default=list, blank=True, help_text="What to bring or read: [title, address] each.")
    awaits_cover = models.BooleanField(default=False, help_text="Tentative: a class that it takes has no cover yet.")
    trouble = models.CharField(max_length=200, blank=True, help_text="What a change of the school's days broke.")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["starts_at", "ends_at"], name="events_by_time"),
            models.Index(fields=["school", "starts_at"], name="events_of_a_school"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_starts")
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/events/{self.pk}/"

    @property
    def minutes(self):
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def where(self):
        """The place as one line, for people and for calendars; a video call without a room says so."""
        parts = [self.place, self.school.name if self.school_id else ""]
        return ", ".join(part for part in parts if part) or ("Video call" if self.video_link else "")


class AttendanceQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(event__in=Event.objects.visible_to(user))

    def taking_time(self, people, start, end):
        """Who of these people is expected where in this span, unless they declined or it was cancelled."""
        return self.filter(
            person__in=people,
            event__cancelled_at=None,
            event__starts_at__lt=end,
            event__starts_at__gt=start - LONGEST,
            event__ends_at__gt=start,
        ).exclude(answer=Attendance.Answer.DECLINED)

    def leaving_class(self):
        """Those who have to come, and whose own class is not the one that is visited."""
        return self.filter(required=True, visited=False).exclude(answer=Attendance.Answer.DECLINED)


class Attendance(models.Model):
    """A person expected at an event, and their answer."""

    class Answer(models.TextChoices):
        ASKED = "asked", "Not answered yet"
        ACCEPTED = "accepted", "Coming"
        DECLINED = "declined", "Cannot come"

    event = models.ForeignKey(Event, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(User, models.CASCADE, related_name="attendances")
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.ASKED)
    required = models.BooleanField(default=True)
    visited = models.BooleanField(default=False, help_text="Their class is visited: they teach it meanwhile.")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="person_expected_once_per_event")]
        indexes = [models.Index(fields=["person", "event"], name="attendances_of_a_person")]

    def __str__(self):
        return f"{self.person} at {self.event}"
