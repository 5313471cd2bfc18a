"""Bookings: the time that events and cover take of a person, a room or a substitute."""

from django.db import models
from django.db.models import F, Q

from people.access import VisibleQuerySet
from people.models import User

from .event import LONGEST, Event


class BookingQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        """One's own, in full. What others see of it is busy time, which the grid shows without a word."""
        return self.filter(person=user) if user.is_authenticated else self.none()

    def firm(self):
        return self.filter(firm=True)

    def overlapping(self, starts_at, ends_at):
        return self.filter(Booking.overlap(starts_at, ends_at))


class Booking(models.Model):
    """A span of time of one holder. Firm ones of a holder never overlap: on PostgreSQL the database refuses it.

    `holder` is "person:12", "room:3:library" or "substitute:5"; `source` what it comes from, "event:7" or "coverage:9".
    Of a person it is firm once they said yes or were named to cover; of a room as soon as the event stands. Rows are
    written by `services.bookings` alone.
    """

    holder = models.CharField(max_length=160)
    person = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="bookings")
    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="bookings")
    source = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    firm = models.BooleanField(default=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["holder", "source"], name="a_source_books_a_holder_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_it_starts"),
        ]
        indexes = [
            models.Index(fields=["holder", "starts_at"], name="bookings_of_a_holder"),
            models.Index(fields=["person", "starts_at"], name="bookings_of_a_person"),
            models.Index(fields=["source"], name="bookings_of_a_source"),
        ]

    def __str__(self):
        return f"{self.holder} for {self.source}"

    @staticmethod
    def overlap(starts_at, ends_at):
        """Q: in the way of this span."""
        return Q(starts_at__lt=ends_at, starts_at__gt=starts_at - LONGEST, ends_at__gt=starts_at)

    def overlaps(self, starts_at, ends_at):
        return self.starts_at < ends_at and starts_at < self.ends_at
