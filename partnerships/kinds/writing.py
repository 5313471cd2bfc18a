"""Steps in which people write: what they did, saw, found and learned."""

from people import clock
from supports.registry import StepKind

from ..forms.writing import CycleForm, JointForm, NotesForm, PromptsForm, ReflectionForm, TickForm
from ..models import Entry, QuickReflection, SelfAssessment, TimeSpent
from ..services.time import record_minutes
from ..services.words import write
from .agreeing import assess

REFLECT = [
    "How did it go, and how do you feel about the goal, the results and working together?",
    "What did your decisions do to the results? What moved you closer to the goal, or away from it?",
    "What do you take along from this, and what will you watch out for?",
    "How will you use it, and how will you keep at it?",
    "How did working this way help you learn, and what of it could become a habit?",
]
CYCLE = {
    "reflect": "What had you noticed?",
    "plan": "What did you plan?",
    "act": "What did you do, and what happened?",
}
DATUM = ["What did you collect, and what does it show?"]
ANALYSE = ["What do you see in what you collected?", "What surprised you?", "What might explain it?"]
FIND = [
    "What did you want to know?",
    "What did you do?",
    "What did you see?",
    "What would you tell a colleague who wants to try it?",
]
SUM_UP = ["What did you work on?", "What changed?", "What comes next?"]


class Writing(StepKind):
    """A text for each prompt. The subclasses differ in their prompts, their readers and what else they ask."""

    form_class = PromptsForm
    entry_kind = Entry.Kind.REFLECTION
    category = TimeSpent.Category.REFLECTING
    prompts = ()
    joint = False
    audience = Entry.Audience.PARTNERS
    knows = frozenset({"prompts"})

    def form(self, step, person, *, data=None, files=None, initial=None):
        return self.form_class(step, person, prompts=self.asked(step), data=data, initial=initial)

    def asked(self, step):
        return step.config.get("prompts") or list(self.prompts)

    def act(self, step, *, by, answers, at):
        on = answers.get("on") or clock.today(step.partnership.school, at)
        for prompt, body in answers["texts"]:
            write(
                step.partnership,
                by=by,
                kind=self.entry_kind,
                body=body,
                prompt=prompt,
                step=step,
                on=on,
                about=answers.get("visited"),
                audience=answers.get("audience", self.audience),
                joint=self.joint,
                at=at,
            )
        record_minutes(
            step.partnership, by, category=self.category, minutes=answers.get("minutes"), on=on, step=step, at=at
        )


class Repeating(Writing):
    """Logged again and again, at least as often as the step asks."""

    form_class = CycleForm
    repeats = True
    category = TimeSpent.Category.IMPLEMENTING
    unit = "entries"

    def done(self, step):
        wanted = step.config.get("at_least", 1)
        days = Entry.objects.filter(step=step, kind=self.entry_kind).values("made_at", "author").distinct().count()
        if days < wanted:
            return f"Log {wanted - days} more {self.unit} first."


class Cycles(Repeating):
    key, label = "cycles", "Log cycles of reflect, plan, act"
    knows = frozenset({"at_least", "phases"})
    entry_kind, unit = Entry.Kind.CYCLE, "of what you did"

    def asked(self, step):
        """A question for each phase; a phase of the district's own is asked about by its name."""
        phases = step.config.get("phases") or CYCLE
        return [CYCLE.get(phase, f"{phase.capitalize()}: what did you do, and what happened?") for phase in phases]


class DataLog(Repeating):
    key, label = "data_log", "Collect data"
    knows = frozenset({"at_least", "prompts"})
    entry_kind, prompts, unit = Entry.Kind.DATUM, DATUM, "of what you collected"


class Analysis(Writing):
    key, label = "analysis", "Analyze"
    entry_kind, prompts = Entry.Kind.ANALYSIS, ANALYSE


class Findings(Writing):
    key, label = "findings", "Write up findings"
    form_class, entry_kind, prompts, joint = JointForm, Entry.Kind.FINDING, FIND, True


class Summary(Writing):
    key, label = "summary", "Sum up"
    form_class, entry_kind, prompts, joint = JointForm, Entry.Kind.SUMMARY, SUM_UP, True


class Notes(Writing):
    """Notes of a visit: evidence, wonderings, ideas. They describe; nothing here can rate a person."""

    key, label = "notes", "Write notes"
    needs, knows = frozenset({"prompts"}), frozenset({"about", "asks_observed"})
    form_class, entry_kind = NotesForm, Entry.Kind.NOTE
    category = TimeSpent.Category.OBSERVING


class Reflection(Writing):
    key, label = "reflection", "Reflect"
    knows = frozenset({"prompts", "fist_to_five", "next_step", "self_assessment"})
    form_class, prompts = ReflectionForm, REFLECT

    def act(self, step, *, by, answers, at):
        super().act(step, by=by, answers=answers, at=at)
        assess(step, by, SelfAssessment.Moment.AFTER, answers.get("level"), at)
        QuickReflection.objects.update_or_create(
            step=step,
            person=by,
            defaults={
                "partnership": step.partnership,
                "fist_to_five": answers.get("fist_to_five"),
                "next_step": answers.get("next_step") or "",
                "made_at": at,
            },
        )


class Tick(StepKind):
    key, label = "tick", "Tick off"
    for_members = False

    def form(self, step, person, *, data=None, files=None, initial=None):
        return TickForm(step, person, data=data, initial=initial)

    def act(self, step, *, by, answers, at):
        record_minutes(
            step.partnership,
            by,
            category=TimeSpent.Category.IMPLEMENTING,
            minutes=answers.get("minutes"),
            on=clock.today(step.partnership.school, at),
            step=step,
            at=at,
        )
