"""What a walk looks for: the district's sets in versions, the pre-brief that chooses from them, and who has read it."""

from django.db import models
from django.db.models import Q

from people.access import VisibleQuerySet
from people.models import User

from .walk import Walk, WalkPartQuerySet, WalkPlace, WalkVisit

MOST_LOOK_FORS = 12


class StaffQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Written for the staff: whoever holds a post."""
        return self.all() if user.is_authenticated and user.standing.is_placed else self.none()


class LookForSet(models.Model):
    """A set of look-fors that walks of the district choose from. Its lines stand in its versions."""

    name = models.CharField(max_length=80, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = StaffQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/look-fors/{self.pk}/"


class BriefQuerySet(WalkPartQuerySet):
    def own(self, user):
        """The team, and the hosts: whoever is watched may know what for."""
        walked = WalkPlace.objects.taken().filter(person=user).values("walk")
        return Q(walk__in=walked) | Q(walk__in=WalkVisit.objects.filter(host=user).values("walk"))


class VersionQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Those of the district's sets: the staff; lines of one walk alone: whoever sees its pre-brief."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(pk__in=Brief.objects.visible_to(user).values("look_fors"))
        return self.filter(seen | Q(set__isnull=False) if user.standing.is_placed else seen)


class LookForVersion(models.Model):
    """The lines of a set as they once were: it never changes, and a walk keeps the one that it chose.

    Without a set, its lines were written for one walk.
    """

    set = models.ForeignKey(LookForSet, models.CASCADE, null=True, blank=True, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["set", "number"]
        constraints = [models.UniqueConstraint(fields=["set", "number"], name="versions_of_look_fors_are_numbered")]

    def __str__(self):
        return f"{self.set.name}, version {self.number}" if self.set_id else "Written for this walk"


class LookForQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(version__in=LookForVersion.objects.visible_to(user))


class LookFor(models.Model):
    """One line to look for. Nothing here rates: a line is described, counted, asked or wondered about."""

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", "Evidence: write what you see and hear"
        TALLY = "tally", "Tally: count how often"
        QUESTION = "question", "Question: ask a student, and write the answer"
        WONDERING = "wondering", "Wondering: what you ask yourself"

    version = models.ForeignKey(LookForVersion, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    label = models.CharField("what to look for", max_length=200)

    objects = LookForQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["evidence", "tally", "question", "wondering"]), name="look_fors_never_rate"
            )
        ]

    def __str__(self):
        return self.label

    @property
    def name(self):
        """What a form and a note call it."""
        return f"look_{self.pk}"

    @property
    def kind_word(self):
        return self.get_kind_display().split(":")[0]


class Brief(models.Model):
    """The pre-brief of a walk: why it walks, what the group agrees on, and what it looks for."""

    walk = models.OneToOneField(Walk, models.CASCADE, related_name="brief")
    purpose = models.TextField("why we walk", max_length=2000)
    norms = models.TextField("what we agree on", max_length=2000)
    focus = models.TextField("what we want to find out", max_length=1000)
    look_fors = models.ForeignKey(LookForVersion, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = BriefQuerySet.as_manager()

    def __str__(self):
        return f"Pre-brief {self.pk}"


class BriefReadQuerySet(WalkPartQuerySet):
    def own(self, user):
        return Q(person=user)


class BriefRead(models.Model):
    """A participant has read the pre-brief and agrees, once."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="brief_reads")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = BriefReadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["walk", "person"], name="a_pre_brief_is_acknowledged_once")]

    def __str__(self):
        return f"Read {self.pk}"
