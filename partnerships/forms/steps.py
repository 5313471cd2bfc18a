"""The forms of the step kinds. Each is given the step and the person in front of it."""

import datetime as dt

from crispy_forms.helper import FormHelper
from django import forms

from people import clock
from schedule.models import Event
from schedule.services import clash_mark, clashes

from ..models import Entry, Plan, QuickReflection, SelfAssessment
from .fields import ColleagueField, DayField, LongTextField, MinutesField

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


class GoalForm(StepForm):
    privacy = PLAN_READERS
    goal = LongTextField(
        label="What do you want to reach?",
        help_text="One or two sentences. For example: my quieter students speak up in every discussion.",
        max_length=1000,
    )
    level = LevelField(label="How close to it are you today?", help_text="Only you see this. Nobody else assesses you.")

    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        if step.member_id:
            self.privacy = YOU_AND_PARTNERS
            self.fields["goal"].label = "What do you want to learn?"
        elif step.partnership.plan.goal:
            self.fields["goal"].initial = step.partnership.plan.goal
        if not step.config.get("self_assessment", True):
            del self.fields["level"]
        self.fields["goal"].help_text = step.config.get("label_hint", self.fields["goal"].help_text)


class QuestionForm(GoalForm):
    parts = LongTextField(label="What smaller questions are in it?", help_text="One on each line.", required=False)
    baseline = LongTextField(
        label="How do things stand today?",
        help_text="Numbers or a few words, so that you can tell later what changed. No student names.",
        required=False,
    )
    field_order = ["goal", "parts", "baseline", "level"]

    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        self.fields["goal"].label = "What is your question?"
        self.fields["goal"].help_text = "A question without an easy answer, from your own classroom."
        if not step.config.get("asks_baseline", True):
            del self.fields["baseline"]


class PartnersForm(StepForm):
    privacy = ""

    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        self.fields["colleague"] = ColleagueField(
            asker=person,
            label="Whom do you want to ask?",
            help_text="A name or an e-mail. Anyone on the staff of the district, at any school.",
            widget=forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"}),
        )


class ContactForm(StepForm):
    words = LongTextField(label="What do you want to ask?", max_length=1000)
    answer = LongTextField(
        label="What did they answer?",
        help_text="If you have talked already, note it here and the step is done. Or leave it empty and wait.",
        required=False,
        max_length=1000,
    )

    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        self.privacy = "You and your partners read this, and the person that you ask."
        if step.config["whom"] == "teacher_leader" and not step.partnership.session_id:
            self.fields["colleague"] = ColleagueField(
                asker=person, label="Who led the session?", help_text="A name or an e-mail.", required=False
            )
            self.order_fields(["colleague", "words", "answer"])


