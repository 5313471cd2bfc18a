"""The form of steps that put dates into the calendar."""

import datetime as dt
from urllib.parse import urlencode

from django import forms
from django.utils.html import format_html

from people import clock
from schedule.models import Event
from schedule.services import clash_mark, clashes, refusals, warnings

from ..beside import of_dates
from .fields import DayField
from .steps import StepForm


class EventForm(StepForm):
    """One date of the kinds that the step asks for, put into everybody's calendar."""

    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        kinds = step.config["kinds"]
        members = [(m.person_id, str(m.person)) for m in step.partnership.members.all() if m.state == "active"]
        if len(kinds) > 1:
            labels = dict(Event.Kind.choices)
            self.fields["kind"] = forms.ChoiceField(label="What is it?", choices=[(k, labels[k]) for k in kinds])
        self.fields["day"] = DayField(label="Which day?", help_text=self.way_to_find(members))
        self.fields["starts"] = forms.TimeField(
            label="From what time?", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        )
        self.fields["minutes"] = forms.IntegerField(
            label="How many minutes?", min_value=5, max_value=600, initial=step.config.get("minutes", 45)
        )
        self.fields["place"] = forms.CharField(label="Which room or place?", max_length=120, required=False)
        self.fields["video_link"] = forms.URLField(
            label="Or a video link?", required=False, assume_scheme="https", max_length=200
        )
        if "observation" in kinds and len(members) > 1:
            self.fields["observed"] = forms.TypedChoiceField(
                label="If it is an observation: whose class is visited?",
                choices=[("", "Nobody's")] + members,
                coerce=int,
                empty_value=None,
                required=False,
            )
        self.fields["anyway"] = forms.CharField(
            label="Put it in the calendar anyway", required=False, max_length=40, widget=forms.HiddenInput
        )

    @property
    def beside(self):
        return of_dates()

    def way_to_find(self, members):
        """A link to the page that looks for a time, with everything that is known; it leads back here."""
        partnership, others = self.step.partnership, [pk for pk, _ in members if pk != self.person.pk]
        known = {
            "people": ",".join(map(str, others)),
            "minutes": self.step.config.get("minutes", 45),
            "school": partnership.school_id or "",
            "back": self.step.get_absolute_url(),
        }
        address = f"/calendar/find/?{urlencode(known, safe=',/')}"
        return format_html('<a href="{}">Find a time that takes the least class</a>', address)

    def clean(self):
        answers = super().clean()
        kind = answers.get("kind") or self.step.config["kinds"][0]
        answers["kind"] = kind
        if kind == Event.Kind.OBSERVATION and "observed" in self.fields and not answers.get("observed"):
            self.add_error("observed", "Choose whose class is visited.")
        if answers.get("day") and abs((answers["day"] - self.today).days) > 730:
            self.add_error("day", "That is too far from today. Check the year.")
        if answers.get("day") and answers.get("starts") and answers.get("minutes"):
            starts = clock.at(answers["day"], answers["starts"], self.step.partnership.school)
            answers["starts_at"], answers["ends_at"] = starts, starts + dt.timedelta(minutes=answers["minutes"])
            self.warn_of_clashes(answers)
        return answers

    def warn_of_clashes(self, answers):
        """Say who or what is taken. What is not taken for good can be overruled: for what was shown, nothing new."""
        found = self.clashes(answers)
        for clash in refusals(found):
            self.add_error("place" if clash.kind == "room" else "starts", clash.sentence)
        mild = warnings(found)
        mark = clash_mark(mild)
        if mild and answers.get("anyway") != mark:
            self.add_error(None, [clash.sentence for clash in mild])
            if not refusals(found):
                self.fields["anyway"].widget = forms.CheckboxInput(attrs={"value": mark})

    def clashes(self, answers):
        partnership = self.step.partnership
        people = [member.person for member in partnership.members.all() if member.state == "active"]
        return clashes(
            people=people,
            visited=[person for person in people if person.pk == answers.get("observed")],
            starts_at=answers["starts_at"],
            ends_at=answers["ends_at"],
            school=partnership.school,
            place=answers.get("place", ""),
            by=self.person,
        )
