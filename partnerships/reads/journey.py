"""One partnership: its journey as the picture, whose turn it is, and what its page shows to this reader."""

from itertools import groupby

from django.db.models import BooleanField, ExpressionWrapper, Prefetch
from django.utils.functional import cached_property

from people.access import visible_or_404
from people.models import User
from supports.registry import kind_of

from ..models import Entry, Member, Partnership, Step, StepDraft
from ..models.plan import readers_of_plans
from ..policy import may_do_step, member_of
from ..services.progress import doers
from .people import day, names
from .words import with_named

ACROSS = 6  # stops, as in components/_stepper.html


def partnership_for(user, pk):
    """The partnership with its people, and whether the reader may see its plan (`shows_plan`), or 404."""
    people = Prefetch("members", Member.objects.select_related("person", "school"))
    rows = Partnership.objects.select_related("support", "school", "session", "plan").prefetch_related(people)
    shown = ExpressionWrapper(readers_of_plans(user), output_field=BooleanField())
    return visible_or_404(rows.annotate(shows_plan=shown), user, pk=pk)


def step_for(user, pk, step_pk):
    partnership = partnership_for(user, pk)
    rows = Step.objects.filter(partnership=partnership).select_related("member__person", "completed_by", "skipped_by")
    step = visible_or_404(rows, user, pk=step_pk)
    step.partnership = partnership
    return step


class Journey:
    """The steps of one partnership as this reader meets them."""

    def __init__(self, partnership, user):
        self.partnership, self.user = partnership, user
        self.is_member = member_of(user, partnership) is not None
        rows = list(partnership.steps.order_by("position", "key", "pk"))
        self.steps = with_people(rows, partnership, "completed_by", "skipped_by")
        members = {member.pk: member for member in partnership.members.all()}
        for step in self.steps:
            step.partnership = partnership
            step.member = members.get(step.member_id)
        still = [step for step in self.steps if not step.is_finished] if partnership.is_active else []
        self.current = [step for step in still if step.position == still[0].position]
        self.mine = [step for step in self.current if self.is_mine(step)]

    def is_mine(self, step):
        return not kind_of(step).decided_elsewhere and may_do_step(self.user, step)

    @cached_property
    def stops(self):
        """For the picture: a stop for each step, however many people do it."""
        return [self.stop(list(steps)) for _, steps in groupby(self.steps, key=lambda step: step.key)]

    @property
    def is_short(self):
        """Whether the picture fits across the page; a longer one runs down its side."""
        return len(self.stops) <= ACROSS

    def stop(self, steps):
        state = self.state_of(steps)
        mine = next((step for step in steps if step in self.mine), None)
        opens = mine or (steps[0] if self.is_member and state != "later" else None)
        return {
            "title": steps[0].title,
            "state": state,
            "who": self.who(steps, state),
            "when": self.when(steps, state),
            "url": opens.get_absolute_url() if opens else "",
        }

    def state_of(self, steps):
        if any(step in self.current for step in steps):
            return "now"
        if all(step.skipped_at for step in steps):
            return "skipped"
        return "done" if all(step.is_finished for step in steps) else "later"

    def who(self, steps, state):
        if state == "now":
            return self.whose([step for step in steps if step in self.current])
        people = {step.completed_by_id: step.completed_by for step in steps if step.completed_by}
        return names(list(people.values()), self.user) if state == "done" else ""

    def when(self, steps, state):
        if state == "done":
            return day(max(step.completed_at or step.skipped_at for step in steps))
        if state == "skipped":
            return steps[0].skip_reason if self.is_member else day(steps[0].skipped_at)
        return f"due {day(steps[0].due_on)}" if steps[0].due_on else ""

    def whose(self, steps):
        """Whose turn it is in words: You; Ben Okafor; the principal of Maple Grove."""
        if kind_of(steps[0]).decided_elsewhere:
            schools = [row.school.name for row in self.approvals if row.step_id == steps[0].pk and not row.decision]
            return f"the principal of {' and of '.join(schools)}" if schools else "the principal"
        people = {person.pk: person for step in steps for person in doers(step)}
        return names(list(people.values()), self.user)

    @cached_property
    def approvals(self):
        """The principals' answers, for whoever may read the plan that they answer."""
        asks = shows_plan(self.partnership) and any(kind_of(step).decided_elsewhere for step in self.steps)
        rows = list(self.partnership.approvals.select_related("school")) if asks else []
        for approval in rows:
            approval.partnership = self.partnership
        return rows

    @cached_property
    def turn(self):
        """[(title, whose turn), ...] of the steps that are current."""
        grouped = groupby(self.current, key=lambda step: step.key)
        return [(steps[0].title, self.whose(steps), steps[0].due_on) for steps in (list(rows) for _, rows in grouped)]

    @property
    def next_stop(self):
        """The step after the current ones, or None."""
        last = self.current[-1].position if self.current else None
        return next((s for s in self.steps if last is not None and s.position > last and not s.is_finished), None)


def with_people(rows, partnership, *fields):
    """The rows, with the people whom these fields name: members, whom the page has, and the others in one query."""
    people = {member.person_id: member.person for member in partnership.members.all()}
    wanted = {getattr(row, f"{field}_id") for row in rows for field in fields} - {None}
    if others := wanted - people.keys():
        people |= User.objects.in_bulk(others)
    for row in rows:
        for field in fields:
            setattr(row, field, people.get(getattr(row, f"{field}_id")))
    return rows


def draft_of(step, user):
    return StepDraft.objects.visible_to(user).filter(step=step).first()


def entries_of(step, user):
    """What was written in this step, by whomever, and that the reader may read."""
    entries = Entry.objects.visible_to(user).filter(partnership=step.partnership, step__key=step.key)
    entries = with_named(entries)
    return entries.select_related("author", "about", "step", "partnership__support").order_by(
        "author__name", "made_at", "pk"
    )


def dates_of(partnership):
    """Whoever sees the partnership sees its dates."""
    planned = partnership.planned_events.filter(event__cancelled_at=None)
    return planned.select_related("event__school", "observed", "step").order_by("event__starts_at")


def shows_plan(partnership):
    """As partnership_for found it; where nobody asked, no."""
    return getattr(partnership, "shows_plan", False)


def plan_of(partnership):
    return getattr(partnership, "plan", None) if shows_plan(partnership) else None
