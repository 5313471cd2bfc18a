"""Forms of the growth meeting: its date, what is brought, the record, and what comes next year."""

import datetime as dt

from django import forms

from partnerships.forms.fields import LongTextField
from partnerships.forms.people import PlainForm
from people.clock import zone_of
from schedule.forms.events import WhenForm, web_address
from schedule.services import clash_mark, clashes, refusals, warnings

from ..models import GrowthMeeting, MeetingRecord

MINUTES = 20
DECISION = GrowthMeeting.Decision


class MeetingDateForm(WhenForm):
    """When the team and the principal meet. What is only in the way can be overruled, for what was shown."""

    video_link = web_address(label="Or a video link")
    anyway = forms.CharField(
        label="Put it in the calendar anyway", required=False, max_length=40, widget=forms.HiddenInput
    )

    def __init__(self, *args, school, people, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.school, self.people, self.by = school, people, by

    def zone(self):
        return zone_of(self.school)

    def clean(self):
        given = super().clean()
        if not self.errors and "starts_at" in given:
            self.warn_of(clashes(people=self.people, school=self.school, place=given["place"], by=self.by, **self.span))
        return given

    def warn_of(self, found):
        for clash in refusals(found):
            self.add_error("place" if clash.kind == "room" else "starts", clash.sentence)
        mild = warnings(found)
        mark = clash_mark(mild)
        if mild and self.cleaned_data.get("anyway") != mark:
            self.add_error(None, [clash.sentence for clash in mild])
            if not refusals(found):
                self.fields["anyway"].widget = forms.CheckboxInput(attrs={"value": mark})

    @property
    def date(self):
        """What `schedule_meeting` takes of it."""
        return self.span | {name: self.cleaned_data[name] for name in ("place", "video_link")}


def chosen_in(params):
    """A time that was found on another page, as its address brings it back; nonsense is left out."""
    try:
        day, starts = dt.date.fromisoformat(params.get("day", "")), dt.time.fromisoformat(params.get("starts", ""))
        minutes = min(int(params.get("minutes", MINUTES)), 600)
    except ValueError:
        return {}
    ends = dt.datetime.combine(day, starts) + dt.timedelta(minutes=minutes)
    return {"day": day, "starts": starts, "ends": ends.time()}


class BringForm(PlainForm):
    """What is one's own to bring; what one has brought is ticked."""

    sources = forms.MultipleChoiceField(label="What do you bring?", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, things, **options):
        super().__init__(*args, **options)
        self.fields["sources"].choices = [(source, thing.in_a_line) for source, thing in things.items()]


class RecordForm(PlainForm):
    """`version` is the one that the writer read; somebody may have been quicker."""

    body = LongTextField(
        label="What do we write down?",
        max_length=MeetingRecord._meta.get_field("body").max_length,
        rows=8,
        help_text="A few lines are enough: what grew, what got in the way, what would help. Name no student.",
    )
    version = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)


class NextYearForm(PlainForm):
    decision = forms.ChoiceField(
        label="What will you do next year?",
        widget=forms.RadioSelect,
        choices=[
            (DECISION.RENEW, "Go on for a second year: the same people and goal, with fresh dates"),
            (DECISION.CHANGE, "Go on with something changed: other people, another focus, another support"),
            (DECISION.END, "End here"),
        ],
    )

    def __init__(self, *args, may_renew, **options):
        super().__init__(*args, **options)
        if not may_renew:
            self.fields["decision"].choices = self.fields["decision"].choices[1:]
