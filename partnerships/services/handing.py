"""Observation notes go to the colleague who was observed; the observer keeps only that it was done."""

from django.db import transaction
from django.utils import timezone

from people.access import require
from people.services.holds import hold_deleting, without_held
from people.services.retention import rule_of

from ..models import Entry, HandOver, StepDraft
from ..policy import may_hand_over, may_throw_away
from .ground import NotNow, lock, tell_of


def notes_beside(entry):
    """The author's notes of the same visit: of one step, and of the same colleague or of nobody named yet."""
    notes = Entry.objects.written_by(entry.author).filter(partnership=entry.partnership, kind=Entry.Kind.NOTE)
    return notes.filter(step=entry.step, about=entry.about) if entry.step_id else notes.filter(pk=entry.pk)


@transaction.atomic
def hand_over(entry, *, by, to, at=None):
    """Hand the notes of a visit to the colleague whose lesson it was. Nothing of them stays with their author.

    Raises NotNow when they were handed over already, or when `to` does not take part any more.
    """
    at = at or timezone.now()
    partnership = lock(entry.partnership)
    entry = Entry.objects.select_related("step", "author").get(pk=entry.pk)
    entry.partnership = partnership
    if entry.handed_over_at:
        raise NotNow("These notes are handed over already.")
    require(may_hand_over(by, entry), "Only the person who wrote these notes hands them over.")
    if to.pk == by.pk or not partnership.members.active().filter(person=to).exists():
        raise NotNow(f"{to} does not take part any more. Choose somebody who does.")
    notes_beside(entry).update(about=to, handed_over_at=at, audience=Entry.Audience.PRIVATE, released_at=None)
    if entry.step:
        StepDraft.objects.filter(step__partnership=partnership, step__key=entry.step.key, person=by).delete()
    done = HandOver.objects.create(partnership=partnership, step=entry.step, by=by, to=to, at=at)
    path = f"{partnership.get_absolute_url()}words/"
    tell_of(partnership, [to], "notes_handed_over", key=f"handed-over:{done.pk}", path=path, who=by, at=at)
    return done


@transaction.atomic
def throw_away(entry, *, by):
    """Delete a text that is one's own, with every version of it that was shown. Raises NotNow while a hold keeps it."""
    hold_deleting()
    lock(entry.partnership)
    require(may_throw_away(by, entry), "Only the person whose text it is throws it away.")
    if not without_held(Entry.objects.filter(pk=entry.pk), rule_of("notes")).exists():
        raise NotNow("A legal hold keeps this text for now. Nobody reads it who did not read it before.")
    entry.delete()
