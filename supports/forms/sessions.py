"""Forms of the PD catalogue."""

import datetime as dt
from decimal import Decimal

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from people.models import Role, School, SchoolYear, User

from ..models import PDSession

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2100, 1, 1)


class SessionForm(forms.ModelForm):
    """One session of the catalogue."""

    class Meta:
        model = PDSession
        fields = [
            *["title", "held_on", "leader", "school", "hours"],
            *["summary", "goal", "focus_area", "measured_by", "materials"],
        ]
        widgets = {
            "held_on": DAY,
            "summary": forms.Textarea(attrs={"rows": 4}),
            "materials": forms.Textarea(attrs={"rows": 6}),
        }
        labels = {
            "title": "What the session is called",
            "held_on": "The day it was held",
            "leader": "Who led it",
            "school": "Where",
            "hours": "How many hours it took",
            "summary": "What it was about",
            "goal": "What colleagues can reach if they follow up",
            "focus_area": "What they would work on",
            "measured_by": "How they will know that it worked",
            "materials": "Handouts and links",
        }
        help_texts = {
            "leader": "Colleagues who follow up on the session reach this person.",
            "hours": "For example 1.5",
            "goal": "A follow-up starts with this goal. Its people can change it.",
            "focus_area": "For example guided reading, or assessment prompts",
            "measured_by": "For example two lessons tried, and samples of work with the names cut off",
            "materials": "A list or some text, in Markdown. Do not name students.",
        }

    def __init__(self, *args, by, names_leader, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.fields["hours"].min_value = Decimal("0.25")
        self.fields["hours"].widget.attrs.update(min="0.25", step="0.25")
        if names_leader:
            self.fields["leader"].queryset = User.objects.visible_to(by).filter(is_active=True)
        else:
            del self.fields["leader"]
        self._offer_schools(by)

    def _offer_schools(self, by):
        """Every open school, or the person's own and where the session is already; a school facilitator must say."""
        schools, field = School.objects.visible_to(by).open(), self.fields["school"]
        if not (by.standing.is_admin or by.standing.is_district_facilitator):
            schools = schools.filter(pk__in=by.standing.schools | {self.instance.school_id})
            field.required = by.standing.holds(Role.FACILITATOR)
        field.queryset = schools
        field.empty_label = "Choose a school" if field.required else "The whole district"

    def clean_hours(self):
        hours = self.cleaned_data["hours"]
        if hours < Decimal("0.25"):
            raise forms.ValidationError("Write at least a quarter of an hour: 0.25.")
        return hours

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError("Write a day between 1990 and 2100.")
        return day


class SessionSearch(forms.Form):
    """What a person looks for in the catalogue; a field that makes no sense does not narrow the list."""

    q = forms.CharField(label="Words to look for", max_length=100, required=False)
    year = forms.ModelChoiceField(SchoolYear.objects.none(), label="School year", required=False, empty_label="Any")
    leader = forms.CharField(label="Who led it", max_length=100, required=False, help_text="A part of the name")

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].queryset = SchoolYear.objects.visible_to(by)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Row(*(Column(name, css_class="col-sm-4") for name in self.fields)))

    def pick(self, sessions):
        """Those of a queryset that fit everything that is asked for."""
        self.is_valid()
        wanted = getattr(self, "cleaned_data", {})
        if year := wanted.get("year"):
            sessions = sessions.filter(held_on__range=(year.starts_on, year.ends_on))
        if leader := wanted.get("leader"):
            sessions = sessions.filter(leader__name__icontains=leader)
        return sessions.mentioning(wanted.get("q") or "")
