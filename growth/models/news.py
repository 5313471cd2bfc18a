"""Thanks between colleagues, and the newsletter."""

from django.db import models
from django.db.models import Q

from people.access import VisibleQuerySet
from people.models import Role, School, User


class ShoutOutQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Its writer and the one who is thanked; the staff, once the one who is thanked has agreed."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(author=user) | Q(to=user)
        return self.filter(mine | Q(shown_at__isnull=False)) if user.standing.is_placed else self.filter(mine)

    def shown(self):
        return self.filter(shown_at__isnull=False)

    def waiting(self):
        """Not decided yet by the one who is thanked."""
        return self.filter(shown_at=None, kept_at=None)


class ShoutOut(models.Model):
    """A few lines of thanks to a colleague, who alone decides whether others read them."""

    author = models.ForeignKey(User, models.CASCADE, related_name="shout_outs_given")
    to = models.ForeignKey(User, models.CASCADE, related_name="shout_outs", verbose_name="who is thanked")
    words = models.TextField(max_length=500)
    made_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True, help_text="When the one who is thanked agreed.")
    kept_at = models.DateTimeField(null=True, blank=True, help_text="When it was left between the two.")
    kept_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ShoutOutQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(author=models.F("to")), name="nobody_thanks_themselves"),
            models.CheckConstraint(condition=Q(shown_at=None) | Q(kept_at=None), name="shown_or_kept_between_two"),
        ]
        indexes = [
            models.Index(fields=["-shown_at", "-id"], name="shout_outs_shown", condition=Q(shown_at__isnull=False))
        ]

    def __str__(self):
        return f"Shout-out {self.pk}"

    def get_absolute_url(self):
        return f"/shout-outs/{self.pk}/"

    @property
    def is_waiting(self):
        return not self.shown_at and not self.kept_at


class NewsletterQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """What was sent, all the staff; what is not sent yet, those who may write it."""
        if not user.is_authenticated or not user.standing.is_placed:
            return self.none()
        standing = user.standing
        if standing.is_admin or standing.is_district_facilitator:
            return self
        return self.filter(Q(sent_at__isnull=False) | Q(school__in=standing.schools_as(Role.FACILITATOR)))

    def sent(self):
        return self.filter(sent_at__isnull=False)

    def drafts(self):
        return self.filter(sent_at=None)

    def due(self, now):
        return self.filter(sent_at=None, send_at__lte=now)


class Newsletter(models.Model):
    """One issue of the facilitator's weekly: her own words, and picks of what colleagues agreed to share.

    `picks` name rows, such as "call:12", and hold none of their words: each reader is shown a pick as long as its owner
    shares it and the reader may see it.
    """

    title = models.CharField(max_length=80)
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="newsletters", help_text="None: the district."
    )
    opening = models.TextField(blank=True, max_length=4000)
    closing = models.TextField(blank=True, max_length=1000)
    picks = models.JSONField(default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="newsletters")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    send_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["-sent_at", "-id"], name="newsletters_sent", condition=Q(sent_at__isnull=False)),
            models.Index(fields=["send_at"], name="newsletters_due", condition=Q(sent_at=None, send_at__isnull=False)),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/newsletters/{self.pk}/"

    @property
    def readers(self):
        return self.school.name if self.school else "the whole district"
