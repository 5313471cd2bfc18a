"""Long lists, a page at a time."""

PER_PAGE = 50


def number(text):
    return int(text) if text.isdecimal() and len(text) < 18 else None
