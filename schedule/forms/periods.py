"""The rows of a school's periods."""

from django import forms

from ..models import Period
from .shared import TimeInput

DRAWN = {"class": "form-control"}  # the rows of a table are drawn by hand, not by crispy


class PeriodForm(forms.ModelForm):
    class Meta:
        model = Period
        fields = ["name", "starts", "ends"]
        labels = {"name": "Period", "starts": "From", "ends": "Until"}
        widgets = {"name": forms.TextInput(DRAWN), "starts": TimeInput(DRAWN), "ends": TimeInput(DRAWN)}

    def clean(self):
        given = super().clean()
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "It ends before it starts. Choose a later time.")
        return given


class BasePeriods(forms.BaseModelFormSet):
    """The periods of a day: names differ, and none starts while another is on."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Take out"
            form.fields["DELETE"].widget.attrs["class"] = "form-check-input"

    def clean(self):
        live = [form for form in self.forms if not form.errors and not form.cleaned_data.get("DELETE")]
        filled = [form for form in live if form.cleaned_data.get("starts")]
        names, before = set(), None
        for form in sorted(filled, key=lambda form: form.cleaned_data["starts"]):
            given = dict(form.cleaned_data)  # add_error takes values out of the form's own
            if given["name"].lower() in names:
                form.add_error("name", f"There is a period {given['name']} already.")
            names.add(given["name"].lower())
            if before and given["starts"] < before["ends"]:
                until = f"{before['ends'].hour}:{before['ends']:%M}"
                form.add_error("starts", f"Period {before['name']} is on until {until}.")
            if not before or given["ends"] > before["ends"]:
                before = given


def periods_formset(data, periods):
    formset = forms.modelformset_factory(
        Period, form=PeriodForm, formset=BasePeriods, extra=3, can_delete=True, can_delete_extra=False, max_num=30
    )
    return formset(data, queryset=periods, prefix="periods")
