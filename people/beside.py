"""The honest notice beside a field: who reads what one is typing, and how long it is kept, in plain sentences.

Each room says who reads its words; that public-records law may apply and students stay unnamed is said in one place,
`components/_privacy.html`.
"""

from dataclasses import dataclass

from .retention import SPANS, in_words, spans


@dataclass(frozen=True)
class Beside:
    """`reads` is {audience: sentence}, of which the page shows the one that is chosen; "" where there is no choice."""

    reads: dict
    chosen: str = ""
    kept: str = ""

    @property
    def lines(self):
        """[(audience, sentence, whether it is shown at first), ...]"""
        return [(audience, sentence, audience == self.chosen) for audience, sentence in self.reads.items()]


def span_of(key):
    """How long the district keeps one sort of record: 30 days; 5 school years."""
    return in_words(spans()[key], SPANS[key].unit)
