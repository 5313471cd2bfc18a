"""Invitations that a calendar programme reads from a mail, and the answers that it sends back (RFC 5546, RFC 6047)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from notices.models import Outgoing, OutgoingQuerySet
from people.access import VisibleQuerySet
from people.models import User

from .event import Attendance, Event


class OwnQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(person=user) if user.is_authenticated else self.none()


class WantsInvitations(models.Model):
    """A person who wants each new date as an invitation by e-mail. Without a row: no."""

    person = models.OneToOneField(User, models.CASCADE, related_name="wants_invitations")
    since = models.DateTimeField(default=timezone.now)

    objects = OwnQuerySet.as_manager()

    def __str__(self):
        return f"{self.person} since {self.since}"


class InvitationQuerySet(OutgoingQuerySet):
    def untouched(self):
        """Not sent, and no worker has picked them up yet: nothing of them can be on its way."""
        return self.unsettled().filter(next_at=models.F("due_at"))


class EventInvitation(Outgoing):
    """One mail that puts an event into a person's calendar, changes it there, or takes it out again.

    Written in the transaction of the fact, with the facts of that moment: a copy that a crash sends twice is the same
    mail, and whoever was taken off an event hears nothing of what becomes of it. `sequence` is what the mail carries,
    one more each time; `version` is the event's own sequence that it tells of.
    """

    class Method(models.TextChoices):
        REQUEST = "request", "Invitation or change"
        CANCEL = "cancel", "Cancellation"

    person = models.ForeignKey(User, models.CASCADE, related_name="event_invitations")
    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations")
    method = models.CharField(max_length=10, choices=Method)
    sequence = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    where = models.CharField(max_length=260, blank=True)
    tentative = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=Attendance.Answer)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="The first moment to send it.")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "event", "sequence", "method"], name="one_invitation_for_each_change"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="event_invitations_waiting",
                condition=Q(sent_at=None, dropped_at=None, failed_at=None),
            ),
            models.Index(fields=["sent_at"], name="event_invitations_mailed", condition=Q(sent_at__isnull=False)),
            models.Index(fields=["failed_at"], name="event_invitations_failed", condition=Q(failed_at__isnull=False)),
            models.Index(fields=["event", "person", "-sequence"], name="newest_invitation_to_an_event"),
        ]

    def __str__(self):
        return self.key

    @property
    def key(self):
        return f"event-invitation:{self.event_id}:{self.person_id}:{self.sequence}:{self.method}"

    @property
    def is_cancel(self):
        return self.method == self.Method.CANCEL


class CalendarReply(models.Model):
    """An answer that a person's calendar sent by e-mail: each message is taken once."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    message = models.CharField(max_length=64, unique=True, help_text="A digest of the message's own name.")
    sequence = models.PositiveIntegerField()
    stamped_at = models.DateTimeField(help_text="When the calendar says that it was answered.")
    answer = models.CharField(max_length=10, choices=Attendance.Answer)
    acted = models.BooleanField(default=False)
    taken_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["event", "person", "-stamped_at"], name="replies_to_an_event")]

    def __str__(self):
        return f"{self.person}: {self.answer}"
