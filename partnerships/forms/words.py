"""The words of the pair: changing them, and choosing who reads them."""

from django import forms

from ..beside import of_entry, of_messages
from ..models import Entry
from .fields import LongTextField
from .people import PlainForm


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
        if entry.is_of_the_pair:
            self.fields["audience"].choices = Entry.Audience.choices[:2]
        if entry.kind == Entry.Kind.MESSAGE:
            del self.fields["audience"]
        self.entry = entry

    @property
    def beside(self):
        choice = self.fields.get("audience")
        return of_entry(self.entry, [value for value, _ in choice.choices] if choice else [])


class MessageForm(PlainForm):
    body = LongTextField(label="Your message", rows=3, max_length=5000)

    @property
    def beside(self):
        return of_messages()
