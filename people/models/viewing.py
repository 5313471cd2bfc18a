"""Who has read what belongs to others: written once, kept for years, and shown to those whose it is."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from .added_only import AddedOnly, AddedOnlyQuerySet
from .person import User
from .place import School


class ViewingQuerySet(AddedOnlyQuerySet):
    def visible_to(self, user):
        """Those whose it was; the operator, what was opened in an emergency; of a report, the staff it counts."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(author=user)
        if user.standing.is_placed:
            mine = Q(school=None) | Q(school__in=user.standing.schools)
            seen |= Q(mine, author=None)
        if user.is_superuser and user.is_active:
            seen |= Q(what=Viewing.What.EMERGENCY)
        return self.filter(seen)

    def forget_before(self, moment):
        """For retention alone: take out what was viewed before this moment. The database keeps the last year."""
        return self.filter(viewed_at__lt=moment)._raw_delete(self.db)


class Viewing(AddedOnly):
    """That somebody read what is another's, on a day: a line for each of its authors. Only ever added to."""

    class What(models.TextChoices):
        PLAN = "plan", "A plan"
        WORDS = "words", "Shared words"
        HOURS = "hours", "Hours and credits"
        REPORT = "report", "The year-end report"
        EMERGENCY = "emergency", "Words opened in an emergency"

    reader = models.ForeignKey(User, models.PROTECT, related_name="+")
    author = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Whose it is; nobody's, for counts of many."
    )
    school = models.ForeignKey(
        School, models.PROTECT, null=True, related_name="+", help_text="Of counts: one school's, or all schools'."
    )
    what = models.CharField(max_length=12, choices=What)
    object_id = models.PositiveBigIntegerField(help_text="Which plan, share, year or emergency reading.")
    title = models.CharField(max_length=200, help_text="What its author calls it; none of its words.")
    path = models.CharField(max_length=200, help_text="Where its author finds it, if anywhere.")
    door = models.CharField(max_length=60, help_text="The page on which it was read.")
    on = models.DateField()
    viewed_at = models.DateTimeField()

    objects = ViewingQuerySet.as_manager()

    class Meta:
        ordering = ["-viewed_at", "-pk"]
        indexes = [
            models.Index(fields=["author", "-viewed_at", "-id"], name="viewings_of_an_author"),
            models.Index(fields=["what", "object_id"], name="viewings_of_a_thing"),
            models.Index(fields=["viewed_at"], name="viewings_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(
                "reader",
                "what",
                "object_id",
                "on",
                Coalesce("author", Value(0)),
                Coalesce("school", Value(0)),
                name="a_viewing_once_a_day",
            )
        ]

    def __str__(self):
        return f"{self.get_what_display()}, {self.on}"
