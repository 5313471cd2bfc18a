"""The forms of learning walks. Times are read on the clock of the walk's school."""

import datetime as dt

from django import forms

from partnerships.forms.fields import ColleagueField, DayField
from people import clock
from people.models import School
from schedule.services import Clash, clashes

from ..models import Coverage, Walk
from .shared import AnywayMixin, PlainForm, TimeField, day_fault


class WalkForm(PlainForm):
    """A new walk: which school, which half day, what to look for."""

    school = forms.ModelChoiceField(School.objects.none(), label="Which school do you walk?", empty_label=None)
    day = DayField(label="Which day?")
    half = forms.ChoiceField(label="Which half of it?", choices=Walk.Half, widget=forms.RadioSelect, initial="morning")
    purpose = forms.CharField(
        label="What do you look for?",
        max_length=200,
        help_text="One line for the whole group, which all staff read. For example: how lessons begin.",
    )
    places = forms.IntegerField(
        label="How many colleagues can come?",
        min_value=1,
        max_value=30,
        initial=6,
        help_text="Small groups fit a room.",
    )
    listed = forms.BooleanField(
        label="Anyone on the staff may see it and join", required=False, initial=True,
        help_text="Others read the school, the day and what you look for. They see no names.",
    )  # fmt: skip

    def __init__(self, *args, by, partnership=None, **options):
        super().__init__(*args, **options)
        schools = School.objects.visible_to(by).open()
        own = by.standing.schools_as("facilitator")
        self.fields["school"].queryset = schools if by.standing.is_district_facilitator else schools.filter(pk__in=own)
        if partnership:
            self.fields["school"].initial = partnership.school_id
            self.fields["listed"].initial = False

    def clean(self):
        given = super().clean()
        day, school = given.get("day"), given.get("school")
        if day and school and (fault := day_fault(day, clock.today(school), school)):
            self.add_error("day", fault)
        return given


class ChangeForm(PlainForm):
    purpose, places, listed = (WalkForm.base_fields[name] for name in ("purpose", "places", "listed"))

    def __init__(self, *args, walk, **options):
        given = {name: getattr(walk, name) for name in ("purpose", "places", "listed")}
        super().__init__(*args, initial=given, **options)


class FocusForm(PlainForm):
    focus = forms.CharField(
        label="What do you want to learn?",
        max_length=200,
        required=False,
        help_text="Something to see or hear in ten minutes. For example: what teachers say first. Your group reads it.",
    )


class ParticipantForm(AnywayMixin, PlainForm):
    def __init__(self, *args, by, walk, **options):
        super().__init__(*args, **options)
        self.by, self.walk = by, walk
        self.fields["person"] = ColleagueField(
            asker=by,
            label="Who comes along?",
            help_text="A name or an e-mail. They are told, and write their own focus.",
        )
        self.order_fields(["person"])

    def clean(self):
        given = super().clean()
        if given.get("person"):
            found = [
                clash
                for event in self.walk.shared_events
                for clash in clashes(
                    people=[given["person"]],
                    starts_at=event.starts_at,
                    ends_at=event.ends_at,
                    leave_out=event,
                    by=self.by,
                )
            ]
            self.warn_of_clashes(found)
        return given


class SpanForm(AnywayMixin, PlainForm):
    """A time on the walk's day: `span` once it is valid."""

    starts = TimeField(label="From what time?")
    minutes = forms.IntegerField(label="How many minutes?", min_value=5, max_value=240)
    room = forms.CharField(label="Which room?", max_length=40, help_text="As it stands on the door, such as Room 12.")

    def __init__(self, *args, by, walk, **options):
        super().__init__(*args, **options)
        self.by, self.walk = by, walk

    def span(self):
        starts_at = clock.at(self.walk.day, self.cleaned_data["starts"], self.walk.school)
        return starts_at, starts_at + dt.timedelta(minutes=self.cleaned_data["minutes"])

    def found(self, people, *, leave_out, visited=()):
        starts_at, ends_at = self.span()
        return clashes(
            people=people,
            starts_at=starts_at,
            ends_at=ends_at,
            school=self.walk.school,
            place=self.cleaned_data["room"],
            leave_out=leave_out,
            by=self.by,
            visited=visited,
        )


class VisitForm(SpanForm):
    """A host's class for part of a period."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["host"] = ColleagueField(
            asker=self.by,
            label="Whose class do you visit?",
            help_text="A colleague who opened the door by choice. They are told at once, and can say no.",
        )
        self.fields["minutes"].initial = 15
        self.order_fields(["host"])

    def clean(self):
        given = super().clean()
        if not self.errors:
            found = self.found([given["host"]], leave_out=None, visited=[given["host"]])
            self.warn_of_clashes([*found, *self.away(given["host"])])
        return given

    def away(self, host):
        """Cover is no event: a host who is covered then is not in the room, and one who covers is in another."""
        starts_at, ends_at = (moment.replace(tzinfo=None) for moment in self.span())
        then = Coverage.objects.overlapping(self.walk.day, starts_at.time(), ends_at.time())
        if then.live().filter(asker=host).exists():
            yield Clash("person", host, "away", f"{host} has asked for cover of that class.")
        if then.filter(coverer=host, state=Coverage.State.ASSIGNED).exists():
            yield Clash("person", host, "covering", f"{host} covers another class then.")


class TalkForm(SpanForm):
    """The pre-brief or the debrief: everyone comes."""

    def __init__(self, *args, people, event, **options):
        self.people, self.event = people, event
        initial = {}
        if event:
            starts = event.starts_at.astimezone(clock.zone_of(options["walk"].school)).time()
            initial = {"starts": starts, "minutes": event.minutes, "room": event.place}
        super().__init__(*args, initial=initial, **options)
        self.fields["room"].label = "Where do you meet?"
        self.fields["room"].help_text = "A place where you can talk, such as the library."

    def clean(self):
        given = super().clean()
        if not self.errors:
            self.warn_of_clashes(self.found(self.people, leave_out=self.event))
        return given
