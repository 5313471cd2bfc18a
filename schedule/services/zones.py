"""In whose clock a mail says when."""

from zoneinfo import ZoneInfo

from people.clock import zone_of
from people.models import Post


def zones_of(people, day):
    """The zone of each person's school, by person id, in two queries whatever their number."""
    zones = dict.fromkeys((person.pk for person in people), zone_of())
    posts = Post.objects.current(day).filter(user__in=zones).exclude(school=None).exclude(school__time_zone="")
    for person, name in posts.order_by("pk").values_list("user_id", "school__time_zone"):
        zones[person] = ZoneInfo(name)
    return zones
