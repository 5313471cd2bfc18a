"""The page of one request for cover: what each reader may see and do. Its purpose is shown to no front office."""

from people import clock
from schedule.models import Event

from ..forms.coverage import ApproveForm, NameForm
from ..models import Coverage, Swap
from ..policy import (
    may_ask_again,
    may_confirm_cover,
    may_decide_on_cover,
    may_decline_cover,
    may_name_coverer,
    may_swap,
    may_withdraw_cover,
    may_write_note,
)
from .along import also_away
from .coverage import NAMES
from .drawing import school_day, usual_periods
from .ranking import ASK_FIRST, coverers_for

State = Coverage.State
BEST = 3


def request_rows():
    return Coverage.objects.select_related(*NAMES)


def request_page(one, user, *, approving=None, naming=None):
    """`approving` and `naming` are what was sent of those forms, when it is shown again."""
    may_approve = may_decide_on_cover(user, one) and one.state == State.ASKED or approving is not None
    may_name = may_name_coverer(user, one) and (one.is_named or one.state == State.APPROVED) or naming is not None
    ranked = coverers_for(one) if may_approve or may_name else []
    return {
        "coverage": one,
        "event": purpose(one, user),
        "rows": school_day(usual_periods(one.school), [one]),
        "best": best_of(ranked) if not one.is_named else [],
        "approve_form": ApproveForm(approving, coverage=one, ranked=ranked) if may_approve else None,
        "name_form": NameForm(naming, coverage=one, ranked=ranked) if may_name else None,
        "swap": Swap.objects.waiting().filter(coverage=one, asker=user).select_related("asked").first(),
        "is_asker": one.asker_id == user.pk,
        "reads_reason": one.asker_id == user.pk or user.standing.keeps_office_of(one.school_id),
        "also_away": also_away([one]).get(one.pk, []),
        "is_coverer": one.coverer_id == user.pk,
        **rights(one, user),
    }


def best_of(ranked):
    """The first who can be asked straight away."""
    return [candidate for candidate in ranked if candidate.group != ASK_FIRST and not candidate.at_limit][:BEST]


def rights(one, user):
    """What the page offers the reader to do."""
    stands = one.state not in (State.RETURNED, State.WITHDRAWN, State.NEEDED)
    return {
        "may_return": may_decide_on_cover(user, one) and stands,
        "may_confirm": may_confirm_cover(user, one) and one.state == State.ASSIGNED,
        "may_decline": may_decline_cover(user, one),
        "may_swap": may_swap(user, one),
        "may_ask_again": may_ask_again(user, one),
        "may_ask": one.state == State.NEEDED and one.asker_id == user.pk and one.event_id,
        "may_write_note": may_write_note(user, one) and one.state != State.RETURNED,
        "may_withdraw": may_withdraw_cover(user, one) and one.day >= clock.today(one.school),
    }


def purpose(one, user):
    """The event that it is for, where the reader may see that one anyway: never the coverer, nor the front office."""
    return Event.objects.visible_to(user).filter(pk=one.event_id).first() if one.event_id else None
