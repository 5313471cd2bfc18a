"""What the planner is asked for: dates, people, doors and lengths."""

from django import forms

from partnerships.forms.fields import DayField
from people import clock

from ..models import Walk
from ..planner.question import TEAM_SIZES, VISIT_MINUTES
from .shared import PlainForm, day_fault

HALVES = [("", "Either"), *Walk.Half.choices]


class Numbered(forms.TypedMultipleChoiceField):
    """People by id, each with a box to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options):
        super().__init__(coerce=int, **options)


class SearchForm(PlainForm):
    """`hosts` are the open doors of the school, `people` those with a place on the walk."""

    first = DayField(label="From which day?")
    last = DayField(label="Until which day?", help_text="At most a month. The same day twice looks at that day alone.")
    half = forms.ChoiceField(label="Which half of the day?", choices=HALVES, required=False, widget=forms.RadioSelect)
    visitors = Numbered(label="Who comes?")
    hosts = Numbered(
        label="Whose doors?",
        help_text="Colleagues at the school whose door is open now or later.",
    )
    visit_minutes = forms.IntegerField(
        label="How many minutes is a visit?", min_value=VISIT_MINUTES[0], max_value=VISIT_MINUTES[-1], initial=15
    )
    least = forms.IntegerField(label="Visits of each, at least", min_value=1, max_value=6, initial=1)
    most = forms.IntegerField(label="Visits of each, at most", min_value=1, max_value=6, initial=3)
    team_least = forms.IntegerField(
        label="Visitors in a team, at least", min_value=TEAM_SIZES[0], max_value=TEAM_SIZES[-1], initial=2
    )
    team_most = forms.IntegerField(
        label="Visitors in a team, at most", min_value=TEAM_SIZES[0], max_value=TEAM_SIZES[-1], initial=4
    )
    pre_brief_minutes = forms.IntegerField(label="Minutes of the pre-brief", min_value=5, max_value=60, initial=15)
    debrief_minutes = forms.IntegerField(label="Minutes of the debrief", min_value=5, max_value=90, initial=20)
    meeting_room = forms.CharField(
        label="Where do you meet before and after?", max_length=40, help_text="Such as the library."
    )

    def __init__(self, *args, walk, people, hosts, **options):
        super().__init__(*args, **options)
        self.walk, self.people = walk, people
        for one in people:
            for name, word in ((f"least_{one.pk}", "at least"), (f"most_{one.pk}", "at most")):
                label = f"{one.name}, {word}"
                self.fields[name] = forms.IntegerField(label=label, min_value=1, max_value=6, required=False)
        for name, rows in (("visitors", people), ("hosts", hosts)):
            self.fields[name].choices = [(one.pk, one.name) for one in rows]
            self.fields[name].initial = [one.pk for one in rows]
        self.fields["first"].initial = self.fields["last"].initial = walk.day

    def clean(self):
        given = super().clean()
        first, last, today = given.get("first"), given.get("last"), clock.today(self.walk.school)
        if first and (fault := day_fault(first, today, self.walk.school) if first == last else ""):
            self.add_error("first", fault)
        for low, high in (("first", "last"), ("least", "most"), ("team_least", "team_most")):
            if given.get(low) and given.get(high) and given[low] > given[high]:
                self.add_error(high, f"This is less than “{self.fields[low].label}”.")
        given["apart"] = self.apart(given)
        return given

    def apart(self, given):
        """{id: [least, most]} of those who want another number of visits than all; what they leave open is as for all.

        Takes their fields out of what is given.
        """
        found = {}
        for one in self.people:
            low, high = (given.pop(f"{name}_{one.pk}", None) for name in ("least", "most"))
            if not (low or high) or not (given.get("least") and given.get("most")):
                continue
            least, most = low or min(given["least"], high), high or max(given["most"], low)
            if least > most:
                self.add_error(f"most_{one.pk}", f"This is less than “{self.fields[f'least_{one.pk}'].label}”.")
            elif one.pk in given.get("visitors", ()):
                found[str(one.pk)] = [least, most]
        return found

    @property
    def own_visits(self):
        """For each who comes: the two fields of their own."""
        return [(one, self[f"least_{one.pk}"], self[f"most_{one.pk}"]) for one in self.people]

    @property
    def has_own_visits(self):
        return any(field.value() or field.errors for _, *fields in self.own_visits for field in fields)
