"""Answers for any step's form, made from its fields alone: what a contract test and the demo fill forms with."""

import datetime as dt

from django import forms

from partnerships.forms.fields import ColleagueField


def plausible(form, *, day, colleague=None):
    """Data for every field of a form: {name: what a browser would post}."""
    return {name: value_for(field, day, colleague) for name, field in form.fields.items()}


def value_for(field, day, colleague):
    if isinstance(field, ColleagueField):
        return colleague.email if colleague else ""
    if isinstance(field, forms.ChoiceField):
        return next(str(value) for value, _ in field.choices if value not in ("", None))
    if isinstance(field, forms.DateField):
        return (field.initial or day).isoformat()
    if isinstance(field, forms.TimeField):
        return "15:30"
    if isinstance(field, forms.IntegerField):
        return "30"
    if isinstance(field, forms.URLField) or isinstance(field.widget, forms.HiddenInput):
        return ""
    return field.initial or "A line about it."


def next_school_day(day):
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    return day
