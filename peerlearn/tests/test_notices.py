"""Every notice: it stands in docs/notices.md, and its mail reads well in text, in HTML, on a phone and in the dark."""

import datetime as dt
import re
from string import Formatter

import pytest
from django.conf import settings

from notices.acts import ACTS, acts_of
from notices.letters import letter_of_digest, letter_of_notice
from notices.models import Digest, Notice
from notices.registry import KINDS, NoticeKind
from peerlearn.notices_table import gaps, rows_of, with_table

DOCUMENT = settings.BASE_DIR / "docs" / "notices.md"
# Of ordinary length: what a district would write.
FACTS = {
    "support": "Peer Coaching",
    "step": "Try it in your class",
    "by": " by Thu 12 March",
    "due": "Thu 12 March",
    "since": "Thu 12 March",
    "day": "Thu 12 March",
    "when": "Thu 12 March, 10:05 to 10:50",
    "before": "Wed 11 March, 10:05 to 10:50",
    "who": "Ana Ruiz",
    "whom": "Ben Okafor",
    "coverer": "Ben Okafor",
    "school": "Maple Grove Elementary",
    "class": "Grade 5 Reading",
    "starts": "10:05",
    "ends": "10:50",
    "title": "Peer learning",
    "what": "Cancelled",
    "where": ", Room 12",
    "for": "",
    "open": "",
    "classes": "2 classes need",
    "number": "2 classes",
    "wish": "help finding a partner",
    "until": "until Fri 13 March",
}
# What a mail client may cut off on a phone begins at about 40 characters; the whole stays under a line of the RFC.
LONGEST_SUBJECT = 78


def fields_of(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.fixture
def letter(ana):
    def write(key):
        kind = KINDS[key]
        needed = fields_of(kind.subject) | fields_of(kind.sentence)
        facts = {name: FACTS.get(name, name.title()) for name in needed}
        notice = Notice(pk=7, person=ana, kind=key, key=f"{key}:7:{ana.pk}", facts=facts, path="/partnerships/7/")
        return notice, letter_of_notice(notice)

    return write


def test_every_notice_is_in_the_document_with_to_whom_when_and_what_stops_it():
    assert gaps(DOCUMENT.read_text()) == ([], [])


def test_the_document_says_what_the_registry_says():
    """If not: manage.py write_notices_table."""
    assert with_table(DOCUMENT.read_text()) == DOCUMENT.read_text()


def test_a_notice_that_is_missing_in_the_document_is_found(monkeypatch):
    monkeypatch.setitem(KINDS, "new", NoticeKind("new", "New", "New", "New.", "See it"))
    text = DOCUMENT.read_text()

    assert gaps(text)[0] == ["new"]
    cell = rows_of(text)["your_turn"]["to whom"]
    assert "your_turn" in gaps(text.replace(f"| {cell} |", "|  |"))[0]


def test_acts_belong_to_kinds_and_need_no_fact_that_the_kind_does_not_have():
    for key, acts in ACTS.items():
        had = fields_of(KINDS[key].subject) | fields_of(KINDS[key].sentence)
        for act in acts:
            assert fields_of(act.will) | fields_of(act.done) <= had, (key, act.key)


@pytest.mark.parametrize("key", sorted(KINDS))
def test_the_mail_of_a_kind(key, letter):
    notice, mail = letter(key)
    [html] = [part.content for part in mail.alternatives]

    assert len(mail.subject) <= LONGEST_SUBJECT, mail.subject
    assert "  " not in mail.subject
    assert not mail.subject.endswith((".", ":", ","))
    for body in (mail.body, html):
        assert notice.action in body
        assert settings.SITE_URL + "/partnerships/7/" in body
        assert "Hello Ana" in body
        assert not re.search(r"[{}\ue000\ue001]|None", re.sub(r"<style>.*?</style>", "", body, flags=re.S))
    assert html.count('class="button"') == 1
    assert "prefers-color-scheme: dark" in html
    assert 'name="color-scheme" content="light dark"' in html
    assert "<img" not in html
    assert "<script" not in html
    assert max(len(line) for line in mail.body.splitlines() if "http" not in line) <= 200
    assert len(re.findall("/answers/", mail.body)) == len(acts_of(notice))


@pytest.mark.parametrize("key", sorted(KINDS))
def test_a_kind_speaks_plainly(key):
    kind = KINDS[key]
    said = f"{kind.label} {kind.subject} {kind.sentence} {kind.action}"

    assert not re.search(r"\b(please|successfully|kindly|dear|click|ASAP)\b|!", said, re.I), said
    assert kind.sentence.removesuffix("{open}").endswith((".", "?"))
    assert not kind.label.endswith(".")
    assert len(kind.action) <= 28


@pytest.mark.parametrize("key", sorted(KINDS))
def test_a_mail_carries_no_words_that_people_wrote(key):
    """Facts are names, times, places and titles: no kind has a place for a note, a reason or a message."""
    words = {"words", "body", "text", "note", "reason", "message", "goal", "answer", "remark", "comment"}

    assert not words & (fields_of(KINDS[key].subject) | fields_of(KINDS[key].sentence))


def test_a_digest_has_one_button_and_a_link_for_each_notice(ana, letter):
    notices = [letter(key)[0] for key in ("your_turn", "invitation", "event_moved")]

    mail = letter_of_digest(Digest(pk=1, person=ana, day=dt.date(2026, 3, 12)), notices)

    [html] = [part.content for part in mail.alternatives]
    assert mail.subject == "3 things for you, Thu 12 March"
    assert html.count('class="button"') == 1
    for notice in notices:
        assert f"{notice.action}: {settings.SITE_URL}{notice.path}" in mail.body
    assert "List-Unsubscribe" in mail.extra_headers
