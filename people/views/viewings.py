"""Who has read what is mine; and, for admins, how often such things are read, without a name."""

from django.shortcuts import render

from people import policy
from people.access import require
from people.models import Viewing
from people.paging import page_of
from people.services.viewing import counts_by_month, viewings_for


def my_readers(request):
    return render(request, "people/my_readers.html", {"page": page_of(viewings_for(request.user), request)})


def viewing_counts(request):
    require(policy.may_run_district(request.user))
    months = [
        (month, [(label, counts.get(what, "")) for what, label in Viewing.What.choices])
        for month, counts in counts_by_month()
    ]
    return render(request, "people/viewing_counts.html", {"months": months, "kinds": Viewing.What.labels})
