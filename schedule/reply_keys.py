"""What an invitation gives its reader to answer with: a link that needs no sign-in, and an address for their calendar.

Both name a person and an event, and are signed: whoever has one may say yes or no for that person to that event, and
nothing else.
"""

import re
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

LINK_SALT = "schedule.reply-link"
ADDRESS_SALT = "schedule.reply-address"
ADDRESS = re.compile(r"([0-9a-f]{1,12})-([0-9a-f]{1,12})-([0-9a-f]{24})", re.ASCII)


class Asked(NamedTuple):
    event: int
    person: int


def link_token(event_pk, person_pk):
    return signing.Signer(salt=LINK_SALT).sign_object([event_pk, person_pk])


def read_link_token(token):
    """Who is asked to what, or None: nobody here wrote this."""
    try:
        return Asked(*signing.Signer(salt=LINK_SALT).unsign_object(token))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def reply_address(event_pk, person_pk):
    """peerlearn+1f-2a-….@…: in lower-case letters, because mail servers may change the case of an address."""
    name, _, domain = settings.CALENDAR_ADDRESS.partition("@")
    return f"{name}+{_address_token(event_pk, person_pk)}@{domain}"


def read_reply_address(address):
    """Who is asked to what, from an address that a reply was sent to, or None."""
    name, _, domain = address.strip().lower().partition("@")
    ours, _, our_domain = settings.CALENDAR_ADDRESS.lower().partition("@")
    known = ADDRESS.fullmatch(name.removeprefix(f"{ours}+")) if domain == our_domain and name.startswith(ours) else None
    if known is None:
        return None
    asked = Asked(int(known[1], 16), int(known[2], 16))
    return asked if constant_time_compare(_address_token(*asked), known[0]) else None


def _address_token(event_pk, person_pk):
    named = f"{event_pk:x}-{person_pk:x}"
    return f"{named}-{salted_hmac(ADDRESS_SALT, named).hexdigest()[:24]}"
