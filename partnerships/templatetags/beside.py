"""Who reads a text that is written, as a sentence: {{ entry|readers }}."""

from django import template

from ..beside import readers_of

register = template.Library()
register.filter("readers", readers_of)
