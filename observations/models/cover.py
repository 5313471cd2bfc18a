"""Cover: somebody else takes a class while its teacher is away."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partnerships.models import Member, Partnership
from people.access import VisibleQuerySet
from people.models import Role, School, User
from schedule.models import Event, Period, TeachingSlot

from .covering import Substitute


class CoverageQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """The asker and the coverer; partners in the work that it is for; of the school: its principal, her deputy,
        its front office and facilitators; admins, for what cover costs."""
        if not user.is_authenticated:
            return self.none()
        standing = user.standing
        if standing.is_admin or standing.is_district_facilitator:
            return self
        seen = Q(asker=user) | Q(coverer=user)
        seen |= Q(partnership__in=Member.objects.active().filter(person=user).values("partnership"))
        schools = standing.schools_as(Role.PRINCIPAL, Role.FRONT_OFFICE, Role.FACILITATOR) | standing.deputised_schools
        return self.filter(seen | Q(school__in=schools) if schools else seen)

    def waiting(self):
        """Those that somebody can still answer in time."""
        return self.filter(state=Coverage.State.ASKED, day__gte=timezone.localdate())

    def live(self):
        """Those that still take the asker out of a class."""
        return self.exclude(state__in=[Coverage.State.RETURNED, Coverage.State.WITHDRAWN])

    def named(self):
        """Those that somebody is to cover, certain or not yet."""
        return self.filter(state__in=Coverage.NAMED)

    def going(self):
        """Those whose asker will be out of class: approved, whoever covers."""
        return self.filter(state__in=Coverage.GOING)

    def on_day(self, day):
        return self.live().filter(day=day)

    def overlapping(self, day, starts, ends):
        return self.filter(day=day, starts__lt=ends, ends__gt=starts)


def kept_plan(coverage, name):
    """Files are kept under a name that tells nothing; `plan_name` is what people see."""
    return f"lesson-plans/{timezone.now():%Y/%m}/{uuid.uuid4().hex}"


class Coverage(models.Model):
    """Somebody else takes a class while its teacher is away: asked, approved or returned, then given to a coverer.

    A needed one was worked out from the timetable, and waits for its teacher to ask. Who covers is a colleague or a
    substitute; once they say yes it is confirmed.
    """

    class State(models.TextChoices):
        NEEDED = "needed", "Needed, not asked for yet"
        ASKED = "asked", "Asked"
        RETURNED = "returned", "Returned"
        APPROVED = "approved", "Approved, nobody named yet"
        ASSIGNED = "assigned", "Named, not confirmed yet"
        CONFIRMED = "confirmed", "Covered"
        WITHDRAWN = "withdrawn", "Withdrawn"

    NAMED = (State.ASSIGNED, State.CONFIRMED)
    GOING = (State.APPROVED, *NAMED)

    asker = models.ForeignKey(User, models.PROTECT, related_name="coverage_asked")
    school = models.ForeignKey(School, models.PROTECT, related_name="coverage")
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, blank=True, related_name="coverage")
    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="coverage")
    event_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the event began as this was asked: when it moves, the class moves as far.",
    )
    day = models.DateField()
    period = models.ForeignKey(Period, models.PROTECT, null=True, blank=True, related_name="coverage")
    starts = models.TimeField()
    ends = models.TimeField()
    worked_out = models.BooleanField(default=False, help_text="From the timetable, and it changes when that does.")
    slot = models.ForeignKey(TeachingSlot, models.SET_NULL, null=True, blank=True, related_name="+")
    class_name = models.CharField("class", max_length=80)
    subject = models.CharField(max_length=80, blank=True)
    room = models.CharField(max_length=40, blank=True)
    note = models.TextField("note for whoever covers", blank=True, max_length=2000)
    plan = models.FileField("lesson plan", upload_to=kept_plan, blank=True)
    plan_name = models.CharField("name of the file", max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(help_text="When it was asked for, or worked out.")
    changed_at = models.DateTimeField(default=timezone.now, help_text="The last change that an export would show.")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    other_day = models.DateField("a date that would work", null=True, blank=True)
    coverer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="coverage_given")
    substitute = models.ForeignKey(
        Substitute, models.PROTECT, null=True, blank=True, related_name="coverage", help_text="Instead of a colleague."
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        ordering = ["day", "starts", "pk"]
        indexes = [
            models.Index(fields=["school", "day"], name="coverage_of_a_day"),
            models.Index(fields=["school", "asked_at"], name="coverage_waiting", condition=Q(state="asked")),
            # Of a person within some days: not all that they ever covered.
            models.Index(fields=["asker", "day"], name="coverage_of_an_asker"),
            models.Index(fields=["coverer", "day"], name="coverage_by_a_coverer"),
            models.Index(fields=["substitute", "day"], name="coverage_by_a_substitute"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="coverage_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(asker=F("coverer")), name="nobody_covers_themselves"),
            models.CheckConstraint(
                condition=~Q(state__in=["assigned", "confirmed"])
                | Q(coverer__isnull=False, substitute=None)
                | Q(coverer=None, substitute__isnull=False),
                name="named_coverage_has_one_who_covers",
            ),
            models.UniqueConstraint(
                fields=["event", "asker", "day", "starts"],
                condition=~Q(state__in=["returned", "withdrawn"]),
                name="a_class_needs_cover_once_per_event",
            ),
        ]

    def __str__(self):
        return f"{self.class_name}, {self.day}"

    def get_absolute_url(self):
        return f"/coverage/{self.pk}/"

    @property
    def is_live(self):
        return self.state not in (self.State.RETURNED, self.State.WITHDRAWN)

    @property
    def is_named(self):
        return self.state in self.NAMED

    @property
    def who_covers(self):
        return self.coverer or self.substitute
