"""The forms of the absence file, its columns and its keys; and the questions that a system may ask."""

from django import forms
from django.utils import timezone

from people import clock
from people.forms.fields import DayField, check_order
from people.models import School

from ..models import ExportColumn
from ..reads.absences import FACTS, columns, span_around
from .shared import PlainForm

EMPTY_ROWS = 3


class ExportForm(PlainForm):
    """Which days and which school a file is about."""

    first = DayField(label="First day")
    last = DayField(label="Last day")
    school = forms.ModelChoiceField(
        School.objects.none(), label="School", required=False, empty_label="All schools of the district"
    )
    whole = forms.BooleanField(
        label="Everything again, not only what has changed",
        required=False,
        help_text="For a system that starts empty: each line says “new”.",
    )

    def __init__(self, *args, by, **options):
        first, last = span_around(clock.today())
        super().__init__(*args, initial={"first": first, "last": last}, **options)
        self.fields["school"].queryset = School.objects.visible_to(by)

    def clean(self):
        super().clean()
        check_order(self, "first", "last", "The last day comes after the first.")


DRAWN, TICKED = {"class": "form-control"}, {"class": "form-check-input"}  # a table's rows are drawn without crispy


class ColumnForm(forms.Form):
    place = forms.IntegerField(
        label="Place", min_value=1, max_value=99, required=False, widget=forms.NumberInput(DRAWN)
    )
    heading = forms.CharField(label="Heading", max_length=60, required=False, widget=forms.TextInput(DRAWN))
    fact = forms.ChoiceField(label="What stands in it", required=False, widget=forms.Select({"class": "form-select"}))
    drop = forms.BooleanField(label="Take out", required=False, widget=forms.CheckboxInput(TICKED))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["fact"].choices = [("", "Choose"), *((fact, heading) for fact, (heading, _) in FACTS.items())]

    def clean(self):
        given = super().clean()
        if given.get("heading") and not given.get("fact"):
            self.add_error("fact", "Say what stands under this heading.")
        if given.get("fact") and not given.get("heading"):
            given["heading"] = FACTS[given["fact"]][0]
        return given

    @property
    def column(self):
        given = self.cleaned_data
        return (given["heading"], given["fact"]) if given.get("fact") and not given.get("drop") else None


class Columns(forms.BaseFormSet):
    def clean(self):
        if any(self.errors):
            return
        if len(self.chosen) > 60:
            raise forms.ValidationError("A file has at most 60 columns.")

    @property
    def chosen(self):
        """(heading, fact) of each column, in the order of their places; those without a place come last."""
        rows = [form for form in self.forms if form.column]
        return [form.column for form in sorted(rows, key=lambda form: form.cleaned_data.get("place") or 100)]


def columns_formset(sent):
    begin = [
        {"place": place, "heading": heading, "fact": fact} for place, (heading, fact) in enumerate(columns(), start=1)
    ]
    make = forms.formset_factory(ColumnForm, formset=Columns, extra=EMPTY_ROWS, max_num=99, absolute_max=120)
    return make(sent, initial=begin, prefix="columns")


class TokenForm(PlainForm):
    name = forms.CharField(label="What uses it", max_length=80, help_text="For example: absence system, nightly.")


class ApiForm(forms.Form):
    """What a system may ask for. A name that is not known is refused, so that a slip is not answered with all rows."""

    day = DayField(required=False)
    first = DayField(required=False)
    last = DayField(required=False)
    school = forms.ModelChoiceField(
        School.objects.all(),
        required=False,
        to_field_name="code",
        error_messages={"invalid_choice": "No school has this code."},
    )
    since = forms.DateTimeField(required=False, error_messages={"invalid": "Write a moment such as 2026-09-01T06:00Z."})
    whole = forms.BooleanField(required=False)
    after = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    format = forms.ChoiceField(required=False, choices=[("json", "json"), ("csv", "csv")])

    def clean(self):
        given = super().clean()
        for name in sorted(set(self.data) - set(self.fields)):
            self.add_error(None, f"There is no “{name[:40]}” to ask for.")
        if given.get("day") and (given.get("first") or given.get("last")):
            self.add_error("day", "Give a day, or a first and a last day.")
        check_order(self, "first", "last", "The last day comes after the first.")
        return given

    @property
    def span(self):
        given = self.cleaned_data
        first, last = span_around(clock.today(None, timezone.now()))
        return given["day"] or given["first"] or first, given["day"] or given["last"] or last

    @property
    def faults(self):
        return {("request" if name == "__all__" else name): errors for name, errors in self.errors.items()}


def is_usual():
    return not ExportColumn.objects.exists()
