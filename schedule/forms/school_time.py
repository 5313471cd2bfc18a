"""What the office of a school says of its time: bells, special days, days off and terms."""

import re

from django import forms
from django.db.models import Q

from people.forms.fields import DayField
from people.forms.place import NoSchoolForm
from people.models import NoSchoolDay, SchoolYear

from ..models import BellSchedule, DayCycle, Term
from ..rotation import NAMES, THE_WEEK
from ..shorter import SHORTEST, TooShort, at_most, ending_at
from ..words import day_words
from .shared import TimeInput

COPY, SHORTEN, ENDS = "copy", "shorten", "ends"
WAYS = [
    (COPY, "The same times, for now. I change them on the next page."),
    (SHORTEN, "Every period lasts at most so many minutes"),
    (ENDS, "Everything is shorter, so that the day ends at a time"),
]


class BellsForm(forms.Form):
    """Further bells, made of ones that are there. `periods` has them once it is valid."""

    name = forms.CharField(
        label="What kind of day is it?", max_length=60, help_text="For example: Early release, Assembly, Half day."
    )
    like = forms.ModelChoiceField(BellSchedule.objects.none(), label="Begin with the periods of", empty_label=None)
    how = forms.ChoiceField(label="And then", choices=WAYS, widget=forms.RadioSelect, initial=COPY)
    minutes = forms.IntegerField(
        label="Minutes of a period, at most", min_value=SHORTEST, max_value=240, required=False
    )
    ends_at = forms.TimeField(label="The last bell of the day", widget=TimeInput, required=False)

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        bells = BellSchedule.objects.filter(school=school).order_by("-is_default", "name")
        self.fields["like"].queryset = bells
        self.fields["like"].label_from_instance = lambda one: one.name
        self.initial["like"] = bells.first()
        if not bells:
            for name in ("like", "how", "minutes", "ends_at"):
                del self.fields[name]

    def clean(self):
        given = super().clean()
        self.periods, how = [], given.get("how")
        if given.get("like"):
            self.periods = list(given["like"].periods.values_list("name", "starts", "ends"))
        if how == SHORTEN and not given.get("minutes"):
            self.needs("minutes", "Say how many minutes.")
        elif how == SHORTEN:
            self.periods = at_most(self.periods, given["minutes"])
        elif how == ENDS and not given.get("ends_at"):
            self.needs("ends_at", "Say when the day ends.")
        elif how == ENDS:
            self.end_at(given["ends_at"])
        return given

    def needs(self, field, words):
        if field not in self.errors:
            self.add_error(field, words)

    def end_at(self, time):
        """Also refuses an end that is later than the day's own: that would be no shorter day."""
        if self.periods and time > self.periods[-1][2]:
            self.add_error("ends_at", "That is later than the day that you begin with ends.")
            return
        try:
            self.periods = ending_at(self.periods, time)
        except TooShort:
            self.add_error("ends_at", f"Then a period would not last {SHORTEST} minutes. Choose a later time.")


class BellsNameForm(forms.Form):
    """What the bells are called; left empty, they keep their name."""

    called = forms.CharField(label="What kind of day is it?", max_length=60, required=False)


class SpecialDayForm(forms.Form):
    name = forms.CharField(
        label="What is it?", max_length=80, help_text="For example: Early release, Spirit assembly, Half day."
    )
    day = DayField(label="Which day?")
    others = forms.CharField(
        label="Further days like it",
        required=False,
        max_length=400,
        help_text="Write them as 2026-12-04, with commas between them.",
    )
    bells = forms.ModelChoiceField(
        BellSchedule.objects.none(),
        label="Which bells ring?",
        required=False,
        empty_label="Those of any other such day",
    )
    position = forms.TypedChoiceField(
        label="Which day of the cycle is it?",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="The days around it stay what they are.",
    )

    def __init__(self, *args, school, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school
        self.cycles = list(DayCycle.objects.filter(school=school).prefetch_related("days").order_by("-starts_on"))
        self.fields["bells"].queryset = BellSchedule.objects.filter(school=school).order_by("-is_default", "name")
        self.fields["bells"].label_from_instance = lambda one: one.name
        days = enumerate(self.names_on(today, or_later=True))
        self.fields["position"].choices = [("", "The one that it would be anyway"), *days]

    def names_on(self, day, *, or_later=False):
        """The names of the days of the cycle that holds on a day: that of the week when there is no other."""
        held = next((cycle for cycle in self.cycles if cycle.starts_on <= day), None)
        if held is None and or_later and self.cycles:
            held = self.cycles[-1]
        return [one.name for one in held.days.all()] if held else [name for name, _ in THE_WEEK.days]

    def clean_others(self):
        field, found = DayField(), []
        for word in re.split(r"[\s,;]+", self.cleaned_data["others"]):
            if word:
                try:
                    found.append(field.clean(word))
                except forms.ValidationError as fault:
                    raise forms.ValidationError(f"“{word}”: {fault.messages[0]}") from fault
        return found

    def clean(self):
        given = super().clean()
        position = given.get("position")
        if not self.errors and not given["bells"] and position is None:
            self.add_error("bells", "Say what differs: the bells, or the day of the cycle.")
        if not given.get("day"):
            return given
        given["days"] = sorted({given["day"], *given.get("others", ())})
        off = NoSchoolDay.objects.filter(Q(school=None) | Q(school=self.school), day__in=given["days"])
        for one in off[:1]:
            self.add_error(self.field_of(one.day), f"There is no school on {day_words(one.day)}: {one.name}.")
        for day in given["days"]:
            self.check_position(day, position)
        return given

    def check_position(self, day, position):
        if "position" in self.errors:
            return
        if position is None and day.weekday() >= len(NAMES):
            self.add_error("position", f"{day_words(day)} is no day of the cycle by itself: choose which one it is.")
        elif position is not None and position >= len(self.names_on(day)):
            self.add_error("position", f"The cycle that holds on {day_words(day)} has no such day.")

    def field_of(self, day):
        return "day" if day == self.cleaned_data["day"] else "others"

    @property
    def special(self):
        """What `keep_special_days` takes of it."""
        return {name: self.cleaned_data[name] for name in ("name", "days", "bells", "position")}


class DayOffForm(NoSchoolForm):
    """Days without classes at one school."""

    school = weekends = None


class TermForm(forms.ModelForm):
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day")

    class Meta:
        model = Term
        fields = ["name", "starts_on", "ends_on"]
        labels = {"name": "Name"}
        help_texts = {"name": "For example: Fall semester, Quarter 1."}

    def clean(self):
        given = super().clean()
        starts_on, ends_on = given.get("starts_on"), given.get("ends_on")
        if not (starts_on and ends_on):
            return given
        if ends_on <= starts_on:
            self.add_error("ends_on", "The last day comes after the first.")
            return given
        year = SchoolYear.objects.filter(starts_on__lte=starts_on, ends_on__gte=ends_on).first()
        if year is None:
            self.add_error("starts_on", "No school year holds these days. A term lies within one.")
            return given
        self.instance.year = year
        others = Term.objects.filter(year=year, school=self.instance.school).exclude(pk=self.instance.pk)
        other = others.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
        if other:
            at = "starts_on" if other.starts_on <= starts_on else "ends_on"
            span = f"{day_words(other.starts_on)} to {day_words(other.ends_on)}"
            self.add_error(at, f"{other.name} runs from {span}. Terms follow one another.")
        return given
