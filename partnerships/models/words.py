"""Confidential: what colleagues write for each other.

Every model here hides its reverse relations (`related_name="+"`), is registered in no admin, and is joined by no
report. Its doors are these querysets and nothing else; a post (principal, admin, operator) opens none of them.
"""

from django.db import models
from django.db.models import Q

from people.access import VisibleQuerySet
from people.models import School, User

from .partnership import Member, Partnership
from .step import Step


class EntryQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Its author; the partnership's members where it is shared with them; a school's staff once it is released.

        What was handed over is read by the colleague whose lesson it tells of, and by nobody else, its author neither.
        """
        if not user.is_authenticated:
            return self.none()
        mine = Member.objects.active().filter(person=user).values("partnership")
        inside = Q(author=user) | Q(partnership__in=mine, audience__in=[Entry.Audience.PARTNERS, Entry.Audience.SCHOOL])
        released = Q(audience=Entry.Audience.SCHOOL, released_at__isnull=False, school__in=user.standing.schools)
        return self.filter(
            Q(inside, handed_over_at=None)
            | Q(about=user, handed_over_at__isnull=False)
            | Q(released, ~Q(kind__in=Entry.OF_THE_PAIR), handed_over_at=None)
        )

    def written_by(self, person):
        return self.filter(author=person, handed_over_at=None)

    def theirs(self, person):
        """What the person may keep, share or throw away: their own, and what was handed over to them."""
        return self.filter(Q(author=person, handed_over_at=None) | Q(about=person, handed_over_at__isnull=False))


class Entry(models.Model):
    """A text that belongs to its author: private unless the author shares it."""

    class Kind(models.TextChoices):
        GOAL = "goal", "Own goal"
        REFLECTION = "reflection", "Reflection"
        NOTE = "note", "Note"
        CYCLE = "cycle", "Cycle"
        DATUM = "datum", "Data log"
        ANALYSIS = "analysis", "Analysis"
        FINDING = "finding", "Finding"
        SUMMARY = "summary", "Summary"
        CONTACT = "contact", "Contact"
        MESSAGE = "message", "Message"

    # What tells of a colleague or is said between partners: never the whole staff's to read.
    OF_THE_PAIR = (Kind.NOTE, Kind.CONTACT, Kind.MESSAGE)

    class Audience(models.TextChoices):
        PRIVATE = "private", "Only me"
        PARTNERS = "partners", "My partners and me"
        SCHOOL = "school", "The staff of my school"

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="+")
    about = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Whose lesson it tells of."
    )
    handed_over_at = models.DateTimeField(null=True, blank=True, help_text="Since when it is theirs alone.")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    prompt = models.CharField(max_length=200, blank=True, help_text="The question that it answers, as it was asked.")
    body = models.TextField(max_length=10000)
    on = models.DateField(null=True, blank=True, help_text="The day that it tells of.")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PRIVATE)
    joint = models.BooleanField(
        default=False, help_text="Written by the partners together: all must agree to share it."
    )
    released_at = models.DateTimeField(
        null=True, blank=True, help_text="When it left the pair, with all their consent."
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(fields=["partnership", "kind", "made_at"], name="entries_of_a_partnership"),
            models.Index(fields=["school", "kind"], name="entries_released", condition=Q(released_at__isnull=False)),
            models.Index(fields=["about"], name="entries_handed_over", condition=Q(handed_over_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_over_at=None) | Q(about__isnull=False, audience="private", released_at=None),
                name="what_is_handed_over_has_one_reader",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(audience="school"), name="only_what_is_shared_with_a_school_leaves"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def owner_id(self):
        """Whose it is today: the author's, until it is handed over."""
        return self.about_id if self.handed_over_at else self.author_id

    @property
    def is_of_the_pair(self):
        return self.kind in self.OF_THE_PAIR


class OwnWordsQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(person=user) if user.is_authenticated else self.none()


class ConsentQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(entry__in=Entry.objects.visible_to(user))


class Consent(models.Model):
    """A member agrees that a joint text may leave the partnership."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="consent_once_per_person")]

    def __str__(self):
        return f"Consent {self.pk}"


class StepDraft(models.Model):
    """What a person has typed into a step and not sent."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = OwnWordsQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "person"], name="one_draft_per_step_and_person")]

    def __str__(self):
        return f"Draft {self.pk}"


class QuickReflection(models.Model):
    """Fist to five, and what comes next: the person's own, counted only in groups of five or more."""

    class NextStep(models.TextChoices):
        KEEP = "keep", "Keep it as it is"
        EXPAND = "expand", "Expand it"
        REVISE = "revise", "Revise it"
        DROP = "drop", "Drop it"

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    step = models.ForeignKey(Step, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    fist_to_five = models.PositiveSmallIntegerField(null=True, blank=True)
    next_step = models.CharField(max_length=10, choices=NextStep, blank=True)
    made_at = models.DateTimeField()

    objects = OwnWordsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "person"], name="one_quick_reflection_per_step"),
            models.CheckConstraint(
                condition=Q(fist_to_five=None) | Q(fist_to_five__lte=5), name="fist_to_five_is_0_to_5"
            ),
        ]

    def __str__(self):
        return f"Quick reflection {self.pk}"


class SelfAssessment(models.Model):
    """How close a person feels to their own goal, before and after: by nobody else, ever."""

    class Moment(models.TextChoices):
        BEFORE = "before", "Before"
        AFTER = "after", "After"

    class Level(models.IntegerChoices):
        NOT_YET = 1, "I have not begun"
        FIRST_STEPS = 2, "I have taken first steps"
        ON_THE_WAY = 3, "I am on the way"
        NEARLY = 4, "I am nearly there"
        THERE = 5, "It is part of how I work"

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    moment = models.CharField(max_length=10, choices=Moment)
    level = models.PositiveSmallIntegerField(choices=Level)
    made_at = models.DateTimeField()

    objects = OwnWordsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person", "moment"], name="one_self_assessment_before_and_one_after"
            ),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="self_assessment_is_1_to_5"),
        ]

    def __str__(self):
        return f"Self-assessment {self.pk}"
