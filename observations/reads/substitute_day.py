"""The day of a substitute: the classes that they take, as far as they concern them."""

from ..models import Coverage


def classes_of(substitute, day):
    """The classes that the substitute is named for on the day, at every school, in the order of time: one query."""
    rows = Coverage.objects.filter(substitute=substitute, day=day, state__in=["assigned", "confirmed"])
    return list(rows.select_related("asker", "school", "period", "substitute").order_by("starts", "pk"))


def words_of(one):
    """A line of a mail: time, class, place and for whom. Never the note, nor why they are away."""
    period = f", period {one.period.name}" if one.period else ""
    where = f", {one.room}" if one.room else ""
    return f"{one.starts:%-H:%M} to {one.ends:%-H:%M}{period}: {one.class_name}{where}, {one.school}, for {one.asker}"
