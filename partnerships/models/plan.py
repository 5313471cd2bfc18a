"""The plan that partners make, its milestones, and the answers of their principals."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from people.access import VisibleQuerySet
from people.models import Deputy, Post, Role, School, User

from .partnership import Member, Partnership


def readers_of_plans(user, *, of="pk"):
    """Q over Partnership: whose plans the person may read: members, their facilitators, principals and deputies.

    `of` names the partnership in rows that belong to one. TRUST, "plan": an admin sees that it exists, and reads it
    only where she approves it.
    """
    if not user.is_authenticated:
        return Q(pk__in=[])
    if user.standing.is_district_facilitator:
        return Q(pk__gt=0)
    mine = Q(person=user)
    if schools := user.standing.schools_as(Role.FACILITATOR, Role.PRINCIPAL) | user.standing.deputised_schools:
        mine |= Q(school__in=schools)
    taking_part = Member.objects.filter(state__in=[Member.State.ACTIVE, Member.State.INVITED])
    readers = Q(Exists(taking_part.filter(mine, partnership=OuterRef(of))))
    if user.standing.is_admin:
        readers |= Q(Exists(Approval.objects.left_to_admins(user).filter(partnership=OuterRef(of))))
    return readers


class PlanQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(readers_of_plans(user, of="partnership"))


class Plan(models.Model):
    """Goal, approach, timeline, and what is asked of the principal: read by her, and not confidential."""

    class Approach(models.TextChoices):
        DISCUSSION = "discussion", "A discussion group"
        BOOK_STUDY = "book_study", "A book that we study together"
        APPLY_PD = "apply_pd", "Putting earlier PD into practice"
        OBSERVE = "observe", "Observing each other and sharing feedback"
        MATERIALS = "materials", "Making materials or curriculum"
        LESSONS = "lessons", "Planning lessons and looking at the results"
        EXPERIMENT = "experiment", "Trying out methods"
        OWN = "own", "Something of our own"

    partnership = models.OneToOneField(Partnership, models.CASCADE, related_name="plan")
    goal = models.TextField("goal or question", blank=True, max_length=1000)
    approach = models.CharField(max_length=20, choices=Approach, blank=True)
    own_approach = models.CharField("our own approach", max_length=200, blank=True)
    objective = models.TextField("what we want to reach", blank=True, max_length=2000)
    success = models.TextField("how we will know that it worked", blank=True, max_length=2000)
    resources = models.TextField("resources that we ask for", blank=True, max_length=1000)
    direction = models.TextField("what we ask for direction on", blank=True, max_length=1000)
    coverage = models.TextField("class time that needs cover", blank=True, max_length=1000)
    changed_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    def __str__(self):
        return f"Plan of {self.partnership_id}"


class Milestone(models.Model):
    """A date that partners set themselves on the way; reminded of like a step."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=120)
    due_on = models.DateField()
    reached_at = models.DateTimeField(null=True, blank=True)
    reached_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], name="milestones_by_due", condition=Q(reached_at=None))]

    def __str__(self):
        return self.title


class PlanVersion(models.Model):
    """The plan as it was sent to the principal, so that she sees what changed when it comes back."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="plan_versions")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["partnership", "number"], name="plan_versions_are_numbered")]

    def __str__(self):
        return f"Version {self.number}"


class ApprovalQuerySet(PlanQuerySet):
    def waiting(self):
        return self.filter(decision="", partnership__status=Partnership.Status.ACTIVE)

    def for_principal(self, user):
        """Those that the person decides on as the school's principal or a deputy: not where they take part."""
        schools = user.standing.schools_as(Role.PRINCIPAL) | user.standing.deputised_schools
        theirs = Member.objects.active().filter(person=user).values("partnership")
        return self.filter(school__in=schools).exclude(partnership__in=theirs)

    def left_to_admins(self, user):
        """Open ones of schools where no principal or deputy is left outside the work, and those that she decided."""
        taking_part = Member.objects.active().filter(partnership=OuterRef(OuterRef("partnership"))).values("person")
        principals = Post.objects.current().filter(role=Role.PRINCIPAL, school=OuterRef("school"))
        deputies = Deputy.objects.on(timezone.localdate()).filter(school=OuterRef("school"), deputy__is_active=True)
        led = Exists(principals.exclude(user__in=taking_part)) | Exists(deputies.exclude(deputy__in=taking_part))
        return self.filter(Q(~led, decision="") | Q(decided_by=user))


class Approval(models.Model):
    """One school's answer to one version of a plan. A plan is approved or returned, never denied."""

    class Decision(models.TextChoices):
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned with comments"

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="approvals")
    step = models.ForeignKey("partnerships.Step", models.CASCADE, related_name="approvals")
    school = models.ForeignKey(School, models.PROTECT, related_name="approvals")
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="approvals")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    on_resources = models.TextField("answer on resources", blank=True, max_length=1000)
    on_direction = models.TextField("answer on direction", blank=True, max_length=1000)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["step", "school", "version"], name="one_approval_per_school_and_version"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__gte=F("asked_at"))),
                name="a_decision_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "asked_at"], name="approvals_waiting", condition=Q(decision="")),
            models.Index(fields=["school", "-decided_at"], name="approvals_decided", condition=~Q(decision="")),
        ]

    def __str__(self):
        return f"{self.school}, version {self.version_id}"

    def get_absolute_url(self):
        return f"/approvals/{self.pk}/"


class RemarkQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(approval__in=Approval.objects.visible_to(user))


class Remark(models.Model):
    """What a principal says about one section of a plan."""

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="remarks")
    section = models.CharField(max_length=20)
    text = models.TextField(max_length=1000)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["approval", "section"], name="one_remark_per_section")]

    def __str__(self):
        return self.section
