"""Which schools' principals approve plans of a support."""

from django.db import transaction
from django.db.models import Q

from people.access import require
from people.models import School
from people.services.changing import note_change

from .. import policy
from ..models import ApprovalRule, SupportType


def approval_needed(support, school_ids):
    """The ids among these schools whose principal approves a plan of the support.

    A school's own rule goes before the rule for all schools; where there is neither, no approval is needed.
    """
    rules = ApprovalRule.objects.filter(Q(school=None) | Q(school__in=school_ids), support=support)
    needed = dict(rules.values_list("school_id", "needed"))
    return {school for school in school_ids if needed.get(school, needed.get(None, False))}


@transaction.atomic
def set_approval_rules(rules, *, by):
    """Keep {(support id, school id or None for all): True, False, or None for no rule of its own}."""
    require(policy.may_edit_menu(by))
    before = _rules_now()
    for (support, school), needed in rules.items():
        if needed is None:
            ApprovalRule.objects.filter(support=support, school=school).delete()
        else:
            place = {"support_id": support, "school_id": school}
            ApprovalRule.objects.update_or_create(**place, defaults={"needed": needed})
    if changed := {place: needed for place, needed in rules.items() if before.get(place) != needed}:
        note_change("approval_rules_changed", by=by, details=_details(changed, before))


def _rules_now():
    rows = ApprovalRule.objects.values_list("support_id", "school_id", "needed")
    return {(support, school): needed for support, school, needed in rows}


def _details(changed, before):
    supports, schools = SupportType.objects.in_bulk(), School.objects.in_bulk()
    words = {True: "needed", False: "not needed", None: "no rule of its own"}
    return [
        [f"{supports[place[0]]}, {schools.get(place[1], 'all schools')}", words[before.get(place)], words[needed]]
        for place, needed in changed.items()
    ]
