"""A small support of our own, and one partnership of Ana and Ben on it."""

import pytest

from partnerships.models import Step
from partnerships.services.members import accept, invite
from partnerships.services.progress import finish
from partnerships.services.starting import start
from partnerships.services.words import write
from supports.models import ApprovalRule, StepTemplate, SupportType
from supports.registry import kind_of

STEPS = [
    ("goal", "goal", "lead", {}),
    ("plan", "plan", "members", {"config": {"sections": ["objective", "coverage", "timeline"]}}),
    ("approval", "approval", "principal", {}),
    ("log", "data_log", "members", {"optional": True}),
    ("findings", "findings", "members", {}),
    ("reflect", "reflection", "members", {"each_member": True}),
]


@pytest.fixture
def support(db):
    support = SupportType.objects.create(
        slug="try-it", name="Try it together", depth="varies", begins="start", question="Try?", people_at_most=6
    )
    ApprovalRule.objects.create(support=support, needed=True)
    for position, (key, kind, actor, more) in enumerate(STEPS, 1):
        StepTemplate.objects.create(
            support=support, key=key, position=position, kind=kind, title=key.title(), actor=actor, **more
        )
    return support


@pytest.fixture
def work(support, ana, ben):
    """Ana leads, Ben takes part; the first step is open."""
    partnership = start(support, by=ana)
    accept(invite(partnership, by=ana, person=ben), by=ben)
    return partnership


@pytest.fixture
def step_of():
    """The open step of this key: step_of(work, "goal"), or a person's own row of it."""

    def find(partnership, key, person=None):
        steps = Step.objects.filter(partnership=partnership, key=key)
        return (steps.filter(member__person=person) if person else steps).first()

    return find


@pytest.fixture
def do(step_of):
    """Do a step as its form is filled: do(work, "goal", ana, goal="Everybody speaks.")."""

    def act(partnership, key, person, **data):
        step = step_of(partnership, key)
        form = kind_of(step).form(step, person, data=data)
        assert form.is_valid(), form.errors
        finish(step, by=person, answers=form.cleaned_data)

    return act


@pytest.fixture
def planned(work, do, ana):
    """The plan is made and waits for the principals."""
    do(work, "goal", ana, goal="Everybody speaks in every discussion.")
    do(work, "plan", ana, **plan_of(work))
    return work


def plan_of(work, **changes):
    dates = {"starts_on": work.starts_on.isoformat(), "ends_on": work.ends_on.isoformat()}
    return {"objective": "Everybody speaks.", "coverage": "One period.", **dates, **changes}


@pytest.fixture
def note(work, ana, ben):
    return write(work, by=ana, kind="note", body="Six hands went up.", about=ben, audience="partners")


@pytest.fixture
def reflection(work, ana):
    return write(work, by=ana, kind="reflection", body="I waited longer.")


@pytest.fixture
def finding(work, ana):
    return write(work, by=ana, kind="finding", body="We found.", audience="partners", joint=True)


@pytest.fixture
def everyone(request):
    """{name: person} of the partnership's people and of all who are near it."""
    near = ("stranger", "cleo", "principal", "other_principal", "facilitator", "office", "admin", "operator")
    return {name: request.getfixturevalue(name) for name in ("ana", "ben", *near)}
