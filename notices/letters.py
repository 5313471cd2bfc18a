"""What a notice and a digest look like as a mail: text and HTML, with a Message-ID that a second copy would share.

The mail of a notice is rendered once for each kind, with holes where one mail differs from the next.
"""

import hashlib
import re
from functools import lru_cache, partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template
from django.utils.formats import date_format
from django.utils.html import conditional_escape

from .acts import acts_of
from .links import answer_url, stop_url
from .registry import kind_of

# Private-use characters, which no template holds.
HOLE = re.compile("\ue000(\\w+)\ue001")
LINE_END = re.compile("\r\n|\r|\n")


def letter_of_notice(notice):
    kind, acts = kind_of(notice), acts_of(notice)
    text, html = frames_of(kind, acts)
    stop = stop_url(notice.person, kind.key) if kind.can_be_off else ""
    facts = {
        "subject": notice.subject,
        "name": notice.person.get_short_name(),
        "sentence": notice.sentence,
        "url": settings.SITE_URL + notice.path,
        "site": settings.SITE_URL,
        "stop": stop,
        **{f"act_{act.key}": answer_url(notice, act) for act in acts},
    }
    escaped = {name: conditional_escape(fact) for name, fact in facts.items()}
    text = _filled(text, facts | {"lines": list_of(notice, "txt")})
    html = _filled(html, escaped | {"lines": list_of(notice, "html")})
    return _mail(notice, facts["subject"], text, html, stop)


def _filled(frame, facts):
    pieces = list(frame)
    pieces[1::2] = [facts[name] for name in frame[1::2]]
    return "".join(pieces)


@lru_cache(maxsize=500)
def frames_of(kind, acts):
    """The text and the HTML of every mail of a kind, in pieces: every second one is the name of a fact."""
    names = ("subject", "name", "sentence", "url", "lines", "site")
    context = {name: _hole(name) for name in names} | {
        "kind": kind,
        "acts": [(act.label, _hole(f"act_{act.key}")) for act in acts],
        "stop": _hole("stop") if kind.can_be_off else "",
    }
    return [HOLE.split(get_template(f"mail/notice.{ending}").render(dict(context))) for ending in ("txt", "html")]


def _hole(name):
    return f"\ue000{name}\ue001"


def list_of(notice, ending):
    """What a mail lists below its sentence, such as the classes of a day; most list nothing."""
    return get_template(f"mail/_lines.{ending}").render({"lines": notice.lines}) if notice.lines else ""


def letter_of_digest(digest, notices):
    number = f"{len(notices)} things" if len(notices) > 1 else "One thing"
    subject = f"{number} for you, {date_format(digest.day, 'D j F')}"
    stop = stop_url(digest.person)
    context = {
        "subject": subject,
        "person": digest.person,
        "notices": notices,
        "site": settings.SITE_URL,
        "stop": stop,
    }
    text, html = (get_template(f"mail/digest.{ending}").render(dict(context)) for ending in ("txt", "html"))
    return _mail(digest, subject, text, html, stop)


def _mail(row, subject, text, html, stop):
    headers = {"Message-ID": message_id(row.key), "Auto-Submitted": "auto-generated"}
    if stop:
        # RFC 8058: a mailbox shows a button of its own, and posts to the address when it is pressed.
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mail = Letter(subject, text, to=[row.person.email], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail


class Letter(EmailMultiAlternatives):
    """Its parts are set apart by its own name: to look for words that no part holds costs as much as the parts."""

    def message(self):
        wire = super().message()
        wire.set_boundary(self.extra_headers["Message-ID"].strip("<>").partition("@")[0])
        wire.as_bytes = partial(_as_bytes, wire)
        return wire


def _as_bytes(wire, unixfrom=False, linesep="\n"):
    """As the email package writes it, but for long headers, which it would fold anew: that takes most of its time."""
    edge = wire.get_boundary()
    parts = [f"--{edge}\n{_head(part)}\n{part.get_payload()}\n" for part in wire.get_payload()]
    whole = f"{_head(wire)}\n{''.join(parts)}--{edge}--\n"
    return LINE_END.sub(linesep, whole).encode()


def _head(part):
    return "".join(f"{name}: {value}\n" for name, value in part.raw_items())


def message_id(key):
    """The same for every copy of a notice, so that a mailbox shows a mail once that a crash has sent twice."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{urlsplit(settings.SITE_URL).hostname}>"
