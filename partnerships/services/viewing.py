"""Reading what belongs to others by one's post, or because it was shown by name, leaves a line in the log."""

from django.db.models import prefetch_related_objects
from django.utils import timezone

from people.models import Role, Viewing
from people.services.viewing import Thing, note_viewings
from schedule.words import day_words

from ..models import Member

OVER_THE_WORK = (Role.PRINCIPAL, Role.ADMIN)


def holds_a_post(user):
    """Whether a post of theirs opens anything of work that they take no part in."""
    return user.standing.holds(*OVER_THE_WORK) or bool(user.standing.deputised_schools)


def plans_were_read(partnerships, *, reader, door):
    """Log the plans that a principal, a deputy or an admin has in front of them, for everyone who takes part."""
    if not holds_a_post(reader):
        return
    prefetch_related_objects(partnerships, "members")
    things = {work.pk: plan_of(work) for work in partnerships if not takes_part(reader, work)}
    note_viewings(things.values(), reader=reader, door=door)


def plan_of(partnership):
    what = Viewing.What.PLAN
    title = f"Your plan of {partnership.support.name}"
    return Thing(what, partnership.pk, title, partnership.get_absolute_url(), active_in(partnership))


def active_in(partnership):
    return tuple(m.person_id for m in partnership.members.all() if m.state == Member.State.ACTIVE)


def takes_part(user, partnership):
    """Also those who are asked: they read the plan to decide."""
    inside = (Member.State.ACTIVE, Member.State.INVITED)
    return any(m.person_id == user.pk and m.state in inside for m in partnership.members.all())


def released_words_were_read(entries, *, reader, door):
    """Log words shared with a school's staff that a principal, a deputy or an admin has read."""
    if not holds_a_post(reader):
        return
    entries = [entry for entry in entries if entry.released_at and entry.author_id != reader.pk]
    prefetch_related_objects([entry.partnership for entry in entries], "members")
    others = [entry for entry in entries if not takes_part(reader, entry.partnership)]
    note_viewings([words_of(entry) for entry in others], reader=reader, door=door)


def words_of(entry, path="/words/", people=()):
    """A text as the log names it: its sort, its day and its work, never what is in it."""
    together = active_in(entry.partnership) if entry.joint and not people else ()
    authors = tuple(sorted({entry.author_id, *people, *together}))
    return Thing(Viewing.What.WORDS, entry.pk, title_of(entry), path, authors)


def title_of(entry):
    written = day_words(entry.on or timezone.localdate(entry.made_at))
    return f"{entry.get_kind_display()} of {written}, {entry.partnership.support.name}"


def share_was_read(share, people, *, reader):
    """Log that the named reader has read the version, for all whose consent it took."""
    thing = words_of(share.version.entry, share.get_absolute_url(), people)
    note_viewings([thing], reader=reader, door="the page that shows it by name")


def opened_words_were_read(entries, reading, *, reader):
    """Log each text that the operator has in front of them, for its author and for whom it tells of."""
    things = [
        Thing(
            Viewing.What.EMERGENCY,
            entry.pk,
            title_of(entry),
            reading.get_absolute_url(),
            tuple(sorted({entry.author_id, entry.about_id or entry.author_id})),
        )
        for entry in entries
    ]
    note_viewings(things, reader=reader, door="the page for emergency reading")
