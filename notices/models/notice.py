"""Tell: one row for each person and fact, written in the transaction of the fact."""

from django.db import models
from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

from people.models import User

from ..registry import Facts, kind_of, urgent_kinds
from .outgoing import Outgoing, OutgoingQuerySet


class Digest(Outgoing):
    """The one e-mail in which a person reads, in the morning, what they do not want one by one."""

    person = models.ForeignKey(User, models.CASCADE, related_name="digests")
    day = models.DateField()

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day")]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="digests_waiting",
                condition=Q(sent_at=None, dropped_at=None, failed_at=None),
            ),
            models.Index(fields=["sent_at"], name="digests_mailed", condition=Q(sent_at__isnull=False)),
            models.Index(fields=["failed_at"], name="digests_failed", condition=Q(failed_at__isnull=False)),
        ]

    def __str__(self):
        return self.key

    @property
    def key(self):
        return f"digest:{self.day}:{self.person_id}"


class NoticeQuerySet(OutgoingQuerySet):
    def waiting(self):
        """To be mailed on its own: not settled, not left to the inbox, not in a digest."""
        return self.unsettled().filter(kept_at=None, digest=None)

    def mailed(self):
        return super().mailed().filter(digest=None)

    def in_digests(self):
        """To be mailed with others: a digest has it, and has not told it yet."""
        return self.unsettled().filter(kept_at=None, digest__isnull=False)

    def in_inbox(self, now):
        """Every notice from its due moment on, however it is mailed, unless it no longer mattered by then."""
        return self.filter(due_at__lte=now, dropped_at=None)

    def unread(self):
        return self.filter(read_at=None, archived_at=None, dropped_at=None)

    def mailed_singly(self, people, since):
        """What these people were mailed on its own since a moment; what cannot wait is not counted against a limit."""
        return self.filter(person__in=people, digest=None, sent_at__gte=since).exclude(kind__in=urgent_kinds())

    def older_than(self, pk):
        """What the inbox lists after this notice."""
        last = Subquery(self.filter(pk=pk).values("due_at")[:1])
        return self.filter(Q(due_at__lt=last) | Q(due_at=last, pk__lt=pk))

    def listed(self, show):
        """What one of the inbox's three lists holds."""
        if show == "unread":
            return self.unread()
        return self.filter(archived_at__isnull=show != "archived")


class Notice(Outgoing):
    """One fact for one person. The unique key is what makes it told once, whatever runs twice.

    `facts` are names, dates and titles to fill the kind's sentences with; never words that colleagues wrote. Under
    `lines` they may hold a list for the mail.
    """

    READY = Coalesce("rests_until", "due_at")

    person = models.ForeignKey(User, models.CASCADE, related_name="notices", db_index=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=200, help_text="Where its button leads, from the root of the site.")
    thread = models.CharField(max_length=60, blank=True, help_text="What it is about: partnership:12")

    made_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="When it reaches the inbox, and the first moment to mail it.")
    rests_until = models.DateTimeField(
        null=True, blank=True, help_text="The morning that it was put off to, if it was."
    )
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, blank=True, related_name="notices", db_index=False)
    kept_at = models.DateTimeField(null=True, blank=True, help_text="Left in the inbox, without an e-mail.")
    read_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    acted_at = models.DateTimeField(null=True, blank=True, help_text="When its reader answered straight from the mail.")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["key"], name="a_fact_is_told_once")]
        # Every index is written anew each time that a row is claimed and mailed: none stands twice.
        indexes = [
            models.Index(
                fields=["next_at"],
                name="notices_waiting",
                condition=Q(sent_at=None, dropped_at=None, failed_at=None, kept_at=None, digest=None),
            ),
            models.Index(
                fields=["digest"],
                name="notices_in_digests",
                condition=Q(sent_at=None, dropped_at=None, failed_at=None, kept_at=None, digest__isnull=False),
            ),
            models.Index(fields=["person", "-due_at"], name="notices_of_a_person"),
            models.Index(fields=["person", "thread"], name="notices_of_a_thread", condition=~Q(thread="")),
            models.Index(
                fields=["person", "sent_at"],
                name="notices_mailed_singly",
                condition=Q(sent_at__isnull=False, digest=None),
            ),
            models.Index(fields=["sent_at"], name="notices_mailed", condition=Q(sent_at__isnull=False, digest=None)),
            models.Index(fields=["failed_at"], name="notices_failed", condition=Q(failed_at__isnull=False)),
            models.Index(
                fields=["person"], name="notices_unread", condition=Q(read_at=None, archived_at=None, dropped_at=None)
            ),
        ]

    def __str__(self):
        return self.key

    @property
    def subject(self):
        return kind_of(self).subject_for(Facts(self.facts))

    @property
    def sentence(self):
        return kind_of(self).sentence_for(Facts(self.facts))

    @property
    def lines(self):
        """What a mail lists below the sentence, such as the classes of a day; the inbox does without."""
        return self.facts.get("lines", [])

    @property
    def action(self):
        return kind_of(self).action
