"""Who covers, by which rules: substitutes, colleagues who offered, the school's rules, and swaps."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from people.access import VisibleQuerySet
from people.models import School, User


class SubstituteQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Those who arrange cover at a school that the substitute serves, and admins."""
        if not user.is_authenticated:
            return self.none()
        if user.standing.is_admin:
            return self
        here = Substitute.schools.through.objects.filter(school__in=user.standing.offices)
        return self.filter(pk__in=here.values("substitute"))


class Substitute(models.Model):
    """Somebody who covers classes at some schools, without an account here."""

    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    subjects = models.CharField("subjects they teach", max_length=200, blank=True)
    schools = models.ManyToManyField(School, related_name="substitutes")
    ended_on = models.DateField("no longer after", null=True, blank=True)

    objects = SubstituteQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class OfSubstituteQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(substitute__in=Substitute.objects.visible_to(user))


class SubstituteTime(models.Model):
    """When a substitute can come: a weekday of every week, or one date; or that they cannot on a date."""

    substitute = models.ForeignKey(Substitute, models.CASCADE, related_name="times")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(6)])
    day = models.DateField(null=True, blank=True)
    starts = models.TimeField(default=dt.time(7))
    ends = models.TimeField(default=dt.time(17))
    can_come = models.BooleanField(default=True)

    objects = OfSubstituteQuerySet.as_manager()

    class Meta:
        ordering = ["day", "weekday", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__isnull=False, day=None) | Q(weekday=None, day__isnull=False),
                name="substitute_time_is_a_weekday_or_a_date",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="substitute_time_ends_after_it_starts"),
        ]

    def __str__(self):
        return f"{self.substitute}, {self.day or self.weekday}"


class OfOneSchoolQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Staff of the school, its principal's deputy, and admins: rules and the duty roster are no secret."""
        if not user.is_authenticated:
            return self.none()
        standing = user.standing
        return self if standing.is_admin else self.filter(school__in=standing.schools | standing.offices)


class CoverOffer(models.Model):
    """A colleague who covers classes at the school in planning periods: their own choice, theirs to end."""

    person = models.ForeignKey(User, models.CASCADE, related_name="cover_offers")
    school = models.ForeignKey(School, models.CASCADE, related_name="cover_offers")
    made_at = models.DateTimeField()

    objects = OfOneSchoolQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "school"], name="one_cover_offer_per_school")]

    def __str__(self):
        return f"{self.person} at {self.school}"


class CoverRule(models.Model):
    """What a school has settled about cover. Without a row the defaults hold."""

    class TooMany(models.TextChoices):
        FLAG = "flag", "Say so, and let me decide"
        REFUSE = "refuse", "Refuse it"

    school = models.OneToOneField(School, models.CASCADE, related_name="cover_rule")
    lead_days = models.PositiveSmallIntegerField(
        "school days ahead", default=10, help_text="How long before the day cover is asked for."
    )
    most_a_week = models.PositiveSmallIntegerField(
        "classes a colleague covers in a week, at most", default=2, validators=[MinValueValidator(1)]
    )
    most_out = models.PositiveSmallIntegerField("people out on one day, at most", null=True, blank=True)
    too_many = models.CharField("when more would be out", max_length=6, choices=TooMany, default=TooMany.FLAG)
    year_budget = models.PositiveIntegerField("substitute periods a school year", null=True, blank=True)

    objects = OfOneSchoolQuerySet.as_manager()

    def __str__(self):
        return f"Cover at {self.school}"
