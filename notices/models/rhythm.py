"""How and when a person wants to be told."""

from django.db import models

from people.models import User

from .outgoing import OwnQuerySet


class How(models.TextChoices):
    NOW = "now", "By e-mail, as it happens"
    DIGEST = "digest", "In one e-mail a day"
    WEEKLY = "weekly", "In one e-mail a week"
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


class MailLimit(models.Model):
    """How many single e-mails a day a person wants at most, where it differs from the site's MAILS_A_DAY."""

    person = models.OneToOneField(User, models.CASCADE, related_name="mail_limit")
    a_day = models.PositiveSmallIntegerField(help_text="What comes on top joins the next daily e-mail. 0: no limit.")

    objects = OwnQuerySet.as_manager()

    def __str__(self):
        return f"{self.a_day} a day"
