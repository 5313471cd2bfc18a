import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from supports.models import ApprovalRule
from supports.services import approval_needed, set_approval_rules


def test_approval_is_not_needed_without_a_rule(pairs, school, other_school):
    ApprovalRule.objects.all().delete()

    assert approval_needed(pairs, [school.pk, other_school.pk]) == set()


def test_a_schools_rule_goes_before_the_rule_for_all(admin, menu, school, other_school):
    pairs, both = menu["pairs"], {school.pk, other_school.pk}
    set_approval_rules({(pairs.pk, None): True}, by=admin)
    assert approval_needed(pairs, both) == both
    assert approval_needed(menu["visits"], both) == set()

    set_approval_rules({(pairs.pk, school.pk): False}, by=admin)
    assert approval_needed(pairs, both) == {other_school.pk}

    set_approval_rules({(pairs.pk, None): False, (pairs.pk, school.pk): True}, by=admin)
    assert approval_needed(pairs, both) == {school.pk}

    set_approval_rules({(pairs.pk, school.pk): None}, by=admin)
    assert approval_needed(pairs, both) == set()


def test_approval_of_no_schools_is_asked_of_nobody(admin, pairs):
    set_approval_rules({(pairs.pk, None): True}, by=admin)

    assert approval_needed(pairs, []) == set()


def test_only_admins_say_who_approves(principal, pairs):
    with pytest.raises(PermissionDenied):
        set_approval_rules({(pairs.pk, None): True}, by=principal)


def test_the_table_keeps_what_was_changed_and_nothing_else(client, admin, menu, school, other_school):
    pairs = menu["pairs"]
    client.force_login(admin)
    form = client.get(reverse("approval_rules")).context["form"]
    assert [str(support) for support, cells in form.table] == ["Pairs", "Visits"]
    sent = {name: field.initial for name, field in form.fields.items()}

    client.post(reverse("approval_rules"), {**sent, f"rule-{pairs.pk}-{school.pk}": "yes"})

    assert approval_needed(pairs, [school.pk, other_school.pk]) == {school.pk}
    assert ApprovalRule.objects.exclude(school=None).count() == 1


def test_the_table_refuses_nonsense(client, admin, pairs, school):
    client.force_login(admin)

    response = client.post(reverse("approval_rules"), {f"rule-{pairs.pk}-{school.pk}": "perhaps"})

    assert response.status_code == 200
    assert response.context["form"].errors


def test_the_table_asks_the_database_as_often_for_three_schools_as_for_one(
    client, admin, menu, school, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(admin)
    with django_assert_max_num_queries(10) as few:
        client.get(reverse("approval_rules"))
    for number in range(2):
        type(school).objects.create(name=f"School {number}", code=f"s{number}")

    with django_assert_num_queries(len(few)):
        client.get(reverse("approval_rules"))
