"""Open doors: who lets colleagues watch a class, when, and what they may look for."""

from django.db import models
from django.db.models import F, Q

from people.access import VisibleQuerySet
from people.models import School, User


class OpenDoorQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """One's own; all staff read what stands open, as its host wrote it for them."""
        if not user.is_authenticated:
            return self.none()
        if not user.standing.is_placed:
            return self.filter(host=user)
        return self.filter(Q(host=user) | Q(ended_at=None, paused_at=None))

    def standing(self):
        """Neither paused nor ended by their host, who is still here."""
        return self.filter(ended_at=None, paused_at=None, host__is_active=True)

    def not_over(self, day):
        return self.filter(ended_at=None, ends_on__gte=day)


class OpenDoor(models.Model):
    """A host's offer to be visited in some classes, from a date until another, in their own words for the staff."""

    host = models.ForeignKey(User, models.CASCADE, related_name="open_doors")
    school = models.ForeignKey(School, models.PROTECT, related_name="open_doors")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    doing = models.CharField("what we will be doing", max_length=300)
    look_for = models.CharField("what to look for", max_length=300, blank=True)
    seats = models.CharField("where to sit", max_length=200, blank=True)
    visitors = models.PositiveSmallIntegerField("how many visitors at once", default=3)
    most_visits = models.PositiveSmallIntegerField("visits on one day at most", default=2)
    may_talk = models.BooleanField("visitors may talk with students", default=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OpenDoorQuerySet.as_manager()

    class Meta:
        ordering = ["school__name", "host__name", "pk"]
        indexes = [models.Index(fields=["school", "ends_on"], name="open_doors_of_a_school")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="open_door_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(visitors__gte=1, most_visits__gte=1), name="open_door_lets_somebody_in"),
        ]

    def __str__(self):
        return f"Open door of {self.host}"

    def get_absolute_url(self):
        return f"/doors/{self.pk}/"

    @property
    def thread(self):
        return f"door:{self.pk}"

    @property
    def is_one_date(self):
        return self.starts_on == self.ends_on


class DoorTimeQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(door__in=OpenDoor.objects.visible_to(user))


class DoorTime(models.Model):
    """A class that is open: a period of a day of the cycle as the timetable has it, or hours that the host wrote.

    `class_name` and `subject` are those it was opened for. Hours by hand may be of every school day (no position).
    """

    door = models.ForeignKey(OpenDoor, models.CASCADE, related_name="times")
    position = models.PositiveSmallIntegerField("day of the cycle", null=True, blank=True)
    period = models.CharField(max_length=20, blank=True)
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    class_name = models.CharField("class", max_length=80, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    room = models.CharField(max_length=40, blank=True)
    moved_on = models.DateField(
        null=True, blank=True, help_text="The first date on which this class is not there any more: its host was told."
    )

    objects = DoorTimeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "starts", "period", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(position__isnull=False, starts=None, ends=None) & ~Q(period="")
                | Q(starts__isnull=False, ends__gt=F("starts"), period=""),
                name="open_time_is_a_period_or_hours",
            ),
            models.UniqueConstraint(
                fields=["door", "position", "period"], condition=~Q(period=""), name="a_period_is_open_once_in_a_door"
            ),
        ]

    def __str__(self):
        return f"{self.what}, day {self.position}"

    @property
    def is_by_hand(self):
        return not self.period

    @property
    def what(self):
        return self.class_name or self.subject

    def is_class(self, class_name, subject):
        """A class that is called otherwise, or teaches something else, is still it; one that does both is another."""
        return self.class_name == class_name or (self.subject != "" and self.subject == subject)
