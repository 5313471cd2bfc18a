"""Searching the log of changes."""

import datetime as dt

import django_filters

from people import clock
from people.models import Change
from people.models.acts import Kind

from .fields import DayField
from .lists import SEARCH


class DayFilter(django_filters.Filter):
    field_class = DayField


class ChangeFilter(django_filters.FilterSet):
    """By whom or about whom, what it is about, and between which days of the district's clock."""

    q = django_filters.CharFilter(label="Name of a person", method="about", max_length=100, widget=SEARCH)
    kind = django_filters.ChoiceFilter(label="About", empty_label="Everything", choices=Kind.choices, method="of_kind")
    first = DayFilter(label="From", method="since")
    last = DayFilter(label="Until", method="until")

    class Meta:
        model = Change
        fields = []

    def about(self, changes, name, text):
        return changes.about(text)

    def of_kind(self, changes, name, kind):
        return changes.of_kind(kind)

    def since(self, changes, name, day):
        return changes.filter(made_at__gte=clock.at(day, dt.time()))

    def until(self, changes, name, day):
        return changes.filter(made_at__lt=clock.at(day + dt.timedelta(days=1), dt.time()))
