"""The steps of a partnership: copies of the menu's, with words, dates and people of their own."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from people.access import VisibleQuerySet
from people.models import User
from supports.models import StepWords

from .partnership import Member, Partnership, of_visible


class StepQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """That a step exists and is done is seen by whoever sees the partnership; what was written in it is not."""
        return of_visible(self, user)

    def unfinished(self):
        return self.filter(completed_at=None, skipped_at=None)

    def current(self):
        """Unfinished rows at the lowest unfinished position of a partnership under way: derived, never stored."""
        earlier = Step.objects.unfinished().filter(
            partnership=OuterRef("partnership"), position__lt=OuterRef("position")
        )
        return self.unfinished().filter(~Exists(earlier), partnership__status=Partnership.Status.ACTIVE)

    def for_member(self, person):
        """Rows that anyone may do, and the person's own among those that each does."""
        return self.filter(Q(member=None) | Q(member__person=person))


class Step(StepWords):
    """One step of one partnership; one row for each member where each does it."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="steps")
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="steps")
    share = models.FloatField(default=0, help_text="How far along the timeline it falls due, from 0 to 1.")
    due_on = models.DateField(null=True, blank=True)
    times_returned = models.PositiveSmallIntegerField(default=0)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    skipped_at = models.DateTimeField(null=True, blank=True)
    skipped_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    skip_reason = models.CharField(max_length=200, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "key"], condition=Q(member=None), name="step_once_in_a_partnership"
            ),
            models.UniqueConstraint(fields=["partnership", "key", "member"], name="step_once_for_each_member"),
        ]
        indexes = [
            models.Index(fields=["partnership", "position"], name="steps_in_order"),
            models.Index(
                fields=["partnership", "position"],
                name="steps_unfinished",
                condition=Q(completed_at=None, skipped_at=None),
            ),
            models.Index(
                fields=["partnership", "position"],
                name="steps_of_facilitators",
                condition=Q(actor="facilitator", completed_at=None, skipped_at=None),
            ),
            models.Index(fields=["due_on"], name="steps_by_due", condition=Q(completed_at=None, skipped_at=None)),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/partnerships/{self.partnership_id}/steps/{self.pk}/"

    @property
    def is_finished(self):
        return bool(self.completed_at or self.skipped_at)
