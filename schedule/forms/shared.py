"""What the forms of the calendar have in common."""

import datetime as dt

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

DAYS = [
    MinValueValidator(dt.date(2000, 1, 1), "Choose a day from 2000 on."),
    MaxValueValidator(dt.date(2099, 12, 31), "Choose a day before 2100."),
]


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


def bare_helper():
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
