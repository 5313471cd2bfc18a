"""Who: the district and its schools and years, the people, and the posts they hold."""

import zoneinfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from .access import VisibleQuerySet


def validate_time_zone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError("Write a time zone such as America/New_York.")


class DistrictQuerySet(VisibleQuerySet):
    """Rows that everyone on the staff may see."""

    def visible_to(self, user):
        return self if user.is_authenticated else self.none()


class District(models.Model):
    """The settings of the one district that this deployment serves: a single row."""

    name = models.CharField(max_length=120, default="Our school district")
    time_zone = models.CharField(max_length=64, default="America/New_York", validators=[validate_time_zone])
    mail_domains = models.CharField(
        "mail domains",
        max_length=300,
        blank=True,
        help_text="Staff with an address here may make their own account. Separate several with commas.",
    )
    help_email = models.EmailField("who to ask for help", blank=True)
    quiet_from = models.TimeField(default="19:00", help_text="No e-mail after this time of day.")
    quiet_until = models.TimeField(default="06:30", help_text="E-mail starts again at this time of day.")

    objects = DistrictQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_district_per_deployment")]

    def __str__(self):
        return self.name

    @property
    def domains(self):
        return [domain.strip().lower().lstrip("@") for domain in self.mail_domains.split(",") if domain.strip()]


class SchoolQuerySet(DistrictQuerySet):
    def open(self):
        return self.filter(closed_on=None)


class School(models.Model):
    """A building with its own staff, principal and time zone."""

    name = models.CharField(max_length=120)
    code = models.SlugField(max_length=20, unique=True, help_text="The short code that your roster file uses.")
    time_zone = models.CharField(max_length=64, blank=True, validators=[validate_time_zone])
    closed_on = models.DateField(null=True, blank=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="school_names_differ")]

    def __str__(self):
        return self.name


class SchoolYearQuerySet(DistrictQuerySet):
    def holding(self, day):
        """The year that the day falls in, or else the last that began before it."""
        return self.filter(starts_on__lte=day).order_by("-starts_on").first()


class SchoolYear(models.Model):
    """A named span of days, such as 2026-27."""

    name = models.CharField(max_length=20, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = SchoolYearQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="school_year_ends_after_it_starts")
        ]

    def __str__(self):
        return self.name


class NoSchoolDay(models.Model):
    """A day without classes, for the whole district or for one school."""

    day = models.DateField()
    name = models.CharField(max_length=80)
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="no_school_days")

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["day", "school"], name="no_school_day_once_per_school"),
            models.UniqueConstraint(
                fields=["day"], condition=Q(school=None), name="no_school_day_once_for_the_district"
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.name}"


class Role(models.TextChoices):
    TEACHER = "teacher", "Teacher"
    TEACHER_LEADER = "teacher_leader", "Teacher leader"
    COACH = "coach", "Peer coach"
    FACILITATOR = "facilitator", "Facilitator"
    PRINCIPAL = "principal", "Principal"
    FRONT_OFFICE = "front_office", "Front office"
    ADMIN = "admin", "District admin"


DISTRICT_ROLES = {Role.FACILITATOR, Role.ADMIN}


class UserQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Staff see staff; an account that was closed is seen by admins alone."""
        if not user.is_authenticated:
            return self.none()
        return self if user.standing.is_admin else self.filter(is_active=True)

    def staff_of(self, schools, *roles):
        posts = Post.objects.current().filter(school__in=schools)
        return self.filter(is_active=True, pk__in=(posts.filter(role__in=roles) if roles else posts).values("user"))

    def holding(self, role):
        return self.filter(is_active=True, pk__in=Post.objects.current().filter(role=role).values("user"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person on the staff; signs in by e-mail. `is_superuser` is the operator and opens no content."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    staff_code = models.CharField(max_length=40, blank=True, help_text="The code that your roster file uses.")
    is_staff = models.BooleanField("operator", default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    left_on = models.DateField(null=True, blank=True)

    about = models.TextField("about you", blank=True, max_length=1000)
    when_free = models.CharField("when you are free", max_length=200, blank=True)
    calendar_link = models.URLField("calendar or booking link", blank=True)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="emails_differ_whatever_their_case"),
            models.UniqueConstraint(fields=["staff_code"], condition=~Q(staff_code=""), name="staff_codes_differ"),
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0]

    @cached_property
    def standing(self):
        """The posts that this person holds today: one query, kept for the request."""
        zones = (F("school__time_zone"), models.Subquery(District.objects.values("time_zone")[:1]))
        posts = Post.objects.current().filter(user=self).order_by().values_list("role", "school_id", *zones)
        stands_in = Deputy.objects.on(timezone.localdate()).filter(deputy=self).order_by()
        return Standing(posts.union(stands_in.values_list(models.Value(DEPUTY), "school_id", *zones), all=True))


DEPUTY = "deputy"


class Standing:
    """What a person is today, and where: answers policies and querysets without a query of its own."""

    def __init__(self, posts):
        self._schools = {}
        self.time_zone = ""
        for role, school, school_zone, district_zone in posts:
            self._schools.setdefault(role, set()).add(school)
            self.time_zone = school_zone or self.time_zone or district_zone

    def schools_as(self, *roles):
        """Ids of the schools where the person holds one of these roles."""
        return {school for role in roles for school in self._schools.get(role, ()) if school}

    def holds(self, *roles):
        return any(role in self._schools for role in roles)

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


class SpanQuerySet(DistrictQuerySet):
    def on(self, day):
        """Rows whose span holds the day; an open end holds every day on its side."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))


class PostQuerySet(SpanQuerySet):
    def current(self, day=None):
        return self.on(day or timezone.localdate()).filter(user__is_active=True)


class Post(models.Model):
    """A role that a person holds at a school, or for the whole district when no school is named."""

    user = models.ForeignKey(User, models.CASCADE, related_name="posts")
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
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.school or 'the district'}"


class Deputy(models.Model):
    """Who decides for a principal that is away, or that takes part in the work herself."""

    school = models.ForeignKey(School, models.CASCADE, related_name="deputies")
    principal = models.ForeignKey(User, models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(User, models.CASCADE, related_name="stands_in_for")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(principal=F("deputy")), name="nobody_is_their_own_deputy"),
        ]

    def __str__(self):
        return f"{self.deputy} for {self.principal}, {self.school}"


class Expertise(models.Model):
    """One thing about a colleague that others look for: a grade, a subject, something to show or to grow in."""

    class Kind(models.TextChoices):
        GRADE = "grade", "Grade"
        SUBJECT = "subject", "Subject"
        CAN_SHOW = "can_show", "Can show"
        WANTS_TO_GROW = "wants_to_grow", "Wants to grow in"

    user = models.ForeignKey(User, models.CASCADE, related_name="expertise")
    kind = models.CharField(max_length=20, choices=Kind)
    topic = models.CharField(max_length=60)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "topic"]
        indexes = [models.Index("kind", Lower("topic"), name="expertise_by_topic")]
        constraints = [models.UniqueConstraint("user", "kind", Lower("topic"), name="topic_once_per_person_and_kind")]

    def __str__(self):
        return self.topic


class Invitation(models.Model):
    """An admin's invitation to make an account: the only way in from outside the district's mail domains."""

    email = models.EmailField()
    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self):
        return self.email
