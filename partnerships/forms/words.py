"""The words of the pair: changing them, and choosing who reads them."""

from django import forms

from ..models import Entry
from .fields import LongTextField
from .people import PlainForm

READERS = {
    "private": "Only you read this.",
    "partners": "You and your partners read this. No principal, admin or facilitator does.",
    "school": "The staff of your school may read this.",
}


class EntryForm(PlainForm):
    body = LongTextField(label="Your text", rows=8, max_length=10000)
    audience = forms.ChoiceField(label="Who may read it", widget=forms.RadioSelect, choices=Entry.Audience.choices)

    def __init__(self, *args, entry, **options):
        super().__init__(*args, initial={"body": entry.body, "audience": entry.audience}, **options)
        if entry.prompt:
            self.fields["body"].label = entry.prompt
        if entry.joint:
            self.fields["audience"].choices = Entry.Audience.choices[1:]
            self.fields["audience"].help_text = "You wrote it together: it leaves you only when all have agreed."
        if entry.kind == Entry.Kind.MESSAGE:
            del self.fields["audience"]


class MessageForm(PlainForm):
    body = LongTextField(label="Your message", rows=3, max_length=5000)
