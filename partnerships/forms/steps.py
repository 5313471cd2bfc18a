"""What the forms of all step kinds share: each is given the step and the person in front of it."""

from crispy_forms.helper import FormHelper
from django import forms

from people import clock

from ..beside import of_words_for_partners
from ..models import Entry, SelfAssessment


class StepForm(forms.Form):
    """`beside` is the notice that stands beside its text fields: who reads them, and how long they are kept."""

    def __init__(self, step, person, **options):
        self.step, self.person = step, person
        super().__init__(**options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def beside(self):
        return of_words_for_partners()

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
