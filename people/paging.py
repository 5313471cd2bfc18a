"""Pages of a list of people, counted and read in one query."""

from django.core.paginator import Paginator
from django.db.models import Count, Window

PER_PAGE = 50


class OneQueryPaginator(Paginator):
    """A paginator whose page brings the count of the whole list along."""

    def get_page(self, number):
        number = int(number) if str(number).isdecimal() and len(str(number)) < 7 else 1
        page = self._read(max(number, 1))
        # A page past the end, such as after a filter: begin again.
        return page if page.object_list or number <= 1 else self._read(1)

    def _read(self, number):
        start = (number - 1) * self.per_page
        rows = list(self.object_list.annotate(in_all=Window(Count("pk")))[start : start + self.per_page])
        self.count = rows[0].in_all if rows else 0
        return self._get_page(rows, number, self)


def page_of(queryset, request):
    return OneQueryPaginator(queryset, PER_PAGE).get_page(request.GET.get("page"))


def query_without_page(request):
    """The other parts of the address, for the links of a pager."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
