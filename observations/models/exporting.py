"""What went to the district's absence system, and the keys under which it is fetched."""

from django.db import models

from people.access import VisibleQuerySet
from people.models import School, User

from .cover import Coverage


class AdminsOnlyQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.standing.is_admin else self.none()


class ExportColumn(models.Model):
    """A column of the absence file: its heading, and which fact stands in it."""

    position = models.PositiveSmallIntegerField(unique=True)
    heading = models.CharField(max_length=60)
    fact = models.CharField(max_length=40)

    objects = AdminsOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.heading


class CoverageExport(models.Model):
    """A file that was made, by hand or by a system with a token: its lines never change afterwards."""

    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    token = models.ForeignKey("ApiToken", models.PROTECT, null=True, blank=True, related_name="exports")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    first = models.DateField("first day")
    last = models.DateField("last day")
    whole = models.BooleanField(default=False, help_text="Everything again, as for a system that starts empty.")
    columns = models.JSONField(default=list, help_text="[heading, fact] of each column, as they were chosen then.")

    objects = AdminsOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"Absence file of {self.made_at:%Y-%m-%d}"


class ExportedCoverage(models.Model):
    """What the absence system was last told of a request. What differs now is a change to tell."""

    class Change(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    export = models.ForeignKey(CoverageExport, models.CASCADE, related_name="lines")
    coverage = models.ForeignKey(Coverage, models.CASCADE, related_name="exported")
    change = models.CharField(max_length=10, choices=Change)
    day = models.DateField(help_text="As it was told: a request that has moved since is found by both days.")
    values = models.JSONField(help_text="The facts as they were told.")
    is_last = models.BooleanField(default=True)

    objects = AdminsOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coverage"], condition=models.Q(is_last=True), name="one_last_word_on_each_coverage"
            ),
        ]
        indexes = [
            models.Index(fields=["day"], condition=models.Q(is_last=True), name="last_words_by_day"),
        ]

    def __str__(self):
        return f"{self.get_change_display()}: {self.coverage_id}"


class ApiToken(models.Model):
    """A key for one system: it reads rows of coverage and nothing else. Only its hash is kept."""

    name = models.CharField("what uses it", max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AdminsOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.name
