"""What leaves besides notices, and the switch that holds mail back."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Replace

from people.models import User

from .outgoing import Outgoing, OutgoingQuerySet, OwnQuerySet


class WrittenMailQuerySet(OutgoingQuerySet):
    def visible_to(self, user):
        """Nobody: it may hold a link that opens an account."""
        return self.none()

    def addressed(self):
        readers = Cast("readers", models.TextField())  # ["ana@cedar.example", "ben@cedar.example"]
        for mark in '["]':
            readers = Replace(readers, Value(mark), output_field=models.TextField())
        return self.annotate(to=readers)


class WrittenMail(Outgoing):
    """A mail as it was written in a request, such as one that helps to sign in. The worker only sends it.

    Its words are forgotten once it has left.
    """

    READER = None
    READY = F("made_at")
    GOES_WHILE_PAUSED = True

    key = models.CharField(max_length=200, help_text="Its Message-ID and its readers: written twice, it is sent once.")
    sender = models.CharField(max_length=320)
    readers = models.JSONField(help_text="The addresses that it goes to.")
    wire = models.BinaryField(blank=True, help_text="The whole message, as it goes over the line.")
    made_at = models.DateTimeField()

    objects = WrittenMailQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="a_written_mail_is_sent_once")]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="written_mails_waiting",
                condition=Q(sent_at=None, dropped_at=None, failed_at=None),
            ),
        ]

    def __str__(self):
        return self.key


class PauseQuerySet(OwnQuerySet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.standing.is_admin else self.none()


class Pause(models.Model):
    """While its one row is there, no notice leaves by e-mail: an admin holds them back. Inboxes fill as ever."""

    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = PauseQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_pause_at_a_time")]

    def __str__(self):
        return f"since {self.begun_at}"
