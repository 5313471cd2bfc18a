"""The forms of who covers: substitutes and their times, the rules of a school, and swaps."""

import datetime as dt

from django import forms

from partnerships.forms.fields import DayField

from ..models import Coverage, CoverRule, Substitute
from .shared import PlainForm, TimeField, bare_helper

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


class SubstituteForm(forms.ModelForm):
    """A substitute, and the hours of each weekday on which they can come: `weekly` once it is valid."""

    class Meta:
        model = Substitute
        fields = ["name", "email", "phone", "subjects", "schools"]
        widgets = {"schools": forms.CheckboxSelectMultiple}
        labels = {"email": "E-mail", "schools": "At which schools?", "subjects": "Which subjects?"}
        help_texts = {
            "email": "Their classes of a day go there as soon as they are named, with a link to the notes.",
            "subjects": "For example: math, science. Whoever teaches the subject is offered first.",
        }

    def __init__(self, *args, schools, **options):
        super().__init__(*args, **options)
        self.helper = bare_helper()
        self.fields["schools"].queryset = schools
        if not self.instance.pk and len(schools) == 1:
            self.initial["schools"] = list(schools)
        weekly = {one.weekday: one for one in self.instance.times.filter(day=None)} if self.instance.pk else {}
        for number, name in enumerate(WEEKDAYS):
            time = weekly.get(number)
            self.fields[f"on-{number}"] = forms.BooleanField(
                label=name, required=False, initial=bool(time) if self.instance.pk else True
            )
            starts, ends = (time.starts, time.ends) if time else (dt.time(7), dt.time(17))
            self.fields[f"from-{number}"] = TimeField(label=f"{name}, from", required=False, initial=starts)
            self.fields[f"to-{number}"] = TimeField(label=f"{name}, until", required=False, initial=ends)

    def days(self):
        """Each weekday with its three fields."""
        return [
            (name, [self[f"{part}-{number}"] for part in ("on", "from", "to")]) for number, name in enumerate(WEEKDAYS)
        ]

    def clean(self):
        given = super().clean()
        given["weekly"] = []
        for number in range(len(WEEKDAYS)):
            starts, ends = given.get(f"from-{number}"), given.get(f"to-{number}")
            if not given.get(f"on-{number}") or {f"from-{number}", f"to-{number}"} & set(self.errors):
                continue
            if not (starts and ends):
                self.add_error(f"to-{number}" if starts else f"from-{number}", "Say from when until when.")
            elif ends <= starts:
                self.add_error(f"to-{number}", "It ends before it starts. Choose a later time.")
            else:
                given["weekly"].append((number, starts, ends))
        return given

    @property
    def facts(self):
        names = [*self.Meta.fields, "weekly"]
        return {name: self.cleaned_data[name] for name in names}


class EndForm(PlainForm):
    ended_on = DayField(label="What is their last day?")


class DateForm(PlainForm):
    """A single date on which a substitute can or cannot come."""

    day = DayField(label="Which day?")
    can_come = forms.TypedChoiceField(
        label="On that day they",
        choices=[("", "Choose"), ("no", "cannot come"), ("yes", "can come")],
        coerce=lambda word: word == "yes",
        empty_value=None,
    )
    starts = TimeField(label="From", initial=dt.time(7))
    ends = TimeField(label="Until", initial=dt.time(17))

    def clean(self):
        given = super().clean()
        if given.get("starts") and given.get("ends") and given["ends"] <= given["starts"]:
            self.add_error("ends", "It ends before it starts. Choose a later time.")
        return given


class CoverRuleForm(forms.ModelForm):
    class Meta:
        model = CoverRule
        fields = ["lead_days", "most_a_week", "most_out", "too_many", "year_budget"]
        widgets = {"too_many": forms.RadioSelect}
        labels = {
            "lead_days": "How many school days ahead is cover asked for?",
            "most_a_week": "How many classes does a colleague cover in a week, at most?",
            "most_out": "How many people may be out on one day?",
            "too_many": "When more would be out",
            "year_budget": "How many substitute periods does a school year have?",
        }
        help_texts = {
            "lead_days": "Whoever plans a date that takes class time sees when it is too soon.",
            "most_a_week": "This protects planning time: nobody can be named for more.",
            "most_out": "Leave it empty for no limit.",
            "year_budget": "Leave it empty for no budget.",
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = bare_helper()

    def clean_most_out(self):
        most = self.cleaned_data["most_out"]
        if most == 0:
            raise forms.ValidationError("Nobody could be out at all. Leave it empty for no limit.")
        return most


class SwapForm(PlainForm):
    """Whom to ask to take a class: a colleague who is free then, in return for one of theirs or for nothing."""

    asked = forms.ModelChoiceField(None, label="Whom do you ask?", empty_label="Choose a colleague")
    in_return = forms.ModelChoiceField(
        None,
        label="Would you take one of theirs?",
        required=False,
        empty_label="No, they help me out",
        help_text="Classes that your colleagues are to cover.",
    )

    def __init__(self, *args, free, theirs, **options):
        super().__init__(*args, **options)
        self.fields["asked"].queryset = free
        self.fields["in_return"].queryset = theirs
        self.fields["in_return"].label_from_instance = in_words

    def clean(self):
        given = super().clean()
        asked, back = given.get("asked"), given.get("in_return")
        if asked and back and back.coverer_id != asked.pk:
            self.add_error("in_return", f"{back.coverer} covers that one, not {asked}.")
        return given


def in_words(coverage: Coverage):
    day = f"{coverage.day:%a} {coverage.day.day} {coverage.day:%B}"
    return f"{coverage.coverer}: {coverage.class_name}, {day}, {coverage.starts:%-H:%M} to {coverage.ends:%-H:%M}"
