"""What all mail has in common: rows that fall due, are claimed with a lease, and leave once."""

from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat

from people.access import VisibleQuerySet


class OwnQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(person=user) if user.is_authenticated else self.none()


class OutgoingQuerySet(OwnQuerySet):
    def unsettled(self):
        return self.filter(sent_at=None, dropped_at=None, failed_at=None)

    def waiting(self):
        """To be mailed on its own."""
        return self.unsettled()

    def mailed(self):
        """What left as a mail of its own."""
        return self.filter(sent_at__isnull=False)

    def failed(self):
        return self.filter(failed_at__isnull=False)

    def addressed(self):
        """With `to`: who it goes to, as an admin reads it who looks after mail that failed."""
        reader = self.model.READER
        return self.annotate(
            to=Concat(f"{reader}__name", Value(", "), f"{reader}__email", output_field=models.TextField())
        )

    def claim(self, now, *, limit, lease):
        """The oldest rows whose moment has come, left alone by other workers until the lease is over."""
        ids = self.hold(now, limit=limit, lease=lease)
        rows = self.model.objects.select_related(self.model.READER).in_bulk(ids)
        return [rows[pk] for pk in ids if pk in rows]

    @transaction.atomic
    def hold(self, now, *, limit, lease):
        """Take the ids of these rows, and put the rows off for the lease."""
        # Ordered by the index alone: of 20,000 that fall due at one moment, none is sorted for each batch.
        free = self.filter(next_at__lte=now).order_by("next_at").values_list("pk", flat=True)
        # SQLite has no row locks; its immediate transactions let in one writer at a time.
        ids = list(free.select_for_update(skip_locked=True)[:limit])
        self.model.objects.filter(pk__in=ids).update(next_at=now + lease)
        return ids


class Outgoing(models.Model):
    """What waits to leave by e-mail. `next_at` is the one thing that workers ask for.

    It is the moment when the row falls due, and is put off by whoever holds the row: for as long as a worker's lease
    runs, until the morning, or until the next try.
    """

    READER = "person"  # the field that says to whom
    READY = F("next_at")  # since when it could have left; a lease or a failed try does not move it, where a row knows
    GOES_WHILE_PAUSED = False

    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="It no longer mattered, or the person had left.")
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True, help_text="What the mail server said: no words of the mail.")

    class Meta:
        abstract = True
