"""The steps: whose turn it is, doing one, skipping one, and what happens when nothing is left."""

from django.db import transaction
from django.utils import timezone

from people.access import require
from people.models import Role, User
from supports.registry import kind_of

from ..models import Happening, Member, Partnership, Step, StepDraft
from ..policy import coaches, leaders, may_do_step
from .asking import ask_for_approval
from .ground import NotNow, NotYet, lock, note, people_of, tell_of


@transaction.atomic
def save_draft(step, *, by, answers, at=None):
    """Keep what a person has typed into a step; it is theirs alone, and survives a session that ran out."""
    require(may_do_step(by, step))
    draft, _ = StepDraft.objects.update_or_create(
        step=step, person=by, defaults={"answers": answers, "saved_at": at or timezone.now()}
    )
    return draft


@transaction.atomic
def record(step, *, by, answers, at=None):
    """Write down one more of a step that repeats (a cycle, a date, a datum) and leave it open.

    Raises NotNow when the step is not the current one.
    """
    at = at or timezone.now()
    partnership = lock(step.partnership)
    step = current_or_refuse(partnership, step)
    require(may_do_step(by, step))
    kind_of(step).act(step, by=by, answers=answers, at=at)
    StepDraft.objects.filter(step=step, person=by).delete()
    Partnership.objects.filter(pk=partnership.pk).update(changed_at=at)


@transaction.atomic
def finish(step, *, by, answers=None, at=None):
    """Do a step: lock its partnership, claim the step, let its kind write, and hand on to whoever is next.

    `answers` is the cleaned form, or None to finish a step that repeats as it stands. Raises NotNow when somebody
    was quicker, and NotYet with what is missing; either undoes everything.
    """
    at = at or timezone.now()
    partnership = lock(step.partnership)
    step = current_or_refuse(partnership, step)
    require(may_do_step(by, step))
    if answers is not None:
        kind_of(step).act(step, by=by, answers=answers, at=at)
    if missing := kind_of(step).done(step):
        raise NotYet(missing)
    claim(step, by=by, at=at)
    # Only one's own: what a partner was typing is shown to them on the step's page, to copy from.
    StepDraft.objects.filter(step=step, person=by).delete()
    note(partnership, Happening.Verb.FINISHED_STEP, by=by, at=at, step_title=step.title)
    move_on(partnership, by=by, at=at)


@transaction.atomic
def skip(step, *, by, reason, at=None):
    """Leave an optional step out, with a word why."""
    at = at or timezone.now()
    partnership = lock(step.partnership)
    step = current_or_refuse(partnership, step)
    require(step.optional and may_do_step(by, step), "This step cannot be left out.")
    if not Step.objects.unfinished().filter(pk=step.pk).update(skipped_at=at, skipped_by=by, skip_reason=reason):
        raise NotNow("Somebody has just finished this step.")
    note(partnership, Happening.Verb.SKIPPED_STEP, by=by, at=at, step_title=step.title)
    move_on(partnership, by=by, at=at)


def current_or_refuse(partnership, step):
    """The step as it is now, under the lock. Raises NotNow when it is finished or not yet its turn."""
    step = Step.objects.select_related("member").get(pk=step.pk)
    step.partnership = partnership
    if step.is_finished:
        raise NotNow(f"“{step.title}” is finished already.")
    if not Step.objects.current().filter(pk=step.pk).exists():
        raise NotNow(f"It is not yet time for “{step.title}”: an earlier step is still open.")
    return step


def claim(step, *, by, at):
    """Finish the row if it is still open: only one of two people who press at once gets it."""
    if not Step.objects.unfinished().filter(pk=step.pk).update(completed_at=at, completed_by=by):
        raise NotNow("Somebody has just finished this step.")


def move_on(partnership, *, by, at):
    """Tell whoever is next, ask for approvals that have come due, or close the partnership when nothing is left."""
    current = list(Step.objects.current().filter(partnership=partnership).select_related("member__person"))
    if not current:
        return complete_if_finished(partnership, by=by, at=at)
    for step in current:
        step.partnership = partnership
        if nothing_left_to_do(step, by=by, at=at):
            claim(step, by=by, at=at)
            note(partnership, Happening.Verb.FINISHED_STEP, by=by, at=at, step_title=step.title)
            return move_on(partnership, by=by, at=at)
        if not kind_of(step).decided_elsewhere:
            tell_turn(step, by=by, at=at)


def nothing_left_to_do(step, *, by, at):
    """A step that no form finishes: everyone who was asked has answered, or no school has to approve."""
    if kind_of(step).decided_elsewhere:
        return not ask_for_approval(step, by=by, at=at)
    return kind_of(step).settled(step)


def complete_if_finished(partnership, *, by, at):
    done = Partnership.objects.under_way().filter(pk=partnership.pk, steps__isnull=False)
    if done.update(status=Partnership.Status.COMPLETED, completed_at=at, changed_at=at):
        note(partnership, Happening.Verb.COMPLETED, by=by, at=at)
        key = f"completed:{partnership.pk}:{at:%Y%m%d%H%M%S}"
        tell_of(partnership, people_of(partnership, but=by), "completed", key=key, at=at)


def facilitators_of(schools):
    """Those of these schools (a frozenset of ids), or else all that the district has."""
    return list(User.objects.staff_of(schools, Role.FACILITATOR) or User.objects.holding(Role.FACILITATOR))


def doers(step, facilitators_of=facilitators_of):
    """The people whose turn it is when this step is current."""
    partnership = step.partnership
    if step.member_id:
        return [step.member.person]
    active = [m for m in partnership.members.all() if m.state == Member.State.ACTIVE]
    if step.actor == Step.Actor.FACILITATOR:
        return facilitators_of(frozenset(m.school_id for m in active))
    by_part = {
        Step.Actor.MEMBERS: active,
        Step.Actor.LEAD: [m for m in active if m.part == Member.Part.LEAD] or active,
        Step.Actor.COACH: coaches(partnership),
        Step.Actor.TEACHER_LEADER: leaders(partnership),
    }
    return [m.person for m in by_part.get(step.actor, active)]


def tell_turn(step, *, by, at):
    """Tell those whose turn it is; whoever has just brought it about knows."""
    tell_of(
        step.partnership,
        [person for person in doers(step) if person.pk != by.pk],
        "your_turn",
        key=f"your-turn:{step.pk}:{step.times_returned}",
        path=step.get_absolute_url(),
        step=step.title,
        by=f" by {step.due_on:%a %-d %B}" if step.due_on else "",
        at=at,
    )
