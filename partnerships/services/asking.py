"""Asking principals: what they are asked about is a version of the plan, kept as it was sent."""

from people.clock import zone_of
from people.services.changing import note_change
from supports.registry import kind_of
from supports.services import approval_needed

from ..models import Approval, Happening, Milestone, Plan, PlannedEvent, PlanVersion, Step
from ..policy import deciders
from .ground import note, tell_of


def ask_for_approval(step, *, by, at):
    """Ask each school whose people take part and which approves plans of this type. Is anybody's answer awaited?

    A school that has approved an earlier version is not asked again; a question to a school whose people have left
    lapses.
    """
    partnership = step.partnership
    awaited = schools_awaited(step)
    waiting = Approval.objects.filter(step=step, decision="")
    waiting.exclude(school__in=awaited).delete()
    if to_ask := sorted(awaited - set(waiting.values_list("school_id", flat=True))):
        version = snapshot(partnership, by=by, at=at)
        for school_id in to_ask:
            asked = Approval.objects.create(
                partnership=partnership, step=step, school_id=school_id, version=version, asked_at=at
            )
            note_asking(asked, by=by, at=at)
            tell_deciders(asked, at=at)
        note(partnership, Happening.Verb.ASKED, by=by, at=at)
    return bool(awaited)


def note_asking(approval, *, by, at):
    work = approval.partnership
    note_change("approval_asked", by=by, school=approval.school, number=work.pk, title=work.support.name, at=at)


def schools_awaited(step):
    """Ids of the schools whose people take part, that approve plans of this type, and that have not approved it."""
    schools = set(step.partnership.members.active().values_list("school_id", flat=True))
    approved = Approval.objects.filter(step=step, decision=Approval.Decision.APPROVED)
    return approval_needed(step.partnership.support, schools) - set(approved.values_list("school_id", flat=True))


def ask_again(partnership, *, by, at):
    """People came or left after the plan was approved: ask the schools that are new. The others' work goes on."""
    for step in Step.objects.filter(partnership=partnership, completed_at__isnull=False):
        if kind_of(step).decided_elsewhere:
            step.partnership = partnership
            ask_for_approval(step, by=by, at=at)


def tell_deciders(approval, *, at):
    partnership = approval.partnership
    tell_of(
        partnership,
        deciders(approval.school_id, partnership),
        "approval_asked",
        key=f"approval-asked:{approval.pk}",
        path=approval.get_absolute_url(),
        school=approval.school,
        at=at,
    )


SECTIONS = {
    "goal": "Goal",
    "approach": "Approach",
    "objective": "What we want to reach",
    "timeline": "Timeline",
    "milestones": "Milestones",
    "events": "Dates in the calendar",
    "resources": "Resources that we ask for",
    "direction": "Direction that we ask for",
    "coverage": "Class time that needs cover",
    "success": "How we will know that it worked",
}


def snapshot(partnership, *, by, at):
    """The plan as it stands, under the next number: {section: text}, with the keys of SECTIONS."""
    number = PlanVersion.objects.filter(partnership=partnership).count() + 1
    return PlanVersion.objects.create(
        partnership=partnership, number=number, answers=sections_of(partnership), made_by=by, made_at=at
    )


def sections_of(partnership):
    plan = Plan.objects.get(partnership=partnership)
    milestones = Milestone.objects.filter(partnership=partnership)
    planned = PlannedEvent.objects.filter(partnership=partnership, event__cancelled_at=None).select_related("event")
    zone = zone_of(partnership.school)
    dates = [(planned_event.event.starts_at.astimezone(zone), planned_event.event) for planned_event in planned]
    return {
        "goal": plan.goal,
        "approach": plan.own_approach or plan.get_approach_display(),
        "objective": plan.objective,
        "timeline": f"{partnership.starts_on:%a %-d %B %Y} to {partnership.ends_on:%a %-d %B %Y}",
        "milestones": "\n".join(f"{m.due_on:%a %-d %B}: {m.title}" for m in milestones),
        "events": "\n".join(f"{starts_at:%a %-d %B}: {event.get_kind_display()}" for starts_at, event in dates),
        "resources": plan.resources,
        "direction": plan.direction,
        "coverage": plan.coverage,
        "success": plan.success,
    }
