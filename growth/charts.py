"""Charts: finished numbers for the SVG of a template. Each chart is followed by its table."""

from dataclasses import dataclass

from .services.report import ALL, FINGERS, LEVELS

WIDTH, BAR, GAP, LABEL = 640, 22, 10, 190


@dataclass
class Bar:
    label: str
    y: int
    parts: list  # of (x, width, tone, count)
    total: str
    end: float

    @property
    def text_y(self):
        return self.y + round(BAR * 0.72, 1)


@dataclass
class Chart:
    title: str
    bars: list
    legend: list  # of (tone, label)

    @property
    def height(self):
        return len(self.bars) * (BAR + GAP)


STATES = [
    ("completed", "Completed", "tone-done"),
    ("active", "Under way", "tone-now"),
    ("withdrawn", "Withdrawn", "tone-gone"),
]


def participation(report):
    """How far the work of each support came, as stacked bars; hidden groups have no bar."""
    shown = [name for name in report.supports if report.shows("people", ALL, name)]
    rows = [(name, [getattr(report.figures(ALL, name), key) for key, _, _ in STATES]) for name in shown]
    legend = [(tone, label) for _, label, tone in STATES]
    return Chart("What was started, and how far it came", bars_of(rows, [tone for tone, _ in legend]), legend)


def goal_levels(report):
    if not report.shows("before"):
        return None
    figures, tones = report.figures(), [f"tone-{level}" for level in LEVELS]
    rows = [
        ("Before", [figures.before[level] for level in LEVELS]),
        ("After", [figures.after[level] for level in LEVELS]),
    ]
    legend = list(zip(tones, LEVEL_LABELS, strict=True))
    return Chart("How close people felt to their own goal", bars_of(rows, tones), legend)


LEVEL_LABELS = ["Not begun", "First steps", "On the way", "Nearly there", "Part of how I work"]


def fist_to_five(report):
    if not report.shows("fingers"):
        return None
    figures = report.figures()
    rows = [(str(number), [figures.fingers[number]]) for number in FINGERS]
    return Chart("Fist to five", bars_of(rows, ["tone-now"]), [])


def bars_of(rows, tones):
    """Bars to one scale: the longest fills the width beside its label and its count."""
    most = max((sum(counts) for _, counts in rows), default=0) or 1
    scale = (WIDTH - LABEL - 60) / most
    bars = []
    for number, (label, counts) in enumerate(rows):
        x, parts = LABEL, []
        for count, tone in zip(counts, tones, strict=True):
            if count:
                parts.append((round(x, 1), round(count * scale, 1), tone, count))
                x += count * scale
        bars.append(Bar(label, number * (BAR + GAP), parts, str(sum(counts)), round(x + 6, 1)))
    return bars


def charts_of(report):
    return [chart for chart in (participation(report), goal_levels(report), fist_to_five(report)) if chart]
