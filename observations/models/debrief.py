"""The debrief of a walk: what the group noticed, by number and without names, what each tries, and the thanks."""

from django.db import models
from django.db.models import Q

from people.access import VisibleQuerySet
from people.models import User

from .walk import Walk, WalkPlace


class DebriefQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Those who walked and the facilitator who leads it, once the notes are on the table. By number, no hosts."""
        if not user.is_authenticated:
            return self.none()
        walked = WalkPlace.objects.taken().filter(person=user).values("walk")
        among = Q(walk__in=walked) | Q(walk__facilitator=user)
        return self.filter(among, walk__notes_published_at__isnull=False)


class Pattern(models.Model):
    """Confidential: a line that the group gathers. It has no author, since it belongs to all of them."""

    class Kind(models.TextChoices):
        PATTERN = "pattern", "Pattern"
        WONDERING = "wondering", "Wondering"

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField(max_length=1000)
    version = models.PositiveIntegerField(default=1)

    objects = DebriefQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"Line {self.pk}"


class NextTry(models.Model):
    """Confidential: what a participant will try, and on which day they want to be reminded of it."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    words = models.CharField("what I will try", max_length=300)
    on = models.DateField("on which day")
    tried_on = models.DateField(null=True, blank=True)

    objects = DebriefQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["walk", "person"], name="one_next_step_after_a_walk")]

    def __str__(self):
        return f"Next step {self.pk}"


class ThanksDraft(models.Model):
    """Confidential: what the group noticed with thanks, under the number of a visit. Gone once it was sent."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=1000)
    version = models.PositiveIntegerField(default=1)

    objects = DebriefQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["walk", "number"], name="one_draft_of_thanks_for_each_visit")]

    def __str__(self):
        return f"Draft {self.pk}"


class HostThanksQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """The host alone."""
        return self.filter(host=user) if user.is_authenticated else self.none()


class HostThanks(models.Model):
    """Confidential: the "we noticed" note that a host was sent. Nobody else can open it, and it has no number."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="+")
    host = models.ForeignKey(User, models.PROTECT, related_name="+")
    words = models.TextField(max_length=4000)
    on = models.DateField()

    objects = HostThanksQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["walk", "host"], name="a_host_is_thanked_once_for_a_walk")]

    def __str__(self):
        return f"Thanks {self.pk}"


class StaffNoteQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """The group while it is written; the staff of the school once all have agreed and it was sent."""
        if not user.is_authenticated:
            return self.none()
        walked = WalkPlace.objects.taken().filter(person=user).values("walk")
        among = Q(walk__in=walked) | Q(walk__facilitator=user)
        sent = Q(sent_on__isnull=False, walk__school__in=user.standing.schools)
        return self.filter(among & Q(walk__notes_published_at__isnull=False) | sent)


class StaffNote(models.Model):
    """Confidential until all who walked agree: a "we noticed" note to the staff of the school."""

    walk = models.OneToOneField(Walk, models.CASCADE, related_name="+")
    words = models.TextField(max_length=2000)
    version = models.PositiveIntegerField(default=1)
    sent_on = models.DateField(null=True, blank=True)

    objects = StaffNoteQuerySet.as_manager()

    def __str__(self):
        return f"Note to the staff {self.pk}"


class YesQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(note__in=StaffNote.objects.visible_to(user))


class StaffNoteYes(models.Model):
    """Confidential: a participant agrees to the note to the staff, as it stood in that version."""

    note = models.ForeignKey(StaffNote, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()

    objects = YesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "person", "version"], name="one_yes_to_each_version_of_a_note")
        ]

    def __str__(self):
        return f"Yes {self.pk}"


class OwnReflectionQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(person=user) if user.is_authenticated else self.none()


class WalkReflection(models.Model):
    """Confidential: how a participant looks back on a walk that belongs to no partnership. Theirs alone."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    words = models.TextField(max_length=10000)
    on = models.DateField()

    objects = OwnReflectionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["walk", "person"], name="one_reflection_on_a_walk")]

    def __str__(self):
        return f"Reflection {self.pk}"
