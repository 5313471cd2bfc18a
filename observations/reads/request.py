"""The page of one request for cover: what each reader may see and do. Its purpose is shown to no front office."""

from schedule.models import Event

from ..forms.coverage import ApproveForm, NameForm
from ..models import Coverage
from ..policy import may_ask_again, may_decide_on_cover, may_name_coverer, may_withdraw_cover
from .coverage import NAMES, free_staff
from .drawing import school_day, usual_periods

State = Coverage.State


def request_rows():
    return Coverage.objects.select_related(*NAMES)


def request_page(one, user, *, approving=None, naming=None):
    """`approving` and `naming` are what was sent of those forms, when it is shown again."""
    decides = may_decide_on_cover(user, one)
    may_approve = decides and one.state == State.ASKED or approving is not None
    may_name = may_name_coverer(user, one) and one.state in (State.APPROVED, State.ASSIGNED) or naming is not None
    free = free_staff(one) if may_approve or may_name else []
    return {
        "coverage": one,
        "event": purpose(one, user),
        "rows": school_day(usual_periods(one.school), [one]),
        "approve_form": ApproveForm(approving, coverage=one, free=free) if may_approve else None,
        "name_form": NameForm(naming, coverage=one, free=free) if may_name else None,
        "may_return": decides and one.state != State.RETURNED and one.state != State.WITHDRAWN,
        "may_ask_again": may_ask_again(user, one),
        "may_withdraw": may_withdraw_cover(user, one),
        "is_asker": one.asker_id == user.pk,
        "is_coverer": one.coverer_id == user.pk,
    }


def purpose(one, user):
    """The event that it is for, where the reader may see that one anyway: never the coverer, nor the front office."""
    return Event.objects.visible_to(user).filter(pk=one.event_id).first() if one.event_id else None
