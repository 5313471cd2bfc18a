"""The timetable: who teaches what, when and where."""

from django.db import models
from django.db.models import F, Q

from people.access import VisibleQuerySet
from people.models import School, User


class TimetableQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Staff of the school, and those who serve the whole district."""
        if not user.is_authenticated:
            return self.none()
        standing = user.standing
        if standing.is_admin or standing.is_district_facilitator:
            return self
        return self.filter(school__in=standing.schools | standing.deputised_schools)

    def holding(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Timetable(models.Model):
    """A school's timetable from a date on, until the next one replaces it."""

    school = models.ForeignKey(School, models.CASCADE, related_name="timetables")
    starts_on = models.DateField("holds from")
    ends_on = models.DateField("last day", null=True, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True, help_text="When its slots were last changed.")

    objects = TimetableQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="timetable_ends_after_it_starts"),
            models.UniqueConstraint(fields=["school", "starts_on"], name="one_timetable_from_a_date_on"),
        ]

    def __str__(self):
        return f"{self.school} from {self.starts_on}"


class SlotQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """One's own; those of the school for its staff, who plan around each other."""
        if not user.is_authenticated:
            return self.none()
        standing = user.standing
        if standing.is_admin or standing.is_district_facilitator:
            return self
        near = standing.schools | standing.deputised_schools
        return self.filter(Q(teacher=user) | Q(timetable__school__in=near))


class TeachingSlot(models.Model):
    """A period of a day of the cycle that a person teaches, or has a duty in.

    Day and period are kept as the cycle's position and the period's name, so that other bells leave it standing.
    Co-teachers have a row each, with the same class.
    """

    class Kind(models.TextChoices):
        CLASS = "class", "Class"
        DUTY = "duty", "Duty or meeting"

    timetable = models.ForeignKey(Timetable, models.CASCADE, related_name="slots")
    teacher = models.ForeignKey(User, models.CASCADE, related_name="teaching_slots")
    position = models.PositiveSmallIntegerField("day of the cycle")
    period = models.CharField(max_length=20)
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.CLASS)
    class_name = models.CharField("class", max_length=80, blank=True)
    room = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=80, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["position", "period", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["timetable", "teacher", "position", "period", "class_name", "subject", "room"],
                name="a_slot_stands_once_in_a_timetable",
            ),
        ]
        indexes = [
            models.Index(fields=["teacher", "timetable"], name="slots_of_a_teacher"),
            models.Index(fields=["timetable", "position", "period"], name="slots_of_a_period"),
        ]

    def __str__(self):
        return f"{self.what}, day {self.position}, period {self.period}"

    @property
    def what(self):
        return self.class_name or self.subject or self.get_kind_display()
