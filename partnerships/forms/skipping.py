"""Leaving a step out, and telling a form in which something was said from one that was left as it came."""

from django import forms


class SkipForm(forms.Form):
    skip_reason = forms.CharField(
        label="Why do you leave it out?", max_length=200, help_text="A few words. You and your partners read them."
    )


def says_something(form):
    """Whether a person wrote anything: choices that stand as they came, and hidden fields, are not words."""
    quiet = (forms.ChoiceField,)
    return any(bound.name in form.changed_data for bound in form.visible_fields() if not isinstance(bound.field, quiet))
