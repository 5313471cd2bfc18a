"""What a service refuses for a reason that the page can tell."""

from django.contrib import messages

from ..services.ground import NotNow, NotYet

REFUSALS = (NotNow, NotYet)


def tell(request, refusal):
    """Say on the next page why it was not done."""
    messages.error(request, str(refusal))
