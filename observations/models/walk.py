"""Learning walks: who goes where and when, and what they write about it under numbers that name nobody."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerships.models import Partnership
from people.access import VisibleQuerySet
from people.models import Role, School, User
from schedule.models import Event

# So long the key between visits and the numbers of notes stays at most, whether the debrief was closed or not.
KEY_KEPT = dt.timedelta(days=30)


class WalkQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Listed walks are open to the staff; others to their people, and to who facilitates or leads the school."""
        if not user.is_authenticated:
            return self.none()
        standing = user.standing
        if standing.is_district_facilitator:
            return self
        seen = Q(facilitator=user) | Q(pk__in=WalkPlace.objects.taken().filter(person=user).values("walk"))
        seen |= Q(pk__in=WalkVisit.objects.filter(host=user).values("walk"))
        seen |= Q(pk__in=WalkWait.objects.filter(person=user).values("walk"))
        if standing.is_placed:
            seen |= Q(listed=True)
        schools = standing.schools_as(Role.FACILITATOR, Role.PRINCIPAL) | standing.deputised_schools
        return self.filter(seen | Q(school__in=schools) if schools else seen)

    def standing(self):
        return self.filter(cancelled_at=None)


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
    round = models.OneToOneField(
        Event,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The visits, as visitors attend them.",
    )
    debrief = models.OneToOneField(Event, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True, help_text="When its people were told where to be.")
    notes_published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = WalkQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        indexes = [models.Index(fields=["school", "day"], name="walks_of_a_school")]

    def __str__(self):
        return f"Learning walk at {self.school}, {self.day}"

    def get_absolute_url(self):
        return f"/walks/{self.pk}/"

    @property
    def thread(self):
        return f"walk:{self.pk}"

    @property
    def is_open(self):
        return self.closed_at is None and self.cancelled_at is None

    def is_keyless(self, at):
        """It is so long over that no visit leads to its notes any more."""
        return self.day < timezone.localdate(at) - KEY_KEPT

    @property
    def shared_events(self):
        """What all its visitors attend, as far as it is set: pre-brief, the round of visits, debrief."""
        return [event for event in (self.pre_brief, self.round, self.debrief) if event and not event.cancelled_at]


class WalkPartQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """Who facilitates it, and those that it concerns: a listed walk shows the other staff no names."""
        if not user.is_authenticated:
            return self.none()
        if user.standing.is_district_facilitator:
            return self
        arranged = Q(facilitator=user) | Q(school__in=user.standing.schools_as(Role.FACILITATOR))
        return self.filter(Q(walk__in=Walk.objects.filter(arranged)) | self.own(user))


class WalkPlaceQuerySet(WalkPartQuerySet):
    def own(self, user):
        """The team knows who is on it; a host may know who comes into the room."""
        walked = WalkPlace.objects.taken().filter(person=user).values("walk")
        return Q(walk__in=walked) | Q(walk__in=WalkVisit.objects.filter(host=user).values("walk"))

    def taken(self):
        return self.filter(withdrew_at=None)


class WalkPlace(models.Model):
    """A participant of a walk, with a learning focus of their own."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="participants")
    person = models.ForeignKey(User, models.PROTECT, related_name="walk_places")
    focus = models.CharField("what I want to learn", max_length=200, blank=True)
    joined_at = models.DateTimeField()
    withdrew_at = models.DateTimeField(null=True, blank=True)

    objects = WalkPlaceQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["walk", "person"], name="one_place_per_person_on_a_walk")]

    def __str__(self):
        return f"{self.person} on {self.walk_id}"


class WalkWaitQuerySet(WalkPartQuerySet):
    def own(self, user):
        """Whoever waits knows it of themselves, and of nobody else."""
        return Q(person=user)


class WalkWait(models.Model):
    """Who waits for a place on a full walk, with what they want to learn. Gone once they have one, or wait no more."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="waiting")
    person = models.ForeignKey(User, models.CASCADE, related_name="walk_waits")
    focus = models.CharField("what I want to learn", max_length=200, blank=True)
    since = models.DateTimeField()

    objects = WalkWaitQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["walk", "person"], name="one_waits_once_for_a_walk")]

    def __str__(self):
        return f"{self.person} waits for {self.walk_id}"


class WalkVisitQuerySet(WalkPartQuerySet):
    def own(self, user):
        """A host knows the own stop, the team all of them once they are published."""
        walked = WalkPlace.objects.taken().filter(person=user, walk__published_at__isnull=False).values("walk")
        return Q(host=user) | Q(walk__in=walked)


class WalkVisit(models.Model):
    """A stop of the walk: a host's class, seen for part of a period.

    `number` is the order in which it was put on the walk. Notes carry another number, drawn by lot (VisitKey).
    """

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="visits")
    number = models.PositiveSmallIntegerField()
    host = models.ForeignKey(User, models.PROTECT, related_name="visits_hosted")
    room = models.CharField(max_length=40)
    event = models.OneToOneField(Event, models.CASCADE, related_name="walk_visit")

    objects = WalkVisitQuerySet.as_manager()

    class Meta:
        ordering = ["event__starts_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["walk", "number"], name="visits_of_a_walk_are_numbered")]

    def __str__(self):
        return f"Visit {self.number}"


class NobodyQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.none()


class VisitKey(models.Model):
    """Confidential: which number the notes use for a visit. The system thanks the hosts by it, and no page reads it
    once the notes are published; it is erased when the debrief is closed, so that none leads back.
    """

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="+")
    visit = models.OneToOneField(WalkVisit, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()

    objects = NobodyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["walk", "number"], name="note_numbers_differ_on_a_walk")]

    def __str__(self):
        return f"Key {self.pk}"


class WalkNoteQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """The author; once published, the walk's participants and its facilitator. By number, never by host."""
        if not user.is_authenticated:
            return self.none()
        walked = WalkPlace.objects.taken().filter(person=user).values("walk")
        published = Q(walk__notes_published_at__isnull=False)
        return self.filter(Q(author=user) | published & (Q(walk__in=walked) | Q(walk__facilitator=user)))


class WalkNote(models.Model):
    """Confidential: what a participant saw and wondered at a visit, under a number drawn by lot; it joins no visit."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="+")
    visit_number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    saw = models.TextField("what I saw and heard", blank=True, max_length=4000)
    wondered = models.TextField("what I wondered", blank=True, max_length=4000)
    asked = models.TextField("what I asked students", blank=True, max_length=4000)
    idea = models.TextField("what I want to try", blank=True, max_length=4000)
    look_fors = models.JSONField(default=dict, help_text="By the id of a LookFor: a text, or a count.")
    on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    mark = models.CharField(max_length=40, blank=True, help_text="Which open page wrote it last; drawn by that page.")

    objects = WalkNoteQuerySet.as_manager()

    class Meta:
        ordering = ["visit_number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["walk", "visit_number", "author"], name="one_note_per_visit_and_author")
        ]

    def __str__(self):
        return f"Note {self.pk}"

    @property
    def words(self):
        """What its form holds, by the names of the fields."""
        looked = {f"look_{pk}": value for pk, value in self.look_fors.items()}
        return {name: getattr(self, name) for name in ("saw", "wondered", "asked", "idea")} | looked
