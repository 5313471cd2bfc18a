"""The page of a step: what is typed is kept, whatever happens, and for its writer alone."""

import pytest

from partnerships.models import Milestone, Plan, Step, StepDraft
from partnerships.services.closing import withdraw
from partnerships.views.keeping import mark_of

from .conftest import plan_of

GOAL = "My quieter students speak up."


@pytest.fixture
def goal(work, step_of):
    return step_of(work, "goal")


def test_saving_keeps_a_draft_that_the_page_shows_again(goal, ana, client):
    client.force_login(ana)

    client.post(goal.get_absolute_url(), {"goal": GOAL, "action": "save"})

    assert GOAL in client.get(goal.get_absolute_url()).content.decode()
    goal.refresh_from_db()
    assert not goal.is_finished


def test_typing_is_saved_while_it_goes_on(goal, ana, client):
    client.force_login(ana)

    answer = client.post(f"{goal.get_absolute_url()}draft/", {"goal": GOAL}, headers={"HX-Request": "true"})

    assert answer.content.decode().startswith("Saved ")
    assert StepDraft.objects.get(step=goal, person=ana).answers == {"goal": GOAL}


def test_finishing_does_the_step_and_lets_the_draft_go(goal, work, ana, client):
    client.force_login(ana)
    client.post(goal.get_absolute_url(), {"goal": GOAL, "action": "save"})

    answer = client.post(goal.get_absolute_url(), {"goal": GOAL, "action": "finish"})

    assert answer.url == work.get_absolute_url()
    assert Plan.objects.get(partnership=work).goal == GOAL
    assert not StepDraft.objects.filter(step=goal).exists()


def test_a_refused_form_keeps_everything_and_stores_it(work, planned, ana, client, step_of, principal):
    step = step_of(work, "findings")
    words = {"prompt_0": "We saw more hands.", "audience": "partners", "action": "finish"}
    client.force_login(ana)

    answer = client.post(step.get_absolute_url(), words)

    assert "It is not yet time" in answer.content.decode()
    assert StepDraft.objects.get(step=step, person=ana).answers["prompt_0"] == "We saw more hands."


def test_a_step_that_a_partner_finished_gives_the_words_back(goal, work, ana, ben, do, step_of, client):
    do(work, "goal", ana, goal=GOAL)
    plan = step_of(work, "plan")
    client.force_login(ben)
    client.post(plan.get_absolute_url(), {"objective": "What Ben wanted.", "action": "save"})
    dates = {"starts_on": work.starts_on, "ends_on": work.ends_on}
    do(work, "plan", ana, objective="What Ana wanted.", **dates)

    answer = client.post(plan.get_absolute_url(), {"objective": "What Ben wanted now.", "action": "finish", **dates})

    page = answer.content.decode()
    assert "is finished already" in page
    assert "What Ben wanted now." in page
    assert Plan.objects.get(partnership=work).objective == "What Ana wanted."


def test_words_posted_after_the_session_ran_out_come_back_after_sign_in(goal, ana, client):
    words = {"goal": GOAL, "action": "finish", "writer": mark_of(ana, goal.pk)}

    answer = client.post(goal.get_absolute_url(), words)

    assert answer.url.endswith(f"?next={goal.get_absolute_url()}")
    client.force_login(ana)
    page = client.get(goal.get_absolute_url()).content.decode()
    assert GOAL in page
    assert "You had been signed out" in page
    goal.refresh_from_db()
    assert not goal.is_finished


def test_words_kept_while_signed_out_are_for_their_writer_alone(goal, work, ana, ben, do, step_of, client):
    do(work, "goal", ana, goal="Another.")
    plan = step_of(work, "plan")
    client.post(plan.get_absolute_url(), {"objective": GOAL, "writer": mark_of(ana, plan.pk)})
    kept = client.session["words_kept"]
    assert kept["answers"] == {"objective": GOAL}

    client.force_login(ben)

    assert GOAL not in client.get(plan.get_absolute_url()).content.decode()


@pytest.mark.parametrize("writer", ["", "1:1", "nonsense:sig"])
def test_a_forged_form_keeps_nothing(goal, client, writer):
    client.post(goal.get_absolute_url(), {"goal": GOAL, "writer": writer})

    assert "words_kept" not in client.session


def test_a_zero_character_does_not_break_a_draft(goal, ana, client):
    client.force_login(ana)

    client.post(f"{goal.get_absolute_url()}draft/", {"goal": "a\x00b"})

    assert StepDraft.objects.get(step=goal).answers == {"goal": "ab"}


def test_a_partner_who_does_not_lead_is_refused_the_leads_step(goal, ben, client):
    client.force_login(ben)

    assert client.get(goal.get_absolute_url()).status_code == 200
    assert client.post(goal.get_absolute_url(), {"goal": GOAL, "action": "finish"}).status_code == 403


def test_an_optional_step_is_left_out_with_a_word_why(planned, work, principal, ana, client, step_of):
    client.force_login(principal)
    client.post(work.approvals.get().get_absolute_url(), {"action": "approve"})
    log = step_of(work, "log")
    client.force_login(ana)

    refused = client.post(log.get_absolute_url(), {"action": "skip", "skip_reason": ""})
    client.post(log.get_absolute_url(), {"action": "skip", "skip_reason": "We counted by hand."})

    assert refused.status_code == 200
    log.refresh_from_db()
    assert log.skip_reason == "We counted by hand."


def test_a_repeating_step_is_finished_as_it_stands(planned, work, principal, ana, client, step_of):
    client.force_login(principal)
    client.post(work.approvals.get().get_absolute_url(), {"action": "approve"})
    log = step_of(work, "log")
    untouched = {"on": "", "minutes": "", "audience": "private", "prompt_0": ""}
    client.force_login(ana)
    page = client.post(log.get_absolute_url(), {**untouched, "on": work.starts_on, "action": "finish"})
    assert "Log 1 more" in page.content.decode()

    client.post(log.get_absolute_url(), {**untouched, "on": work.starts_on, "prompt_0": "12", "action": "record"})
    client.post(log.get_absolute_url(), {**untouched, "on": work.starts_on, "action": "finish"})

    log.refresh_from_db()
    assert log.is_finished


def test_a_plan_without_milestones_leaves_those_that_stand(work, planned, ana, step_of, do):
    Milestone.objects.create(partnership=work, title="Half way", due_on=work.ends_on)
    Step.objects.filter(key="plan").update(completed_at=None, completed_by=None)

    do(work, "plan", ana, **plan_of(work, objective="Everybody speaks twice."))

    assert work.milestones.count() == 1


def test_what_was_typed_while_the_work_was_withdrawn_is_given_back(goal, work, ana, ben, client):
    withdraw(work, by=ana, reason="Our schedules changed.")
    client.force_login(ana)

    answer = client.post(goal.get_absolute_url(), {"goal": "A line that took me an hour.", "action": "finish"})

    assert answer.status_code == 200
    assert "A line that took me an hour." in answer.content.decode()
    assert not goal.partnership.plan.goal
