"""Who was to cover and is not any more: kept for their calendar, which has to be told that it is off."""

from django.db import models

from people.access import VisibleQuerySet
from people.models import User

from .cover import Coverage


class CoverLeftQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(person=user) if user.is_authenticated else self.none()


class CoverLeft(models.Model):
    """A class that somebody need not cover any more, and the hours that their calendar has it at."""

    coverage = models.ForeignKey(Coverage, models.CASCADE, related_name="left")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    at = models.DateTimeField("when it was off")

    objects = CoverLeftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coverage", "person"], name="a_coverer_leaves_a_class_once"),
        ]
        indexes = [models.Index(fields=["person", "at"], name="cover_left_by_a_person")]

    def __str__(self):
        return f"{self.person} no longer covers {self.coverage_id}"
