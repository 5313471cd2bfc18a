"""Tell: one row for each person and fact, written in the transaction of the fact."""

from django.db import models
from django.db.models import Q

from people.access import VisibleQuerySet
from people.models import User


class OwnQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(person=user) if user.is_authenticated else self.none()


class NoticeQuerySet(OwnQuerySet):
    def waiting(self, now):
        """Not sent, not dropped, and its hour has come."""
        return self.filter(sent_at=None, dropped_at=None, failed_at=None, due_at__lte=now)

    def unclaimed(self, now):
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lt=now))

    def unread(self):
        return self.filter(read_at=None, archived_at=None)


class Notice(models.Model):
    """One fact for one person. The unique key is what makes it told once, whatever runs twice.

    `facts` are names, dates and titles to fill the kind's sentences with; never words that colleagues wrote.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True)
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=200, help_text="Where its button leads, from the root of the site.")
    thread = models.CharField(max_length=60, blank=True, db_index=True, help_text="What it is about: partnership:12")

    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="No longer due, or its kind is switched off.")
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="notices_waiting",
                condition=Q(sent_at=None, dropped_at=None, failed_at=None),
            ),
            models.Index(fields=["person", "-made_at"], name="notices_of_a_person"),
            models.Index(fields=["person"], name="notices_unread", condition=Q(read_at=None, archived_at=None)),
        ]

    def __str__(self):
        return self.key


class How(models.TextChoices):
    NOW = "now", "By e-mail, as it happens"
    DIGEST = "digest", "In one e-mail a day"
    OFF = "off", "Only in my inbox here"


class Preference(models.Model):
    """How a person wants to be told of one kind of notice; without a row, as it happens."""

    person = models.ForeignKey(User, models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=40)
    how = models.CharField(max_length=10, choices=How)

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_preference_per_kind")]

    def __str__(self):
        return f"{self.kind}: {self.how}"


class QuietHours(models.Model):
    """A person's own quiet hours, where they differ from the district's."""

    person = models.OneToOneField(User, models.CASCADE, related_name="quiet_hours")
    quiet_from = models.TimeField()
    quiet_until = models.TimeField()

    objects = OwnQuerySet.as_manager()

    def __str__(self):
        return f"{self.quiet_from:%H:%M} to {self.quiet_until:%H:%M}"


class OutboxQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """A person sees the mail sent to their own address; in the demo that stands in for a mailbox."""
        return self.filter(to__iexact=user.email) if user.is_authenticated else self.none()


class OutboxMail(models.Model):
    """A mail that would have left by SMTP, kept as a row while no EMAIL_URL is set."""

    to = models.EmailField(db_index=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    attachments = models.JSONField(default=list, help_text="Name, type and base64 content of each.")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.subject


class Heartbeat(models.Model):
    """The last time that beat woke a task: what monitoring asks."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.name
