"""Files of timetables between their upload and the day they are brought in."""

import datetime as dt

from django.db import models
from django.db.models import Q

from people.access import VisibleQuerySet
from people.models import School, User

# After this the worker that took it is taken for dead: a task is ended after five minutes.
GIVEN_UP = dt.timedelta(minutes=10)
# Rows that are brought in while the person waits: less than a second.
AT_ONCE = 5000


class TimetableImportQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Those of the schools whose timetable they may edit; a file of several schools is the district's."""
        if not user.is_authenticated:
            return self.none()
        return self if user.standing.is_admin else self.filter(school__in=user.standing.offices)

    def waiting(self, at):
        """Asked to be brought in, and in no worker's hands."""
        free = Q(claimed_at=None) | Q(claimed_at__lt=at - GIVEN_UP)
        return self.filter(free, applied_at=None, wanted_at__isnull=False)


class TimetableImport(models.Model):
    """An uploaded timetable: its rows wait here while their words are matched, looked at and brought in.

    `school` is empty for a file of several schools. `content` are the rows as the services pack them; they are let go
    once they are applied. `matches` is what the days, periods and classes of the file mean here.
    """

    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="+")
    starts_on = models.DateField("holds from")
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    row_count = models.PositiveIntegerField()
    matches = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    wanted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    wanted_at = models.DateTimeField(null=True)
    looked_at = models.CharField(max_length=64, blank=True, help_text="The fingerprint of what they saw.")
    claimed_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=200, blank=True, help_text="Why it was not brought in.")
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    added = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    objects = TimetableImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(
                fields=["wanted_at"],
                name="timetables_to_bring_in",
                condition=Q(wanted_at__isnull=False, applied_at=None),
            )
        ]

    def __str__(self):
        return self.file_name

    @property
    def is_wanted(self):
        return self.wanted_at is not None and self.applied_at is None

    @property
    def is_large(self):
        """Whether a worker brings it in, since nobody should wait for the page so long."""
        return self.row_count > AT_ONCE
