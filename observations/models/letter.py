"""What a substitute, who has no account, is mailed."""

from django.db import models
from django.db.models import Q

from notices.models import Outgoing, OutgoingQuerySet

from .covering import Substitute


class LetterQuerySet(OutgoingQuerySet):
    def visible_to(self, user):
        """Whoever sees the substitute: the office looks whether they were written to."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(substitute__in=Substitute.objects.visible_to(user))


class SubstituteLetter(Outgoing):
    """A mail to a substitute about one day, as it is when the mail leaves: the classes, and the link to the page.

    What changes while it waits makes no second one. `version` counts the changes, so that one that came while the mail
    was on its way is told as well; `told` is what the mail said and to which address, {"to", "lines"}.
    """

    READER = "substitute"

    substitute = models.ForeignKey(Substitute, models.CASCADE, related_name="letters")
    day = models.DateField()
    version = models.PositiveIntegerField(default=1)
    told = models.JSONField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["substitute", "day"],
                condition=Q(sent_at=None, dropped_at=None, failed_at=None),
                name="one_letter_of_a_day_waits",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="letters_waiting",
                condition=Q(sent_at=None, dropped_at=None, failed_at=None),
            ),
            models.Index(fields=["sent_at"], name="letters_mailed", condition=Q(sent_at__isnull=False)),
            models.Index(fields=["failed_at"], name="letters_failed", condition=Q(failed_at__isnull=False)),
            models.Index(fields=["substitute", "day"], name="letters_of_a_day"),
        ]

    def __str__(self):
        return self.key

    @property
    def key(self):
        return f"substitute-letter:{self.pk}"
