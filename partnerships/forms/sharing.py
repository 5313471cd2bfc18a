"""Naming a reader, handing notes over, and asking for an emergency reading."""

from django import forms

from ..models import Member, Partnership
from .fields import ColleagueField
from .people import PlainForm


class ReaderForm(PlainForm):
    def __init__(self, *args, asker, **options):
        super().__init__(*args, **options)
        self.fields["colleague"] = ColleagueField(
            asker=asker,
            label="Who shall read it?",
            help_text="One person, by name or e-mail.",
            widget=forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"}),
        )


class HandOverNotesForm(PlainForm):
    """Whose lesson it was; with one partner there is nothing to choose."""

    def __init__(self, *args, entry, **options):
        super().__init__(*args, **options)
        active = [m for m in entry.partnership.members.all() if m.state == Member.State.ACTIVE]
        self.people = {str(m.person_id): m.person for m in active if m.person_id != entry.author_id}
        self.fields["to"] = forms.ChoiceField(
            label="Whose lesson was it?",
            choices=[(pk, str(person)) for pk, person in self.people.items()],
            initial=str(entry.about_id or next(iter(self.people), "")),
            widget=forms.RadioSelect,
        )

    def clean_to(self):
        return self.people[self.cleaned_data["to"]]


class EmergencyForm(PlainForm):
    number = forms.IntegerField(
        label="Number of the work",
        min_value=1,
        help_text="It stands at the end of the work's address; an admin can tell you.",
    )
    reason = forms.CharField(
        label="Why must it be read?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The admin who agrees and the people whose words are opened read this.",
    )

    def clean_number(self):
        # The operator sees no work of the schools: the number is all that they know of it.
        found = Partnership.objects.filter(pk=min(self.cleaned_data["number"], 2**62)).select_related("support")
        if not found:
            raise forms.ValidationError("There is no work with this number. Ask the admin who named it.")
        return found[0]
