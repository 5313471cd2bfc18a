"""The form that looks for a time. It is sent by address, so that a search can be kept, shared and gone back to."""

import datetime as dt

from django import forms
from django.utils import timezone

from people.models import School

from .people import PeopleForm
from .shared import DAYS, DateInput, TimeInput

LONGEST = dt.timedelta(days=62)


class FindForm(PeopleForm):
    """Who meets, for how long, between which days and hours. Without hours it is the school's day."""

    minutes = forms.IntegerField(label="How many minutes?", min_value=5, max_value=480, initial=45)
    first = forms.DateField(label="From which day?", widget=DateInput, validators=DAYS)
    last = forms.DateField(label="Until which day?", widget=DateInput, validators=DAYS)
    earliest = forms.TimeField(
        label="Not before", widget=TimeInput, required=False, help_text="Leave both empty for the school's hours."
    )
    latest = forms.TimeField(label="Not after", widget=TimeInput, required=False)
    school = forms.TypedChoiceField(label="On the bells of which school?", empty_value=None, required=False)
    visited = forms.TypedChoiceField(
        label="Is somebody's class visited?", coerce=int, empty_value=None, required=False, help_text="They teach then."
    )

    field_order = ["colleagues", "others", "minutes", "first", "last", "earliest", "latest", "school", "visited"]

    def __init__(self, data, *, person, colleagues, **kwargs):
        super().__init__(data, person=person, colleagues=colleagues, **kwargs)
        # Read once, to check the answer and to draw the list: a model's field asks for each.
        schools = {str(school.pk): school for school in School.objects.visible_to(person).open()}
        self.fields["school"].coerce = schools.get
        self.fields["school"].choices = [("", "---------"), *((pk, school.name) for pk, school in schools.items())]
        everyone = [(one.pk, one.name) for one in [person, *colleagues]]
        self.fields["visited"].choices = [("", "Nobody's"), *everyone]

    def clean(self):
        given = super().clean()
        first, last, earliest, latest = (given.get(name) for name in ("first", "last", "earliest", "latest"))
        if first and last and last < first:
            self.add_error("last", "It is before the first day. Choose a later one.")
        elif first and last and last - first > LONGEST:
            self.add_error("last", "That is a long time. Look at two months at most.")
        if earliest and latest and latest <= earliest:
            self.add_error("latest", "It is before the other hour. Choose a later one.")
        if not self.errors and not self.chosen:
            self.add_error("others", "Choose at least one colleague.")
        return given

    @property
    def wanted(self):
        """What `find_a_time` asks."""
        people = [self.person, *self.chosen]
        visited = [one for one in people if one.pk == self.cleaned_data["visited"]]
        names = ("minutes", "first", "last", "earliest", "latest", "school")
        return {name: self.cleaned_data[name] for name in names} | {"people": people, "visited": visited}


def usual_search(person):
    """What is filled in before somebody has searched: the two weeks to come, at their own school."""
    today = timezone.localdate()
    own = person.standing.schools
    return {
        "first": today + dt.timedelta(days=1),
        "last": today + dt.timedelta(days=14),
        "school": min(own, default=None),
    }
