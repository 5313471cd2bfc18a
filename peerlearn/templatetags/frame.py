"""Parts of pages that are the same for many: drawn from their template once, and kept."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag(takes_context=True)
def kept(context, name):
    """A part of the frame, drawn from the reader's places alone: one for all who hold the same posts and are there."""
    return drawn(name, places=context["places"])


@register.simple_tag
def drawn(name, **values):
    """A component, drawn from these values alone: they must be such that equal ones look the same. In a loop of fifty
    rows an include draws fifty times what this draws once.
    """
    return _draw(name, **values) if settings.DEBUG else _drawn(name, **values)


def _draw(name, **values):
    return render_to_string(name, values)


_drawn = lru_cache(maxsize=2000)(_draw)
