"""Visiting: learning walks, what visitors write, and who covers the class of somebody who is away."""

from django.db import models
from django.db.models import F, Q

from partnerships.models import Partnership
from people.access import VisibleQuerySet
from people.models import Role, School, User
from schedule.models import Event, Period


class WalkQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Listed walks are open to the staff; a walk being set up is seen by its people and facilitators."""
        if not user.is_authenticated:
            return self.none()
        if user.standing.is_district_facilitator:
            return self
        return self.filter(
            Q(listed=True)
            | Q(facilitator=user)
            | Q(pk__in=WalkPlace.objects.filter(person=user).values("walk"))
            | Q(pk__in=WalkVisit.objects.filter(host=user).values("walk"))
            | Q(school__in=user.standing.schools_as(Role.FACILITATOR))
        )

    def coming(self, day):
        return self.filter(day__gte=day, cancelled_at=None)


class Walk(models.Model):
    """Half a day in a building: pre-brief, visits to classes whose teachers opened their doors, debrief."""

    class Half(models.TextChoices):
        MORNING = "morning", "Morning"
        AFTERNOON = "afternoon", "Afternoon"

    partnership = models.OneToOneField(Partnership, models.SET_NULL, null=True, blank=True, related_name="walk")
    facilitator = models.ForeignKey(User, models.PROTECT, related_name="walks")
    school = models.ForeignKey(School, models.PROTECT, related_name="walks")
    day = models.DateField()
    half = models.CharField(max_length=10, choices=Half, default=Half.MORNING)
    purpose = models.CharField("what we look for", max_length=200)
    places = models.PositiveSmallIntegerField("how many can come", default=6)
    listed = models.BooleanField("listed for everyone to join", default=True)
    pre_brief = models.OneToOneField(Event, models.SET_NULL, null=True, blank=True, related_name="+")
    debrief = models.OneToOneField(Event, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True, help_text="When its people were told where to be.")
    notes_published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = WalkQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self):
        return f"Learning walk at {self.school}, {self.day}"

    def get_absolute_url(self):
        return f"/walks/{self.pk}/"

    @property
    def thread(self):
        return f"walk:{self.pk}"


class WalkPartQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.filter(walk__in=Walk.objects.visible_to(user))


class WalkPlace(models.Model):
    """A participant of a walk, with a learning focus of their own."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="participants")
    person = models.ForeignKey(User, models.PROTECT, related_name="walk_places")
    focus = models.CharField("what I want to learn", max_length=200, blank=True)
    joined_at = models.DateTimeField()
    withdrew_at = models.DateTimeField(null=True, blank=True)

    objects = WalkPartQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["walk", "person"], name="one_place_per_person_on_a_walk")]

    def __str__(self):
        return f"{self.person} on {self.walk_id}"


class WalkVisit(models.Model):
    """A stop of the walk: a host's class, seen for part of a period. Notes know it by its number alone."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="visits")
    number = models.PositiveSmallIntegerField()
    host = models.ForeignKey(User, models.PROTECT, related_name="visits_hosted")
    room = models.CharField(max_length=40)
    event = models.OneToOneField(Event, models.CASCADE, related_name="walk_visit")

    objects = WalkPartQuerySet.as_manager()

    class Meta:
        ordering = ["event__starts_at"]
        constraints = [models.UniqueConstraint(fields=["walk", "number"], name="visits_of_a_walk_are_numbered")]

    def __str__(self):
        return f"Visit {self.number}"


class WalkNoteQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """The author; once published, the walk's participants and its facilitator. By number, never by host."""
        if not user.is_authenticated:
            return self.none()
        walked = WalkPlace.objects.filter(person=user, withdrew_at=None).values("walk")
        published = Q(walk__notes_published_at__isnull=False)
        return self.filter(Q(author=user) | published & (Q(walk__in=walked) | Q(walk__facilitator=user)))


class WalkNote(models.Model):
    """Confidential: what a participant saw and wondered at a visit. It joins no visit: only its number is kept."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="+")
    visit_number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    saw = models.TextField("what I saw and heard", blank=True, max_length=4000)
    wondered = models.TextField("what I wondered", blank=True, max_length=4000)
    idea = models.TextField("what I want to try", blank=True, max_length=4000)
    on = models.DateField()

    objects = WalkNoteQuerySet.as_manager()

    class Meta:
        ordering = ["visit_number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["walk", "visit_number", "author"], name="one_note_per_visit_and_author")
        ]

    def __str__(self):
        return f"Note {self.pk}"


class CoverageQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """The asker, the coverer, and of the school: its principal, her deputy, its front office and facilitators."""
        if not user.is_authenticated:
            return self.none()
        schools = user.standing.schools_as(Role.PRINCIPAL, Role.FRONT_OFFICE, Role.FACILITATOR)
        schools |= user.standing.deputised_schools
        return self.filter(Q(asker=user) | Q(coverer=user) | Q(school__in=schools))

    def waiting(self):
        return self.filter(state=Coverage.State.ASKED)

    def on_day(self, day):
        return self.filter(day=day).exclude(state=Coverage.State.WITHDRAWN)


class Coverage(models.Model):
    """Somebody else takes a class while its teacher is away: asked, approved or returned, then given to a coverer."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        RETURNED = "returned", "Returned"
        APPROVED = "approved", "Approved, nobody named yet"
        ASSIGNED = "assigned", "Covered"
        WITHDRAWN = "withdrawn", "Withdrawn"

    asker = models.ForeignKey(User, models.PROTECT, related_name="coverage_asked")
    school = models.ForeignKey(School, models.PROTECT, related_name="coverage")
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, blank=True, related_name="coverage")
    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="coverage")
    day = models.DateField()
    period = models.ForeignKey(Period, models.PROTECT, null=True, blank=True, related_name="coverage")
    starts = models.TimeField()
    ends = models.TimeField()
    class_name = models.CharField("class", max_length=80)
    room = models.CharField(max_length=40, blank=True)
    note = models.TextField("note for whoever covers", blank=True, max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    other_day = models.DateField("a date that would work", null=True, blank=True)
    coverer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="coverage_given")
    assigned_at = models.DateTimeField(null=True, blank=True)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        ordering = ["day", "starts", "pk"]
        indexes = [
            models.Index(fields=["school", "day"], name="coverage_of_a_day"),
            models.Index(fields=["school", "asked_at"], name="coverage_waiting", condition=Q(state="asked")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="coverage_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(asker=F("coverer")), name="nobody_covers_themselves"),
            models.UniqueConstraint(
                fields=["coverer", "day", "starts"],
                condition=Q(state="assigned"),
                name="coverer_in_one_place_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.class_name}, {self.day}"

    def get_absolute_url(self):
        return f"/coverage/{self.pk}/"
