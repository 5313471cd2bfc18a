"""What a partnership leaves behind besides words: dates, minutes, files and links."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.access import VisibleQuerySet
from people.models import School, User
from schedule.models import Event

from .partnership import Member, Partnership
from .step import Step


class PlannedEventQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(partnership__in=Partnership.objects.visible_to(user))


class PlannedEvent(models.Model):
    """An event of the calendar that belongs to a step; for an observation, whose class is visited."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="planned_events")
    step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="planned_events")
    event = models.OneToOneField(Event, models.CASCADE, related_name="planned")
    observed = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PlannedEventQuerySet.as_manager()

    class Meta:
        ordering = ["event__starts_at"]

    def __str__(self):
        return str(self.event)


class TimeSpentQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(person=user) if user.is_authenticated else self.none()


class TimeSpent(models.Model):
    """Minutes that a person gave, and to what: the one place that hours are counted from."""

    class Category(models.TextChoices):
        READING = "reading", "Reading"
        MEETING = "meeting", "Meeting"
        OBSERVING = "observing", "Observing"
        IMPLEMENTING = "implementing", "Implementing"
        REFLECTING = "reflecting", "Reflecting"

    partnership = models.ForeignKey(
        Partnership,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="time_spent",
        help_text="Whose work it was; nobody's, where somebody came to a date as a guest.",
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="time_spent")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    category = models.CharField(max_length=15, choices=Category)
    minutes = models.PositiveSmallIntegerField()
    on = models.DateField()
    step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="time_spent")
    event = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="time_spent")
    made_at = models.DateTimeField()

    objects = TimeSpentQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=1440), name="minutes_fit_in_a_day"),
            models.UniqueConstraint(
                fields=["event", "person"], condition=Q(event__isnull=False), name="minutes_of_an_event_once_per_person"
            ),
        ]
        indexes = [models.Index(fields=["person", "on"], name="time_of_a_person")]

    def __str__(self):
        return f"{self.minutes} minutes of {self.get_category_display().lower()}"


class ArtifactQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Its owner, the partnership's members, and the staff of the school where its owner shares it so far."""
        if not user.is_authenticated:
            return self.none()
        mine = Member.objects.active().filter(person=user).values("partnership")
        return self.filter(
            Q(added_by=user)
            | Q(partnership__in=mine, audience__in=["partners", "school"])
            | Q(audience="school", school__in=user.standing.schools)
        )


def kept_name(artifact, name):
    """Files are kept under a name that tells nothing; the title is what people see."""
    return f"artifacts/{timezone.now():%Y/%m}/{uuid.uuid4().hex}"


class Artifact(models.Model):
    """A file or a link that shows the work."""

    class Audience(models.TextChoices):
        PRIVATE = "private", "Only me"
        PARTNERS = "partners", "My partners and me"
        SCHOOL = "school", "The staff of my school"

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="artifacts")
    step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="artifacts")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="artifacts")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    link = models.URLField(blank=True)
    file = models.FileField(upload_to=kept_name, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PARTNERS)
    made_at = models.DateTimeField()

    objects = ArtifactQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(link="") & ~Q(file="") | ~Q(link="") & Q(file=""), name="artifact_is_a_file_or_a_link"
            )
        ]

    def __str__(self):
        return self.title
