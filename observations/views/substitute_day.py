"""A substitute's day, opened by a signed address: nobody is signed in here, and it shows that one day alone."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from ..day_links import read_link
from ..reads.substitute_day import classes_of
from ..services.day_answers import come
from .plans import plan_file
from .trying import whole_number


def by_link(view):
    """Whoever holds the address of a day: it is the key, so a wrong one and one that is over are told the same."""

    @login_not_required
    @cache_control(private=True, no_store=True)
    @wraps(view)
    def asked(request, token, **kwargs):
        found = read_link(token)
        if found:
            response = view(request, token, *found, **kwargs)
        else:
            response = render(request, "observations/cover_over.html", status=404)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return asked


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def cover_day(request, token, substitute, day):
    if request.method == "POST":
        seen = [number for text in request.POST.getlist("seen") if (number := whole_number(text))]
        if come(substitute, day, seen=seen):
            messages.success(request, "Thank you. The teachers and the office know that you will be there.")
        return redirect("cover_day", token)
    classes = classes_of(substitute, day)
    waiting = [one for one in classes if one.state == one.State.ASSIGNED]
    page = {"token": token, "substitute": substitute, "day": day, "classes": classes, "waiting": waiting}
    return render(request, "observations/cover_day.html", page)


@require_safe
@by_link
def cover_plan(request, token, substitute, day, pk):
    """The lesson plan of one of the day's classes."""
    one = next((one for one in classes_of(substitute, day) if one.pk == pk), None)
    if one is None:
        raise Http404
    return plan_file(one)
