"""The forms of cover. Times are read on the clock of the school whose class it is."""

from itertools import groupby

from django import forms

from partnerships.forms.fields import DayField
from people import clock
from people.models import User

from ..models import Substitute
from .plans import NoteField, PlanField
from .shared import PlainForm, TimeField, day_fault

FREE = "All are free then. First the same subject, then those who covered the fewest classes this year."
AT_LIMIT = "Covered enough that week"


class WhichPeriods(PlainForm):
    """A day and its periods, or hours of one's own: `spans` once it is valid."""

    day = DayField(label="Which day are you away?")
    periods = forms.TypedMultipleChoiceField(
        label="Which periods?", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    starts = TimeField(label="From what time?", required=False)
    ends = TimeField(label="Until what time?", required=False)

    def __init__(self, *args, school, periods, **options):
        super().__init__(*args, **options)
        self.school, self.known = school, {period.pk: period for period in periods}
        self.fields["periods"].choices = [(one.pk, label_of(one)) for one in periods]
        if periods:
            self.fields["starts"].help_text = "Only if no period fits: your own hours instead."
        else:
            del self.fields["periods"]

    def clean_day(self):
        if fault := day_fault(self.cleaned_data["day"], clock.today(self.school), self.school):
            raise forms.ValidationError(fault)
        return self.cleaned_data["day"]

    def clean(self):
        given = super().clean()
        chosen = [self.known[pk] for pk in given.get("periods") or ()]
        starts, ends = given.get("starts"), given.get("ends")
        if {"periods", "starts", "ends"}.intersection(self.errors):
            return given
        if chosen and (starts or ends):
            self.add_error("starts", "Choose periods, or write hours of your own: not both.")
        elif not chosen and not (starts and ends):
            field = "periods" if self.known and not (starts or ends) else "ends" if starts else "starts"
            self.add_error(field, "Say when somebody has to take the class.")
        elif not chosen and ends <= starts:
            self.add_error("ends", "It ends before it starts. Choose a later time.")
        given["spans"] = [(one, one.starts, one.ends) for one in chosen] or [(None, starts, ends)]
        return given


class AskForm(WhichPeriods):
    """A class that somebody has to take."""

    class_name = forms.CharField(
        label="Which class?",
        max_length=80,
        help_text="For example: grade 4 math. With several periods, one class for all.",
    )
    room = forms.CharField(label="Which room?", max_length=40, required=False, help_text="Such as Room 12.")
    note = NoteField()
    plan = PlanField()


class AskAgainForm(WhichPeriods):
    """Another day or hour for a request that came back: one request, so one period."""

    note = NoteField()
    plan = PlanField()

    def __init__(self, *args, coverage, **options):
        super().__init__(*args, **options)
        if "periods" in self.fields:
            self.fields["periods"].label = "Which period?"

    def clean(self):
        given = super().clean()
        if len(given.get("spans") or ()) > 1:
            self.add_error("periods", "Choose one period. Ask for the others as requests of their own.")
        return given


def label_of(period):
    return f"{period.title}, {period.starts:%-H:%M} to {period.ends:%-H:%M}"


class CovererField(forms.ChoiceField):
    """A colleague or a substitute of the school, offered in the order of the ranking, with the reason.

    Whoever is taken since is refused by the service, in words. Gives a User or a Substitute.
    """

    def __init__(self, *, school_id, ranked, empty, **options):
        groups = [(name, [(one.key, words(one)) for one in ones]) for name, ones in groupby(ranked, group_of)]
        super().__init__(choices=[("", empty), *groups], **options)
        self.school_id = school_id

    def valid_value(self, value):
        return self.find(value) is not None

    def clean(self, value):
        return self.find(super().clean(value))

    def find(self, key):
        room, _, number = key.rpartition(":")
        if not (number.isdecimal() and number.isascii() and len(number) < 19):
            return None
        if room == "substitute":
            return Substitute.objects.filter(schools=self.school_id, pk=number).first()
        return None if room else User.objects.staff_of([self.school_id]).filter(pk=number).first()


def group_of(one):
    return AT_LIMIT if one.at_limit else one.group


def words(one):
    return f"{one.who}: {one.reason}"


class ApproveForm(PlainForm):
    def __init__(self, *args, coverage, ranked, **options):
        super().__init__(*args, **options)
        self.fields["coverer"] = CovererField(
            school_id=coverage.school_id,
            ranked=ranked,
            label="Who covers?",
            required=False,
            empty="Not settled yet",
            help_text=FREE,
        )


class NameForm(PlainForm):
    def __init__(self, *args, coverage, ranked, **options):
        super().__init__(*args, **options)
        self.fields["coverer"] = CovererField(
            school_id=coverage.school_id,
            ranked=ranked,
            label="Who covers instead?" if coverage.is_named else "Who covers?",
            empty="Choose somebody",
            help_text=FREE,
        )


class ReturnForm(PlainForm):
    reason = forms.CharField(
        label="Why does it not work?", max_length=200, help_text="The teacher reads it. What they wrote is kept."
    )
    other_day = DayField(label="Which day would work?", required=False)

    def __init__(self, *args, coverage, **options):
        super().__init__(*args, **options)
        self.coverage = coverage

    def clean_other_day(self):
        day = self.cleaned_data["other_day"]
        if day and (fault := day_fault(day, clock.today(self.coverage.school), self.coverage.school)):
            raise forms.ValidationError(fault)
        return day
