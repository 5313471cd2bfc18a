"""The words of the pair as the reader may see them; of the rest not even that it exists."""

from django.db.models import Exists, OuterRef

from ..models import Consent, Entry, Share
from .people import names


def with_named(entries):
    """Texts that know whether somebody beyond the pair reads a version of them."""
    return entries.annotate(is_shown=Exists(Share.objects.of_entry(OuterRef("pk"))))


def entries_in(partnership, user):
    """[(step title, [(entry, who agreed in words, whether the reader is asked), ...]), ...], without the messages."""
    entries = Entry.objects.visible_to(user).filter(partnership=partnership).exclude(kind=Entry.Kind.MESSAGE)
    entries = with_named(entries).select_related("author", "about", "step")
    entries = list(entries.order_by("step__position", "step__key", "made_at", "pk"))
    said = consents(entries, partnership, user)
    by_step = {}
    for entry in entries:
        title = entry.step.title if entry.step else "Beside the steps"
        by_step.setdefault(title, []).append((entry, *said.get(entry.pk, ("", False))))
    return list(by_step.items())


def consents(entries, partnership, user):
    """{entry: (who has agreed in words, whether the reader is asked)} of joint texts that are to leave the pair."""
    asked = [entry for entry in entries if entry.joint and entry.audience == Entry.Audience.SCHOOL]
    given = {}
    for row in Consent.objects.visible_to(user).filter(entry__in=asked):
        given.setdefault(row.entry_id, set()).add(row.person_id)
    people = [member.person for member in partnership.members.all() if member.state == "active"]
    told = {}
    for entry in asked:
        agreed = [person for person in people if person.pk in given.get(entry.pk, ())]
        open_yet = [person for person in people if person not in agreed]
        words = f"Agreed: {names(agreed, user) or 'nobody yet'}."
        if open_yet:
            words += f" Still asked: {names(open_yet, user)}."
        told[entry.pk] = (words, user in open_yet)
    return told


def messages_in(partnership, user):
    rows = Entry.objects.visible_to(user).filter(partnership=partnership, kind=Entry.Kind.MESSAGE)
    return rows.select_related("author").order_by("-made_at", "-pk")


def released_to(user):
    """What colleagues at the reader's schools chose to share with the staff."""
    rows = Entry.objects.visible_to(user).filter(
        released_at__isnull=False, school__in=user.standing.schools, audience=Entry.Audience.SCHOOL
    )
    return rows.select_related("author", "partnership__support", "step", "school").order_by("-released_at", "-pk")


def kind_label(kind):
    """What people call words of this kind."""
    return Entry.Kind(kind).label


def own(user):
    """All that the person wrote or was handed, wherever it was and whether or not they still take part."""
    rows = with_named(Entry.objects.visible_to(user).theirs(user))
    return rows.select_related("author", "about", "partnership__support", "step").order_by("-made_at", "-pk")
