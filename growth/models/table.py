"""Confidential: what lies on the table of a growth meeting, and what its people write down together.

Readers are the team and the principal who holds the meeting, and nobody else whatever their post.
"""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from partnerships.models import Artifact, Member
from people.access import VisibleQuerySet
from people.models import User

from .meetings import GrowthMeeting, at_table


class BroughtQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """The team; the principal once all who were asked agree, while the meeting has a date.

        What somebody brought leaves the table with them.
        """
        if not user.is_authenticated:
            return self.none()
        still_here = Member.objects.active().filter(partnership=OuterRef("meeting__partnership"), person=OuterRef("by"))
        asked = BroughtYes.objects.filter(brought=OuterRef("pk"), given_at=None)
        lies_open = ~Exists(asked) & Q(meeting__event__cancelled_at=None)
        own_team = Exists(Member.objects.active().filter(partnership=OuterRef("meeting__partnership"), person=user))
        return self.filter(at_table(user, of="meeting"), Q(own_team) | lies_open, Exists(still_here))


class Brought(models.Model):
    """Confidential: one thing that somebody chose to bring, as it was on that day: a later change is not brought.

    A text is a copy; a file or a link is opened through this row.
    """

    meeting = models.ForeignKey(GrowthMeeting, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    source = models.CharField(max_length=40, help_text="What it is of: text:12, file:3 or plan.")
    title = models.CharField(max_length=240)
    body = models.TextField(blank=True)
    artifact = models.ForeignKey(Artifact, models.CASCADE, null=True, blank=True, related_name="+")
    joint = models.BooleanField(default=False, help_text="Written together: each of the others is asked.")
    brought_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True, help_text="When the principal first opened it.")

    objects = BroughtQuerySet.as_manager()

    class Meta:
        ordering = ["brought_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "source"], name="brought_once_to_a_meeting")]

    def __str__(self):
        return f"Brought {self.pk}"

    def get_absolute_url(self):
        return f"/growth-meetings/brought/{self.pk}/"


class OfBroughtQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(brought__in=Brought.objects.visible_to(user)) if user.is_authenticated else self.none()


class BroughtYes(models.Model):
    """Confidential: one of the others who wrote it is asked whether it may be brought; `given_at` is their yes."""

    brought = models.ForeignKey(Brought, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)

    objects = OfBroughtQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brought", "person"], name="asked_once_about_what_is_brought")]

    def __str__(self):
        return f"Yes {self.pk}"


class MeetingRecordQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(at_table(user, of="meeting")) if user.is_authenticated else self.none()


class MeetingRecord(models.Model):
    """Confidential: what a team and its principal write down together. It counts as all of them agreed to it.

    `body` is the text as it stands; `agreed_body` is what they last agreed to, kept while they change it.
    """

    meeting = models.OneToOneField(GrowthMeeting, models.CASCADE, related_name="+")
    body = models.TextField("what we write down", max_length=4000)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    agreed_body = models.TextField(blank=True, max_length=4000)
    agreed_version = models.PositiveIntegerField(default=0)
    agreed_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_version__lte=F("version")), name="no_version_is_agreed_before_it_is_written"
            )
        ]

    def __str__(self):
        return f"Record {self.pk}"

    @property
    def is_agreed(self):
        return self.agreed_version == self.version


class RecordYesQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(record__in=MeetingRecord.objects.visible_to(user)) if user.is_authenticated else self.none()


class RecordYes(models.Model):
    """Confidential: somebody agrees to the record as it stands; a change of it takes every yes away."""

    record = models.ForeignKey(MeetingRecord, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    objects = RecordYesQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "person"], name="one_yes_to_a_record_per_person")]

    def __str__(self):
        return f"Yes {self.pk}"
