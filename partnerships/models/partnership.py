"""A partnership, its members, and the requests that lead to one."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from people.access import VisibleQuerySet
from people.models import Role, School, SchoolYear, User
from supports.models import PDSession, SupportType


def sees_all(user):
    """Whether a post shows the person every partnership of the district."""
    return user.is_authenticated and (user.standing.is_admin or user.standing.is_district_facilitator)


def of_visible(rows, user):
    """Of rows that belong to partnerships, those of partnerships that the person sees."""
    return rows if sees_all(user) else rows.filter(partnership__in=Partnership.objects.visible_to(user))


class PartnershipQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Its people; the facilitators and principals of its members' schools, and admins, by their post.

        A post shows that the work exists and how far it is. What its people wrote has doors of its own.
        """
        if not user.is_authenticated:
            return self.none()
        if sees_all(user):
            return self
        known = Q(person=user)
        schools = user.standing.schools_as(Role.FACILITATOR, Role.PRINCIPAL) | user.standing.deputised_schools
        if schools:
            known |= Q(school__in=schools)
        # Exists, so that one partnership is found by its own members, and not among all that a school ever had.
        members = Member.objects.filter(known, state__in=[Member.State.ACTIVE, Member.State.INVITED])
        return self.filter(Exists(members.filter(partnership=OuterRef("pk"))))

    def of(self, person):
        return self.filter(pk__in=Member.objects.active().filter(person=person).values("partnership"))

    def under_way(self):
        return self.filter(status=Partnership.Status.ACTIVE)

    def calling(self):
        """Those that look for partners in the open."""
        return self.under_way().exclude(call="").filter(call_closed_at=None)


class Partnership(models.Model):
    """Colleagues at work on one support. Its steps are a copy of the menu's, so that menu edits never move it."""

    class Status(models.TextChoices):
        ACTIVE = "active", "Under way"
        COMPLETED = "completed", "Completed"
        CANCELLED = "cancelled", "Withdrawn"

    support = models.ForeignKey(SupportType, models.PROTECT, related_name="partnerships")
    school = models.ForeignKey(School, models.PROTECT, related_name="partnerships")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="partnerships")
    session = models.ForeignKey(PDSession, models.PROTECT, null=True, blank=True, related_name="follow_ups")
    renewed_from = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="renewed_as")
    started_by = models.ForeignKey(User, models.PROTECT, related_name="partnerships_started")
    started_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    starts_on = models.DateField()
    ends_on = models.DateField()
    revisit_on = models.DateField(null=True, blank=True, help_text="When a timeline of a year is looked at again.")
    completed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    call = models.CharField("what you are looking for", max_length=300, blank=True)
    call_made_at = models.DateTimeField(null=True, blank=True)
    call_closed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="partnerships_newest_first"),
            models.Index(fields=["-changed_at", "-id"], name="partnerships_under_way", condition=Q(status="active")),
            models.Index(fields=["year", "school", "support"], name="partnerships_for_the_report"),
            models.Index(
                fields=["-call_made_at", "-id"],
                name="partnerships_calling",
                condition=Q(status="active", call_closed_at=None) & ~Q(call=""),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="partnership_ends_after_it_starts")
        ]

    def __str__(self):
        return f"{self.support} {self.pk}"

    def get_absolute_url(self):
        return f"/partnerships/{self.pk}/"

    @property
    def thread(self):
        """The name under which notices and events of this partnership are filed."""
        return f"partnership:{self.pk}"

    @property
    def is_active(self):
        return self.status == self.Status.ACTIVE


class HappeningQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return of_visible(self, user)


class MemberQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Those of the partnerships that the person sees; one's own row also after one said no or left."""
        if not user.is_authenticated:
            return self.none()
        if sees_all(user):
            return self
        return self.filter(Q(person=user) | Q(partnership__in=Partnership.objects.visible_to(user)))

    def active(self):
        return self.filter(state=Member.State.ACTIVE)


class Member(models.Model):
    """A person in a partnership: asked, taking part, or gone."""

    class Part(models.TextChoices):
        LEAD = "lead", "Leads"
        PARTNER = "partner", "Partner"
        COACH = "coach", "Coach"
        TEACHER_LEADER = "teacher_leader", "Teacher leader"

    class State(models.TextChoices):
        INVITED = "invited", "Invited"
        ACTIVE = "active", "Taking part"
        DECLINED = "declined", "Declined"
        LEFT = "left", "Left"

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="members")
    person = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    school = models.ForeignKey(School, models.PROTECT, related_name="+", help_text="Where they work at the time.")
    part = models.CharField(max_length=20, choices=Part, default=Part.PARTNER)
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "person"], name="person_once_in_a_partnership"),
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(part="lead", state="active"), name="one_lead_in_a_partnership"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="memberships_of_a_person")]

    def __str__(self):
        return f"{self.person} in {self.partnership_id}"


class HelpRequestQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """The asker, and the facilitators of the asker's school."""
        if not user.is_authenticated:
            return self.none()
        if user.standing.is_district_facilitator:
            return self
        return self.filter(Q(asker=user) | Q(school__in=user.standing.schools_as(Role.FACILITATOR)))

    def waiting(self):
        return self.filter(answered_at=None, withdrawn_at=None)


class HelpRequest(models.Model):
    """Somebody asks the facilitator: help me find a partner, or set up a walk."""

    class Wish(models.TextChoices):
        PARTNER = "partner", "Help finding a partner"
        SET_UP = "set_up", "Set this up with me"
        STALLED = "stalled", "We are stuck"

    asker = models.ForeignKey(User, models.CASCADE, related_name="help_requests")
    school = models.ForeignKey(School, models.PROTECT, related_name="help_requests")
    wish = models.CharField(max_length=10, choices=Wish)
    support = models.ForeignKey(SupportType, models.PROTECT, related_name="help_requests")
    partnership = models.ForeignKey(Partnership, models.SET_NULL, null=True, blank=True, related_name="help_requests")
    words = models.TextField("what would help", max_length=1000)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True, max_length=1000)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        indexes = [
            models.Index(
                fields=["-answered_at", "made_at", "id"], name="help_answered_last", condition=Q(withdrawn_at=None)
            )
        ]

    def __str__(self):
        return f"{self.get_wish_display()}: {self.asker}"


class Happening(models.Model):
    """Append-only: who did what to a partnership and when. It holds no words of its people."""

    class Verb(models.TextChoices):
        STARTED = "started", "started it"
        JOINED = "joined", "joined"
        DECLINED = "declined", "declined"
        LEFT = "left", "left"
        LED = "led", "took over the lead"
        FINISHED_STEP = "finished_step", "finished a step"
        SKIPPED_STEP = "skipped_step", "skipped a step"
        ASKED = "asked", "asked for approval"
        RETURNED = "returned", "returned the plan"
        APPROVED = "approved", "approved the plan"
        COMPLETED = "completed", "completed it"
        REOPENED = "reopened", "opened it again"
        WITHDREW = "withdrew", "withdrew it"
        RENEWED = "renewed", "renewed it"
        RETIMED = "retimed", "changed the timeline"

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="happenings")
    verb = models.CharField(max_length=20, choices=Verb)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    step_title = models.CharField(max_length=80, blank=True)

    objects = HappeningQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.by} {self.get_verb_display()}"
