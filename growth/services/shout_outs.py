"""Thanking a colleague, who decides whether others read it."""

from django.db import transaction
from django.utils import timezone

from notices.services import tell
from people.access import require

from ..models import ShoutOut
from ..policy import may_decide_on_shout_out, may_take_back_shout_out, may_thank


@transaction.atomic
def thank(to, *, by, words, at=None):
    """Thank a colleague. Only the two of them read it until the one who is thanked agrees that others do."""
    at = at or timezone.now()
    require(may_thank(by) and to.pk != by.pk and to.is_active)
    shout_out = ShoutOut.objects.create(author=by, to=to, words=words, made_at=at)
    tell_of(shout_out, to, "shout_out", who=by, at=at)
    return shout_out


@transaction.atomic
def show_to_all(shout_out, *, by, at=None):
    """Agree that all the staff read it, and that a newsletter may carry it."""
    at = at or timezone.now()
    shout_out = held(shout_out)
    require(may_decide_on_shout_out(by, shout_out))
    if ShoutOut.objects.filter(pk=shout_out.pk, shown_at=None).update(shown_at=at, kept_at=None, kept_by=None):
        tell_of(shout_out, shout_out.author, "shout_out_shown", who=by, at=at)


@transaction.atomic
def keep_between_us(shout_out, *, by, at=None):
    """Leave it between the two, or bring it back there. Nobody is told: the thanks still counts.

    What its writer took back stays there.
    """
    shout_out = held(shout_out)
    require(may_decide_on_shout_out(by, shout_out) or may_take_back_shout_out(by, shout_out))
    at = at or timezone.now()
    ShoutOut.objects.filter(pk=shout_out.pk, kept_at=None).update(shown_at=None, kept_at=at, kept_by=by)


def held(shout_out):
    """The row as it is now, locked: of two who decide at one moment the second sees what the first did."""
    rows = ShoutOut.objects.select_for_update(of=("self",)).select_related("author", "to")
    return rows.get(pk=shout_out.pk)


def tell_of(shout_out, person, kind, *, who, at):
    facts = {"who": str(who)}
    tell(person, kind, key=f"{kind}:{shout_out.pk}", path=shout_out.get_absolute_url(), facts=facts, at=at)
