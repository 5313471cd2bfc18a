"""The district, schools, school years and days without classes."""

import re

from django import forms

from people.models import District, School, SchoolYear

from .fields import DayField, check_order

DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
ZONE_HELP = "Such as America/New_York, America/Chicago, America/Denver or America/Los_Angeles."
LONGEST_SPAN = 120


class DistrictForm(forms.ModelForm):
    class Meta:
        model = District
        fields = ["name", "time_zone", "mail_domains", "help_email", "quiet_from", "quiet_until"]
        labels = {
            "name": "Name of the district",
            "time_zone": "Time zone",
            "mail_domains": "Mail domains of the staff",
            "help_email": "Whom people write to when they are stuck",
            "quiet_from": "No e-mail after",
            "quiet_until": "E-mail again from",
        }
        help_texts = {
            "time_zone": ZONE_HELP,
            "mail_domains": "Staff with an address here may make their own account; you still place them in a school. "
            "For example: cedar.example. Put commas between several. Leave it empty and only you can add people.",
            "quiet_from": "What comes later waits until the morning.",
            "quiet_until": "",
        }
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in ("quiet_from", "quiet_until")
        }

    def clean_mail_domains(self):
        domains = District(mail_domains=self.cleaned_data["mail_domains"]).domains
        wrong = next((domain for domain in domains if not DOMAIN.fullmatch(domain)), None)
        if wrong:
            raise forms.ValidationError(f"“{wrong}” is not a mail domain. Write what stands after the @.")
        return ", ".join(domains)


class SchoolForm(forms.ModelForm):
    class Meta:
        model = School
        fields = ["name", "code", "time_zone"]
        labels = {"name": "Name of the school", "code": "Short code", "time_zone": "Time zone"}
        help_texts = {
            "code": "The code that your staff file uses: letters, digits and hyphens.",
            "time_zone": f"Only if it differs from the district's. {ZONE_HELP}",
        }

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if School.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("There is a school with this name.")
        return name

    def clean_code(self):
        code = self.cleaned_data["code"]
        if School.objects.filter(code__iexact=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Another school has this code.")
        return code


class CloseSchoolForm(forms.Form):
    on = DayField(label="First day that it is closed", help_text="Posts at the school end the day before.")


class YearForm(forms.ModelForm):
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day")

    class Meta:
        model = SchoolYear
        fields = ["name", "starts_on", "ends_on"]
        labels = {"name": "Name"}
        help_texts = {"name": "For example: 2026-27."}

    def clean(self):
        super().clean()
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if not (starts_on and ends_on):
            return
        if ends_on <= starts_on:
            self.add_error("ends_on", "The last day comes after the first.")
            return
        others = SchoolYear.objects.exclude(pk=self.instance.pk)
        other = others.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
        if other:
            at = "starts_on" if other.starts_on <= starts_on else "ends_on"
            span = f"{other.name} runs from {other.starts_on:%Y-%m-%d} to {other.ends_on:%Y-%m-%d}"
            self.add_error(at, f"{span}: a day belongs to one year.")


class NoSchoolForm(forms.Form):
    name = forms.CharField(label="What is it", max_length=80, help_text="For example: Fall break.")
    first = DayField(label="First day")
    last = DayField(label="Last day", required=False, help_text="Leave it empty for a single day.")
    school = forms.ModelChoiceField(
        School.objects.open(), label="Where", required=False, empty_label="All schools of the district"
    )
    weekends = forms.BooleanField(label="Add the Saturdays and Sundays too", required=False)

    def clean(self):
        super().clean()
        check_order(self, "first", "last", "The last day comes after the first.")
        first = self.cleaned_data.get("first")
        last = self.cleaned_data["last"] = self.cleaned_data.get("last") or first
        if first and last and (last - first).days > LONGEST_SPAN:
            self.add_error("last", f"That is more than {LONGEST_SPAN} days. Look at the year, or add it in parts.")
