"""Rules over every model: who may see its rows is said, and confidential ones are reached by no other way."""

import ast

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import models
from django.test.utils import isolate_apps

from people.access import VisibleQuerySet
from people.models import User

from . import rules

# Rows that no page reads, each with its reason.
READ_BY_NO_PAGE = {
    "notices.Heartbeat": "monitoring reads the newest; it holds no person",
}


OF_WALKS = {
    "Pattern",
    "NextTry",
    "ThanksDraft",
    "HostThanks",
    "StaffNote",
    "StaffNoteYes",
    "WalkReflection",
    "VisitKey",
}


OF_MEETINGS = {"Brought", "BroughtYes", "MeetingRecord", "RecordYes"}


def our_models():
    return [model for app in rules.APPS for model in apps.get_app_config(app).get_models()]


def confidential():
    """Those whose own description says so, and whatever stands beside them in the module of words."""
    return [
        model
        for model in our_models()
        if model.__module__ == "partnerships.models.words" or (model.__doc__ or "").startswith("Confidential")
    ]


def unsaid(model):
    """What keeps the model from saying who may see its rows."""
    rows = model._default_manager.all()
    if not isinstance(rows, VisibleQuerySet):
        return f"{model._meta.label}: its default manager is no VisibleQuerySet"
    if type(rows).visible_to is VisibleQuerySet.visible_to:
        return f"{model._meta.label}: its queryset has no visible_to of its own"


def ways_to(secret, among):
    """Names on other models that lead to the confidential one, and its page in the operators' admin."""
    for model in among:
        for field in model._meta.get_fields():
            if field.auto_created and not field.concrete and field.related_model is secret:
                yield f"{model._meta.label}.{field.get_accessor_name()}"
    if admin.site.is_registered(secret):
        yield f"admin page of {secret._meta.label}"


def test_every_model_says_who_may_see_its_rows():
    faults = [unsaid(model) for model in our_models() if model._meta.label not in READ_BY_NO_PAGE]

    assert [fault for fault in faults if fault] == []


def test_exceptions_are_models_that_exist():
    assert set(READ_BY_NO_PAGE) <= {model._meta.label for model in our_models()}


@isolate_apps("people")
def test_a_model_that_says_nothing_is_found():
    class Plain(models.Model):
        class Meta:
            app_label = "people"

        def __str__(self):
            return ""

    class Silent(models.Model):
        objects = VisibleQuerySet.as_manager()

        class Meta:
            app_label = "people"

        def __str__(self):
            return ""

    assert "no VisibleQuerySet" in unsaid(Plain)
    assert "no visible_to" in unsaid(Silent)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_nobody_who_is_not_signed_in_sees_a_row(model):
    if model._meta.label in READ_BY_NO_PAGE:
        return

    rows = model._default_manager.all().visible_to(AnonymousUser())

    with pytest.raises(EmptyResultSet):
        rows.query.get_compiler("default").as_sql()


def test_confidential_words_are_known():
    known = {"Entry", "Consent", "StepDraft", "QuickReflection", "SelfAssessment", "WalkNote", *OF_WALKS, *OF_MEETINGS}

    assert known <= {model.__name__ for model in confidential()}


def test_no_name_leads_to_confidential_words():
    ways = [way for secret in confidential() for way in ways_to(secret, apps.get_models())]

    assert ways == []


@isolate_apps("people", "django.contrib.auth", "django.contrib.contenttypes")
def test_a_name_that_leads_to_confidential_words_is_found(monkeypatch):
    class Diary(models.Model):
        author = models.ForeignKey(User, models.CASCADE, related_name="diaries")

        class Meta:
            app_label = "people"

        def __str__(self):
            return ""

    monkeypatch.setitem(admin.site._registry, Diary, None)
    reverse = next(field for field in Diary._meta.get_fields() if field.name == "author").remote_field

    class Author:
        class _meta:
            label = "people.User"

            @staticmethod
            def get_fields():
                return [reverse]

    assert list(ways_to(Diary, [Author])) == ["people.User.diaries", "admin page of people.Diary"]


def words_imported(source, secrets):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            yield from (name.name for name in node.names if name.name in secrets)
        if isinstance(node, ast.Attribute) and node.attr in secrets:
            yield node.attr


def test_reports_do_not_touch_what_people_wrote():
    """The report counts the pair's own assessments in groups; texts it does not even know."""
    texts = {"Entry", "Consent", "StepDraft", "WalkNote", *OF_WALKS - {"NextTry"}}  # next steps are counted
    paths = [path for path in rules.python_of_apps() if "growth" in path.parts]

    assert {path.name: found for path in paths if (found := [*words_imported(path.read_text(), texts)])} == {}


def test_a_report_that_reads_words_is_found():
    assert list(words_imported("from partnerships.models import Entry, Step", {"Entry"})) == ["Entry"]
