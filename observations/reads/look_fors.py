"""Sets of look-fors with their newest version, and the pre-brief of a walk as each reader may see it."""

from django.db.models import Count, OuterRef, Subquery

from ..models import Brief, BriefRead, LookFor, LookForSet, LookForVersion
from ..policy import may_acknowledge, may_arrange, walks_in


def sets_with_counts(user):
    """Each set with the number of its newest version and of that version's lines."""
    newest = LookForVersion.objects.filter(set=OuterRef("pk")).order_by("-number").annotate(n=Count("lines"))
    return LookForSet.objects.visible_to(user).annotate(
        number=Subquery(newest.values("number")[:1]), count=Subquery(newest.values("n")[:1])
    )


def newest_versions(user):
    """The newest version of each set, with the `count` of its lines, by the names of the sets."""
    newest = LookForVersion.objects.filter(set=OuterRef("set")).order_by("-number").values("pk")[:1]
    versions = LookForVersion.objects.visible_to(user).filter(set__isnull=False, pk=Subquery(newest))
    return versions.select_related("set").annotate(count=Count("lines")).order_by("set__name")


def versions_of(look_for_set, user):
    """[(version, its lines)], the newest first."""
    versions = LookForVersion.objects.visible_to(user).filter(set=look_for_set).prefetch_related("lines")
    return [(one, list(one.lines.all())) for one in versions.select_related("made_by").order_by("-number")]


def lines_of(version, user):
    return list(LookFor.objects.visible_to(user).filter(version=version)) if version else []


def brief_of(walk, user):
    return Brief.objects.visible_to(user).filter(walk=walk).select_related("look_fors__set").first()


def brief_page(walk, user):
    """The pre-brief; the facilitator sees who has read it, a participant whether they have."""
    brief, arranges = brief_of(walk, user), may_arrange(user, walk)
    read = set(BriefRead.objects.visible_to(user).filter(walk=walk).values_list("person", flat=True))
    team = [place.person for place in walk.participants.select_related("person") if place.withdrew_at is None]
    return {
        "walk": walk,
        "brief": brief,
        "lines": lines_of(brief.look_fors, user) if brief else [],
        "may_arrange": arranges,
        "readers": [(person, person.pk in read) for person in team] if arranges and brief else [],
        "unread": sum(person.pk not in read for person in team),
        "has_read": user.pk in read,
        "may_acknowledge": bool(brief) and may_acknowledge(user, walk) and user.pk not in read,
        "is_in": walks_in(user, walk),
    }
