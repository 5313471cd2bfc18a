"""The form of an open door, and the search of the list."""

from itertools import groupby

from django import forms

from partnerships.forms.fields import DayField
from people.models import School

from ..models import DoorTime
from .shared import FARTHEST, PlainForm, TimeField, day_fault

WORDS = ("doing", "look_for", "seats", "visitors", "most_visits", "may_talk")
HAND = ("starts", "ends", "what")
TALK = [("", "Choose"), ("no", "No, they watch and listen"), ("yes", "Yes, where it fits")]


class DoorForm(PlainForm):
    """Which classes are open, for how long, and what visitors read: `facts` once it is valid."""

    classes = forms.MultipleChoiceField(
        label="Which of your classes are open?",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    on = forms.ChoiceField(label="On which days?", required=False)
    starts = TimeField(label="From", required=False)
    ends = TimeField(label="Until", required=False)
    what = forms.CharField(label="Which class is it?", max_length=80, required=False)
    room = forms.CharField(label="Which room?", max_length=40, required=False)
    how_long = forms.ChoiceField(label="For how long?", widget=forms.RadioSelect)
    first = DayField(label="Which date?", required=False)
    last = DayField(label="Until which date?", required=False, help_text="Leave it empty for one date only.")
    doing = forms.CharField(
        label="What will you be doing?",
        max_length=300,
        help_text="In a colleague's words. For example: number talks, then fraction strips in pairs.",
    )
    look_for = forms.CharField(
        label="What could a visitor look for?",
        max_length=300,
        required=False,
        help_text="What you are curious about too. For example: who asks, and who answers.",
    )
    seats = forms.CharField(
        label="Where do visitors sit?",
        max_length=200,
        required=False,
        help_text="For example: the two chairs by the sink.",
    )
    visitors = forms.IntegerField(label="How many visitors at once?", min_value=1, max_value=8, initial=3)
    most_visits = forms.IntegerField(label="How many visits on one day at most?", min_value=1, max_value=8, initial=2)
    may_talk = forms.TypedChoiceField(
        label="May visitors talk with students?", choices=TALK, coerce=lambda word: word == "yes", empty_value=None
    )

    def __init__(self, *args, offer, door=None, **options):
        super().__init__(*args, initial=written(door, offer) if door else None, **options)
        self.offer = offer
        by_day = groupby(offer.classes.items(), key=lambda pair: pair[1][0])
        self.fields["classes"].choices = [(day, [(key, one[1]) for key, one in own]) for day, own in by_day]
        self.fields["on"].choices = [("", "Every school day"), *((str(number), name) for number, name in offer.days)]
        spans = [(key, label) for key, label, _, _ in offer.spans]
        self.fields["how_long"].choices = [*spans, ("dates", "One date, or dates that I say")]
        if not spans:
            self.fields["how_long"].initial = "dates"

    @property
    def days(self):
        """[(day of the cycle, the boxes of its classes)]"""
        boxes = groupby(self["classes"].subwidgets, key=lambda box: self.offer.classes[box.data["value"]][0])
        return [(day, list(own)) for day, own in boxes]

    @property
    def has_hours(self):
        """Whether the fields for hours by hand are shown at once."""
        return not self.offer.classes or any(self[name].value() for name in HAND)

    def clean(self):
        given = super().clean()
        by_hand = [name for name in HAND if given.get(name)]
        if by_hand:
            for name in set(HAND) - set(by_hand) - set(self.errors):
                self.add_error(name, "Write this too, for hours that are not in your timetable.")
            if len(by_hand) == len(HAND) and given["ends"] <= given["starts"]:
                self.add_error("ends", "It ends before it starts. Choose a later time.")
        elif not given.get("classes") and not set(self.errors) & {"classes", *HAND}:
            self.add_error("classes", "Tick a class, or write the hours below.")
        if given.get("how_long") == "dates":
            self.clean_dates(given)
        return given

    def clean_dates(self, given):
        first = given.get("first")
        if not first:
            if "first" not in self.errors:
                self.add_error("first", "Which date? Or choose a term above.")
            return
        given["last"] = last = given.get("last") or first
        if last < first:
            self.add_error("last", "It is before the first date. Choose a later one.")
        elif last - self.offer.today > FARTHEST:
            self.add_error("last", "That is more than a year away. Check the year.")
        elif first == last and (fault := day_fault(first, self.offer.today, self.offer.school)):
            self.add_error("first", fault)

    @property
    def facts(self):
        given = self.cleaned_data
        spans = {key: {"starts_on": first, "ends_on": last} for key, _, first, last in self.offer.spans}
        dates = {"starts_on": given.get("first"), "ends_on": given.get("last")}
        words = {name: given[name] for name in WORDS}
        return words | spans.get(given["how_long"], dates) | {"times": self.times()}

    def times(self):
        given = self.cleaned_data
        times = [DoorTime(**self.offer.classes[key][2]) for key in given["classes"]]
        if given["starts"]:
            position = int(given["on"]) if given["on"] else None
            facts = {"starts": given["starts"], "ends": given["ends"], "class_name": given["what"]}
            times.append(DoorTime(position=position, room=given["room"], **facts))
        return times


def written(door, offer):
    """What the form of a door shows at first. A class that has moved is not there to be ticked."""
    times = list(door.times.all())
    given = {name: getattr(door, name) for name in WORDS} | {"may_talk": "yes" if door.may_talk else "no"}
    keys = [f"{one.position}-{one.period}" for one in times if not one.moved_on]
    given["classes"] = [key for key in keys if key in offer.classes]
    for one in [one for one in times if one.is_by_hand][:1]:
        given |= {"starts": one.starts, "ends": one.ends, "what": one.class_name, "room": one.room}
        given["on"] = "" if one.position is None else str(one.position)
    ends = {last: key for key, _, first, last in offer.spans if door.starts_on <= first}
    given["how_long"] = ends.get(door.ends_on, "dates")
    if given["how_long"] == "dates":
        given |= {"first": door.starts_on, "last": None if door.is_one_date else door.ends_on}
    return given


class DoorSearch(PlainForm):
    q = forms.CharField(
        label="Subject, focus or name", max_length=100, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    school = forms.ModelChoiceField(School.objects.none(), label="School", required=False, empty_label="All schools")
    day = DayField(label="Open on", required=False)

    def __init__(self, *args, by, **options):
        super().__init__(*args, **options)
        self.fields["school"].queryset = School.objects.visible_to(by).open()

    @property
    def asked(self):
        """What the list is narrowed by; a part that makes no sense narrows nothing."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return {"words": given.get("q") or "", "school": given.get("school"), "day": given.get("day")}
