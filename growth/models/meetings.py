"""The growth meeting: a team and its principal, once, at the end of the year."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from partnerships.models import Member, Partnership
from people.access import VisibleQuerySet
from people.models import Role, School, User
from schedule.models import Event


def at_table(user, *, of="pk"):
    """Q over rows that belong to a meeting: those of meetings that the person takes part in.

    The team of today, and the principal who holds it as long as she leads the school. A post opens no meeting: not to
    a deputy, another principal, a facilitator or an admin. `of` names the meeting in the row.
    """
    meeting = "" if of == "pk" else f"{of}__"
    team = Member.objects.active().filter(person=user, partnership=OuterRef(f"{meeting}partnership"))
    led = user.standing.schools_as(Role.PRINCIPAL)
    return Q(Exists(team)) | Q(**{f"{meeting}principal": user, f"{meeting}school__in": led})


class GrowthMeetingQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(at_table(user)) if user.is_authenticated else self.none()

    def with_date(self):
        return self.filter(event__cancelled_at=None)

    def planned(self, now):
        return self.with_date().filter(event__ends_at__gt=now)

    def held(self, now):
        return self.with_date().filter(event__ends_at__lte=now)


class GrowthMeeting(models.Model):
    """The year-end conversation of a team with its principal. When and where it is stands in its event alone."""

    class Decision(models.TextChoices):
        RENEW = "renew", "Go on for a second year"
        CHANGE = "change", "Go on with something changed"
        END = "end", "End here"

    partnership = models.OneToOneField(Partnership, models.CASCADE, related_name="growth_meeting")
    school = models.ForeignKey(School, models.PROTECT, related_name="growth_meetings")
    principal = models.ForeignKey(User, models.PROTECT, related_name="growth_meetings")
    event = models.OneToOneField(Event, models.PROTECT, related_name="growth_meeting")
    made_at = models.DateTimeField()
    decision = models.CharField("what the team decided", max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = GrowthMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["event__starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="a_teams_decision_has_its_moment",
            )
        ]

    def __str__(self):
        return f"Growth meeting {self.pk}"

    def get_absolute_url(self):
        return f"/growth-meetings/{self.pk}/"

    @property
    def has_date(self):
        return self.event.cancelled_at is None

    def has_begun(self, at=None):
        return self.has_date and self.event.starts_at <= (at or timezone.now())

    def is_held(self, at=None):
        return self.has_date and self.event.ends_at <= (at or timezone.now())
