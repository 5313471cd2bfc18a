"""The choices on top of the report."""

from django import forms

from people.models import School, SchoolYear


class ReportForm(forms.Form):
    """Which year, and which school: a principal chooses among her own."""

    year = forms.ModelChoiceField(label="School year", queryset=SchoolYear.objects.none(), required=False)
    school = forms.ModelChoiceField(label="School", queryset=School.objects.none(), required=False)

    def __init__(self, data, *, user, schools):
        super().__init__(data)
        self.fields["year"].queryset = SchoolYear.objects.visible_to(user)
        own = School.objects.visible_to(user)
        self.fields["school"].queryset = own if schools is None else own.filter(pk__in=schools)
        self.fields["school"].empty_label = "The whole district" if schools is None else "All my schools"
        self.fields["year"].empty_label = None
        self.schools = schools

    def chosen_schools(self):
        """The ids to report on, or None for the district. A school that is not hers to read is as good as none."""
        school = self.cleaned_data.get("school")
        return {school.pk} if school else self.schools
