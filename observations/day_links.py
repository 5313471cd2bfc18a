"""The address at which a substitute, who has no account, finds the classes of one day. It opens that day alone.

The signature covers the mail address that it was sent to: corrected, the link that went astray opens nothing.
"""

import datetime as dt

from django.core.signing import Signer
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from people import clock

from .models import Substitute

SIGNER = Signer(salt="observations.day_links")
# For whoever looks again in the evening, or drives home first.
LONGER = dt.time(6)


def day_path(substitute, day):
    return f"/cover/{substitute.pk}-{day:%Y%m%d}-{signature(substitute, day)}/"


def signature(substitute, day):
    return SIGNER.signature(f"{substitute.pk}:{day:%Y%m%d}:{substitute.email.lower()}")


def read_link(token, *, at=None):
    """(substitute, day) of an address that is right and not over yet, or None."""
    number, _, rest = token.partition("-")
    written, _, signed = rest.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    try:
        day = dt.datetime.strptime(written, "%Y%m%d").date()
    except ValueError:
        return None
    substitute = Substitute.objects.filter(pk=number).first()
    if substitute is None or not constant_time_compare(signed, signature(substitute, day)):
        return None
    over = clock.at(day + dt.timedelta(days=1), LONGER)
    ended = substitute.ended_on and substitute.ended_on < day
    return None if ended or (at or timezone.now()) >= over else (substitute, day)
