"""Mail on a site without a mail server, and the sign of life that monitoring asks for."""

from django.conf import settings
from django.db import models

from people.access import VisibleQuerySet


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
