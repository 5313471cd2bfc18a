"""The choices on top of the pages: which year, and which school."""

from django import forms
from django.utils import timezone

from people.models import School, SchoolYear

from .policy import schools_of_report


class YearForm(forms.Form):
    """Which school year: the present one, unless another is asked for. What makes no sense is told and left out."""

    year = forms.ModelChoiceField(
        label="School year",
        queryset=SchoolYear.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": "There is no such school year, so you see the present one."},
    )

    def __init__(self, query, *, user):
        years = SchoolYear.objects.visible_to(user)
        self.present = years.holding(timezone.localdate()) or years.last()
        at_first = {"year": self.present.pk if self.present else ""}
        super().__init__(at_first | {name: value for name, value in query.items() if value}, label_suffix="")
        self.fields["year"].queryset = years
        self.limit(user)
        for name in self.errors:
            self.data[name] = at_first.get(name, "")

    def limit(self, user):
        """For forms that choose more."""

    @property
    def chosen_year(self):
        return self.cleaned_data.get("year") or self.present


class ReportForm(YearForm):
    """Which year and which school of the report: a principal chooses among her own."""

    school = forms.ModelChoiceField(
        label="School",
        queryset=School.objects.none(),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": "That school is not one of yours to read, so you see all of yours."},
    )

    def limit(self, user):
        self.own_schools, schools = schools_of_report(user), School.objects.visible_to(user)
        school = self.fields["school"]
        school.queryset = schools if self.own_schools is None else schools.filter(pk__in=self.own_schools)
        school.empty_label = "The whole district" if self.own_schools is None else "All my schools"

    @property
    def chosen_school(self):
        return self.cleaned_data.get("school")
