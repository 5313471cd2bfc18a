"""All that is kept about a person, as a ZIP: a page to read, the same as JSON, and the files.

A worker makes it. It holds what the registry marks as exported: what is by the person or about them. What others wrote
to them is not in it: they read it here as long as it is theirs to read (decision 14).
"""

import datetime as dt
import json
import tempfile
import zipfile
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.core.files import File
from django.core.mail import EmailMessage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_valid_filename

from people import policy
from people.access import require
from people.clock import district
from people.models import SubjectExport, User
from people.registry import PERSONAL, tell
from people.retention import delete_files

KEPT = dt.timedelta(days=7)
GIVEN_UP = dt.timedelta(minutes=10)  # after this the worker that took it is taken for dead
COLLECT = "people.collect"
PAGES = ("people/export/index.html", "people/export/style.css")


@transaction.atomic
def ask_for_export(person, *, by, at=None):
    """Have an export made. One that waits is not doubled. An admin may ask for somebody who has left."""
    require(policy.may_ask_for_export(by, person))
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    waiting = SubjectExport.objects.filter(person=person, done_at=None).first()
    return waiting or SubjectExport.objects.create(person=person, asked_by=by, asked_at=at or timezone.now())


def make_exports(*, at=None):
    """Take one waiting export after the other, each by one worker; delete the files that have lain long enough."""
    at = at or timezone.now()
    while export := _claim(at):
        _make(export, at)
    forget_files(at)


def _claim(now):
    waiting = SubjectExport.objects.waiting(now - GIVEN_UP)
    export = waiting.select_related("person").order_by("asked_at").first()
    # Of two workers that saw it the database lets one have it.
    return export if export and waiting.filter(pk=export.pk).update(claimed_at=now) else None


def _make(export, at):
    with tempfile.TemporaryFile() as space:
        zone = ZoneInfo(export.person.standing.time_zone or district().time_zone)
        with zipfile.ZipFile(space, "w", zipfile.ZIP_DEFLATED) as parcel, timezone.override(zone):
            _fill(parcel, export, at)
        _keep(export, File(space), at)


def _fill(parcel, export, at):
    sections = []
    kept = [one for one in PERSONAL if one.is_personal and one.exported and one.whose]
    for done, one in enumerate(kept, start=1):
        if section := _section(one, export.person, parcel):
            sections.append(section)
        _say(export, done, len(kept))
    facts = {"person": export.person, "district": district(), "made_at": at, "sections": sections}
    for page in PAGES:
        parcel.writestr(PurePosixPath(page).name, render_to_string(page, facts))
    parcel.writestr("data.json", json.dumps(_as_data(export, sections, at), indent=1, cls=DjangoJSONEncoder))


def _say(export, done, steps):
    SubjectExport.objects.filter(pk=export.pk).update(done_steps=done, all_steps=steps, claimed_at=timezone.now())


def _section(kept, person, parcel):
    """What one model keeps about the person: {"title", "rows": [[(label, value), ...], ...], ...}, or None."""
    linked = [field.name for field in kept.exported if field.is_relation]
    rows = [
        [(str(field.verbose_name), _value(row, field, person, parcel)) for field in kept.exported]
        for row in kept.rows_of(person).select_related(*linked).order_by("pk").iterator(chunk_size=500)
    ]
    about = {"purpose": kept.purpose, "readers": kept.readers, "until": kept.until}
    read = [[(label, as_read(value)) for label, value in row] for row in rows]
    return {"title": kept.title, "model": kept.model, **about, "rows": rows, "read": read} if rows else None


def as_read(value):
    """A value as people read it; nothing for what is empty."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%-d %B %Y, %-H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, dict):
        return "\n".join(f"{key}: {as_read(part)}" for key, part in value.items())
    if isinstance(value, list):
        return "\n".join(as_read(part) for part in value)
    return "" if value is None else str(value)


def _value(row, field, person, parcel):
    value = getattr(row, field.name)
    if field.is_relation:
        return "you" if value == person else str(value or "")
    if field.get_internal_type() == "FileField":
        return _file(row, field, parcel) if value else ""
    return getattr(row, f"get_{field.name}_display")() if field.choices else value


def _file(row, field, parcel):
    """Put the file into the ZIP under its own name, and say where it is."""
    file, name = getattr(row, field.name), getattr(row, f"{field.name}_name", "") or "file"
    place = f"files/{row._meta.model_name}-{row.pk}-{get_valid_filename(name)}"
    try:
        with file.open() as source:
            parcel.writestr(place, source.read())
    except FileNotFoundError:
        return "The file is gone."
    return place


def _as_data(export, sections, at):
    said = ("title", "model", "purpose", "readers", "until")
    return {
        "about": {"name": export.person.name, "email": export.person.email},
        "made_at": at,
        "sections": [{name: one[name] for name in said} | {"rows": list(map(dict, one["rows"]))} for one in sections],
    }


def _keep(export, file, at):
    """Keep the file and tell its person, in one transaction; a worker that was given up keeps nothing."""
    with transaction.atomic():
        mine = SubjectExport.objects.select_for_update(of=("self",), no_key=True).filter(pk=export.pk, done_at=None)
        row = mine.select_related("person").first()
        if row is None:
            return
        row.file.save("export.zip", file, save=False)
        row.size, row.done_at = row.file.size, at
        row.save(update_fields=["file", "size", "done_at"])
        _tell(row, at)


def _tell(export, at):
    """In the inbox and by mail; somebody who has left is mailed a link to collect it, for their account is closed."""
    if export.person.is_active:
        facts = {"until": f"{at + KEPT:%A %-d %B}"}
        tell(export.person, "export_ready", key=f"export_ready:{export.pk}", path="/me/data/", facts=facts, at=at)
        return
    facts = {"person": export.person, "district": district(), "days": KEPT.days, "link": collect_link(export)}
    text = render_to_string("people/mail/export.txt", facts)
    EmailMessage("What we kept about you is ready", text, to=[export.person.email]).send()


def collect_link(export):
    token = signing.dumps(export.pk, salt=COLLECT)
    return settings.SITE_URL + reverse("export_collect", args=[token])


def export_of(token):
    """The finished export of a link that was mailed, or None: it is false, too old, or the file is gone."""
    try:
        pk = signing.loads(token, salt=COLLECT, max_age=KEPT)
    except signing.BadSignature:
        return None
    made = SubjectExport.objects.kept().filter(pk=pk, done_at__isnull=False, person__is_active=False)
    return made.select_related("person").first()


@transaction.atomic
def forget_files(at):
    """Delete the files that were kept long enough; that one was made stays known."""
    old = SubjectExport.objects.select_for_update(no_key=True).kept().filter(done_at__lt=at - KEPT)
    rows = list(old)
    delete_files([row.file for row in rows if row.file])
    SubjectExport.objects.filter(pk__in=[row.pk for row in rows]).update(deleted_at=at, file="")
