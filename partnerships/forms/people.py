"""Forms about who takes part: asking, answering, handing over, leaving."""

from crispy_forms.helper import FormHelper
from django import forms

from ..models import Member, SelfAssessment
from .fields import ColleagueField, LongTextField


class PlainForm(forms.Form):
    """The page writes the form's tag, its token and its button."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class InviteForm(PlainForm):
    def __init__(self, *args, asker, **options):
        super().__init__(*args, **options)
        self.fields["colleague"] = ColleagueField(
            asker=asker,
            label="Whom do you want to ask?",
            help_text="A name or an e-mail. Anyone on the staff of the district, at any school.",
            widget=forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"}),
        )


class CallForm(PlainForm):
    words = LongTextField(
        label="What are you looking for?",
        max_length=300,
        help_text="All the staff read this. For example: somebody with grade 5 who wants to try number talks.",
    )


class AnswerForm(PlainForm):
    level = forms.TypedChoiceField(
        label="How close to this goal are you today?",
        help_text="Only you see this. You may leave it empty.",
        choices=SelfAssessment.Level,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class HandOverForm(PlainForm):
    """Choose one of the others who take part."""

    def __init__(self, *args, partnership, person, **options):
        super().__init__(*args, **options)
        active = [m for m in partnership.members.all() if m.state == Member.State.ACTIVE and m.person_id != person.pk]
        self.people = {str(member.person_id): member.person for member in active}
        self.fields["to"] = forms.ChoiceField(
            label="Who leads from now on?",
            choices=[(pk, str(heir)) for pk, heir in self.people.items()],
            widget=forms.RadioSelect,
        )

    def clean_to(self):
        return self.people[self.cleaned_data["to"]]


class WithdrawForm(PlainForm):
    reason = forms.CharField(
        label="Why do you withdraw it?", max_length=200, help_text="A few words. You and your partners read them."
    )


class SureForm(PlainForm):
    """Nothing to fill: the button is the answer."""
