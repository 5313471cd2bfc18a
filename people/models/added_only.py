"""Logs that are only added to: written once, and taken out by retention alone."""

from django.db import models

from people.access import VisibleQuerySet


class NeverChanged(TypeError):
    """A line of a log is written once. The database refuses as well, whatever asks it."""

    def __init__(self):
        super().__init__("This log is only added to: no line of it is changed or taken out.")


class AddedOnlyQuerySet(VisibleQuerySet):
    def update(self, **changes):
        raise NeverChanged

    def delete(self):
        raise NeverChanged

    delete.alters_data = True
    delete.queryset_only = True


class AddedOnly(models.Model):
    # Append-only is the one rule of such a model, so its own doors are shut here and not only in a service.

    class Meta:
        abstract = True

    def save(self, *args, **options):
        if not self._state.adding:
            raise NeverChanged
        super().save(*args, **options)

    def delete(self, *args, **options):
        raise NeverChanged
