"""The forms of a debrief: words that several people may be changing, and the day of a next step."""

import datetime as dt

from django import forms

from partnerships.forms.fields import DayField, LongTextField

from ..models import Pattern
from .shared import PlainForm

FARTHEST = dt.timedelta(days=180)


class WordsForm(PlainForm):
    """Words, and the version of them that was seen (0: none). `may_go` lets them be emptied, which takes them away."""

    def __init__(self, *args, label, row=None, hint="", longest=1000, may_go=False, **options):
        super().__init__(*args, initial={"words": row.words, "seen": row.version} if row else {"seen": 0}, **options)
        self.fields["words"] = LongTextField(
            label=label, rows=5, max_length=longest, help_text=hint, required=not may_go,
            error_messages={"required": "Write at least one line."},
        )  # fmt: skip
        self.fields["seen"] = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def clean_seen(self):
        return self.cleaned_data.get("seen") or 0

    def show_newer(self, row):
        """The next press is made in sight of the words that stand."""
        self.data = self.data.copy()
        self.data["seen"] = row.version


class LineForm(PlainForm):
    kind = forms.ChoiceField(label="What is it?", choices=Pattern.Kind, widget=forms.RadioSelect, initial="pattern")
    words = LongTextField(
        label="Your line",
        rows=2,
        max_length=1000,
        help_text="By number, such as “visits 2 and 3”. What you saw in more than one room, or a sentence that begins "
        "with: I wonder.",
        error_messages={"required": "Write at least one line."},
    )


class TryForm(PlainForm):
    words = forms.CharField(
        label="What will you try?", max_length=300, help_text="The smallest version. For example: wait five seconds."
    )
    on = DayField(label="On which day?", help_text="You are reminded on that day, once.")

    def __init__(self, *args, today, step=None, **options):
        initial = {"words": step.words, "on": step.on} if step else {"on": today + dt.timedelta(days=5)}
        super().__init__(*args, initial=initial, **options)
        self.today = today

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day < self.today:
            raise forms.ValidationError("That day is over. Choose a day to come.")
        if day - self.today > FARTHEST:
            raise forms.ValidationError("That is more than half a year away. Choose a day nearer.")
        return day


class ReflectForm(PlainForm):
    words = LongTextField(
        label="Looking back on the walk",
        rows=8,
        help_text="What is new to you? What will you take along? What did looking before judging do for you?",
        error_messages={"required": "Write at least one line."},
    )
