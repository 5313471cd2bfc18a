"""School time: bell schedules, rotating days, and the calendar that comes of them."""

from django.db import models
from django.db.models import F, Q

from people.models import DistrictQuerySet, School, SchoolYear


class BellSchedule(models.Model):
    """The periods of a kind of day at a school: regular, early release."""

    school = models.ForeignKey(School, models.CASCADE, related_name="bell_schedules")
    name = models.CharField(max_length=60, default="Regular day")
    is_default = models.BooleanField(default=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="bell_schedule_names_differ_in_a_school"),
            models.UniqueConstraint(
                fields=["school"], condition=Q(is_default=True), name="one_usual_bell_schedule_per_school"
            ),
        ]

    def __str__(self):
        return f"{self.school}: {self.name}"


class Period(models.Model):
    """A named span of the school's clock, such as period 3 from 10:05 to 10:50."""

    schedule = models.ForeignKey(BellSchedule, models.CASCADE, related_name="periods")
    name = models.CharField(max_length=20)
    starts = models.TimeField()
    ends = models.TimeField()

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "name"], name="period_names_differ_in_a_schedule"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="period_ends_after_it_starts"),
        ]

    def __str__(self):
        return f"{self.title}, {self.starts:%H:%M} to {self.ends:%H:%M}"

    @property
    def title(self):
        """Period 3; a name that is a word stands for itself: Lunch."""
        return f"Period {self.name}" if len(self.name) < 3 else self.name


class Term(models.Model):
    """A span of a school year, such as the first semester; of one school, or of all."""

    year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="terms")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="terms")
    name = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="term_ends_after_it_starts"),
        ]

    def __str__(self):
        return self.name


class DayCycle(models.Model):
    """How a school's days repeat from a date on: by the weekday, or in turn (A and B; days 1 to 6).

    The one with the latest start before a day holds for that day. A school without any has its weekdays.
    """

    class Follows(models.TextChoices):
        WEEKDAYS = "weekdays", "The days of the week"
        SCHOOL_DAYS = "school_days", "One after the other; after a day off, the day that was missed comes next"
        DATES = "dates", "One after the other, Monday to Friday; a day off loses its turn"

    school = models.ForeignKey(School, models.CASCADE, related_name="day_cycles")
    starts_on = models.DateField("holds from")
    follows = models.CharField(max_length=12, choices=Follows, default=Follows.WEEKDAYS)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["school", "starts_on"], name="one_day_cycle_from_a_date_on"),
        ]

    def __str__(self):
        return f"{self.school} from {self.starts_on}"


class CycleDay(models.Model):
    """A day of the cycle, counted from 0, with the bells that ring on it: none means the school's usual ones."""

    cycle = models.ForeignKey(DayCycle, models.CASCADE, related_name="days")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=20)
    bell_schedule = models.ForeignKey(BellSchedule, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "position"], name="cycle_days_are_counted"),
            models.UniqueConstraint(fields=["cycle", "name"], name="cycle_day_names_differ"),
        ]

    def __str__(self):
        return self.name


class SpecialDay(models.Model):
    """A day that differs: other bells (early release, assembly, half day), or another day of the cycle."""

    school = models.ForeignKey(School, models.CASCADE, related_name="special_days")
    day = models.DateField()
    name = models.CharField(max_length=80)
    bell_schedule = models.ForeignKey(BellSchedule, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField("day of the cycle", null=True, blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["school", "day"], name="one_special_day_per_school_and_date")]

    def __str__(self):
        return f"{self.day} {self.name}"


class SchoolDay(models.Model):
    """What a date is at a school, laid out ahead so that a week of anybody is one query.

    A row for each weekday of the school years, and for each special day. Written by `services.lay_out_days` alone, in
    the transaction of whatever changed it; the facts are the rows above. A day off has no bells and `off` says why.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="school_days")
    day = models.DateField()
    position = models.PositiveSmallIntegerField("day of the cycle", null=True)
    cycle_day = models.CharField(max_length=20, blank=True)
    bell_schedule = models.ForeignKey(BellSchedule, models.SET_NULL, null=True, related_name="+")
    off = models.CharField(max_length=80, blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["school", "day"], name="a_date_is_one_day_at_a_school")]
        indexes = [models.Index(fields=["day", "school"], name="school_days_by_date")]

    def __str__(self):
        return f"{self.school}, {self.day}"

    @property
    def has_classes(self):
        return self.bell_schedule_id is not None
