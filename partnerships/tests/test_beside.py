"""Beside each field stands who reads what one is typing, when it goes, what law may ask, and to name no students."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import Entry, Step
from partnerships.services.words import write
from people.models import RetentionSpan

LAW = "Public-records law may still apply. Leave student names out."


def beside(page):
    """The notices on a page: [(audience, sentence), ...], the one that is shown at first marked with a star."""
    found = re.findall(r'<p class="privacy([^"]*)">.*?<span>(.*?)</span></p>', page, re.S)
    return [("*" * ("reads-first" in names) + names.strip(), text) for names, text in found]


@pytest.fixture
def page_of(work, ana, step_of, client):
    """The page of the first step, as a step of another kind: page_of("notes", prompts=["Seen"])."""

    def get(kind, **config):
        step = step_of(work, "goal")
        Step.objects.filter(pk=step.pk).update(kind=kind, actor="members", config=config)
        client.force_login(ana)
        return client.get(step.get_absolute_url()).content.decode()

    return get


def test_private_words_say_so_and_the_other_readers_are_one_choice_away(page_of):
    page = page_of("reflection", prompts=["How was it?"])

    shown = beside(page)
    assert [text.split(" Kept")[0] for _, text in shown] == [
        "Only you read this.",
        "You and your partners read this. No principal, admin or facilitator does.",
        "The staff of your school read this, your principal among them.",
    ]
    assert [names.startswith("*") for names, _ in shown] == [True, False, False]
    assert all(text.endswith(LAW) and "until you throw it away" in text for _, text in shown)


def test_the_notice_follows_the_draft(work, ana, page_of, step_of, client):
    page_of("reflection", prompts=["How was it?"])
    path = step_of(work, "goal").get_absolute_url()
    client.post(path, {"action": "save", "prompt_0": "Well", "audience": "school"})

    [first] = [text for names, text in beside(client.get(path).content.decode()) if names.startswith("*")]

    assert first.startswith("The staff of your school read this")


def test_joint_words_say_that_all_must_agree(page_of):
    sentences = [text for _, text in beside(page_of("findings", prompts=["What?"]))]

    assert len(sentences) == 2
    assert "once each of you has agreed" in sentences[1]


@pytest.mark.parametrize(("amount", "said"), [(30, "30 days"), (14, "14 days"), (1, "1 day")])
def test_notes_say_when_they_go_as_the_district_has_set_it(page_of, amount, said):
    RetentionSpan.objects.create(key="notes", amount=amount)

    [(_, text)] = beside(page_of("notes", prompts=["Seen"]))

    assert f"Deleted {said} after you hand it over, and on June 30 at the latest." in text
    assert text.startswith("You and your partners read this. No principal, admin or facilitator does.")


def test_a_plan_says_who_reads_it_and_how_long_it_is_kept(page_of):
    texts = {text for _, text in beside(page_of("plan"))}

    assert len(texts) == 1
    assert "your principal read the plan. Deleted 5 school years after the work." in texts.pop()


@pytest.mark.parametrize("kind", ["goal", "question", "contact", "plan", "cycles", "data_log", "analysis", "findings",
                                  "reflection", "summary", "notes"])  # fmt: skip
def test_each_text_of_each_kind_of_step_has_its_notice(page_of, kind):
    page = page_of(kind, prompts=["One", "Two"], whom="facilitator")

    texts = page.count("<textarea")
    assert texts
    at_first = [text for names, text in beside(page) if not names or names.startswith("*")]
    assert len([text for text in at_first if text.endswith(LAW)]) == texts


def test_messages_and_a_text_that_is_changed_have_it_too(work, ana, client):
    entry = write(work, by=ana, kind=Entry.Kind.NOTE, body="Seen.", audience="partners")
    client.force_login(ana)
    for path in (f"/partnerships/{work.pk}/messages/", f"/words/{entry.pk}/"):
        assert LAW in client.get(path).content.decode()


def test_a_note_cannot_be_given_to_the_staff(work, ana, client):
    entry = write(work, by=ana, kind=Entry.Kind.NOTE, body="Seen.", audience="partners")
    client.force_login(ana)

    page = client.post(f"/words/{entry.pk}/", {"body": "Seen.", "audience": "school"})

    assert page.status_code == 200
    assert 'value="school"' not in page.content.decode()
    entry.refresh_from_db()
    assert entry.audience == "partners"


def test_the_spans_are_asked_for_once_whatever_the_number_of_fields(page_of, client, ana, work):
    with CaptureQueriesContext(connection) as queries:
        page_of("notes", prompts=["One", "Two", "Three"])

    assert len([query for query in queries if "people_retentionspan" in query["sql"]]) == 1
