"""The facilitator's weekly: put together, changed, scheduled, sent once."""

from django.db import transaction
from django.utils import timezone

from notices.services import tell_all
from people.access import require
from people.models import User

from ..models import Newsletter
from ..policy import may_change_newsletter, may_write_newsletter


@transaction.atomic
def write_newsletter(*, by, school, at=None, **words):
    """Begin an issue for a school, or for the district without one; `words` are its fields."""
    at = at or timezone.now()
    require(may_write_newsletter(by, school))
    return Newsletter.objects.create(made_by=by, school=school, made_at=at, changed_at=at, **words)


@transaction.atomic
def change_newsletter(newsletter, *, by, at=None, **words):
    newsletter = held(newsletter)
    require(may_change_newsletter(by, newsletter), "It has gone out, and stays as it was read.")
    Newsletter.objects.filter(pk=newsletter.pk).update(changed_at=at or timezone.now(), **words)


@transaction.atomic
def schedule_newsletter(newsletter, *, by, send_at):
    """Send it at a moment, or with None not yet."""
    newsletter = held(newsletter)
    require(may_change_newsletter(by, newsletter), "It has gone out already.")
    Newsletter.objects.filter(pk=newsletter.pk).update(send_at=send_at)


@transaction.atomic
def discard_newsletter(newsletter, *, by):
    newsletter = held(newsletter)
    require(may_change_newsletter(by, newsletter), "It has gone out, and stays in the archive.")
    newsletter.delete()


def held(newsletter):
    """The row as it is now, locked: nothing is changed while it goes out."""
    return Newsletter.objects.select_for_update(of=("self",)).select_related("school").get(pk=newsletter.pk)


def send_newsletters(*, at=None):
    """Send what is due. Each is claimed and told in one transaction, so that it goes out once, whatever runs twice."""
    now = at or timezone.now()
    return sum(send(pk, now) for pk in Newsletter.objects.due(now).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def send(pk, now):
    if not Newsletter.objects.due(now).filter(pk=pk).update(sent_at=now):
        return 0
    newsletter = Newsletter.objects.select_related("school", "made_by").get(pk=pk)
    readers = User.objects.staff_of([newsletter.school]) if newsletter.school else User.objects.placed()
    tell_all(
        readers.filter(is_active=True).only("pk"),
        "newsletter",
        key=f"newsletter:{pk}",
        path=newsletter.get_absolute_url(),
        facts={"title": newsletter.title, "who": str(newsletter.made_by)},
        at=now,
    )
    return 1
