"""What a table of figures is, on a page and in a file."""

from dataclasses import dataclass

from .hiding import LEAST

HIDDEN = "hidden"
WHY_HIDDEN = f"“{HIDDEN}” stands for fewer than {LEAST} people (<{LEAST}), and for what would tell by subtraction."


@dataclass
class Table:
    """`rows` are lists of finished values: the labels, then numbers or HIDDEN; the last `sums` rows are sums."""

    key: str
    title: str
    meaning: str
    labels: list
    columns: list
    rows: list
    sums: int = 1

    @property
    def head(self):
        return [*self.labels, *self.columns]

    @property
    def body(self):
        """(labels, values, is it a sum) for each row, as the page draws them."""
        for number, row in enumerate(self.rows):
            values = list(zip(self.columns, row[len(self.labels) :], strict=True))
            yield row[: len(self.labels)], values, number >= len(self.rows) - self.sums
