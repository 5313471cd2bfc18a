"""The forms of steps in which people write: what they did, saw, found and learned."""

from django import forms

from ..beside import of_joint_words, of_notes, of_own_words
from ..models import Entry, Member, QuickReflection
from .fields import DayField, LongTextField, MinutesField
from .steps import AudienceField, LevelField, StepForm


class PromptsForm(StepForm):
    """A text for each prompt of the step, and who may read them."""

    audience_at_first = Entry.Audience.PRIVATE
    asks_minutes = True
    asks_audience = True

    def __init__(self, step, person, *, prompts, **options):
        super().__init__(step, person, **options)
        self.prompts = prompts
        for number, prompt in enumerate(prompts):
            self.fields[f"prompt_{number}"] = LongTextField(label=prompt, required=False)
        if self.asks_minutes:
            self.fields["minutes"] = MinutesField()
        if self.asks_audience:
            self.fields["audience"] = AudienceField(initial=self.audience_at_first)

    @property
    def chosen(self):
        """The readers that are chosen as the page is drawn."""
        return self["audience"].value() or self.audience_at_first

    @property
    def beside(self):
        return of_own_words(self.chosen, [value for value, _ in self.fields["audience"].choices])

    def clean(self):
        answers = super().clean()
        answers["texts"] = [
            (prompt, answers[f"prompt_{number}"])
            for number, prompt in enumerate(self.prompts)
            if answers.get(f"prompt_{number}")
        ]
        if not answers["texts"] and not self.errors:
            self.add_error("prompt_0", "Write at least one line before you go on.")
        return answers


class CycleForm(PromptsForm):
    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        self.fields["on"] = DayField(label="On which day?", initial=self.today)
        self.order_fields(["on"])

    def clean_on(self):
        if (self.cleaned_data["on"] - self.today).days > 0:
            raise forms.ValidationError("That day is still to come. Log it when it is done.")
        if (self.today - self.cleaned_data["on"]).days > 730:
            raise forms.ValidationError("That is too long ago. Check the year.")
        return self.cleaned_data["on"]


class ReflectionForm(PromptsForm):
    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        if step.config.get("fist_to_five", True):
            self.fields["fist_to_five"] = forms.TypedChoiceField(
                label="Fist to five: how was it?",
                help_text="0, a fist, is not at all; 5 is very well. Only you see it; reports count groups of five.",
                choices=[(n, str(n)) for n in range(6)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        if step.config.get("next_step", True):
            self.fields["next_step"] = forms.ChoiceField(
                label="What do you do with it next?",
                choices=QuickReflection.NextStep,
                required=False,
                widget=forms.RadioSelect,
            )
        if step.config.get("self_assessment", True):
            self.fields["level"] = LevelField(
                label="How close to your goal are you now?", help_text="Only you see this. Nobody else assesses you."
            )
        self.order_fields([f"prompt_{n}" for n in range(len(self.prompts))] + ["fist_to_five", "next_step", "level"])


class JointForm(PromptsForm):
    """Written together: inside the partnership until all agree to share it."""

    audience_at_first = Entry.Audience.PARTNERS

    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        self.fields["audience"].choices = Entry.Audience.choices[1:]

    @property
    def beside(self):
        return of_joint_words(self.chosen)


class NotesForm(PromptsForm):
    """Notes that describe and never rate, for the partners."""

    asks_audience = False

    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        others = [m for m in step.partnership.members.all() if m.state == Member.State.ACTIVE]
        self.people = {str(m.person_id): m.person for m in others if m.person_id != person.pk}
        if step.config.get("asks_observed") and self.people:
            self.fields["visited"] = forms.ChoiceField(
                label="Whose lesson was it?",
                help_text="When you have talked, you hand the notes to them.",
                choices=[(pk, str(colleague)) for pk, colleague in self.people.items()],
                initial=next(iter(self.people), ""),
                widget=forms.RadioSelect,
            )
            self.order_fields(["visited"])

    @property
    def beside(self):
        return of_notes()

    def clean_visited(self):
        return self.people[self.cleaned_data["visited"]]


class TickForm(StepForm):
    beside = None
    minutes = MinutesField()
