"""How a page tries a use case: what is refused is said at the form, and nothing typed is lost."""

from django.contrib import messages
from django.shortcuts import redirect, render

from ..services import REFUSALS


def done(form, work):
    """Whether the form was sent, is valid, and the work went through; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        work(form.cleaned_data)
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def tried(request, work, said):
    """The same for a button without a form: what happened, or why not, is said on the page that comes next."""
    try:
        work()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)


def confirm(request, work, *, said, back, to=None, **words):
    """Ask first (title, text, button), then do it and go on."""
    if request.method == "POST":
        tried(request, work, said)
        return redirect(to or back)
    return render(request, "observations/confirm.html", {"back": back, **words})


def whole_number(text):
    """The number that an address names, or None for nonsense."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 19 else None
