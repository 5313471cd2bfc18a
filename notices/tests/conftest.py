"""Kinds of notice for these tests, and a helper to tell somebody something."""

import datetime as dt

import pytest

from notices import registry
from notices.models import Notice
from notices.services import tell

# A Thursday, 10:00 in New York: a school day, outside quiet hours.
THURSDAY = dt.datetime(2026, 3, 12, 14, 0, tzinfo=dt.UTC)
GONE = set()


def is_not_gone(notice):
    return notice.facts["what"] not in GONE


@pytest.fixture(autouse=True)
def kinds():
    before = dict(registry.KINDS)
    registry.KINDS.clear()
    words = {"subject": "Your turn: {what}", "sentence": "{what} waits for you.", "action": "Open the step"}
    registry.register(
        registry.NoticeKind(key="turn", label="It is your turn", still_due=is_not_gone, **words),
        registry.NoticeKind(key="moved", label="A date moved", at_once=True, **words),
        registry.NoticeKind(key="must", label="Somebody waits for you", can_be_off=False, **words),
        registry.NoticeKind(key="urgent", label="A date fell through", at_once=True, can_be_off=False, **words),
    )
    yield
    GONE.clear()
    registry.KINDS.clear()
    registry.KINDS.update(before)


@pytest.fixture
def told():
    """told(ana, "Goal") writes one notice and returns it."""

    def make(person, what="Goal", kind="turn", at=THURSDAY, **more):
        more.setdefault("path", "/partnerships/1/")
        tell(person, kind, key=f"{kind}:{what}", facts={"what": what}, at=at, **more)
        return Notice.objects.get(key=f"{kind}:{what}:{person.pk}")

    return make


@pytest.fixture(autouse=True)
def _as_many_mails_as_there_are(settings):
    settings.MAILS_A_DAY = 0
