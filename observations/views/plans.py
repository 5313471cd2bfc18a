"""The lesson plan that a teacher leaves for whoever covers, as a file."""

from mimetypes import guess_type

from django.http import FileResponse, Http404

# A plan is downloaded and never shown as a page of ours, whatever is in it.
HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


def plan_file(coverage):
    """The plan of a request that the reader may see, or 404 where there is none."""
    if not coverage.plan:
        raise Http404("There is no lesson plan.")
    try:
        file = coverage.plan.open()
    except FileNotFoundError as gone:
        raise Http404("The file is gone.") from gone
    name = coverage.plan_name or "lesson plan"
    kind = guess_type(name)[0] or "application/octet-stream"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind, headers=HEADERS)
