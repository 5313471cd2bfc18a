"""The choices on top of the pages: which year, and which school."""

from django import forms
from django.utils import timezone

from people.models import School, SchoolYear


def choice(label, trouble):
    select = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(label=label, required=False, widget=select, error_messages={"invalid_choice": trouble})


class YearForm(forms.Form):
    """Which school year: the present one, unless another is asked for. What makes no sense is told and left out."""

    year = choice("School year", "There is no such school year, so you see the present one.")

    def __init__(self, query, *, user):
        self.years = {str(year.pk): year for year in SchoolYear.objects.visible_to(user)}
        self.present = self.year_of(timezone.localdate())
        at_first = {"year": str(self.present.pk) if self.present else ""}
        super().__init__(at_first | {name: value for name, value in query.items() if value}, label_suffix="")
        self.fields["year"].choices = [(pk, year.name) for pk, year in self.years.items()]
        self.limit(user)
        for name in self.errors:
            self.data[name] = at_first.get(name, "")

    def limit(self, user):
        """For forms that choose more."""

    def year_of(self, day):
        """The year that holds the day, or else the last that began before it, or else the first there is."""
        newest_first = list(self.years.values())
        return next(
            (year for year in newest_first if year.starts_on <= day), newest_first[-1] if newest_first else None
        )

    @property
    def chosen_year(self):
        return self.years.get(self.cleaned_data.get("year"), self.present)


class ReportForm(YearForm):
    """Which year and which school of the report: any, or one of `own_schools` (ids) for those who lead some."""

    school = choice("School", "There is no such school to choose here, so you see them all.")

    def __init__(self, query, *, user, own_schools):
        self.own_schools = own_schools
        super().__init__(query, user=user)

    def limit(self, user):
        schools = School.objects.visible_to(user)
        all_of_them = "The whole district" if self.own_schools is None else "All my schools"
        if self.own_schools is not None:
            schools = schools.filter(pk__in=self.own_schools)
        self.schools = {str(school.pk): school for school in schools}
        self.fields["school"].choices = [("", all_of_them), *((pk, school.name) for pk, school in self.schools.items())]

    @property
    def chosen_school(self):
        return self.schools.get(self.cleaned_data.get("school"))
