"""Fields that several forms share."""

import datetime as dt

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from people.models import User
from people.topics import split_topics, trouble_with

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


class DayField(forms.DateField):
    """A day of our century, so that a slip of the keyboard is told where it was made."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": "Write a day such as 2026-09-01."}
    default_validators = [
        MinValueValidator(FIRST_DAY, "That is too long ago. Look at the year."),
        MaxValueValidator(LAST_DAY, "That is too far away. Look at the year."),
    ]


class TopicsField(forms.CharField):
    """Topics with commas or on lines of their own; cleaned to a list."""

    widget = forms.Textarea(attrs={"rows": 2, "class": "people-short"})

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value):
        topics = split_topics(super().clean(value))
        if trouble := trouble_with(topics):
            raise forms.ValidationError(trouble)
        return topics

    def has_changed(self, initial, data):
        return split_topics(self.prepare_value(initial)) != split_topics(data)


class PersonField(forms.ModelChoiceField):
    """A colleague to choose from a short list."""

    def __init__(self, **options):
        super().__init__(queryset=User.objects.none(), empty_label="Choose a colleague", **options)

    def label_from_instance(self, person):
        return f"{person.name} ({person.email})"


def check_order(form, first, last, words):
    """Put an error at the later day when it comes before the earlier one."""
    start, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if start and end and end < start:
        form.add_error(last, words)
