"""What leaves the pair by name: a version of a text, shown to one reader, with the consent of those whose it is."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from people.access import VisibleQuerySet
from people.models import User

from .partnership import Partnership
from .step import Step
from .words import Entry


class HandOverQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(Q(by=user) | Q(to=user)) if user.is_authenticated else self.none()


class HandOver(models.Model):
    """That notes were handed to the colleague whose lesson they tell of: all that the observer keeps of them."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"Handed over {self.pk}"


class VersionQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(pk__in=Share.objects.visible_to(user).values("version"))


class Version(models.Model):
    """Confidential: a text as it stood when its people were asked to show it. What was agreed is what is read."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    prompt = models.CharField(max_length=200, blank=True)
    body = models.TextField(max_length=10000)
    made_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["entry", "number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="versions_of_a_text_are_numbered")]

    def __str__(self):
        return f"Version {self.number}"


class ShareQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Those whose consent it needs, always; its reader, while all of them agree."""
        if not user.is_authenticated:
            return self.none()
        asked = ShareConsent.objects.filter(share=OuterRef("pk"), person=user)
        shown = Q(reader=user, agreed_at__isnull=False, ended_at=None)
        return self.filter(Exists(asked) | shown)

    def open(self):
        return self.filter(ended_at=None)

    def shown_to(self, reader):
        return self.open().filter(reader=reader, agreed_at__isnull=False)

    def of_entry(self, entry):
        """Those by which somebody beyond the pair reads a version of this text (its id, or where it stands)."""
        return self.open().filter(version__entry=entry, agreed_at__isnull=False)

    def asked_of(self, person):
        """Those that wait for this person's word."""
        waits = ShareConsent.objects.filter(share=OuterRef("pk"), person=person, given_at=None)
        return self.open().filter(Exists(waits))


class Share(models.Model):
    """Confidential: one version of a text, for one named reader. Either of those whose it is takes it back at once."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    reader = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "reader"], condition=Q(ended_at=None), name="a_version_once_for_a_reader"
            )
        ]
        indexes = [models.Index(fields=["reader"], name="shares_of_a_reader", condition=Q(ended_at=None))]

    def __str__(self):
        return f"Share {self.pk}"

    def get_absolute_url(self):
        return f"/shown/{self.pk}/"

    @property
    def is_shown(self):
        return self.agreed_at is not None and self.ended_at is None


class ShareConsentQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Those who were asked see who has agreed; the reader does not see who was asked."""
        if not user.is_authenticated:
            return self.none()
        mine = ShareConsent.objects.filter(person=user).values("share")
        return self.filter(share__in=mine)


class ShareConsent(models.Model):
    """Confidential: somebody whose text it is, asked whether this version may be shown; `given_at` once they agreed."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)

    objects = ShareConsentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "person"], name="asked_once_about_a_share")]

    def __str__(self):
        return f"Consent to share {self.share_id}"
