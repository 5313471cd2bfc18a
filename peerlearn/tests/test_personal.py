"""Every field of every model is registered: what for, who reads it, how long, what an export and erasing do to it."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from peerlearn.management.commands.write_privacy_page import PAGE, page
from people.kept import GROUPS, Kept, faults, nothing_personal
from people.models import User
from people.registry import PERSONAL, RULES
from people.retention import SPANS
from people.services.outlook import register_by_room


def entries_of(model):
    return [kept for kept in PERSONAL if kept.model == model._meta.label]


@pytest.mark.parametrize("model", apps.get_models(include_auto_created=True), ids=lambda model: model._meta.label)
def test_every_field_is_registered(model):
    assert list(faults(model, entries_of(model))) == []


def test_no_model_is_registered_in_vain():
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}

    assert {kept.model for kept in PERSONAL} <= known


def test_a_field_that_nobody_registered_is_found():
    kept = next(one for one in PERSONAL if one.model == "people.Expertise")

    assert list(faults(kept.model_class, [replace(kept, words="kind")])) == ["people.Expertise.topic is not registered"]
    assert list(faults(kept.model_class, [])) == [
        f"people.Expertise.{name} is not registered" for name in ("kind", "topic", "user")
    ]


def test_what_the_registry_leaves_open_is_found():
    kept = next(one for one in PERSONAL if one.model == "people.Expertise")

    assert list(faults(kept.model_class, [replace(kept, readers="")])) == ["people.Expertise does not say: readers"]


@isolate_apps("people", "django.contrib.auth", "django.contrib.contenttypes")
def test_a_person_who_is_said_to_be_none_is_found():
    class Diary(models.Model):
        author = models.ForeignKey(User, models.CASCADE, related_name="+")

        class Meta:
            app_label = "people"

        def __str__(self):
            return ""

    assert list(faults(Diary, [nothing_personal("people.Diary", "author")])) == [
        "people.Diary.author is a person and is said to be none"
    ]
    assert list(faults(Diary, [Kept("people.Diary", "Diary", "a", "b", "c", plain="author gone")])) == [
        "people.Diary.gone is registered and does not exist",
        "people.Diary.author is a person and is said to be none",
    ]


@pytest.mark.parametrize("kept", [kept for kept in PERSONAL if kept.whose], ids=lambda kept: kept.title)
def test_whose_rows_they_are_can_be_asked(kept, ana):
    list(kept.rows_of(ana))

    assert kept.erased
    assert set(kept.treated.values()) <= set(GROUPS)


def test_what_is_about_a_person_can_be_found_and_erased():
    """A model with a person in it says whose its rows are, so that they are erased with that person."""
    lost = [kept.model for kept in PERSONAL if kept.people and not kept.whose]

    assert lost == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_each_retention_rule_names_what_there_is(rule, ana):
    people = dict.fromkeys(rule.people.split(), ana)

    assert rule.span in SPANS
    for path, person in people.items():
        assert not rule.model_class._base_manager.filter(**{path: person}).exists()
    for model, path in rule.within.items():
        assert apps.get_model(model)
        assert not rule.model_class._base_manager.filter(**{f"{path}__in": [0]}).exists()


def goes_with(gone):
    """These models, and those whose rows the database deletes with theirs."""
    while True:
        more = {
            kept.model
            for kept in PERSONAL
            for field in kept.model_class._meta.concrete_fields
            if field.is_relation
            and field.remote_field.on_delete is models.CASCADE
            and field.related_model._meta.label in gone
        }
        if more <= gone:
            return gone
        gone = gone | more


def test_what_is_said_to_go_after_a_span_has_a_rule():
    has_rule = goes_with({rule.model for rule in RULES} | {"partnerships.Approval"})  # goes with its plan's version
    spans = ("school years", "span for mail", "as the district sets it")
    promised = {kept.model for kept in PERSONAL if kept.is_personal and any(words in kept.until for words in spans)}

    assert promised - has_rule == set()


def test_rules_have_keys_of_their_own():
    assert len({rule.key for rule in RULES}) == len(RULES)


def test_the_privacy_page_in_the_docs_is_the_registry():
    assert PAGE.read_text() == page(), "Run manage.py write_privacy_page."


def test_the_privacy_page_names_what_every_room_keeps():
    assert len(register_by_room()) >= 7
