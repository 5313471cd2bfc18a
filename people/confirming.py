"""A change that breaks something further up, such as dates in calendars, is made once its maker has seen what.

The page that asks shows the sentences, and carries their mark in `seen`: "do it all the same" counts only for exactly
what was shown.
"""

import hashlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from .registry import what_breaks


@dataclass(frozen=True)
class Attempt:
    """What became of it: done, or to be confirmed for what it breaks. Neither when the form has an error."""

    done: bool = False
    breaks: tuple = ()
    mark: str = ""


def attempt(request, form, change):
    """Make the change (a function without arguments) once the form is right and what it breaks was seen.

    What a service refuses stands at the form. Its rows are made anew each time: a rehearsal comes before.
    """
    if request.method != "POST" or not form.is_valid():
        return Attempt()
    breaks = _unless_refused(form, lambda: tuple(what_breaks(change, by=request.user)))
    if breaks and request.POST.get("seen") != mark_of(breaks):
        return Attempt(breaks=breaks, mark=mark_of(breaks))
    if form.is_valid():
        _unless_refused(form, change)
    return Attempt(done=form.is_valid())


def mark_of(sentences):
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:20]


def _unless_refused(form, act):
    try:
        return act()
    except ValidationError as fault:
        form.add_error(None, fault)
