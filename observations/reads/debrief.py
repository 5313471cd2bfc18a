"""The debrief's page, as the group and its facilitator see it. It never asks the key."""

from django.db.models import Max

from partnerships.models import Entry

from ..models import (
    HostThanks,
    NextTry,
    Pattern,
    StaffNote,
    StaffNoteYes,
    ThanksDraft,
    WalkNote,
    WalkReflection,
    WalkVisit,
)
from ..policy import may_arrange, may_debrief, may_reflect, walks_in
from ..services.debrief import PROMPT


def debrief_page(walk, user):
    lines = list(Pattern.objects.visible_to(user).filter(walk=walk))
    tries = NextTry.objects.visible_to(user).filter(walk=walk).select_related("person")
    note = staff_note_of(walk, user)
    drafts = drafts_of(walk, user) if walk.is_open else []
    return {
        "walk": walk,
        "writes": may_debrief(user, walk),
        "is_in": walks_in(user, walk),
        "may_arrange": may_arrange(user, walk),
        "patterns": [line for line in lines if line.kind == Pattern.Kind.PATTERN],
        "wonderings": [line for line in lines if line.kind == Pattern.Kind.WONDERING],
        "tries": list(tries),
        "own_try": next((step for step in tries if step.person_id == user.pk), None),
        "drafts": drafts,
        "has_drafted": any(draft for _, draft in drafts),
        "note": note,
        **agreement(walk, note, user),
        "reflection": own_reflection(walk, user),
        "may_reflect": may_reflect(user, walk),
        "thanked": thanked(walk),
    }


def staff_note_of(walk, user):
    return StaffNote.objects.visible_to(user).filter(walk=walk).first()


def agreement(walk, note, user):
    """Who of those who walk has agreed to the note as it stands: how many are left, and the reader."""
    team = {place.person_id for place in walk.participants.all() if place.withdrew_at is None}
    yes = StaffNoteYes.objects.visible_to(user).filter(note=note, version=note.version) if note else []
    agreed = team & {one.person_id for one in yes}
    return {"agreed": user.pk in agreed, "to_agree": len(team - agreed), "team_size": len(team)}


def drafts_of(walk, user):
    """[(number, draft or None)] for each visit, by its number in the notes."""
    visits = WalkVisit.objects.filter(walk=walk).count()
    drafts = {draft.number: draft for draft in ThanksDraft.objects.visible_to(user).filter(walk=walk)}
    notes = WalkNote.objects.visible_to(user).filter(walk=walk).aggregate(most=Max("visit_number"))["most"] or 0
    return [(number, drafts.get(number)) for number in range(1, max([visits, notes, *drafts]) + 1)]


def thanked(walk):
    """(how many of the hosts were sent a note, of how many): never who."""
    hosts = WalkVisit.objects.filter(walk=walk).values("host").distinct().count()
    return HostThanks.objects.filter(walk=walk).count(), hosts


def own_reflection(walk, user):
    """The reader's own words about the walk that they wrote here, or None."""
    alone = WalkReflection.objects.visible_to(user).filter(walk=walk).first()
    if alone or not walk.partnership_id:
        return alone.words if alone else None
    mine = Entry.objects.visible_to(user).filter(partnership=walk.partnership_id, author=user, prompt=PROMPT)
    return mine.filter(kind=Entry.Kind.REFLECTION).values_list("body", flat=True).first()
