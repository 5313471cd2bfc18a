"""Time as people say it."""

from django import template

register = template.Library()


@register.filter
def spent(minutes):
    """3 h 20 min, from minutes."""
    hours, rest = divmod(int(minutes or 0), 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )
