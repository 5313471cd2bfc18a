"""What can be done: the menu of supports, each with its steps, and the catalogue of PD sessions."""

from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.access import VisibleQuerySet
from people.models import DistrictQuerySet, Role, School, User


class Mark(NamedTuple):
    """What a badge draws of a support, as a value: two that are equal look the same."""

    name: str
    icon: str
    hue: str
    shape: str


class SupportTypeQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Staff see what is on the menu; admins also see what was taken off it."""
        if not user.is_authenticated:
            return self.none()
        return self if user.standing.is_admin else self.on_menu()

    def on_menu(self):
        return self.filter(on_menu=True)


class SupportType(models.Model):
    """One entry of the menu. Its steps are rows, copied when somebody starts it."""

    class Depth(models.TextChoices):
        NO_CONTACT = "no_contact", "On your own time"
        LOW_STAKES = "low_stakes", "Low stakes"
        VARIES = "varies", "As deep as you choose"
        DEEP_DIVE = "deep_dive", "Deep dive"

    class Begins(models.TextChoices):
        START = "start", "Anyone starts it"
        REQUEST = "request", "A facilitator sets it up on request"
        ASSIGN = "assign", "A coaching team assigns it"
        TAKE = "take", "There is nothing to start: take the material"

    class Span(models.TextChoices):
        HALF_DAY = "half_day", "Half a day"
        DAYS = "days", "Days"
        WEEKS = "weeks", "Weeks"
        MONTHS = "months", "Months"
        YEARS = "years", "Years"

    class Origin(models.TextChoices):
        CATALOGUE = "catalogue", "Comes with peerlearn"
        DISTRICT = "district", "Made by the district"

    class Hue(models.TextChoices):
        TEAL = "teal", "Teal"
        AMBER = "amber", "Amber"
        PLUM = "plum", "Plum"
        MOSS = "moss", "Moss"
        RUST = "rust", "Rust"
        SKY = "sky", "Sky"
        ROSE = "rose", "Rose"
        SLATE = "slate", "Slate"
        GOLD = "gold", "Gold"
        INDIGO = "indigo", "Indigo"

    class Shape(models.TextChoices):
        CIRCLE = "circle", "Circle"
        SQUARE = "square", "Square"
        DIAMOND = "diamond", "Diamond"
        HEXAGON = "hexagon", "Hexagon"
        LEAF = "leaf", "Leaf"
        SHIELD = "shield", "Shield"
        OCTAGON = "octagon", "Octagon"
        DROP = "drop", "Drop"
        ARCH = "arch", "Arch"
        FLOWER = "flower", "Flower"

    slug = models.SlugField(unique=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.CATALOGUE)
    edited_at = models.DateTimeField(null=True, blank=True, help_text="When the district last changed its words.")
    position = models.PositiveSmallIntegerField(default=0)
    on_menu = models.BooleanField("on the menu", default=True)
    name = models.CharField(max_length=60)
    depth = models.CharField(max_length=20, choices=Depth)
    begins = models.CharField(max_length=10, choices=Begins)
    question = models.CharField("the question that it answers", max_length=160)
    summary = models.TextField()
    for_whom = models.TextField("who it is for", blank=True)
    goal = models.CharField(max_length=200)
    focus_area = models.CharField(max_length=200)
    focus_examples = models.JSONField(default=list, blank=True)
    duration = models.CharField(max_length=120, help_text="As people say it: days, weeks or months.")
    spans = models.JSONField(default=list, help_text="For the filter: half_day, days, weeks, months, years.")
    usual_days = models.PositiveSmallIntegerField(default=60, help_text="What the timeline suggests at first.")
    measured_by = models.CharField(max_length=200)
    time_cost = models.CharField("what it costs in time", max_length=80, help_text="45 minutes")
    class_cost = models.CharField("what it costs in class time", max_length=80, help_text="No class missed")
    people_at_least = models.PositiveSmallIntegerField(default=1)
    people_at_most = models.PositiveSmallIntegerField(default=8)
    follows_session = models.BooleanField("grows out of a PD session", default=False)
    icon = models.CharField(max_length=40, default="people")
    hue = models.CharField("colour", max_length=20, choices=Hue, default=Hue.TEAL)
    shape = models.CharField(max_length=20, choices=Shape, default=Shape.CIRCLE)

    objects = SupportTypeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/menu/{self.slug}/"

    @property
    def mark(self):
        return Mark(self.name, self.icon, self.hue, self.shape)

    @property
    def has_workflow(self):
        return self.begins != self.Begins.TAKE


class StepWords(models.Model):
    """What a step says and asks: the same in the menu and in the copy that a partnership works through."""

    class Actor(models.TextChoices):
        MEMBERS = "members", "Any of the partners"
        LEAD = "lead", "Whoever leads"
        COACH = "coach", "The coach"
        FACILITATOR = "facilitator", "The facilitator"
        PRINCIPAL = "principal", "The principal"
        TEACHER_LEADER = "teacher_leader", "The teacher leader"

    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    guidance = models.TextField(blank=True)
    actor = models.CharField(max_length=20, choices=Actor, default=Actor.MEMBERS)
    each_member = models.BooleanField(default=False)
    optional = models.BooleanField(default=False)
    config = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    WORDS = ("key", "position", "kind", "title", "guidance", "actor", "each_member", "optional", "config")

    def words(self):
        """The fields to copy from one step to another."""
        return {name: getattr(self, name) for name in self.WORDS}


class StepTemplate(StepWords):
    """A step as the menu has it."""

    support = models.ForeignKey(SupportType, models.CASCADE, related_name="steps")
    due_after_days = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["support", "key"], name="step_keys_differ_in_a_support")]

    def __str__(self):
        return self.title


class Responsibility(models.Model):
    """What a person in a role undertakes in a support."""

    class Part(models.TextChoices):
        TEACHER = "teacher", "Teacher"
        PARTNER = "partner", "Partner"
        HOST = "host", "Host"
        COACH = "coach", "Coach"
        TEACHER_LEADER = "teacher_leader", "Teacher leader"
        FACILITATOR = "facilitator", "Facilitator"
        PRINCIPAL = "principal", "Principal"

    support = models.ForeignKey(SupportType, models.CASCADE, related_name="responsibilities")
    position = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=20, choices=Part)
    text = models.TextField()

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"{self.get_part_display()}: {self.text}"


class Resource(models.Model):
    """A conversation protocol, or material to take away, in Markdown."""

    class Kind(models.TextChoices):
        PROTOCOL = "protocol", "Conversation protocol"
        MATERIAL = "material", "Material"

    support = models.ForeignKey(SupportType, models.CASCADE, related_name="resources")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=80)
    body = models.TextField()

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position"]

    def __str__(self):
        return self.title


class ApprovalRule(models.Model):
    """Whether a school's principal approves plans of this type; a row for all schools gives way to a school's own."""

    support = models.ForeignKey(SupportType, models.CASCADE, related_name="approval_rules")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="approval_rules")
    needed = models.BooleanField(default=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["support", "school"], name="one_approval_rule_per_support_and_school"),
            models.UniqueConstraint(
                fields=["support"], condition=Q(school=None), name="one_approval_rule_for_all_schools"
            ),
        ]

    def __str__(self):
        return f"{self.support}, {self.school or 'all schools'}: {'needed' if self.needed else 'not needed'}"


class PDSessionQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Staff see what is on offer; its leader, facilitators and admins also see what was withdrawn."""
        if not user.is_authenticated:
            return self.none()
        if user.standing.holds(Role.ADMIN, Role.FACILITATOR):
            return self
        return self.filter(Q(withdrawn_at=None) | Q(leader=user))

    def on_offer(self):
        return self.filter(withdrawn_at=None)

    def mentioning(self, words):
        """Those that hold each of the words, in the title or in what it was about."""
        rows = self
        for word in words.split()[:8]:
            rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(focus_area__icontains=word))
        return rows


class PDSession(models.Model):
    """A teacher-led session of the PD catalogue, which colleagues can follow up on."""

    title = models.CharField(max_length=120)
    held_on = models.DateField()
    leader = models.ForeignKey(User, models.PROTECT, related_name="pd_sessions", verbose_name="teacher leader")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="pd_sessions")
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    summary = models.TextField()
    goal = models.CharField(max_length=300)
    focus_area = models.CharField(max_length=200)
    measured_by = models.CharField(max_length=200)
    materials = models.TextField(blank=True, help_text="Links or a list, in Markdown.")
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PDSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["-held_on", "-id"], name="pd_sessions_newest_first")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/pd/{self.pk}/"

    @property
    def length(self):
        return f"{self.hours.normalize():f} hour{'' if self.hours == 1 else 's'}"
