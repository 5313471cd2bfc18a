"""Words of a pair opened in an emergency: by two people, with a reason, for an hour, and not behind anybody's back."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from people.access import VisibleQuerySet
from people.models import User

from .partnership import Partnership
from .words import Entry

OPEN_FOR = dt.timedelta(minutes=60)
WAITS_FOR = dt.timedelta(hours=24)


class EmergencyReadingQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Operators and admins; once it was opened, those whose words it opened."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser or user.standing.is_admin:
            return self
        return self.filter(approved_at__isnull=False, partnership__in=those_concerning(user))

    def waiting(self, at):
        return self.filter(approved_at=None, ended_at=None, asked_at__gt=at - WAITS_FOR)

    def open(self, at):
        """The clock decides: nothing has to run for it to close."""
        return self.filter(approved_at__gt=at - OPEN_FOR, approved_at__lte=at, ended_at=None)


def those_concerning(user):
    """Ids of the partnerships in which the person takes or took part, or wrote something."""
    members = Partnership.objects.filter(members__person=user, members__state__in=["active", "left"])
    wrote = Entry.objects.filter(Q(author=user) | Q(about=user)).values("partnership")
    return Partnership.objects.filter(Q(pk__in=members) | Q(pk__in=wrote)).values("pk")


def people_concerned(partnership):
    """Ids of those who take or took part in it, or wrote something there, or are written of."""
    entries = Entry.objects.filter(partnership=partnership).order_by()
    members = partnership.members.filter(state__in=["active", "left"]).values("person")
    about = entries.filter(about__isnull=False).values("about")
    return User.objects.filter(Q(pk__in=members) | Q(pk__in=entries.values("author")) | Q(pk__in=about)).values("pk")


class EmergencyReading(models.Model):
    """An operator asks with a reason, an admin agrees, and for an hour the operator reads what a pair said."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EmergencyReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("asked_by")), name="an_emergency_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__gte=F("asked_at")),
                name="an_approval_has_its_person_and_moment",
            ),
        ]

    def __str__(self):
        return f"Emergency reading {self.pk}"

    def get_absolute_url(self):
        return f"/emergency-reading/{self.pk}/"

    @property
    def closes_at(self):
        return self.approved_at and (self.ended_at or self.approved_at + OPEN_FOR)

    @property
    def lapses_at(self):
        return self.asked_at + WAITS_FOR

    def is_open(self, at):
        return bool(self.approved_at and not self.ended_at and at < self.approved_at + OPEN_FOR)

    def is_waiting(self, at):
        return not self.approved_at and not self.ended_at and at < self.asked_at + WAITS_FOR
