"""Pages of a list by LIMIT n+1: nothing is counted, so a long list costs no more than a short one."""

LAST = 10_000


class Slice:
    """One page of rows, as components/_pager.html draws it."""

    paginator = None

    def __init__(self, rows, wanted, size):
        number = int(wanted) if wanted and wanted.isdecimal() and len(wanted) < 6 else 1
        self.number = min(max(number, 1), LAST)
        found = list(rows[(self.number - 1) * size : self.number * size + 1])
        self.rows, self.has_next = found[:size], len(found) > size

    def __iter__(self):
        return iter(self.rows)

    @property
    def has_previous(self):
        return self.number > 1

    @property
    def has_other_pages(self):
        return self.has_previous or self.has_next

    @property
    def previous_page_number(self):
        return self.number - 1

    @property
    def next_page_number(self):
        return self.number + 1
