"""The year-end report: counts of what was started, finished and given, and what people felt about it.

It counts rows and joins no confidential text. A partnership counts at the school where it was started, in the school
year in which it was started. Its people, their hours and their answers count with it, each at the school where the
person works: a principal reads nothing of a partner at another school.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Sum

from partnerships.models import Member, Partnership, QuickReflection, SelfAssessment, TimeSpent
from people.models import School
from supports.models import SupportType

from .hiding import ALL, LEAST, hidden_cells
from .walks import WalkReport, walks_of

STATUS = Partnership.Status
LEVELS = list(SelfAssessment.Level)
FINGERS = range(6)

# What is hidden on its own, by those who stand behind it: who took part, who gave time, who answered each question.
TAKING_PART = ("people", "hours")
FEELINGS = (*SelfAssessment.Moment.values, "fingers")


@dataclass
class Figures:
    """The figures of one school and support, or of a sum of them. `who` has the ids of the people behind each kind."""

    partnerships: Counter = field(default_factory=Counter)  # by status
    minutes: int = 0
    answers: dict = field(default_factory=lambda: {kind: Counter() for kind in FEELINGS})
    who: dict = field(default_factory=lambda: {kind: set() for kind in (*TAKING_PART, *FEELINGS)})

    def add(self, other):
        self.partnerships += other.partnerships
        self.minutes += other.minutes
        for kind in FEELINGS:
            self.answers[kind] += other.answers[kind]
        for kind, people in self.who.items():
            people |= other.who[kind]

    @property
    def started(self):
        return self.partnerships.total()

    @property
    def people(self):
        return len(self.who["people"])


@dataclass
class Report:
    """Figures by (school id, support id), with ALL for sums. `hidden` has the cells not to show, by kind of figure.

    `school` narrows what is shown to one school, and never what is hidden: that is settled on the whole table.
    """

    year: object
    schools: dict
    supports: dict
    cells: dict
    hidden: dict
    school: int | None = ALL
    walks: WalkReport = field(default_factory=WalkReport)

    @property
    def is_empty_here(self):
        return not self.supports_here and self.school not in self.walks.cells

    @property
    def every_school(self):
        """{id: name} of those with work or with walks."""
        named = (self.schools | self.walks.schools).items()
        return dict(sorted(named, key=lambda one: one[1]))

    def figures(self, school=ALL, support=ALL):
        return self.cells.get((school, support)) or Figures()

    def shows(self, kind, school=ALL, support=ALL):
        return (school, support) not in self.hidden[kind]

    @property
    def supports_here(self):
        """Those in use at the school that is shown, in the order of the menu: [(id, name)]."""
        return [(support, name) for support, name in self.supports.items() if (self.school, support) in self.cells]


def year_report(year, *, own_schools=None, school=ALL):
    """The report of a school year: of the whole district, or of the schools that a principal leads (their ids).

    Seen from beyond the school, every figure about fewer than five people is hidden; a principal sees the counts of
    participation of her own schools. What people felt or assessed is hidden under five for everyone. `school` shows
    one school of these. Eight queries, whatever the number of rows.
    """
    cells = defaultdict(Figures)
    here = Q() if own_schools is None else Q(school__in=own_schools)
    count_partnerships(cells, Partnership.objects.filter(here, year=year))
    count_people(cells, Member.objects.filter(here, partnership__year=year))
    count_time(cells, TimeSpent.objects.filter(here, partnership__year=year))
    count_feelings(cells, {"partnership__year": year}, own_schools)
    walks = walks_of(year, schools=own_schools, from_beyond=own_schools is None)
    schools = schools_by_name({school for school, _ in cells}, walks)
    supports = SupportType.objects.filter(pk__in={support for _, support in cells}).order_by("position", "name")
    return Report(
        year=year,
        schools=schools,
        supports=dict(supports.values_list("pk", "name")),
        cells=with_sums(cells),
        hidden=hidden_of(cells, own=own_schools is not None),
        school=school,
        walks=walks,
    )


def schools_by_name(at_work, walks):
    """{id: name} of the schools with work. Those with walks are named as well, in the same query."""
    names = dict(School.objects.filter(pk__in=at_work | walks.at).values_list("pk", "name"))
    walks.schools = {school: name for school, name in names.items() if school in walks.at}
    return {school: name for school, name in names.items() if school in at_work}


def hidden_of(cells, *, own):
    """The cells not to show, by kind. Where it is hidden who took part, so is what they gave and felt."""
    if own:
        hidden = {kind: set() for kind in TAKING_PART}
    else:
        hidden = {"people": hidden_by("people", cells)}
        hidden["hours"] = hidden_by("hours", cells, also=hidden["people"])
    return hidden | {kind: hidden_by(kind, cells, also=hidden["people"]) for kind in FEELINGS}


def hidden_by(kind, cells, *, also=()):
    return hidden_cells({name: figures.who[kind] for name, figures in cells.items()}, also=also)


def count_partnerships(cells, partnerships):
    counted = partnerships.order_by().values_list("school", "support", "status").annotate(Count("pk"))
    for school, support, status, count in counted:
        cells[school, support].partnerships[status] = count


def count_people(cells, members):
    """Everyone who took part, also those who left on the way; not those who were asked and did not come."""
    took_part = members.filter(state__in=[Member.State.ACTIVE, Member.State.LEFT]).order_by()
    for school, support, person in took_part.values_list("school", "partnership__support", "person").distinct():
        cells[school, support].who["people"].add(person)
    for figures in cells.values():
        if figures.started and not figures.people:  # its starter moved on: somebody stands behind it all the same
            figures.who["people"].add(None)


def count_time(cells, time_spent):
    given = time_spent.order_by().values_list("school", "partnership__support", "person").annotate(Sum("minutes"))
    for school, support, person, minutes in given:
        cells[school, support].minutes += minutes
        cells[school, support].who["hours"].add(person)


# The person's own row among the members says where they work: one join, since both stand in one filter.
OWN_ROW = {"partnership__members__person": F("person")}
WHERE_THEY_WORK = ("partnership__members__school", "partnership__support", "person")


def count_feelings(cells, scope, own_schools):
    """Answers by level and by fingers: no text is read, and no answer is kept with its person."""
    own = {} if own_schools is None else {"partnership__members__school__in": own_schools}
    assessed = SelfAssessment.objects.filter(**scope, **OWN_ROW, **own)
    felt = QuickReflection.objects.filter(fist_to_five__isnull=False, **scope, **OWN_ROW, **own)
    for school, support, person, moment, level in assessed.values_list(*WHERE_THEY_WORK, "moment", "level"):
        count_answer(cells[school, support], moment, person, level)
    for school, support, person, fingers in felt.values_list(*WHERE_THEY_WORK, "fist_to_five"):
        count_answer(cells[school, support], "fingers", person, fingers)


def count_answer(figures, kind, person, answer):
    figures.answers[kind][answer] += 1
    figures.who[kind].add(person)


def with_sums(cells):
    """The cells with their sums by school, by support, and over all. A person in two of them counts once in a sum."""
    sums = defaultdict(Figures, dict(cells))
    for (school, support), figures in cells.items():
        for name in ((school, ALL), (ALL, support), (ALL, ALL)):
            sums[name].add(figures)
    return dict(sums)


__all__ = ["ALL", "FEELINGS", "FINGERS", "LEAST", "LEVELS", "STATUS", "Figures", "Report", "year_report"]