class PlanForm(StepForm):
    """The plan, with as many sections as the step asks for, and a few rows of milestones."""

    privacy = PLAN_READERS
    MILESTONES = 5
    TEXTS = {
        "objective": ("What do you want to reach together?", "Say it so that you will know when you are there."),
        "success": ("How will you know that it worked?", "What you would see, hear or count."),
        "resources": ("What do you ask your principal for?", "Materials, a room, money. Leave it empty if nothing."),
        "direction": ("Where would you like your principal's direction?", "A question that she can answer."),
        "coverage": ("Which class time needs cover?", "Roughly: how many periods, of whom. Ask for the dates later."),
    }

    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        plan, wanted = step.partnership.plan, set(step.config.get("sections") or ALL_SECTIONS)
        if "approach" in wanted:
            self.add_approach(plan)
        for name, (label, help_text) in self.TEXTS.items():
            if name in wanted:
                self.fields[name] = LongTextField(
                    label=label,
                    help_text=help_text,
                    required=name == "objective",
                    max_length=1000,
                    initial=getattr(plan, name),
                )
        if "timeline" in wanted:
            self.add_timeline(step.partnership)
        if "milestones" in wanted:
            self.add_milestones(step.partnership)

    def add_approach(self, plan):
        self.fields["approach"] = forms.ChoiceField(
            label="How will you work together?", choices=Plan.Approach, widget=forms.RadioSelect, initial=plan.approach
        )
        self.fields["own_approach"] = forms.CharField(
            label="If it is something of your own: what?", max_length=200, required=False, initial=plan.own_approach
        )

    def add_timeline(self, partnership):
        self.fields["starts_on"] = DayField(label="When do you begin?", initial=partnership.starts_on)
        self.fields["ends_on"] = DayField(
            label="When will you be done?",
            help_text="Your own dates: the reminders follow them. More than a year is set up for one, then revisited.",
            initial=partnership.ends_on,
        )

    def add_milestones(self, partnership):
        kept = list(partnership.milestones.all())
        for number in range(max(self.MILESTONES, len(kept) + 2)):
            milestone = kept[number] if number < len(kept) else None
            self.fields[f"milestone_{number}"] = forms.CharField(
                label=f"Milestone {number + 1}",
                max_length=120,
                required=False,
                initial=milestone and milestone.title,
            )
            self.fields[f"milestone_{number}_due"] = DayField(
                label=f"By when is milestone {number + 1} reached?",
                required=False,
                initial=milestone and milestone.due_on,
            )

    def clean(self):
        answers = super().clean()
        if answers.get("approach") == Plan.Approach.OWN and not answers.get("own_approach"):
            self.add_error("own_approach", "Say in a few words what your own approach is.")
        starts, ends = answers.get("starts_on"), answers.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "This is before you begin. Choose a later day.")
        if starts and abs((starts - self.today).days) > 730 or ends and (ends - self.today).days > 3650:
            self.add_error("ends_on", "That is too far from today. Check the years.")
        if "milestone_0" in self.fields:
            self.clean_milestones(answers)
        return answers

    def clean_milestones(self, answers):
        answers["milestones"] = []
        for name in [name for name in self.fields if name.startswith("milestone_") and not name.endswith("_due")]:
            title, due_on = answers.get(name), answers.get(f"{name}_due")
            if title and not due_on and f"{name}_due" not in self.errors:
                self.add_error(f"{name}_due", "Give this milestone a date.")
            if due_on and not title and name not in self.errors:
                self.add_error(name, "Say what is reached by then.")
            if title and due_on:
                answers["milestones"].append((title, due_on))


ALL_SECTIONS = ["approach", "objective", "success", "timeline", "milestones", "resources", "direction", "coverage"]


class EventForm(StepForm):
    """One date of the kinds that the step asks for, put into everybody's calendar."""

    privacy = "Your partners see the whole. Others at the school see a busy time and a place at most."

    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        kinds = step.config["kinds"]
        members = [(m.person_id, str(m.person)) for m in step.partnership.members.all() if m.state == "active"]
        if len(kinds) > 1:
            labels = dict(Event.Kind.choices)
            self.fields["kind"] = forms.ChoiceField(label="What is it?", choices=[(k, labels[k]) for k in kinds])
        self.fields["day"] = DayField(label="Which day?")
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
        self.fields["anyway"] = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

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
        """Say who or what is taken, and offer to go ahead; that counts for what was shown, and for nothing new."""
        partnership = self.step.partnership
        found = clashes(
            people=[member.person for member in partnership.members.all() if member.state == "active"],
            starts_at=answers["starts_at"],
            ends_at=answers["ends_at"],
            school=partnership.school,
            place=answers.get("place", ""),
            by=self.person,
        )
        mark = clash_mark(found)
        if found and answers.get("anyway") != mark:
            self.add_error(None, [clash.sentence for clash in found])
            self.fields["anyway"].label = "Put it in the calendar anyway"
            self.fields["anyway"].widget = forms.CheckboxInput(attrs={"value": mark})


class PromptsForm(StepForm):
    """A text for each prompt of the step, and who may read them."""

    privacy = ONLY_YOU
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

    privacy = YOU_AND_PARTNERS + " To share it with the school, each of you has to agree."
    audience_at_first = Entry.Audience.PARTNERS

    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        self.fields["audience"].choices = Entry.Audience.choices[1:]


class NotesForm(PromptsForm):
    """Notes that describe and never rate, for the partners."""

    privacy = YOU_AND_PARTNERS + " Describe what you saw; leave student names out."
    asks_audience = False


class TickForm(StepForm):
    privacy = ""
    minutes = MinutesField()
