"""What the furnished house holds of words that left the pair: shown to a principal by name, opened in an emergency."""

from partnerships.models import Entry, Partnership, Plan
from partnerships.services.emergency import approve_reading, ask_to_read
from partnerships.services.sharing import agree_to_show, ask_to_show


def a_note(house, work, body, **more):
    written = {"author": house.owner, "school": house.school, "made_at": house.now, "changed_at": house.now}
    return Entry.objects.create(partnership=work, kind="note", body=body, **written, **more)


def shown_of(house):
    """A note on the partner's lesson that both of them show to their principal."""
    note = a_note(house, house.partnership, "Sloe", about=house.partner, audience="partners")
    house.share = ask_to_show(note, by=house.owner, reader=house.principal)
    agree_to_show(house.share, by=house.partner)


def emergency_of(house):
    """A private note in other work of the same two, which an operator reads for an hour."""
    work = Partnership.objects.create(
        support=house.support, school=house.school, year=house.year, started_by=house.owner, started_at=house.now,
        starts_on=house.today, ends_on=house.today,
    )  # fmt: skip
    Plan.objects.create(partnership=work, changed_at=house.now)
    for person in (house.owner, house.partner):
        work.members.create(person=person, school=house.school, state="active", invited_at=house.now)
    a_note(house, work, "Damson")
    house.reading = ask_to_read(work, by=house.operator, reason="A court asks", at=house.now)
    approve_reading(house.reading, by=house.admin, at=house.now)
