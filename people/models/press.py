"""One press of a button that makes something."""

from django.db import models

from people.access import VisibleQuerySet


class PressQuerySet(VisibleQuerySet):
    def visible_to(self, user):
        return self.none()


class Press(models.Model):
    """A form that was sent and acted upon, so that sending it twice acts once. Kept for a day or two."""

    token = models.UUIDField(primary_key=True)
    led_to = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = PressQuerySet.as_manager()

    def __str__(self):
        return str(self.token)
