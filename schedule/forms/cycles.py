"""The days cycle of a school: where it begins, how it goes on, and what each of its days is called."""

from django import forms

from people.forms.fields import DayField

from ..models import BellSchedule, DayCycle
from ..rotation import NAMES, WEEKDAYS
from .periods import DRAWN

# What each preset begins with: a key for the address, a label, how it goes on, and the names of its days.
PRESETS = [
    ("weekdays", "Days of the week", DayCycle.Follows.WEEKDAYS, NAMES),
    ("ab", "A and B days", DayCycle.Follows.SCHOOL_DAYS, ("A", "B")),
    *(
        (str(size), f"{size} days in turn", DayCycle.Follows.SCHOOL_DAYS, tuple(f"Day {n + 1}" for n in range(size)))
        for size in (5, 6, 10)
    ),
]
MOST_DAYS = 20


class CycleForm(forms.ModelForm):
    starts_on = DayField(
        label="It holds from", help_text="That day is the first of the cycle, or the first school day after it."
    )

    class Meta:
        model = DayCycle
        fields = ["starts_on", "follows"]
        labels = {"follows": "How do the days follow one another?"}
        widgets = {"follows": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["follows"].choices = DayCycle.Follows.choices


class CycleDayForm(forms.Form):
    name = forms.CharField(label="Day", max_length=20, required=False, widget=forms.TextInput(DRAWN))
    bells = forms.ModelChoiceField(
        BellSchedule.objects.none(),
        label="Bells",
        required=False,
        empty_label="The usual ones",
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, *args, bells, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bells"].queryset = bells
        self.fields["bells"].label_from_instance = lambda one: one.name

    def clean(self):
        given = super().clean()
        if given.get("bells") and not given.get("name"):
            self.add_error("name", "Give this day a name, or leave its bells as they are.")
        return given


class BaseCycleDays(forms.BaseFormSet):
    """The days in turn. `days` has (name, bells) of each once it is valid."""

    follows = None  # set by whoever checks it

    @property
    def days(self):
        rows = (form.cleaned_data for form in self.forms)
        return [(row["name"], row["bells"]) for row in rows if row.get("name")]

    def clean(self):
        seen = set()
        for form in self.forms:
            name = (form.cleaned_data.get("name") or "").lower() if not form.errors else ""
            if name and name in seen:
                form.add_error("name", "Another day of the cycle is called that.")
            seen.add(name)
        count = len(seen - {""})
        if self.follows == WEEKDAYS and count != len(NAMES):
            raise forms.ValidationError("A week has five days here: Monday to Friday, in this order.")
        if count < 2:
            raise forms.ValidationError("A cycle has two days or more.")


def cycle_days(data, *, school, names, follows=None):
    """The rows of a cycle's days; `names` are (name, bells) to begin with."""
    made = forms.formset_factory(
        CycleDayForm, formset=BaseCycleDays, extra=2, max_num=MOST_DAYS, absolute_max=MOST_DAYS, validate_max=True
    )
    bells = BellSchedule.objects.filter(school=school).order_by("-is_default", "name")
    initial = None if data else [{"name": name, "bells": ring} for name, ring in names]
    formset = made(data, initial=initial, prefix="days", form_kwargs={"bells": bells})
    formset.follows = follows
    return formset
