"""What the forms of this room share: the helper, fields of time, and warnings that can be overruled."""

import datetime as dt

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Q

from people.models import NoSchoolDay
from schedule.services import clash_mark, refusals, warnings
from schedule.words import day_words

FARTHEST = dt.timedelta(days=400)


def bare_helper():
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class PlainForm(forms.Form):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = bare_helper()


class TimeField(forms.TimeField):
    def __init__(self, **options):
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


def day_fault(day, today, school):
    """Why this is no day to plan for, as a sentence, or an empty text."""
    if day < today:
        return f"{day_words(day)} is over. Choose a day to come."
    if day - today > FARTHEST:
        return "That is more than a year away. Check the year."
    off = NoSchoolDay.objects.filter(Q(school=None) | Q(school=school), day=day).first()
    return f"There is no school on {day_words(day)}: {off.name}. Choose another day." if off else ""


class AnywayMixin(forms.Form):
    """Says who or what is taken, and offers to go ahead: that counts for what was shown, and for nothing new."""

    anyway = forms.CharField(label="Go ahead anyway", required=False, max_length=40, widget=forms.HiddenInput)

    def warn_of(self, sentences, mark):
        if not sentences or mark and self.cleaned_data.get("anyway") == mark:
            return
        self.add_error(None, sentences)
        if mark:
            self.fields["anyway"] = self.fields.pop("anyway")  # last, above the button
            self.fields["anyway"].widget = forms.CheckboxInput(attrs={"value": mark})

    def warn_of_clashes(self, found):
        """What is taken for good is an error, at the room where it is one; the rest warns."""
        for clash in refusals(found):
            self.add_error("room" if clash.kind == "room" else None, clash.sentence)
        mild = warnings(found)
        self.warn_of([clash.sentence for clash in mild], "" if refusals(found) else clash_mark(mild))
