"""What the forms of all step kinds share: each is given the step and the person in front of it."""

from crispy_forms.helper import FormHelper
from django import forms

from people import clock

from ..models import Entry, SelfAssessment

ONLY_YOU = "Only you read this, unless you share it."
YOU_AND_PARTNERS = "You and your partners read this. No principal, admin or facilitator does."
PLAN_READERS = "You and your partners, your facilitator and your principal read the plan."


class StepForm(forms.Form):
    """`privacy` is the line that stands beside its text fields: who can read them."""

    privacy = YOU_AND_PARTNERS

    def __init__(self, step, person, **options):
        self.step, self.person = step, person
        super().__init__(**options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def today(self):
        return clock.today(self.step.partnership.school)


class LevelField(forms.TypedChoiceField):
    def __init__(self, **options):
        super().__init__(
            choices=SelfAssessment.Level,
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **options,
        )


class AudienceField(forms.ChoiceField):
    def __init__(self, *, initial, leaves=True):
        choices = Entry.Audience.choices if leaves else Entry.Audience.choices[:2]
        super().__init__(label="Who may read it", choices=choices, initial=initial, widget=forms.RadioSelect)
