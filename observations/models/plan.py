"""Plans of walks: the job that looks for the best half days, and the draft that the facilitator edits and publishes."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from people.access import VisibleQuerySet
from people.models import Role, User

from .walk import Walk

# After this the worker that took it is taken for dead: it writes how far it is every few seconds.
GIVEN_UP = dt.timedelta(minutes=2)


class OfPlannersQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Who may arrange walks at the school: a draft is nobody else's, since it names who misses which class."""
        if not user.is_authenticated:
            return self.none()
        if user.standing.is_district_facilitator:
            return self
        return self.filter(walk__school__in=user.standing.schools_as(Role.FACILITATOR))


class WalkSearchQuerySet(OfPlannersQuerySet):
    def waiting(self, at):
        """Not done, and in no worker's hands, or in those of one that has not said anything for long."""
        free = Q(claimed_at=None) | Q(claimed_at__lt=at - GIVEN_UP)
        return self.filter(free, done_at=None)


class WalkSearch(models.Model):
    """A question to the planner, as a job: for which dates, whose doors, how long; how far it is, and what it found.

    People are kept as ids in JSON lists, since they are those of a moment. `pins` and `forbids` are [visitor, host,
    minute] each, `earlier` is the plan from which as little as possible should change, `found` are the offers as
    `services.offers` packs them, `conflict` are the wishes in conflict as sentences.
    """

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="searches")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    first = models.DateField("from")
    last = models.DateField("until")
    half = models.CharField("which half of the day", max_length=10, choices=Walk.Half, blank=True)
    visitors = models.JSONField(default=list)
    hosts = models.JSONField(default=list)
    visit_minutes = models.PositiveSmallIntegerField(default=15)
    least = models.PositiveSmallIntegerField("visits of each at least", default=1)
    most = models.PositiveSmallIntegerField("visits of each at most", default=3)
    apart = models.JSONField(
        "visits of some", default=dict, blank=True, help_text="By id: [at least, at most], where not as all others."
    )
    team_least = models.PositiveSmallIntegerField(default=2)
    team_most = models.PositiveSmallIntegerField(default=4)
    pre_brief_minutes = models.PositiveSmallIntegerField(default=15)
    debrief_minutes = models.PositiveSmallIntegerField(default=20)
    meeting_room = models.CharField("where all meet", max_length=40, blank=True)
    pins = models.JSONField(default=list)
    forbids = models.JSONField(default=list)
    earlier = models.JSONField(null=True)
    claimed_at = models.DateTimeField(null=True, help_text="When its worker last said how far it is.")
    done_steps = models.PositiveSmallIntegerField(default=0)
    all_steps = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    found = models.JSONField(default=list)
    conflict = models.JSONField(default=list)
    trouble = models.CharField(max_length=200, blank=True, help_text="Why it looked at nothing.")

    objects = WalkSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["made_at"], name="plans_to_look_for", condition=Q(done_at=None))]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="plan_search_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(most__gte=F("least")), name="plan_search_most_is_not_less_than_least"),
        ]

    def __str__(self):
        return f"Plans for {self.walk_id}, {self.first} to {self.last}"

    def get_absolute_url(self):
        return f"/walks/{self.walk_id}/plan/searches/{self.pk}/"

    @property
    def is_one_half_day(self):
        """It solves the rest of a plan again, or one half day from scratch."""
        return self.first == self.last and self.half != ""


class WalkPlan(models.Model):
    """The draft of a walk's half day. `version` counts its changes: who edits what another has changed is told so.

    `plan` is the planner's Plan as JSON; `search` holds the lengths, rooms and people that it was made for.
    """

    walk = models.OneToOneField(Walk, models.CASCADE, related_name="plan")
    search = models.ForeignKey(WalkSearch, models.CASCADE, related_name="+")
    plan = models.JSONField()
    pins = models.JSONField(default=list)
    forbids = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    published_version = models.PositiveIntegerField(null=True, help_text="What stands in people's calendars.")

    objects = OfPlannersQuerySet.as_manager()

    def __str__(self):
        return f"Plan of {self.walk_id}"

    @property
    def is_published(self):
        return self.published_version == self.version
