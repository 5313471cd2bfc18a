"""Pages for when something goes wrong: each says what happened, what is kept, and what to do."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request, exception):
    if isinstance(exception, TOO_LARGE):
        return render(request, "faults/413.html", status=413)
    return render(request, "faults/400.html", status=400)


def forbidden(request, exception):
    return render(request, "faults/403.html", {"why": str(exception)}, status=403)


def not_found(request, exception):
    return render(request, "faults/404.html", status=404)


def too_many_tries(request):
    """allauth calls this when somebody has tried to sign in, or asked for mail, too often."""
    return render(request, "faults/429.html", status=429)


def server_error(request):
    # Without the request, so that no context processor runs: the database may be what broke.
    return HttpResponse(render_to_string("faults/500.html"), status=500)


def csrf_failure(request, reason=""):
    return render(request, "faults/csrf.html", status=403)
