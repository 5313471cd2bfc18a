"""The staff directory, for staff."""

from django.shortcuts import render

from people.access import visible_or_404
from people.forms.lists import DirectoryFilter
from people.models import User
from people.paging import page_of, query_without_page
from people.services.directory import cards, filter_options


def directory(request):
    people = User.objects.placed().visible_to(request.user)
    found = DirectoryFilter(request.GET, queryset=people, options=filter_options())
    page = page_of(found.qs, request)
    narrowed = any(found.form.data.get(name) for name in found.filters)
    facts = {"filter": found, "page": page, "narrowed": narrowed, "query": query_without_page(request)}
    return render(request, "people/directory.html", facts | {"cards": cards(page.object_list)})


def person(request, pk):
    person = visible_or_404(User, request.user, pk=pk)
    return render(request, "people/person.html", {"person": person, "card": cards([person])[0]})
