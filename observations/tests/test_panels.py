import pytest
from django.template.loader import render_to_string

from observations.models import Walk
from observations.services import coverage as cover
from partnerships.registry import panels_for
from partnerships.services.starting import start
from supports.loader import load
from supports.models import SupportType


@pytest.fixture
def work(ana, facilitator, db):
    load()
    return start(SupportType.objects.get(begins=SupportType.Begins.REQUEST), by=facilitator, lead=ana)


def shown(work, user):
    """What the partnership's page shows of this room to the person."""
    panels = [(name, panel) for name, panel in panels_for(work, user) if name.startswith("observations/")]
    return " ".join(render_to_string(name, {"panel": panel}) for name, panel in panels)


def test_the_facilitator_is_led_to_setting_up_the_walk_and_the_members_wait(work, ana, principal, facilitator):
    assert f"/walks/new/?partnership={work.pk}" in shown(work, facilitator)
    assert "It will stand here" in shown(work, ana)
    assert shown(work, principal) == ""


def test_the_walk_stands_on_the_page_and_comes_back_after_it_is_called_off(work, ana, set_up, facilitator):
    walk = set_up(partnership=work, listed=False)
    assert walk.get_absolute_url() in shown(work, ana)

    Walk.objects.update(partnership=None)

    assert f"/walks/new/?partnership={work.pk}" in shown(work, facilitator)


def test_cover_of_the_work_stands_there_for_those_who_may_know(work, ask, ana, ben, stranger, principal):
    coverage = ask()
    assert "Ben Okafor covers" not in shown(work, ana)
    coverage.partnership = work
    coverage.save()
    cover.approve_cover(coverage, by=principal, coverer=ben)
    assert "Named, no answer yet" in shown(work, ana)
    assert "Ben Okafor covers" not in shown(work, ana)

    cover.confirm_cover(coverage, by=ben)

    assert "Ben Okafor covers" in shown(work, ana)
    assert shown(work, stranger) == ""


def test_no_other_support_has_a_walk(ana, work):
    other = start(SupportType.objects.filter(begins=SupportType.Begins.START).first(), by=ana)

    assert "walk" in shown(work, ana)
    assert shown(other, ana) == ""
