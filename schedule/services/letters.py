"""What an invitation looks like as a mail: text, HTML, and the calendar's own part, which is attached as a file too.

It says time, place and a link, and names nobody but its reader (TRUST 7). The calendar answers to the address of the
organizer, which stands for the site: with a mailbox that we read, it is one of this reader's own.
"""

from urllib.parse import quote

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template

from notices.letters import message_id

from ..ics import CANCELLED, CONFIRMED, SUMMARY, TENTATIVE, fold, imip, stamp, vevent
from ..models import Attendance
from ..reply_keys import link_token, reply_address
from ..words import span_words

PARTSTATS = {
    Attendance.Answer.ASKED: "NEEDS-ACTION",
    Attendance.Answer.ACCEPTED: "ACCEPTED",
    Attendance.Answer.DECLINED: "DECLINED",
}


def letter_of_invitation(row, zone, *, is_new):
    """The mail of one row, in the reader's `zone`. A second copy is the same, byte for byte, but for its boundaries."""
    when = span_words(row.starts_at, row.ends_at, zone, at=row.made_at)
    what = "Cancelled" if row.is_cancel else "Invitation" if is_new else "Changed"
    subject = f"{what}: {SUMMARY}, {when}"
    context = {
        "subject": subject, "row": row, "person": row.person, "what": what, "when": when, "title": SUMMARY,
        "site": settings.SITE_URL, "answer_path": f"/replies/{link_token(row.event_id, row.person_id)}/",
    }  # fmt: skip
    calendar = invitation_file(row)
    mail = EmailMultiAlternatives(
        subject,
        get_template("mail/invitation.txt").render(context),
        to=[row.person.email],
        headers={"Message-ID": message_id(row.key)},
        reply_to=[organizer_of(row)] if settings.TAKES_REPLIES else None,
    )
    mail.attach_alternative(get_template("mail/invitation.html").render(context), "text/html")
    # Django adds the charset: naming it here as well would give the part two.
    mail.attach_alternative(calendar, f"text/calendar; method={row.method.upper()}")
    mail.attach("invite.ics", calendar.encode(), "application/ics")
    return mail


def organizer_of(row):
    """Where this reader's calendar sends its answer."""
    return reply_address(row.event_id, row.person_id) if settings.TAKES_REPLIES else settings.CALENDAR_ADDRESS


def invitation_file(row):
    """The iTIP message (RFC 5546): METHOD, one event, an organizer, and the reader as the one attendee."""
    asks = "TRUE" if settings.TAKES_REPLIES and not row.is_cancel else "FALSE"
    attendee = f"CN={_parameter(row.person.name)};PARTSTAT={PARTSTATS[row.answer]};RSVP={asks}"
    people = (
        f"ORGANIZER;CN={_parameter(SUMMARY)}:{_mailto(organizer_of(row))}",
        f"ATTENDEE;{attendee}:{_mailto(row.person.email)}",
    )
    status = CANCELLED if row.is_cancel else TENTATIVE if row.tentative else CONFIRMED
    when = map(stamp, (row.starts_at, row.ends_at, row.made_at))
    link = f"{settings.SITE_URL}/events/{row.event_id}/"
    further = "".join(f"{fold(line)}\r\n" for line in people)
    event = vevent(row.event.uid, *when, row.sequence, status, SUMMARY, row.where, link, further)
    return imip(event, method=row.method.upper())


def _parameter(text):
    """A quoted parameter of a property: no quotes and no control characters within (RFC 5545, 3.2)."""
    return '"' + "".join(char for char in text if char.isprintable() and char != '"') + '"'


def _mailto(address):
    return f"mailto:{quote(address, safe='@+!$&*=?^_{|}~.-')}"
