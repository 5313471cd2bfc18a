"""Who: a person on the staff, and what colleagues may look for in them."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from people.access import VisibleQuerySet

from .place import District, DistrictQuerySet
from .post import DEPUTY, Deputy, Post, Role, Standing


class UserQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Staff see staff; closed accounts and those that no admin has placed yet are seen by admins alone."""
        if not user.is_authenticated:
            return self.none()
        if user.standing.is_admin:
            return self
        if not user.standing.is_placed:
            return self.filter(pk=user.pk)
        return self.filter(models.Exists(Post.objects.filter(user=models.OuterRef("pk"))), is_active=True)

    def placed(self, day=None):
        """Those who hold a post on the day (today)."""
        return self.filter(pk__in=Post.objects.current(day).order_by().values("user"))

    def staff_of(self, schools, *roles):
        posts = Post.objects.current().filter(school__in=schools)
        return self.filter(is_active=True, pk__in=(posts.filter(role__in=roles) if roles else posts).values("user"))

    def holding(self, role):
        return self.filter(is_active=True, pk__in=Post.objects.current().filter(role=role).values("user"))

    def leading(self, school_id):
        """Who decides at a school today: its principals, and the deputies that they named."""
        principals = Post.objects.current().filter(role=Role.PRINCIPAL, school=school_id)
        deputies = Deputy.objects.on(timezone.localdate()).filter(school=school_id)
        return self.filter(Q(pk__in=principals.values("user")) | Q(pk__in=deputies.values("deputy")), is_active=True)


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
        now = timezone.now()
        zones = (F("school__time_zone"), models.Subquery(District.objects.values("time_zone")[:1]))
        columns = ("school_id", "starts_on", "ends_on", *zones)
        posts = Post.objects.around(now.date()).filter(user=self, user__is_active=True).order_by()
        stands_in = Deputy.objects.around(now.date()).filter(deputy=self).order_by()
        rows = posts.values_list("role", *columns)
        return Standing(rows.union(stands_in.values_list(models.Value(DEPUTY), *columns), all=True), now)


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
