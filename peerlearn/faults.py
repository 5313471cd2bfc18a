"""Pages for when something goes wrong: each says what happened, what is kept, and what to do."""

from django.shortcuts import render


def bad_request(request, exception):
    return render(request, "faults/400.html", status=400)


def forbidden(request, exception):
    return render(request, "faults/403.html", {"why": str(exception)}, status=403)


def not_found(request, exception):
    return render(request, "faults/404.html", status=404)


def server_error(request):
    return render(request, "faults/500.html", status=500)


def csrf_failure(request, reason=""):
    return render(request, "faults/csrf.html", status=403)
