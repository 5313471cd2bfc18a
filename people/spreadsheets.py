"""Cells of files that people open in a spreadsheet."""

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value):
    """A text that a spreadsheet would run as a formula is shown as text."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(RISKY) else value
