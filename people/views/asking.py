"""The page of a single form: one heading, one sentence, the fields, one button, one way back."""

from django.shortcuts import render


def ask(request, form, *, h1, button, back, where="", notes=(), danger=False, tried=None):
    """`back` is an address; `notes` are sentences above the fields that say what the button will do.

    `tried` is an Attempt whose breaks are shown, and confirmed by the same button.
    """
    words = {"h1": h1, "button": button, "back": back, "where": where, "notes": notes, "danger": danger, "tried": tried}
    return render(request, "people/ask.html", {"form": form} | words)
