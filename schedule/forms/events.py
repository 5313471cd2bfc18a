"""The forms of an event. Times are read on the clock of the event's school, or the writer's own."""

import datetime as dt
import uuid

from crispy_forms.layout import HTML, Layout
from django import forms
from django.core.validators import URLValidator
from django.utils import timezone

from people.clock import moment, zone_of
from people.models import School

from ..models import LONGEST, Event
from .people import NamesField, PeopleForm
from .shared import DAYS, DateInput, TimeInput, bare_helper

ALONE = ("meeting", "pre_conference", "observation", "post_conference", "session")


class WhenForm(forms.Form):
    """A day and its hours: `starts_at` and `ends_at` once it is valid."""

    day = forms.DateField(label="Day", widget=DateInput, validators=DAYS)
    starts = forms.TimeField(label="From", widget=TimeInput)
    ends = forms.TimeField(label="Until", widget=TimeInput)
    place = forms.CharField(
        label="Room or place",
        max_length=120,
        required=False,
        widget=forms.TextInput({"list": "rooms", "autocomplete": "off"}),
        help_text="Such as Room 12, or the library. One date at a time has it.",
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
            span = [moment(day, time, self.zone()).astimezone(dt.UTC) for time in (starts, ends)]
            given["starts_at"], given["ends_at"] = span
            if not dt.timedelta(0) < span[1] - span[0] <= LONGEST:
                self.add_error("ends", "It ends before it starts. Choose a later time.")
        return given

    @property
    def span(self):
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at")}


class ScopeForm(forms.Form):
    """Whether what is done to a date is done to the later ones of its series as well."""

    scope = forms.ChoiceField(
        label="This date is one of several",
        choices=[("one", "Only this one"), ("later", "This one and the later ones")],
        widget=forms.RadioSelect,
        initial="one",
    )

    def __init__(self, *args, has_later, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_later:
            del self.fields["scope"]

    @property
    def of_all(self):
        return self.cleaned_data.get("scope") == "later"


class MoveForm(WhenForm, ScopeForm):
    field_order = ["day", "starts", "ends", "place", "scope"]

    def __init__(self, *args, event, **kwargs):
        self.event = event
        starts, ends = event.starts_at.astimezone(self.zone()), event.ends_at.astimezone(self.zone())
        initial = {
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "place": event.place,
            "scope": "one",
        }
        super().__init__(*args, initial=initial, **kwargs)

    def zone(self):
        return zone_of(self.event.school) if self.event.school else super().zone()


class CancelForm(ScopeForm):
    word = forms.CharField(
        label="A word why, if you like",
        max_length=200,
        required=False,
        help_text="It stands on the event's page for those who were to come. The e-mail does not carry it.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


LINKS = 3
TITLES = ("Something to bring or read: its title", "A second one", "A third one")
SHOWN = ["uid", "kind", "day", "starts", "ends", "school", "place", "colleagues", "others"]
# What few dates need stands under a fold, which is open once the form was sent.
SELDOM = {"weeks", "video_link", "welcome", "listed"}
FOLD = """<details class="event-more"{% if form.is_bound %} open{% endif %}>
<summary>Repeat it, ask guests, add links, or keep it off the school's calendar</summary>"""


def web_address(**options):
    given = {"required": False, "max_length": 200, "assume_scheme": "https"}
    return forms.URLField(validators=[URLValidator(schemes=["https", "http"])], **given | options)


class EventForm(WhenForm, PeopleForm):
    """Something to put in the calendar by hand."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="What is it?", choices=[(kind, Event.Kind(kind).label) for kind in ALONE])
    school = forms.ModelChoiceField(
        School.objects.none(), label="At which school?", required=False, empty_label="At no school: online or elsewhere"
    )
    video_link = web_address(label="Link of a video call", help_text="Only those who come see it.")
    weeks = forms.IntegerField(
        label="Repeat it each week: how many weeks?",
        required=False,
        min_value=2,
        max_value=40,
        help_text="Leave it empty for a single date. Days without school are left out.",
    )
    welcome = NamesField(
        label="Welcome, but not needed",
        help_text="Names or e-mail addresses. They are asked too; the date stands without them.",
    )
    listed = forms.BooleanField(
        label="Show it on the school's calendar as busy time",
        required=False,
        initial=True,
        help_text="Your school sees the time and the place, not what it is or who comes.",
    )

    def __init__(self, *args, person, initial=None, **kwargs):
        own = person.standing.schools
        start = {"uid": uuid.uuid4(), "school": min(own) if own else None}
        super().__init__(*args, person=person, initial=start | (initial or {}), **kwargs)
        self.fields["school"].queryset = School.objects.visible_to(person).open()
        for number in range(1, LINKS + 1):
            self.fields[f"title_{number}"] = forms.CharField(label=TITLES[number - 1], max_length=80, required=False)
            self.fields[f"address_{number}"] = web_address(label="Its address")
        folded = [name for name in self.fields if name in SELDOM or name[-1].isdigit()]
        shown = [name for name in SHOWN if name in self.fields]
        self.helper.layout = Layout(*shown, HTML(FOLD), *folded, HTML("</details>"))

    def zone(self):
        school = self.cleaned_data.get("school")
        return zone_of(school) if school else super().zone()

    def clean_uid(self):
        """The form's mark made the writer's own: one that came from somebody else's page is no date of theirs."""
        return uuid.uuid5(self.cleaned_data["uid"], str(self.person.pk))

    def clean(self):
        given = super().clean()
        for number in range(1, LINKS + 1):
            title, address = given.get(f"title_{number}"), given.get(f"address_{number}")
            if title and not address and f"address_{number}" not in self.errors:
                self.add_error(f"address_{number}", "Write the address that this title is for.")
        return given

    @property
    def wanted(self):
        """Whom, where and when it would take up: what `clashes` asks."""
        given = {name: self.cleaned_data[name] for name in ("school", "place")}
        return given | self.span | {"people": [self.person, *self.chosen]}

    @property
    def event(self):
        """What `create_event` takes of it. Its title is the kind's: nobody's words go into a calendar."""
        given = {name: self.cleaned_data[name] for name in ("uid", "kind", "video_link", "listed")}
        optional = [one for one in self.cleaned_data["welcome"] if one not in (self.person, *self.chosen)]
        return given | self.wanted | {"title": "", "optional": optional, "links": self.links}

    @property
    def links(self):
        rows = [(self.cleaned_data[f"title_{n}"], self.cleaned_data[f"address_{n}"]) for n in range(1, LINKS + 1)]
        return [[title or address, address] for title, address in rows if address]
