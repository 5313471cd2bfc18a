"""The furnished house with an owner whose name stands nowhere else, and with words of hers in every room."""

import base64
import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile

from notices.models import Notice, OutboxMail, WrittenMail
from partnerships.models import Artifact, Entry, Member, QuickReflection, SelfAssessment, TimeSpent
from partnerships.services.words import send_message
from people.models import Expertise, Invitation, User

from .house import furnish

DAY = dt.timedelta(days=1)
PLANTED = ("Zanzibarine Quillfeather", "zanzi@cedar.example", "zanzi.old@cedar.example", "STAFF-7761")
THEIRS = ("Vermilion thoughts", "Cobalt about", "Ochre skills", "Sienna file", "Umber draft", "Celadon door")


@pytest.fixture
def files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
    }
    return tmp_path / "files"


@pytest.fixture
def house(db, files):
    """The furnished house, whose owner has a name that stands nowhere else, and words in every room."""
    made = furnish()
    owner = made.owner
    User.objects.filter(pk=owner.pk).update(
        name=PLANTED[0],
        email=PLANTED[1],
        staff_code=PLANTED[3],
        about="Cobalt about",
        calendar_link="https://c.example",
    )
    owner.refresh_from_db()
    plant(made)
    return made


def plant(house):
    owner, partner, now = house.owner, house.partner, house.now
    Expertise.objects.create(user=owner, kind="can_show", topic="Ochre skills")
    own = {"partnership": house.partnership, "author": owner, "school": house.school, "made_at": now, "changed_at": now}
    Entry.objects.create(kind="reflection", body="Vermilion thoughts", **own)
    together = "We learned, says Zanzibarine Quillfeather"
    house.joint = Entry.objects.create(kind="summary", body=together, joint=True, audience="partners", **own)
    send_message(house.partnership, by=partner, body="Ask Zanzibarine  Quillfeather (ZANZI@cedar.example) about it.")
    house.step.__class__.objects.filter(pk=house.step.pk).update(skip_reason="Umber draft", skipped_by=owner)
    shown = Artifact(
        partnership=house.partnership, added_by=owner, school=house.school, title="Sienna file", file_name="a.txt",
        made_at=now,
    )  # fmt: skip
    shown.file.save("a.txt", ContentFile(b"Sienna file of Zanzibarine Quillfeather"))
    house.door.__class__.objects.filter(pk=house.door.pk).update(doing="Celadon door")
    measure(house)
    facts = {"who": "Zanzibarine Quillfeather", "support": "Peer Partners"}
    Notice.objects.create(
        person=partner, kind="left", key="planted", facts=facts, path="/", made_at=now, due_at=now, next_at=now
    )
    mails_of(house)
    house.roster.__class__.objects.filter(pk=house.roster.pk).update(
        rows=[[2, "zanzi@cedar.example", "Zanzibarine Quillfeather", "STAFF-7761"], [3, "ben@cedar.example", "Ben", ""]]
    )


def mails_of(house):
    """Addresses and mails, one with a calendar that hangs on it."""
    EmailAddress.objects.create(user=house.owner, email=PLANTED[2])
    Invitation.objects.create(email=PLANTED[2], user=house.owner, invited_by=house.admin, made_at=house.now)
    calendar = base64.b64encode(b"ATTENDEE;CN=Zanzibarine Quill\r\n feather:mailto:zanzi@cedar.example").decode()
    hung = [{"name": "a.ics", "type": "text/calendar", "content": calendar}]
    words = {"subject": "Zanzibarine Quillfeather joins you", "text": "Ask zanzi@cedar.example", "attachments": hung}
    for person in (house.owner, house.partner):
        OutboxMail.objects.create(to=person.email, **words)
    WrittenMail.objects.create(
        key="a:zanzi@cedar.example", sender="a@b.example", readers=["zanzi@cedar.example"], wire=b"Hello",
        made_at=house.now, next_at=house.now,
    )  # fmt: skip


def measure(house):
    """What the report counts, of six people, so that it shows."""
    people = [house.owner, house.partner, house.invited, house.stranger, house.deputy, house.principal]
    for number, person in enumerate(people):
        where = {"partnership": house.partnership, "person": person, "made_at": house.now}
        Member.objects.update_or_create(
            partnership=house.partnership, person=person,
            defaults={"state": "active", "school": house.school, "invited_at": house.now},
        )  # fmt: skip
        TimeSpent.objects.create(school=house.school, category="meeting", minutes=30 + number, on=house.today, **where)
        SelfAssessment.objects.create(moment="before", level=1 + number % 5, **where)
        QuickReflection.objects.create(step=house.step, fist_to_five=number % 6, **where)
