"""What views of a form share: what was sent, and what a service refuses for a reason that the page can tell."""

from django.contrib import messages

from schedule.services import DoubleBooked

from ..services.ground import NotNow, NotYet

REFUSALS = (NotNow, NotYet, DoubleBooked)


def sent(request):
    """The data of a POST, also when nothing was filled; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def tell(request, refusal):
    """Say on the next page why it was not done."""
    messages.error(request, str(refusal))
