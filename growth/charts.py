"""Charts: finished numbers for the SVG of a template. Each chart is followed by its table.

A bar is an SVG of its own whose parts are measured in percent, so that bars grow with the page and their words do not.
"""

from dataclasses import dataclass

from .services.report import FINGERS, LEVELS, STATUS
from .services.tables import LEVEL_LABELS, MOMENT

ROOM_FOR_COUNT = 7  # percent: narrower parts carry no number, their table does


@dataclass
class Part:
    start: float
    width: float
    look: str
    count: int

    @property
    def middle(self):
        return round(self.start + self.width / 2, 2)

    @property
    def says_count(self):
        return self.width >= ROOM_FOR_COUNT


@dataclass
class Bar:
    label: str
    parts: list
    total: int


@dataclass
class Chart:
    """`legend` is [(look, label)] where a bar has several looks or stands beside another."""

    key: str
    title: str
    bars: list
    legend: tuple = ()


HOW_FAR = [(STATUS.COMPLETED, "full", "Completed"), (STATUS.ACTIVE, "striped", "Under way")]
HOW_FAR += [(STATUS.CANCELLED, "dotted", "Withdrawn")]


def participation(report):
    """How far the work of each support came; a support whose figures are hidden has no bar."""
    shown = [(key, name) for key, name in report.supports_here if report.shows("people", report.school, key)]
    rows = []
    for support, name in shown:
        counts = report.figures(report.school, support).partnerships
        rows.append((name, [(look, counts[status]) for status, look, _ in HOW_FAR]))
    legend = [(look, label) for _, look, label in HOW_FAR]
    return Chart("supports", "What was started, and how far it came", bars_of(rows), legend)


def goal_levels(report):
    moments = [(MOMENT.BEFORE, "striped"), (MOMENT.AFTER, "full")]
    shown = [(moment, look) for moment, look in moments if report.shows(moment.value, report.school)]
    answers = report.figures(report.school).answers
    rows = []
    for level in LEVELS:
        for number, (moment, look) in enumerate(shown):
            rows.append(("" if number else LEVEL_LABELS[level], [(look, answers[moment.value][level])]))
    legend = [(look, moment.label) for moment, look in shown]
    return Chart("goals", "Own goals, before and after", bars_of(rows), legend)


def fist_to_five(report):
    answers = report.figures(report.school).answers["fingers"] if report.shows("fingers", report.school) else {}
    rows = [(f"{number} of 5" if number else "Fist", [("full", answers[number])]) for number in FINGERS if answers]
    return Chart("fingers", "Fist to five", bars_of(rows))


def bars_of(rows):
    """Bars to one scale: the longest fills its line. Without any count there are none."""
    most = max((sum(count for _, count in parts) for _, parts in rows), default=0)
    bars = []
    for label, counts in rows if most else ():
        parts, start = [], 0
        for look, count in counts:
            width = count * 100 / most
            if count:
                parts.append(Part(round(start, 2), round(width, 2), look, count))
            start += width
        bars.append(Bar(label, parts, sum(count for _, count in counts)))
    return bars


def charts_of(report):
    """{key of the table that it is followed by: chart}, of those that have something to draw."""
    charts = (participation(report), goal_levels(report), fist_to_five(report))
    return {chart.key: chart for chart in charts if chart.bars}
