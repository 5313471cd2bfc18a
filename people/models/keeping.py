"""What becomes of what is kept: how long, what must stay, and what a person takes along or has erased."""

import uuid

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.access import VisibleQuerySet

from .roster import AdminsOnlyQuerySet

USER = settings.AUTH_USER_MODEL


class RetentionSpan(models.Model):
    """How long the district keeps one sort of record, where it differs from what is usual."""

    key = models.CharField(max_length=40, primary_key=True)
    amount = models.PositiveSmallIntegerField()

    objects = AdminsOnlyQuerySet.as_manager()

    def __str__(self):
        return f"{self.key}: {self.amount}"


class DeletionNoticeQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(owner=user) if user.is_authenticated else self.none()

    def open(self):
        return self.filter(kept_at=None)


class DeletionNotice(models.Model):
    """A row whose owner was told that it will be deleted; kept for good once they say so.

    `rule` is the key of a retention rule, `number` the row's id.
    """

    rule = models.CharField(max_length=40)
    number = models.BigIntegerField()
    owner = models.ForeignKey(USER, models.CASCADE, related_name="deletion_notices")
    told_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)

    objects = DeletionNoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "number", "owner"], name="told_once_of_each_row")]

    def __str__(self):
        return f"{self.rule} {self.number}"


class LegalHoldQuerySet(AdminsOnlyQuerySet):
    def standing(self):
        return self.filter(lifting=None)


class LegalHold(models.Model):
    """What must not be deleted: all about a person, or one row such as a partnership. It is never changed."""

    person = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="legal_holds")
    model = models.CharField(max_length=60, blank=True, help_text="partnerships.Partnership")
    number = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-set_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, model="", number=None)
                | Q(person=None, number__isnull=False) & ~Q(model=""),
                name="a_hold_names_a_person_or_a_row",
            )
        ]

    def __str__(self):
        return f"Hold {self.pk}"

    @property
    def called(self):
        """What it holds, where it is no person: its sort and number, and none of its content."""
        name = str(apps.get_model(self.model)._meta.verbose_name) if self.model else "all about a person"
        return f"{name} {self.number or ''}".strip().capitalize()


class HoldLifted(models.Model):
    """The end of a hold, as a row of its own: who lifted it, when and why."""

    hold = models.OneToOneField(LegalHold, models.PROTECT, related_name="lifting")
    reason = models.CharField(max_length=300)
    lifted_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField()

    objects = AdminsOnlyQuerySet.as_manager()

    def __str__(self):
        return f"End of hold {self.hold_id}"


class SubjectExportQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """The person alone: an admin who starts it for a leaver cannot open it."""
        return self.filter(person=user) if user.is_authenticated else self.none()

    def kept(self):
        return self.filter(deleted_at=None)

    def waiting(self, gone_quiet):
        """Not made yet, and in no worker's hands, or in those of one that has said nothing since that moment."""
        return self.filter(Q(claimed_at=None) | Q(claimed_at__lt=gone_quiet), done_at=None)


def kept_export(export, name):
    return f"exports/{timezone.now():%Y/%m}/{uuid.uuid4().hex}"


class SubjectExport(models.Model):
    """Everything that is kept about a person, as a file: a job for a worker, with how far it is."""

    person = models.ForeignKey(USER, models.CASCADE, related_name="subject_exports")
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_steps = models.PositiveSmallIntegerField(default=0)
    all_steps = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=kept_export, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SubjectExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(done_at=None), name="one_export_of_a_person_at_a_time"
            )
        ]

    def __str__(self):
        return f"Export {self.pk}"

    @property
    def is_ready(self):
        return self.done_at is not None and self.deleted_at is None


class ErasureQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """One's own; admins see that it was asked for, and carry it on for who has left."""
        if not user.is_authenticated:
            return self.none()
        return self if user.standing.is_admin else self.filter(person=user)

    def waiting(self):
        return self.filter(undone_at=None, done_at=None)

    def due(self, now):
        return self.waiting().filter(due_at__lte=now)


class Erasure(models.Model):
    """A person is to be forgotten: asked for, waited with so that it can be undone, and carried out by a task.

    `code` is all that is left to call them by; the person is told it, and the district may ask for it later.
    """

    person = models.ForeignKey(USER, models.PROTECT, related_name="erasures")
    code = models.CharField(max_length=12, unique=True)
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="When a legal hold first stopped it.")
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(undone_at=None, done_at=None), name="one_erasure_of_a_person_waits"
            )
        ]

    def __str__(self):
        return self.code
