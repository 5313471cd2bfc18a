"""Cells and lines of files that people open in a spreadsheet."""

import csv

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value):
    """A text that a spreadsheet would run as a formula is shown as text."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(RISKY) else value


class Echo:
    def write(self, line):
        return line


def csv_lines(rows):
    """Lines of a CSV file, one after the other, however many there are. No cell of it is run as a formula."""
    writer = csv.writer(Echo())
    return (writer.writerow(map(harmless, row)) for row in rows)
