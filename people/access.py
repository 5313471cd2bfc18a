"""The two doors: seeing is a queryset, doing is a policy.

`visible_to(user)` on a queryset answers which rows a person may see; a refusal is a 404, the same as absent.
`may_x(user, thing)` in a policy answers whether they may do it to a row that they see; a refusal is a 403.
"""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404


class VisibleQuerySet(models.QuerySet):
    """The base of every queryset that pages read: it has no default, so that no model forgets to say."""

    def visible_to(self, user):
        raise NotImplementedError(f"{self.model.__name__} does not say who may see its rows.")


def visible_or_404(queryset_or_model, user, **lookup):
    """The one row that fits the lookup and that the user may see, or 404."""
    rows = queryset_or_model if isinstance(queryset_or_model, models.QuerySet) else queryset_or_model.objects.all()
    return get_object_or_404(rows.visible_to(user), **lookup)


def require(allowed, why="You can see this, but this is not yours to do."):
    """The first line of a service that acts for someone."""
    if not allowed:
        raise PermissionDenied(why)
