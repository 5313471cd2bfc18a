"""The contract of the catalogue: every file of it can be carried from start to completion, and none is named here."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from partnerships.models import Approval, HelpRequest, Member, Partnership, Step
from partnerships.policy import may_do_step
from partnerships.services import approvals, members, progress, requests, starting
from partnerships.tests.walking import plausible
from people.models import Role
from supports.loader import load
from supports.models import SupportType
from supports.registry import kind_of

FILES = sorted(Path(settings.BASE_DIR, "supports", "catalogue").glob("*.toml"))


@pytest.fixture
def menu(db):
    load()


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_every_support_can_be_carried_to_its_end(file, menu, ana, ben, principal, facilitator):
    support = SupportType.objects.get(slug=file.stem)
    if not support.has_workflow:
        assert not support.steps.exists()
        return

    partnership = begin(support, ana, ben, facilitator)
    for _ in range(200):
        if partnership.status != Partnership.Status.ACTIVE:
            break
        take_a_turn(partnership, [ana, ben, facilitator], ben, principal, facilitator)
        partnership.refresh_from_db()

    assert partnership.status == Partnership.Status.COMPLETED
    assert not partnership.steps.unfinished().exists()
    assert not partnership.steps.exclude(skipped_at=None).exists()


def begin(support, ana, ben, facilitator):
    if support.begins == SupportType.Begins.ASSIGN:
        return requests.assign(support, by=facilitator, coach=ana, partner=ben)
    if support.begins == SupportType.Begins.REQUEST:
        asked = [
            requests.ask_for_help(support, by=person, wish=HelpRequest.Wish.SET_UP, words="I would like to come.")
            for person in (ana, ben)
        ]
        return requests.gather(asked, by=facilitator)
    partnership = starting.start(support, by=ana)
    if support.people_at_least > 1 and not support.steps.filter(kind="partners").exists():
        members.invite(partnership, by=ana, person=ben)
    return partnership


def take_a_turn(partnership, people, colleague, principal, facilitator):
    for invitation in partnership.members.filter(state=Member.State.INVITED):
        members.accept(invitation, by=invitation.person, level=2)
    for approval in Approval.objects.waiting().filter(partnership=partnership):
        approvals.approve(approval, by=principal)
    for request in HelpRequest.objects.waiting().filter(partnership=partnership):
        requests.answer_request(request, by=facilitator, answer="Yes, gladly.")
    for step in Step.objects.current().filter(partnership=partnership):
        doer = next(person for person in people if may_do_step(person, step))
        answer(step, doer, colleague)
        return


def answer(step, doer, colleague):
    day = timezone.localdate() + dt.timedelta(days=0 if kind_of(step).key in ("cycles", "data_log") else 30)
    form = kind_of(step).form(step, doer)
    day += dt.timedelta(days=step.partnership.planned_events.count())
    data = plausible(form, day=day, colleague=colleague)
    if "observed" in data:
        people = [m.person_id for m in step.partnership.members.active()]
        data["observed"] = str(people[step.planned_events.count() % len(people)])
    form = kind_of(step).form(step, doer, data=data)
    if not form.is_valid() and data.get("anyway") == "":
        data["anyway"] = form.fields["anyway"].widget.attrs["value"]
        form = kind_of(step).form(step, doer, data=data)
    assert form.is_valid(), form.errors
    try:
        progress.finish(step, by=doer, answers=form.cleaned_data)
    except progress.NotYet:
        progress.record(step, by=doer, answers=form.cleaned_data)


def test_the_catalogue_has_every_depth(menu):
    depths = set(SupportType.objects.values_list("depth", flat=True))

    assert depths == set(SupportType.Depth.values)


def test_a_principal_is_no_partner_of_her_own_staff(menu, ana, principal, person, school):
    coach = person("Kim Adler", Role.COACH, school)
    partnership = starting.start(SupportType.objects.filter(begins="start", people_at_least=2).first(), by=ana)

    members.invite(partnership, by=ana, person=coach)

    with pytest.raises(progress.NotYet, match="peers are not bosses"):
        members.invite(partnership, by=ana, person=principal)
