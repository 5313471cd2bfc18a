"""Who has opened the year-end report: a line that the staff whom it counts may see."""

from people.models import Viewing
from people.services.viewing import Thing, note_viewings


def report_was_read(year, *, schools, reader, door):
    """`schools` are the ids of those it tells of, or None for the whole district."""
    told = {"title": f"Year-end report {year.name}", "path": ""}
    things = [Thing(Viewing.What.REPORT, year.pk, school=school, **told) for school in (schools or [None])]
    note_viewings(things, reader=reader, door=door)
