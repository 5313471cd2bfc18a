"""allauth's forms in our words: labels that a teacher would say, and no hints inside the boxes."""

from django import template

register = template.Library()

LABELS = {
    "login": "Your school e-mail address",
    "email": "Your school e-mail address",
    "password": "Your password",
    "oldpassword": "Your password now",
    "password1": "A new password",
    "password2": "The same password again",
    "code": "The code",
    "name": "A name for it, such as “my phone”",
    "passwordless": "Use it as a passkey: it signs me in without a password",
}
HELP = {"password1": "At least 12 characters. Three or four words that only you would put together work well."}


@register.filter
def plainly(form):
    """The form with our words for allauth's fields; a form of our own keeps its words, save about passwords."""
    theirs = type(form).__module__.startswith("allauth.")
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if theirs or name.startswith("password"):
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, "")
    return form
