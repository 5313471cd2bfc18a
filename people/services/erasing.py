"""Forgetting a person: asked for, waited with, and carried out by a task in one transaction.

What is theirs alone is deleted. Rows that others' work or a count needs stay, and lead to "a former colleague". Then
every text of the site is searched for the name and the addresses.
"""

import datetime as dt
import logging
import secrets

from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from people import policy
from people.access import require
from people.clock import district
from people.models import Erasure, Role, User
from people.names import names_of
from people.registry import CLEAN, LET_GO, PERSONAL, tell
from people.retention import delete_files, file_fields

from .accounts import close_account
from .holds import HeldBack, hold_deleting, holds_on
from .posts import LAST_ADMIN

WAITS = dt.timedelta(days=7)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another
TEXTS = (models.CharField, models.TextField, models.JSONField)
STAYS_AS_IT_IS = {"people.User", "people.Viewing", "people.Change", "sessions.Session"}

log = logging.getLogger(__name__)


@transaction.atomic
def ask_for_erasure(person, *, by, at=None):
    """Ask that a person be forgotten in a week. One that waits is not doubled."""
    require(policy.may_ask_for_erasure(by, person))
    require(not policy.is_last_admin(person), LAST_ADMIN)
    at = at or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    waiting = Erasure.objects.waiting().filter(person=person).first()
    if waiting:
        return waiting
    asked = Erasure.objects.create(person=person, code=new_code(), asked_by=by, asked_at=at, due_at=at + WAITS)
    tell_of_asking(asked, at)
    return asked


def new_code():
    return "F-" + "".join(secrets.choice(LETTERS) for _ in range(8))


def tell_of_asking(erasure, at):
    """The person, with the code by which to ask later; and the admins, who may have to set a legal hold."""
    person, facts = erasure.person, {"day": f"{erasure.due_at:%A %-d %B}", "code": erasure.code}
    key = f"erasure_asked:{erasure.pk}"
    if person.is_active:
        tell(person, "erasure_asked", key=key, path="/me/data/erase/", facts=facts, at=at)
    else:
        text = render_to_string("people/mail/erasure.txt", {"person": person, "district": district(), **facts})
        EmailMessage("What we keep about you will be erased", text, to=[person.email]).send()
    for admin in User.objects.holding(Role.ADMIN).exclude(pk__in=[person.pk, erasure.asked_by_id]):
        facts = {"who": person.name, "day": facts["day"]}
        tell(admin, "erasure_waits", key=f"erasure_waits:{erasure.pk}", path="/district/erasures/", facts=facts, at=at)


@transaction.atomic
def undo_erasure(erasure, *, by, at=None):
    """Take it back while it waits; later there is nothing to take back."""
    require(policy.may_ask_for_erasure(by, erasure.person))
    return bool(Erasure.objects.waiting().filter(pk=erasure.pk).update(undone_at=at or timezone.now()))


def erase_people(*, at=None):
    """Carry out what is due, each person in a transaction of their own. Running twice changes nothing."""
    at = at or timezone.now()
    for erasure in Erasure.objects.due(at).order_by("due_at", "pk"):
        try:
            erase(erasure, at=at)
        except HeldBack:
            stop(erasure, at=at)


@transaction.atomic
def erase(erasure, *, at):
    """Forget the person. Raises HeldBack while a legal hold keeps something about them."""
    hold_deleting()
    if not Erasure.objects.due(at).filter(pk=erasure.pk).update(done_at=at):
        return
    person = erasure.person
    if holds_on(person):
        raise HeldBack(erasure.code)
    names = names_of(person, EmailAddress.objects.filter(user=person).values_list("email", flat=True))
    close_account(person)
    for let_go in LET_GO:
        let_go(person, at=at)
    for kept in PERSONAL:
        if kept.whose:
            erase_kept(kept, erasure)
    for clean in CLEAN:
        clean(names)
    for model in {kept.model: kept.model_class for kept in PERSONAL if kept.model not in STAYS_AS_IT_IS}.values():
        unname(model, names)
    log.info("Erased %s.", erasure.code)


def erase_kept(kept, erasure):
    """What the registry says of one model: the rows go, or are emptied, or are left to the room's own function."""
    ids = list(kept.rows_of(erasure.person).values_list("pk", flat=True))
    rows = kept.model_class._base_manager.filter(pk__in=ids)
    for name in set(file_fields(kept.model_class)) & set(kept.group("files", "secret")):
        delete_files([getattr(row, name) for row in rows.exclude(**{name: ""})])
    if kept.goes:
        rows.delete()
    elif kept.erase:
        kept.erase(rows, erasure)
    elif emptied := {name: empty(kept.model_class, name) for name in kept.group("words", "files", "secret")}:
        rows.update(**emptied)


def empty(model, name):
    field = model._meta.get_field(name)
    return None if field.null else field.get_default()


def unname(model, names):
    """Rid every text of a model of the name and the addresses."""
    for field in model._meta.concrete_fields:
        if isinstance(field, TEXTS) and not field.choices and not field.primary_key:
            for pk, value in model._base_manager.filter(names.among(field)).values_list("pk", field.name):
                if names.found_in(value):
                    unnamed = names.without(value)
                    fits = unnamed[: field.max_length] if isinstance(unnamed, str) else unnamed
                    model._base_manager.filter(pk=pk).update(**{field.name: fits})


@transaction.atomic
def stop(erasure, *, at):
    """A legal hold keeps something: the erasure waits, and its person is told once. The night tries again."""
    if not Erasure.objects.waiting().filter(pk=erasure.pk, stopped_at=None).update(stopped_at=at):
        return
    key = f"erasure_stopped:{erasure.pk}"
    tell(erasure.person, "erasure_stopped", key=key, path="/me/data/erase/", facts={}, at=at)
