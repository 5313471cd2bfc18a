"""A plan by section: as it was sent, what changed since, and what was said about it."""

from django.utils import timezone

from ..models import Approval, Remark
from ..policy import deciders
from ..services.asking import SECTIONS

SHOWN = (
    *("asked_at", "decision", "decided_at", "partnership__id", "school__name", "version__number", "version__answers"),
    *(f"partnership__support__{name}" for name in ("name", "icon", "hue", "shape")),
    *("decided_by__name", "decided_by__email", "version__made_by__name", "version__made_by__email"),
)


def approvals_for(user):
    """(waiting, decided) where the person answers: as principal, as deputy, or as admin where nobody else is left."""
    rows = Approval.objects.visible_to(user).select_related(
        "school", "partnership__support", "decided_by", "version__made_by"
    )
    rows = rows.only(*SHOWN)
    rows = rows.for_principal(user) | rows.left_to_admins(user) if user.standing.is_admin else rows.for_principal(user)
    decided = rows.exclude(decision="").order_by("-decided_at", "-pk")[:50]
    return list(rows.waiting().order_by("asked_at", "pk")[:200]), list(decided)


def approval_page(approval, user):
    earlier = answered_last(approval, user)
    remarks = {remark.section: remark.text for remark in Remark.objects.visible_to(user).filter(approval=approval)}
    said = {remark.section: remark.text for remark in Remark.objects.visible_to(user).filter(approval=earlier)}
    before = earlier.version.answers if earlier else None
    return {
        "approval": approval,
        "earlier": earlier,
        "sections": [section(key, approval.version.answers, before, remarks, said) for key in SECTIONS],
        "who": deciders(approval.school_id, approval.partnership) if not approval.decision else [],
        "now": timezone.now(),
    }


def answered_last(approval, user):
    """This school's answer to the version before, or None."""
    answered = Approval.objects.visible_to(user).filter(
        partnership=approval.partnership_id, school=approval.school_id, version__number__lt=approval.version.number
    )
    answered = answered.exclude(decision="").select_related("version", "decided_by")
    return answered.order_by("-version__number").first()


def section(key, answers, before, remarks, said):
    text = answers.get(key, "")
    old = before.get(key, "") if before is not None else None
    return {
        "key": key,
        "title": SECTIONS[key],
        "text": text,
        "before": old,
        "changed": before is not None and old != text,
        "remark": remarks.get(key, ""),
        "said": said.get(key, ""),
    }
