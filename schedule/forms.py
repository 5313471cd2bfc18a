"""The forms of the calendar. Times are read on the clock of the event's school, or the writer's own."""

import datetime as dt
import uuid

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from people.clock import zone_of
from people.models import School, User

from .models import LONGEST, Event, Period

DAYS = [
    MinValueValidator(dt.date(2000, 1, 1), "Choose a day from 2000 on."),
    MaxValueValidator(dt.date(2099, 12, 31), "Choose a day before 2100."),
]
ALONE = ("meeting", "pre_conference", "observation", "post_conference", "session")


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


def bare_helper():
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class WhenForm(forms.Form):
    """A day and its hours: `starts_at` and `ends_at` once it is valid."""

    day = forms.DateField(label="Day", widget=DateInput, validators=DAYS)
    starts = forms.TimeField(label="From", widget=TimeInput)
    ends = forms.TimeField(label="Until", widget=TimeInput)
    place = forms.CharField(
        label="Room or place", max_length=120, required=False, help_text="Such as Room 12, or the library."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def zone(self):
        return timezone.get_current_timezone()

    def clean(self):
        given = super().clean()
        day, starts, ends = (given.get(name) for name in ("day", "starts", "ends"))
        if day and starts and ends:
            # In UTC, since two times of one zone are compared by the hands of the clock, even across its change.
            span = [dt.datetime.combine(day, time, tzinfo=self.zone()).astimezone(dt.UTC) for time in (starts, ends)]
            given["starts_at"], given["ends_at"] = span
            if not dt.timedelta(0) < span[1] - span[0] <= LONGEST:
                self.add_error("ends", "It ends before it starts. Choose a later time.")
        return given

    @property
    def span(self):
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at")}


class MoveForm(WhenForm):
    def __init__(self, *args, event, **kwargs):
        self.event = event
        starts, ends = event.starts_at.astimezone(self.zone()), event.ends_at.astimezone(self.zone())
        initial = {"day": starts.date(), "starts": starts.time(), "ends": ends.time(), "place": event.place}
        super().__init__(*args, initial=initial, **kwargs)

    def zone(self):
        return zone_of(self.event.school) if self.event.school else super().zone()


class CancelForm(forms.Form):
    word = forms.CharField(
        label="A word why, if you like",
        max_length=200,
        required=False,
        help_text="It stands on the event's page for those who were to come. The e-mail does not carry it.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class PeopleForm(forms.Form):
    """Colleagues to ask: ticked, or written by name or e-mail. `chosen` has them once it is valid."""

    colleagues = forms.TypedMultipleChoiceField(
        label="Colleagues whom you meet", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label="Other colleagues",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text="Their names as in the staff directory, or their e-mail addresses, with commas between them.",
    )

    def __init__(self, *args, person, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.person = person
        self.known = {colleague.pk: colleague for colleague in colleagues}
        self.fields["colleagues"].choices = [(colleague.pk, colleague.name) for colleague in colleagues]
        if not colleagues:
            del self.fields["colleagues"]

    def clean_others(self):
        """The colleagues that the text names, each found once and only once."""
        words = [word.strip() for word in self.cleaned_data["others"].replace("\n", ",").replace(";", ",").split(",")]
        wanted = {word.lower(): word for word in words if word}
        staff = User.objects.visible_to(self.person).filter(is_active=True).annotate(small=Lower("name"))
        found = list(staff.filter(Q(small__in=wanted) | Q(email__in=wanted)))
        for small, word in wanted.items():
            fits = [one for one in found if small in (one.small, one.email)]
            if not fits:
                self.add_error("others", f"We found nobody called “{word}”. Check the spelling, or write the e-mail.")
            elif len(fits) > 1:
                self.add_error("others", f"{len(fits)} colleagues are called “{word}”. Write the e-mail address.")
        return found

    @property
    def chosen(self):
        people = [self.known[pk] for pk in self.cleaned_data.get("colleagues") or ()]
        people += self.cleaned_data.get("others") or []
        return list({one.pk: one for one in people if one != self.person}.values())


class EventForm(WhenForm, PeopleForm):
    """Something to put in the calendar by hand."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="What is it?", choices=[(kind, Event.Kind(kind).label) for kind in ALONE])
    school = forms.ModelChoiceField(
        School.objects.none(), label="At which school?", required=False, empty_label="At no school: online or elsewhere"
    )
    video_link = forms.URLField(
        label="Link of a video call",
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
        help_text="Only those who come see it.",
    )
    listed = forms.BooleanField(
        label="Show it on the school's calendar as busy time",
        required=False,
        initial=True,
        help_text="Your school sees the time and the place, not what it is or who comes.",
    )

    field_order = ["uid", "kind", "day", "starts", "ends", "school", "place", "video_link", "colleagues", "others"]

    def __init__(self, *args, person, **kwargs):
        own = person.standing.schools
        initial = {"uid": uuid.uuid4(), "school": min(own) if own else None}
        super().__init__(*args, person=person, initial=initial, **kwargs)
        self.fields["school"].queryset = School.objects.visible_to(person).open()

    def zone(self):
        school = self.cleaned_data.get("school")
        return zone_of(school) if school else super().zone()

    @property
    def wanted(self):
        """Whom, where and when it would take up: what `clashes` asks."""
        given = {name: self.cleaned_data[name] for name in ("school", "place")}
        return given | self.span | {"people": [self.person, *self.chosen]}

    @property
    def event(self):
        """What `create_event` takes of it. Its title is the kind's: nobody's words go into a calendar."""
        given = {name: self.cleaned_data[name] for name in ("uid", "kind", "video_link", "listed")}
        return given | self.wanted | {"title": ""}


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
