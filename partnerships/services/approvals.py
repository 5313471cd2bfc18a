"""A principal's answer. A plan is approved or returned with comments; it is never denied."""

from django.db import transaction
from django.utils import timezone

from people.access import require
from people.services.changing import note_change

from ..models import Approval, Happening, Remark, Step
from ..policy import may_decide
from .asking import SECTIONS, schools_awaited
from .ground import NotNow, lock, note, people_of, tell_of
from .progress import claim, move_on


@transaction.atomic
def approve(approval, *, by, on_resources="", on_direction="", remarks=None, at=None):
    """Approve for one school. When no school's answer is missing any more, the step is finished.

    The step is finished already where the school's people joined later: then their own principal has agreed too.
    `remarks` is {section: text} with the keys of SECTIONS. Raises NotNow when it was decided meanwhile.
    """
    at = at or timezone.now()
    approval = decide(
        approval, Approval.Decision.APPROVED, by=by, at=at, on_resources=on_resources, on_direction=on_direction
    )
    keep_remarks(approval, remarks or {})
    note(approval.partnership, Happening.Verb.APPROVED, by=by, at=at)
    note_answer("approval_given", approval, by=by, at=at)
    tell_members(approval, "approval_granted", at=at)
    if not approval.step.is_finished and not schools_awaited(approval.step):
        claim(approval.step, by=by, at=at)
        move_on(approval.partnership, by=by, at=at)


@transaction.atomic
def return_plan(approval, *, by, remarks, on_resources="", on_direction="", at=None):
    """Send the plan back with comments by section; everything in it is kept, and its step is open again.

    The other schools' open questions lapse with it: they are asked about the version that comes back.
    """
    at = at or timezone.now()
    approval = decide(
        approval, Approval.Decision.RETURNED, by=by, at=at, on_resources=on_resources, on_direction=on_direction
    )
    keep_remarks(approval, remarks)
    Approval.objects.filter(step=approval.step, decision="").delete()
    reopen_plan(approval.step)
    note(approval.partnership, Happening.Verb.RETURNED, by=by, at=at)
    note_answer("approval_returned", approval, by=by, at=at)
    tell_members(approval, "approval_returned", at=at)
    move_on(approval.partnership, by=by, at=at)


def decide(approval, decision, *, by, at, **answers):
    """Claim the decision under the partnership's lock: of two who press at once one decides, and the other is told."""
    partnership = lock(approval.partnership)
    approval = Approval.objects.select_related("step", "school").get(pk=approval.pk)
    approval.partnership = approval.step.partnership = partnership
    if approval.decision:
        raise NotNow(f"{approval.decided_by} has decided already: {approval.get_decision_display().lower()}.")
    require(may_decide(by, approval))
    Approval.objects.filter(pk=approval.pk).update(decision=decision, decided_by=by, decided_at=at, **answers)
    return approval


def note_answer(act, approval, *, by, at):
    """For the district's log of changes: which work and which support, and nothing of the plan."""
    title = approval.partnership.support.name
    note_change(act, by=by, school=approval.school, number=approval.partnership_id, title=title, at=at)


def keep_remarks(approval, remarks):
    Remark.objects.bulk_create(
        [
            Remark(approval=approval, section=section, text=remarks[section])
            for section in SECTIONS
            if remarks.get(section)
        ]
    )


def reopen_plan(approval_step):
    """Open the plan's step again, or else the first step, and the approval after it; what was written in it stays."""
    steps = Step.objects.filter(partnership=approval_step.partnership)
    plan = steps.filter(kind="plan").first() or steps.first()
    steps.filter(pk=plan.pk).update(times_returned=plan.times_returned + 1)
    steps.filter(pk__in=[plan.pk, approval_step.pk]).update(
        completed_at=None, completed_by=None, skipped_at=None, skipped_by=None, skip_reason=""
    )


def tell_members(approval, kind, *, at):
    tell_of(
        approval.partnership,
        people_of(approval.partnership),
        kind,
        key=f"{kind}:{approval.pk}",
        path=approval.get_absolute_url() if kind == "approval_returned" else "",
        school=approval.school,
        at=at,
    )
