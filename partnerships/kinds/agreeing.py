"""Steps in which partners agree: on a goal, on who takes part, on a plan."""

from supports.registry import StepKind

from ..forms.agreeing import ALL_SECTIONS, ContactForm, GoalForm, PartnersForm, PlanForm, QuestionForm
from ..models import Entry, HelpRequest, Member, Plan, SelfAssessment
from ..services.members import invite
from ..services.requests import ask_for_help
from ..services.timeline import set_milestones, set_timeline
from ..services.words import write


def assess(step, by, moment, level, at):
    """Keep how close a person feels to their own goal, if they said."""
    if level:
        SelfAssessment.objects.update_or_create(
            partnership=step.partnership, person=by, moment=moment, defaults={"level": level, "made_at": at}
        )


class GoalSet(StepKind):
    key, label = "goal", "Set a goal"
    knows = frozenset({"self_assessment", "label_hint"})

    def form(self, step, person, *, data=None, files=None, initial=None):
        return GoalForm(step, person, data=data, initial=initial)

    def act(self, step, *, by, answers, at):
        if step.member_id:
            keep_for_partners(step, by, Entry.Kind.GOAL, step.title, answers["goal"], at)
        else:
            Plan.objects.filter(partnership=step.partnership).update(goal=answers["goal"], changed_at=at)
        assess(step, by, SelfAssessment.Moment.BEFORE, answers.get("level"), at)


class Question(GoalSet):
    key, label = "question", "Ask a question"
    knows = frozenset({"self_assessment", "label_hint", "asks_baseline"})

    def form(self, step, person, *, data=None, files=None, initial=None):
        return QuestionForm(step, person, data=data, initial=initial)

    def act(self, step, *, by, answers, at):
        super().act(step, by=by, answers=answers, at=at)
        keep_for_partners(step, by, Entry.Kind.GOAL, "Smaller questions", answers.get("parts"), at)
        keep_for_partners(step, by, Entry.Kind.DATUM, "How things stood at the start", answers.get("baseline"), at)


def keep_for_partners(step, by, kind, prompt, body, at):
    if body:
        write(
            step.partnership,
            by=by,
            kind=kind,
            body=body,
            prompt=prompt,
            step=step,
            audience=Entry.Audience.PARTNERS,
            at=at,
        )


class Partners(StepKind):
    key, label = "partners", "Find partners"
    knows = frozenset({"at_least"})
    repeats = True
    for_members = False

    def form(self, step, person, *, data=None, files=None, initial=None):
        return PartnersForm(step, person, data=data, initial=initial)

    def act(self, step, *, by, answers, at):
        invite(step.partnership, by=by, person=answers["colleague"], at=at)

    def done(self, step):
        wanted = step.config.get("at_least", max(step.partnership.support.people_at_least - 1, 1))
        joined = step.partnership.members.filter(state=Member.State.ACTIVE).count() - 1
        if joined < wanted:
            return "Nobody has accepted yet. Wait for an answer, or ask somebody else."

    def settled(self, step):
        asked = step.partnership.members.filter(state=Member.State.INVITED).exists()
        return not asked and not self.done(step)


class Contact(StepKind):
    """Reach the facilitator or the teacher leader; the step is done when there is an answer."""

    key, label = "contact", "Contact somebody who helps"
    needs = frozenset({"whom"})
    choices = {"whom": ["facilitator", "teacher_leader"]}
    repeats = True

    def form(self, step, person, *, data=None, files=None, initial=None):
        return ContactForm(step, person, data=data, initial=initial)

    def act(self, step, *, by, answers, at):
        keep_for_partners(step, by, Entry.Kind.CONTACT, "What we asked", answers["words"], at)
        keep_for_partners(step, by, Entry.Kind.CONTACT, "What they answered", answers.get("answer"), at)
        if not answers.get("answer"):
            self.reach(step, by=by, answers=answers, at=at)

    def reach(self, step, *, by, answers, at):
        partnership = step.partnership
        if step.config["whom"] == "facilitator":
            ask_for_help(
                partnership.support,
                by=by,
                wish=HelpRequest.Wish.SET_UP,
                words=answers["words"],
                partnership=partnership,
                at=at,
            )
            return
        leader = answers.get("colleague") or (partnership.session and partnership.session.leader)
        if leader and not partnership.members.filter(person=leader, state__in=["active", "invited"]).exists():
            invite(partnership, by=by, person=leader, part=Member.Part.TEACHER_LEADER, at=at)

    def done(self, step):
        noted = Entry.objects.filter(step=step, kind=Entry.Kind.CONTACT, prompt="What they answered")
        if not noted.exists() and not self.settled(step):
            return "There is no answer yet. Note what they said, or wait: you are told when they answer."

    def settled(self, step):
        partnership = step.partnership
        if step.config["whom"] == "facilitator":
            return HelpRequest.objects.filter(partnership=partnership, answered_at__isnull=False).exists()
        leads = partnership.session and partnership.members.active().filter(person=partnership.session.leader)
        return bool(leads) or partnership.members.active().filter(part=Member.Part.TEACHER_LEADER).exists()


class PlanMade(StepKind):
    key, label = "plan", "Make a plan"
    knows = frozenset({"sections"})
    choices = {"sections": ALL_SECTIONS}

    def form(self, step, person, *, data=None, files=None, initial=None):
        return PlanForm(step, person, data=data, initial=initial)

    def act(self, step, *, by, answers, at):
        partnership = step.partnership
        names = ["approach", "own_approach", *PlanForm.TEXTS]
        written = {name: answers[name] for name in names if name in answers}
        Plan.objects.filter(partnership=partnership).update(changed_at=at, **written)
        if "milestones" in answers:
            set_milestones(partnership, by=by, milestones=answers["milestones"])
        if answers.get("ends_on"):
            set_timeline(partnership, by=by, starts_on=answers["starts_on"], ends_on=answers["ends_on"], at=at)


class Approval(StepKind):
    """The principal's word; the page of the approval is where she gives it."""

    key, label = "approval", "The principal approves"
    decided_elsewhere = True
    for_members = False

    def form(self, step, person, *, data=None, files=None, initial=None):
        return None
