"""Parts of the frame that are the same for all who hold the same posts and are in the same place."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag(takes_context=True)
def kept(context, name):
    """The template, drawn from the reader's places alone, once for all who share them: a third of a small page."""
    return draw(name, context["places"]) if settings.DEBUG else drawn(name, context["places"])


def draw(name, places):
    return render_to_string(name, {"places": places})


drawn = lru_cache(maxsize=1000)(draw)
