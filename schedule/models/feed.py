"""The private addresses under which calendar programmes read."""

from django.db import models
from django.utils import timezone

from people.access import VisibleQuerySet
from people.models import User

from .event import Event


class FeedQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(person=user) if user.is_authenticated else self.none()


class Feed(models.Model):
    """A private address under which a person's calendar programme reads: one for each thing that they follow.

    `scope` is "own" for their own dates, the name of a thread such as "partnership:12" for those of one piece of work,
    or "school:3" for the busy time of a school. Whether they may still read it is asked each time.
    """

    OWN = "own"

    person = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    scope = models.CharField(max_length=60, default=OWN)
    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "scope"], name="one_feed_for_each_scope")]

    def __str__(self):
        return f"Feed of {self.person}: {self.scope}"


class TakenOff(models.Model):
    """A person who was taken off an event, and what their calendar showed of it: it says "cancelled" for a while.

    Later changes of the event are no longer theirs to know, so the times are kept as they were.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="taken_off")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    times = models.PositiveSmallIntegerField(default=1, help_text="How often: each counts in the feed's SEQUENCE.")
    sequence = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="person_taken_off_known_once")]
        indexes = [models.Index(fields=["person", "starts_at"], name="taken_off_of_a_person")]

    def __str__(self):
        return f"{self.person} off {self.event}"
