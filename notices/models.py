"""Tell: one row for each person and fact, written in the transaction of the fact."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, Subquery

from people.access import VisibleQuerySet
from people.models import User

from .registry import kind_of


class OwnQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(person=user) if user.is_authenticated else self.none()


class OutgoingQuerySet(OwnQuerySet):
    def unsettled(self):
        return self.filter(sent_at=None, dropped_at=None, failed_at=None)

    def claim(self, now, *, limit, lease):
        """The oldest rows whose moment has come, left alone by other workers until the lease is over."""
        with transaction.atomic():
            # SQLite has no row locks; its immediate transactions let in one writer at a time.
            free = self.filter(next_at__lte=now).order_by("next_at", "pk").select_related("person")
            rows = list(free.select_for_update(skip_locked=True, of=["self"])[:limit])
            self.model.objects.filter(pk__in=[row.pk for row in rows]).update(next_at=now + lease)
        return rows


class Outgoing(models.Model):
    """What waits to leave by e-mail. `next_at` is the one thing that workers ask for.

    It is the moment when the row falls due, and is put off by whoever holds the row: for as long as a worker's lease
    runs, until the morning, or until the next try.
    """

    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True, help_text="It no longer mattered, or the person had left.")
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True, help_text="What the mail server said: no words of the mail.")

    class Meta:
        abstract = True


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

    def in_digests(self):
        """To be mailed with others: a digest has it, and has not told it yet."""
        return self.unsettled().filter(kept_at=None, digest__isnull=False)

    def in_inbox(self, now):
        """Every notice from its due moment on, however it is mailed, unless it no longer mattered by then."""
        return self.filter(due_at__lte=now, dropped_at=None)

    def unread(self):
        return self.filter(read_at=None, archived_at=None, dropped_at=None)

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

    `facts` are names, dates and titles to fill the kind's sentences with; never words that colleagues wrote.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True)
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=200, help_text="Where its button leads, from the root of the site.")
    thread = models.CharField(max_length=60, blank=True, db_index=True, help_text="What it is about: partnership:12")

    made_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="When it reaches the inbox, and the first moment to mail it.")
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, blank=True, related_name="notices", db_index=False)
    kept_at = models.DateTimeField(null=True, blank=True, help_text="Left in the inbox, without an e-mail.")
    read_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
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
            models.Index(
                fields=["person"], name="notices_unread", condition=Q(read_at=None, archived_at=None, dropped_at=None)
            ),
        ]

    def __str__(self):
        return self.key

    @property
    def subject(self):
        return kind_of(self).subject_for(self.facts)

    @property
    def sentence(self):
        return kind_of(self).sentence_for(self.facts)

    @property
    def action(self):
        return kind_of(self).action


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
        """Mail to one's own address; before sign-in, and in the demo alone, the mails that help to sign in."""
        if user.is_authenticated:
            return self.filter(to=user.email.lower())
        return self.filter(helps_sign_in=True) if settings.DEMO else self.none()


class OutboxMail(models.Model):
    """A mail that would have left by SMTP, kept as a row while no EMAIL_URL is set."""

    to = models.EmailField(db_index=True, help_text="In lower case.")
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    attachments = models.JSONField(default=list, help_text="Name, type and base64 content of each.")
    helps_sign_in = models.BooleanField(default=False, help_text="Its link leads to an account page: reset, confirm.")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.subject


class Heartbeat(models.Model):
    """The last time that beat woke a task: what monitoring asks."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.name
