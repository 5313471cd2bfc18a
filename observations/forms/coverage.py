"""The forms of cover. Times are read on the clock of the school whose class it is."""

from django import forms

from partnerships.forms.fields import DayField, LongTextField
from people import clock
from people.models import User

from .shared import PlainForm, TimeField, day_fault

FREE = (
    "Free then as far as calendars know, the fewest covers first. Ask whether they teach: timetables are not in here."
)


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
    note = LongTextField(
        label="A note for whoever covers",
        required=False,
        max_length=2000,
        help_text="Where the plan lies, and what the class knows. Leave out why you are away.",
    )


class AskAgainForm(WhichPeriods):
    """Another day or hour for a request that came back: one request, so one period."""

    note = AskForm.base_fields["note"]

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
    return f"Period {period.name}, {period.starts:%-H:%M} to {period.ends:%-H:%M}"


class CovererField(forms.ModelChoiceField):
    """Staff of the school. Only those who are free are offered; whoever is taken since is refused by the service."""

    def __init__(self, *, school_id, free, **options):
        super().__init__(User.objects.staff_of([school_id]), **options)
        self.choices = [("", self.empty_label or "Choose a colleague"), *((one.pk, words(one)) for one in free)]


def words(person):
    periods = {0: "has not covered yet", 1: "covered once"}.get(person.covered, f"covered {person.covered} times")
    return f"{person.name}, {periods} this year"


class ApproveForm(PlainForm):
    def __init__(self, *args, coverage, free, **options):
        super().__init__(*args, **options)
        self.fields["coverer"] = CovererField(
            school_id=coverage.school_id,
            free=free,
            label="Who covers?",
            required=False,
            empty_label="Not settled yet",
            help_text=FREE,
        )


class NameForm(PlainForm):
    def __init__(self, *args, coverage, free, **options):
        super().__init__(*args, **options)
        self.fields["coverer"] = CovererField(
            school_id=coverage.school_id,
            free=free,
            label="Who covers?" if coverage.state != coverage.State.ASSIGNED else "Who covers instead?",
            empty_label="Choose a colleague",
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
