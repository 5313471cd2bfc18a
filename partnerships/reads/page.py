"""The page of a partnership: what each reader may see of it, and nothing that tells of the rest."""

from django.db.models import prefetch_related_objects
from django.utils import timezone

from supports.registry import kind_of

from .. import policy
from ..models import Artifact, Member
from ..registry import panels_for
from .journey import Journey, dates_of, draft_of, plan_of, shows_plan, with_people
from .people import fitting


def page(partnership, user):
    if shows_plan(partnership):  # before the form, which asks for the milestones too
        prefetch_related_objects([partnership], "milestones")
    journey = Journey(partnership, user)
    step = journey.mine[0] if journey.mine else None
    draft = draft_of(step, user) if step else None
    form = kind_of(step).form(step, user, initial=draft.answers if draft else None) if step else None
    artifacts = Artifact.objects.visible_to(user).filter(partnership=partnership)
    return {
        "partnership": partnership,
        "journey": journey,
        "step": step,
        "kind": kind_of(step) if step else None,
        "draft": draft,
        "form": form,
        "people": fitting(partnership, user) if form and "colleague" in form.fields else None,
        "members": taking_part(partnership),
        "invitation": invitation_of(partnership, user),
        "dates": dates_of(partnership).filter(event__ends_at__gt=timezone.now()),
        "milestones": partnership.milestones.all() if shows_plan(partnership) else [],
        "plan": plan_of(partnership),
        "approvals": journey.approvals,
        "to_decide": next((approval for approval in journey.approvals if policy.may_decide(user, approval)), None),
        "artifacts": with_people(list(artifacts), partnership, "added_by"),
        "history": with_people(list(partnership.happenings.all()), partnership, "by"),
        "panels": panels_for(partnership, user),
        "is_member": journey.is_member,
        "may_steer": policy.may_steer(user, partnership),
        "may_manage": journey.is_member or policy.may_invite(user, partnership),
        "may_write": policy.may_take_part(user, partnership),
    }


def taking_part(partnership):
    """Those who take part, then those who are asked; who said no or has left stands in the history alone."""
    order = {Member.State.ACTIVE: 0, Member.State.INVITED: 1}
    return sorted(
        (member for member in partnership.members.all() if member.state in order), key=lambda m: (order[m.state], m.pk)
    )


def invitation_of(partnership, user):
    asked = (m for m in partnership.members.all() if m.person_id == user.pk and m.state == Member.State.INVITED)
    return next(asked, None)
