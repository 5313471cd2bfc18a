"""What was changed in the district, and by whom: written once, kept for years, and read by its admins."""

from django.db import models
from django.db.models import Q

from .acts import ACTS
from .added_only import AddedOnly, AddedOnlyQuerySet
from .person import User
from .place import School

NO_PERSON = "Whoever runs the server"


class ChangeQuerySet(AddedOnlyQuerySet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.standing.is_admin else self.none()

    def with_names(self):
        return self.select_related("by", "person", "school")

    def about(self, name):
        """What people of this name did, and what was done about them."""
        return self.filter(Q(by__name__icontains=name) | Q(person__name__icontains=name))

    def of_kind(self, kind):
        return self.filter(act__in=[name for name, act in ACTS.items() if act.kind == kind])


class Change(AddedOnly):
    """That somebody changed a post, a setting, the menu or an approval. Only ever added to; it holds no content.

    People are named by their account alone, so that whoever is erased is "a former colleague" here as well.
    """

    act = models.CharField(max_length=40, help_text="A key of people.models.acts.ACTS.")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Nobody, at a command line.")
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Whom it is about.")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    number = models.PositiveBigIntegerField(null=True, help_text="Which hold, file, work, support or key.")
    title = models.CharField(max_length=200, blank=True, help_text="A role, a place or a support: no person's name.")
    details = models.JSONField(
        default=list, help_text="[what, before, after] of each field; of what is personal [what] alone."
    )
    made_at = models.DateTimeField()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["made_at", "id"], name="changes_by_age")]

    def __str__(self):
        return f"{self.act}, {self.made_at:%Y-%m-%d}"

    @property
    def kind(self):
        return ACTS[self.act].kind

    @property
    def who(self):
        return str(self.by or NO_PERSON)

    @property
    def sentence(self):
        """What happened, in words. Where the rows are listed, by, person and school are read along."""
        return ACTS[self.act].sentence.format(
            by=self.who,
            person=self.person,
            school=self.school,
            place=f"at {self.school}" if self.school else "for the whole district",
            number=self.number,
            title=self.title,
        )

    @property
    def path(self):
        return ACTS[self.act].path.format(number=self.number)

    @property
    def particulars(self):
        """A phrase for each field: "Time zone: from A to B", "Name: changed"."""
        return [said(*detail) for detail in self.details]


def said(what, *values):
    if not values:
        return f"{what}: changed"
    before, after = values
    if before and after:
        return f"{what}: from {before} to {after}"
    return f"{what}: {after}" if after else f"{what}: no longer {before}"
