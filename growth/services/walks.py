"""What learning walks came to, school by school: walks, visits, hosts, what they cost in cover, what was tried after.

A walk counts once it was held, at the school where it was, in the school year of its day; and everything that came of
it counts there as well.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from people.models import School

from .held import rows_of
from .hiding import ALL, hidden_cells

# What is hidden on its own, by those who stand behind it. "elsewhere" are those whose covered class was at a school
# that the reader does not answer for.
BEHIND = ("hosts", "visitors", "cover", "elsewhere", "steps")


@dataclass
class WalkFigures:
    """The figures of one school, or of all. `who` has the ids of the people behind each kind."""

    walks: int = 0
    visits: int = 0
    minutes: int = 0  # of each visitor at each visit
    covered: int = 0
    steps: int = 0
    tried: int = 0
    who: dict = field(default_factory=lambda: {kind: set() for kind in BEHIND})

    def add(self, other):
        for name in ("walks", "visits", "minutes", "covered", "steps", "tried"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for kind, people in self.who.items():
            people |= other.who[kind]

    @property
    def hosts(self):
        return len(self.who["hosts"])

    @property
    def covered_per_hour(self):
        """Classes covered for each hour that somebody visited, to one place, half up; None without such an hour."""
        if not self.minutes:
            return None
        return (Decimal(self.covered * 60) / self.minutes).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass
class WalkReport:
    """Figures by school id, with ALL for their sum. `hidden` has the schools whose figures of a kind are not shown."""

    cells: dict = field(default_factory=dict)
    hidden: dict = field(default_factory=dict)
    schools: dict = field(default_factory=dict)

    @property
    def at(self):
        """The ids of the schools where there was a walk."""
        return set(self.cells) - {ALL}

    def shows(self, kind, school):
        return school not in self.hidden[kind]


def walks_of(year, *, schools=None, from_beyond=False):
    """The walks of a school year at these schools (ids; None: all of them): one statement, without schools' names.

    Seen from beyond the school (by the district's admins), every figure about fewer than five people is hidden. Who
    leads or facilitates the schools sees the counts of participation there; but not those of cover, where they tell of
    fewer than five people who teach elsewhere. What was tried afterwards is hidden under five for everyone.
    """
    cells = count(rows_of(year, schools), answered_for=schools)
    total = WalkFigures()
    for figures in cells.values():
        total.add(figures)
    return WalkReport({**cells, ALL: total} if cells else {}, hidden_of(cells, from_beyond=from_beyond))


def walks_with_names(year, **scope):
    """The same with its schools by name: two statements."""
    report = walks_of(year, **scope)
    report.schools = dict(School.objects.filter(pk__in=report.at).values_list("pk", "name"))
    return report


def count(rows, *, answered_for):
    """{school: figures}. A walk without a visit did not happen, whatever else stands about it."""
    cells, minutes, where = defaultdict(WalkFigures), defaultdict(int), {}
    for row in rows:
        if row.kind == "visit":
            minutes[row.walk] += row.minutes
            where[row.walk] = row.school
    for school in where.values():
        cells[school].walks += 1
    for row in rows:
        if row.walk in where:
            count_row(cells[row.school], row, minutes[row.walk], answered_for)
    return dict(cells)


def count_row(figures, row, minutes, answered_for):
    if row.kind == "visit":
        figures.visits += 1
        figures.who["hosts"].add(row.person)
    elif row.kind in ("there", "round"):
        figures.minutes += row.minutes if row.kind == "there" else minutes
        figures.who["visitors"].add(row.person)
    elif row.kind == "cover":
        figures.covered += 1
        figures.who["cover"].add(row.person)
        if answered_for is not None and row.of not in answered_for:
            figures.who["elsewhere"].add(row.person)
    else:
        figures.steps += 1
        figures.tried += row.kind == "tried"
        figures.who["steps"].add(row.person)


def hidden_of(cells, *, from_beyond):
    """The schools whose figures are not shown, by kind. Where it is hidden who came, so is what it cost and led to."""
    hosts = visitors = set()
    if from_beyond:
        hosts = hidden_by("hosts", cells)
        visitors = hosts | hidden_by("visitors", cells, also=hosts)
    cover = visitors | hidden_by("cover" if from_beyond else "elsewhere", cells, also=visitors)
    steps = visitors | hidden_by("steps", cells, also=visitors)
    kinds = {"hosts": hosts, "visitors": visitors, "cover": cover, "steps": steps}
    return {kind: {school for school, column in hidden if column is ALL} for kind, hidden in kinds.items()}


def hidden_by(kind, cells, *, also=()):
    """As in a table of one column."""
    return hidden_cells({(school, "walks"): figures.who[kind] for school, figures in cells.items()}, also=also)
