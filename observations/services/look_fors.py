"""The district's sets of look-fors in versions, and the pre-brief of a walk that chooses from them."""

from django.db import transaction
from django.utils import timezone

from notices.services import tell_all
from people.access import require

from ..models import Brief, BriefRead, LookFor, LookForSet, LookForVersion, WalkNote
from ..policy import may_acknowledge, may_arrange, may_keep_look_fors
from . import NotNow
from .ground import fact, lock, people_on


@transaction.atomic
def make_set(*, by, name, lines, at=None):
    """A new set of look-fors for the district. `lines` are pairs of a LookFor.Kind and what to look for."""
    require(may_keep_look_fors(by))
    at = at or timezone.now()
    if LookForSet.objects.filter(name__iexact=name).exists():
        raise NotNow(f"There is a set called “{name}” already. Change that one, or choose another name.")
    made = LookForSet.objects.create(name=name, made_by=by, made_at=at)
    write_version(lines, by=by, at=at, set=made)
    return made


@transaction.atomic
def change_set(look_for_set, *, by, lines, seen, at=None):
    """Change the lines of a set: that makes a new version, and walks keep the one that they chose.

    `seen` is the number of the version that was on the writer's page. Raises NotNow when there is a newer one.
    """
    require(may_keep_look_fors(by))
    look_for_set = LookForSet.objects.select_for_update(no_key=True).get(pk=look_for_set.pk)
    newest = newest_version(look_for_set)
    if newest.number != seen:
        raise NotNow("Somebody has changed this set meanwhile. Look at it in another tab, then save yours again.")
    if pairs_of(newest) != list(lines):
        write_version(lines, by=by, at=at or timezone.now(), set=look_for_set, number=newest.number + 1)


def newest_version(look_for_set):
    return LookForVersion.objects.filter(set=look_for_set).order_by("-number").first()


def pairs_of(version):
    return list(LookFor.objects.filter(version=version).values_list("kind", "label")) if version else []


def write_version(lines, *, by, at, set=None, number=1):
    version = LookForVersion.objects.create(set=set, number=number, made_by=by, made_at=at)
    LookFor.objects.bulk_create(
        LookFor(version=version, position=position, kind=kind, label=label)
        for position, (kind, label) in enumerate(lines, start=1)
    )
    return version


@transaction.atomic
def write_brief(walk, *, by, purpose, norms, focus, version=None, lines=(), at=None):
    """Write or change the pre-brief. Its look-fors are a set's version, or `lines` written for this walk alone.

    The team is told once, with the first. Raises NotNow for other look-fors once somebody has written a note.
    """
    at = at or timezone.now()
    walk = lock(walk)
    require(may_arrange(by, walk))
    before = Brief.objects.filter(walk=walk).select_related("look_fors").first()
    chosen = chosen_version(before, version, list(lines), by=by, at=at)
    if before and before.look_fors != chosen and WalkNote.objects.filter(walk=walk).exists():
        raise NotNow("Notes are being written with these look-fors: they stay as they are on this walk.")
    words = {"purpose": purpose, "norms": norms, "focus": focus, "look_fors": chosen, "changed_at": at}
    Brief.objects.update_or_create(walk=walk, defaults=words)
    if before is None:
        tell_all(people_on(walk), "walk_brief", **brief_fact(walk, at))


def brief_fact(walk, at):
    return fact(walk, "brief", at, path=f"{walk.get_absolute_url()}brief/")


def chosen_version(before, version, lines, *, by, at):
    """The version that the walk keeps: lines that it has already are not written again."""
    if not lines:
        return version
    kept = before.look_fors if before else None
    if kept and kept.set_id is None and pairs_of(kept) == lines:
        return kept
    return write_version(lines, by=by, at=at)


@transaction.atomic
def acknowledge(walk, *, by, at=None):
    """Say that one has read the pre-brief and agrees; a second press changes nothing."""
    require(may_acknowledge(by, walk))
    if not Brief.objects.filter(walk=walk).exists():
        raise NotNow("The pre-brief is not written yet.")
    BriefRead.objects.get_or_create(walk=walk, person=by, defaults={"at": at or timezone.now()})
