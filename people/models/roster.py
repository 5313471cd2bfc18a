"""How they come: invitations and files of staff."""

from django.db import models
from django.db.models import Q

from people.access import VisibleQuerySet

from .person import User


class AdminsOnlyQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.standing.is_admin else self.none()


class Invitation(models.Model):
    """An admin's invitation to sign in: the only way in from outside the district's mail domains.

    A row without `sent_at` waits for the worker that mails it.
    """

    email = models.EmailField()
    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = AdminsOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["made_at"], name="invitations_to_send", condition=Q(sent_at=None))]

    def __str__(self):
        return self.email


class StaffImport(models.Model):
    """A file of staff that an admin uploaded: its rows wait here between the preview and the yes."""

    file_name = models.CharField(max_length=200)
    rows = models.JSONField(help_text="The rows as read: people.services.roster.Row, as lists.")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    objects = AdminsOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.file_name
