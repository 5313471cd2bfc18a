"""The forms of steps in which partners agree: on a goal, on who takes part, on a plan."""

from django import forms

from ..beside import of_contacts, of_plans, of_words_for_partners
from ..models import Plan
from .fields import ColleagueField, DayField, LongTextField
from .steps import LevelField, StepForm


class GoalForm(StepForm):
    goal = LongTextField(
        label="What do you want to reach?",
        help_text="One or two sentences. For example: my quieter students speak up in every discussion.",
        max_length=1000,
    )
    level = LevelField(label="How close to it are you today?", help_text="Only you see this. Nobody else assesses you.")

    def __init__(self, step, person, **options):
        super().__init__(step, person, **options)
        if step.member_id:
            self.fields["goal"].label = "What do you want to learn?"
        elif step.partnership.plan.goal:
            self.fields["goal"].initial = step.partnership.plan.goal
        if not step.config.get("self_assessment", True):
            del self.fields["level"]
        self.fields["goal"].help_text = step.config.get("label_hint", self.fields["goal"].help_text)

    @property
    def beside(self):
        return of_words_for_partners() if self.step.member_id else of_plans()


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
    beside = None

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
        if step.config["whom"] == "teacher_leader" and not step.partnership.session_id:
            self.fields["colleague"] = ColleagueField(
                asker=person, label="Who led the session?", help_text="A name or an e-mail.", required=False
            )
            self.order_fields(["colleague", "words", "answer"])

    @property
    def beside(self):
        return of_contacts()


class PlanForm(StepForm):
    """The plan, with as many sections as the step asks for, and a few rows of milestones."""

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

    @property
    def beside(self):
        return of_plans()

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
