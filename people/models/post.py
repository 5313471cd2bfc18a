"""As what: the posts that people hold, who stands in for whom, and what that makes a person today."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .place import DistrictQuerySet, School


class Role(models.TextChoices):
    TEACHER = "teacher", "Teacher"
    TEACHER_LEADER = "teacher_leader", "Teacher leader"
    COACH = "coach", "Peer coach"
    FACILITATOR = "facilitator", "Facilitator"
    PRINCIPAL = "principal", "Principal"
    FRONT_OFFICE = "front_office", "Front office"
    ADMIN = "admin", "District admin"


DISTRICT_ROLES = {Role.FACILITATOR, Role.ADMIN}


DEPUTY = "deputy"


class Standing:
    """What a person is today, and where: answers policies and querysets without a query of its own."""

    def __init__(self, posts, now):
        """`posts` may begin or end tomorrow or yesterday: what day it is, the clock of each one's school says."""
        self._schools = {}
        self.time_zone = ""
        for role, school, starts_on, ends_on, school_zone, district_zone in posts:
            today = now.astimezone(ZoneInfo(school_zone or district_zone or settings.TIME_ZONE)).date()
            if (starts_on or today) <= today <= (ends_on or today):
                self._schools.setdefault(role, set()).add(school)
                self.time_zone = school_zone or self.time_zone or district_zone

    def schools_as(self, *roles):
        """Ids of the schools where the person holds one of these roles."""
        return {school for role in roles for school in self._schools.get(role, ()) if school}

    def holds(self, *roles):
        return any(role in self._schools for role in roles)

    @property
    def is_placed(self):
        """Whether an admin has given the person any post: who has none sees nothing of the district."""
        return self.holds(*Role.values)

    @property
    def schools(self):
        return self.schools_as(*Role.values)

    @property
    def deputised_schools(self):
        """Ids of the schools where the person decides for the principal today."""
        return self.schools_as(DEPUTY)

    @property
    def is_admin(self):
        return self.holds(Role.ADMIN)

    @property
    def is_district_facilitator(self):
        return None in self._schools.get(Role.FACILITATOR, ())

    def facilitates(self, school_id):
        return self.is_district_facilitator or school_id in self._schools.get(Role.FACILITATOR, ())

    def leads(self, school_id):
        """Principal of the school, or deciding for its principal today."""
        return school_id in self.schools_as(Role.PRINCIPAL, DEPUTY)

    @property
    def offices(self):
        """Ids of the schools that the person keeps in order: as principal, deciding for her today, or front office."""
        return self.schools_as(Role.PRINCIPAL, DEPUTY, Role.FRONT_OFFICE)

    def keeps_office_of(self, school_id):
        return school_id in self.offices


class SpanQuerySet(DistrictQuerySet):
    def on(self, day):
        """Rows whose span holds the day; an open end holds every day on its side."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))

    def around(self, day):
        """Rows that hold the day, the one before or the one after: somewhere it is that day now."""
        before, after = day - dt.timedelta(days=1), day + dt.timedelta(days=1)
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=after), Q(ends_on=None) | Q(ends_on__gte=before))

    def not_over(self, day):
        """Rows that hold the day or a later one."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))


class PostQuerySet(SpanQuerySet):
    def current(self, day=None):
        return self.on(day or timezone.localdate()).filter(user__is_active=True)


class Post(models.Model):
    """A role that a person holds at a school, or for the whole district when no school is named."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="posts")
    role = models.CharField(max_length=20, choices=Role)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="posts")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "school"], condition=Q(ends_on=None), name="open_post_once_per_school"
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(school=None, ends_on=None),
                name="open_post_once_for_the_district",
            ),
            models.CheckConstraint(
                condition=Q(school__isnull=False) | Q(role__in=sorted(DISTRICT_ROLES)),
                name="only_facilitators_and_admins_serve_the_district",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="posts_end_after_they_start"),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.school or 'all schools'}"


class Deputy(models.Model):
    """Who decides for a principal that is away, or that takes part in the work herself."""

    school = models.ForeignKey(School, models.CASCADE, related_name="deputies")
    principal = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="stands_in_for")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(principal=F("deputy")), name="nobody_is_their_own_deputy"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="deputies_end_after_they_start"),
        ]

    def __str__(self):
        return f"{self.deputy} for {self.principal}, {self.school}"
