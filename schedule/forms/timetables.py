"""What the pages of a timetable ask: a file, what its words mean, a slot."""

from django import forms

from people.forms.fields import DayField
from people.models import School

from ..models import TeachingSlot

MOST_BYTES = 20 * 1024 * 1024


class UploadForm(forms.Form):
    school = forms.ModelChoiceField(School.objects.none(), label="School", empty_label=None)
    starts_on = DayField(
        label="Holds from",
        help_text="The timetable before it ends the day before. One that starts on this day is replaced.",
    )
    file = forms.FileField(
        label="Your timetable",
        help_text="A CSV file of at most 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={"empty": "The file is empty."},
    )

    def __init__(self, *args, schools, may_bring_several, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools
        if may_bring_several:
            self.fields["school"].required = False
            self.fields["school"].empty_label = "Several: the file has a column school"

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 20 MB. Split it, and upload the parts one by one.")
        return file


class MatchForm(forms.Form):
    """What each day, period and class of a file means here: a choice for each word of the sections."""

    def __init__(self, *args, sections, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys, self.drawn = {}, []
        for number, section in enumerate(sections):
            names = [self._add(f"m{number}-{at}", word) for at, word in enumerate(section.words)]
            rows = [(self[name], word) for name, word in zip(names, section.words, strict=True)]
            shown = [(field, word.rows) for field, word in rows if word.is_doubtful or field.errors]
            folded = [(field, word.rows) for field, word in rows if not (word.is_doubtful or field.errors)]
            self.drawn.append((section, shown, folded))

    def _add(self, name, word):
        self.keys[name] = word.key
        self.fields[name] = forms.ChoiceField(
            label=word.word,
            choices=word.choices if word.value is not None else [("", "Choose"), *word.choices],
            initial=word.value,
            widget=forms.Select({"class": "form-select"}),
            error_messages={"required": f"Say what “{word.word}” is here."},
        )
        return name

    @property
    def answers(self):
        """{key: value} of all words."""
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}


class BeginForm(forms.Form):
    starts_on = DayField(label="Holds from", help_text="The timetable before it ends the day before.")


class OwnSlotForm(forms.ModelForm):
    """What a teacher may put right of a class of their own: which it is and where, not when."""

    class Meta:
        model = TeachingSlot
        fields = ["class_name", "subject", "room"]
        labels = {"class_name": "Class", "subject": "Subject", "room": "Room"}

    def clean(self):
        given = super().clean()
        if not self.errors and not given["class_name"] and not given["subject"]:
            self.add_error("class_name", "Write the class or the subject, so that colleagues know what it is.")
        return given


class SlotForm(OwnSlotForm):
    """A slot as the office writes it; the choices are the days and periods of the school."""

    position = forms.TypedChoiceField(label="Day", coerce=int)
    period = forms.ChoiceField(label="Period")

    class Meta(OwnSlotForm.Meta):
        fields = ["position", "period", "kind", *OwnSlotForm.Meta.fields]
        labels = {**OwnSlotForm.Meta.labels, "kind": "What it is"}

    def __init__(self, *args, frame, **kwargs):
        super().__init__(*args, **kwargs)
        slot = self.instance
        days = dict(enumerate(frame.days))
        periods = list(frame.periods)
        if slot.pk:  # what the school's days and bells do not have any more may stay
            days.setdefault(slot.position, f"Day {slot.position + 1}")
            periods += [slot.period] if slot.period not in periods else []
        self.fields["position"].choices = list(days.items())
        self.fields["period"].choices = [(name, name) for name in periods]
