"""Texts that somebody may take along to people beyond the partnership, by their own choice."""

from dataclasses import dataclass

from django.db.models import Q

from ..models import Entry

# Notes of a visit and contacts are about a colleague, and messages belong to the thread: they stay.
STAYS = [Entry.Kind.NOTE, Entry.Kind.CONTACT, Entry.Kind.MESSAGE]


@dataclass(frozen=True)
class Text:
    """A text as it stands now. What is `joint` leaves only if all who wrote it agree."""

    pk: int
    title: str
    body: str
    joint: bool


def texts_to_take(partnership, user):
    """One's own texts, and those written together that one sees; nobody else's."""
    rows = Entry.objects.visible_to(user).filter(Q(author=user) | Q(joint=True), partnership=partnership)
    rows = rows.exclude(kind__in=STAYS).select_related("step").order_by("step__position", "made_at", "pk")
    return [Text(row.pk, title_of(row), row.body, row.joint) for row in rows]


def title_of(entry):
    return ": ".join(part for part in (entry.step.title if entry.step else "", entry.prompt) if part) or str(
        entry.get_kind_display()
    )
