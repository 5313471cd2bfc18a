"""Swaps: one coverer asks another to take a class, in return for another or not."""

from django.db import models
from django.db.models import Q

from people.access import VisibleQuerySet
from people.models import User

from .cover import Coverage


class SwapQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(Q(asker=user) | Q(asked=user)) if user.is_authenticated else self.none()

    def waiting(self):
        return self.filter(answer="asked")


class Swap(models.Model):
    """A coverer asks a colleague to take a class that they were to cover, and takes one of theirs if one is named."""

    class Answer(models.TextChoices):
        ASKED = "asked", "Not answered yet"
        ACCEPTED = "accepted", "Swapped"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Taken back"

    coverage = models.ForeignKey(Coverage, models.CASCADE, related_name="swaps")
    in_return = models.ForeignKey(Coverage, models.CASCADE, null=True, blank=True, related_name="+")
    asker = models.ForeignKey(User, models.CASCADE, related_name="+")
    asked = models.ForeignKey(User, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.ASKED)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SwapQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coverage"], condition=Q(answer="asked"), name="one_open_swap_of_a_class_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.asker} asks {self.asked}"
