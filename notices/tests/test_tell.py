import datetime as dt

import pytest
from django.db import transaction

from notices.models import Notice
from notices.services import tell, tell_all

from .conftest import THURSDAY


def test_tell_writes_one_row_for_one_fact_however_often_it_is_called(ana, told):
    first = told(ana, "Goal")
    again = told(ana, "Goal", at=THURSDAY + dt.timedelta(hours=1))

    assert again.pk == first.pk
    assert again.made_at == THURSDAY
    assert Notice.objects.count() == 1


def test_tell_all_tells_each_person_in_one_statement(ana, ben, django_assert_num_queries):
    with django_assert_num_queries(1):
        tell_all([ana, ben], "turn", key="turn:1", path="/x/", facts={"what": "Plan"})

    assert set(Notice.objects.values_list("person", "key")) == {(p.pk, f"turn:1:{p.pk}") for p in (ana, ben)}


def test_a_fact_that_is_rolled_back_was_never_told(ana, told):
    with transaction.atomic():
        told(ana)
        assert Notice.objects.exists()
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"kind": "nobody"}, LookupError),
        ({"facts": {"who": "Ana"}}, LookupError),
        ({"path": "https://elsewhere.example/"}, ValueError),
        ({"path": "//elsewhere.example/"}, ValueError),
    ],
)
def test_tell_refuses_a_mistake_at_once(ana, wrong, error):
    right = {"kind": "turn", "key": "turn:1", "path": "/x/", "facts": {"what": "Plan"}}

    with pytest.raises(error):
        tell(ana, **{**right, **wrong})


def test_a_subject_is_one_line_whatever_the_facts_hold(ana, told):
    assert told(ana, "Plan\r\nBcc: all@cedar.example").subject == "Your turn: Plan Bcc: all@cedar.example"
