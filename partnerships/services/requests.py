"""What people ask of their facilitator, and how she answers: with a word, a partner, or a partnership set up."""

from django.db import transaction
from django.utils import timezone

from notices.services import tell, tell_all
from people.access import require

from ..models import HelpRequest, Member
from ..policy import may_answer_request, may_ask_for, may_start, may_withdraw_request
from .ground import NotNow, NotYet, lock
from .members import invite
from .progress import facilitators_of, move_on
from .starting import home_school, start


@transaction.atomic
def ask_for_help(support, *, by, wish, words, partnership=None, at=None):
    """Put a request in the queue of the facilitators of the asker's school."""
    at = at or timezone.now()
    require(may_ask_for(by, support))
    request = HelpRequest.objects.create(
        asker=by, school=home_school(by), wish=wish, support=support, partnership=partnership, words=words, made_at=at
    )
    tell_all(
        facilitators_of({request.school_id}),
        "help_asked",
        key=f"help-asked:{request.pk}",
        path="/help-requests/",
        facts={"support": support.name, "who": str(by), "wish": request.get_wish_display()},
        at=at,
    )
    return request


@transaction.atomic
def answer_request(request, *, by, answer, at=None):
    """Answer one request with a word. Raises NotNow when a colleague answered it first."""
    at = at or timezone.now()
    request = open_request(request)
    require(may_answer_request(by, request))
    close_request(request, by=by, answer=answer, at=at)
    if request.partnership and request.partnership.is_active:
        move_on(lock(request.partnership), by=by, at=at)


def open_request(request):
    request = HelpRequest.objects.select_for_update(of=("self",)).select_related("support", "asker").get(pk=request.pk)
    if request.answered_at or request.withdrawn_at:
        raise NotNow("This request is closed already.")
    return request


def close_request(request, *, by, answer, at, partnership=None):
    request.answered_at, request.answered_by, request.answer = at, by, answer
    request.partnership = partnership or request.partnership
    request.save()
    tell(
        request.asker,
        "help_answered",
        key=f"help-answered:{request.pk}",
        path=partnership.get_absolute_url() if partnership else "/help-requests/",
        facts={"support": request.support.name, "who": str(by)},
        at=at,
    )


@transaction.atomic
def gather(requests, *, by, at=None):
    """Make one partnership of several requests for the same support: the first to ask leads, the others are asked.

    Raises NotYet when the requests are for different supports, NotNow when one was closed meanwhile.
    """
    at = at or timezone.now()
    requests = [open_request(request) for request in sorted(requests, key=lambda r: (r.made_at, r.pk))]
    if not requests:
        raise NotYet("Choose at least one request.")
    if len({request.support_id for request in requests}) > 1:
        raise NotYet("These requests are for different supports. Choose those for one.")
    for request in requests:
        require(may_answer_request(by, request))
    first = requests[0]
    partnership = start(first.support, by=by, lead=first.asker, at=at)
    for person in dict.fromkeys(r.asker for r in requests[1:] if r.asker_id != first.asker_id):
        invite(partnership, by=by, person=person, at=at)
    for request in requests:
        close_request(request, by=by, answer="", at=at, partnership=partnership)
    move_on(partnership, by=by, at=at)
    return partnership


@transaction.atomic
def assign(support, *, by, coach, partner, at=None):
    """A coaching team assigns one coach to one teacher: the coach begins, the teacher is asked."""
    require(may_start(by, support))
    partnership = start(support, by=by, lead=coach, at=at)
    invite(partnership, by=by, person=partner, part=Member.Part.PARTNER, at=at)
    return partnership


@transaction.atomic
def withdraw_request(request, *, by, at=None):
    request = open_request(request)
    require(may_withdraw_request(by, request))
    HelpRequest.objects.filter(pk=request.pk).update(withdrawn_at=at or timezone.now())
