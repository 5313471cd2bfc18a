"""What the page of a draft sends: small forms, each for one thing done to the plan."""

from django import forms

from .shared import TimeField


class MinuteField(TimeField):
    """A time of day, as minutes after midnight."""

    def clean(self, value):
        time = super().clean(value)
        return time and time.hour * 60 + time.minute


class IdsField(forms.TypedMultipleChoiceField):
    """Ids of people; whether they belong to the walk is the checker's to say."""

    def __init__(self, **options):
        super().__init__(coerce=int, **options)

    def valid_value(self, value):
        return str(value).isdecimal() and len(str(value)) < 19


class DraftForm(forms.Form):
    version = forms.IntegerField(min_value=1, max_value=10**9)


class OfVisitForm(DraftForm):
    host = forms.IntegerField(min_value=1, max_value=2**62)
    minute = forms.IntegerField(min_value=0, max_value=1439)


class ChangeVisitForm(OfVisitForm):
    starts = MinuteField(label="From what time?")
    who = IdsField(label="Who goes?", required=False)


class AddVisitForm(DraftForm):
    team = forms.IntegerField(label="Which team?", min_value=0, max_value=99)
    host = forms.IntegerField(label="Whose class?", min_value=1, max_value=2**62)
    starts = MinuteField(label="From what time?")


class MeetingsForm(DraftForm):
    pre_brief = MinuteField(label="Pre-brief from")
    debrief = MinuteField(label="Debrief from")


class TeamForm(DraftForm):
    who = forms.IntegerField(label="Who?", min_value=1, max_value=2**62)
    team = forms.IntegerField(label="Which team?", min_value=0, max_value=99)


class AllowForm(DraftForm):
    who = forms.IntegerField(min_value=1, max_value=2**62)
    host = forms.IntegerField(min_value=1, max_value=2**62)
