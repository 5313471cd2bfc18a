"""The page of a single form: one heading, one sentence, the fields, one button, one way back."""

from django.shortcuts import render


def ask(request, form, *, h1, button, back, where="", notes=(), danger=False):
    """`back` is an address; `notes` are sentences above the fields that say what the button will do."""
    words = {"h1": h1, "button": button, "back": back, "where": where, "notes": notes, "danger": danger}
    return render(request, "people/ask.html", {"form": form} | words)
