"""Where: the district and its schools, school years and days without classes."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from people.access import VisibleQuerySet


def validate_time_zone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError("Write a time zone such as America/New_York.")


class DistrictQuerySet(VisibleQuerySet):
    """Rows that everyone on the staff may see."""

    def visible_to(self, user):
        return self if user.is_authenticated else self.none()


class District(models.Model):
    """The settings of the one district that this deployment serves: a single row."""

    name = models.CharField(max_length=120, default="Our school district")
    time_zone = models.CharField(max_length=64, default="America/New_York", validators=[validate_time_zone])
    mail_domains = models.CharField(
        "mail domains",
        max_length=300,
        blank=True,
        help_text="Staff with an address here may make their own account. Separate several with commas.",
    )
    help_email = models.EmailField("who to ask for help", blank=True)
    quiet_from = models.TimeField(default="19:00", help_text="No e-mail after this time of day.")
    quiet_until = models.TimeField(default="06:30", help_text="E-mail starts again at this time of day.")

    objects = DistrictQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_district_per_deployment")]

    def __str__(self):
        return self.name

    @property
    def domains(self):
        return [domain.strip().lower().lstrip("@") for domain in self.mail_domains.split(",") if domain.strip()]


class SchoolQuerySet(DistrictQuerySet):
    def open(self):
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=timezone.localdate()))


class School(models.Model):
    """A building with its own staff, principal and time zone."""

    name = models.CharField(max_length=120)
    code = models.SlugField(max_length=20, unique=True, help_text="The short code that your roster file uses.")
    time_zone = models.CharField(max_length=64, blank=True, validators=[validate_time_zone])
    closed_on = models.DateField(null=True, blank=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="school_names_differ")]

    def __str__(self):
        return self.name


class SchoolYearQuerySet(DistrictQuerySet):
    def holding(self, day):
        """The year that the day falls in, or else the last that began before it."""
        return self.filter(starts_on__lte=day).order_by("-starts_on").first()


class SchoolYear(models.Model):
    """A named span of days, such as 2026-27."""

    name = models.CharField(max_length=20, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = SchoolYearQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="school_year_ends_after_it_starts")
        ]

    def __str__(self):
        return self.name


class NoSchoolDay(models.Model):
    """A day without classes, for the whole district or for one school."""

    day = models.DateField()
    name = models.CharField(max_length=80)
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="no_school_days")

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["day", "school"], name="no_school_day_once_per_school"),
            models.UniqueConstraint(
                fields=["day"], condition=Q(school=None), name="no_school_day_once_for_the_district"
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.name}"
