"""The people of an event: colleagues to choose from, and names or addresses that are looked up."""

from django import forms
from django.db.models import Q
from django.db.models.functions import Lower

from people.models import User

from .shared import bare_helper


class NamesField(forms.CharField):
    """Colleagues by name or e-mail, with commas between them: `asker` sets who may look for whom."""

    def __init__(self, **options):
        given = {"required": False, "max_length": 2000, "widget": forms.Textarea({"rows": 2})}
        super().__init__(**given | options)
        self.asker = None

    def clean(self, value):
        """The colleagues that the text names, each found once and only once."""
        words = [word.strip() for word in super().clean(value).replace("\n", ",").replace(";", ",").split(",")]
        wanted = {word.lower(): word for word in words if word}
        staff = User.objects.visible_to(self.asker).filter(is_active=True).annotate(small=Lower("name"))
        found = list(staff.filter(Q(small__in=wanted) | Q(email__in=wanted))) if wanted else []
        faults = [fault for small, word in wanted.items() if (fault := self.fault(small, word, found))]
        if faults:
            raise forms.ValidationError(faults)
        return found

    @staticmethod
    def fault(small, word, found):
        fits = [one for one in found if small in (one.small, one.email)]
        if not fits:
            return f"We found nobody called “{word}”. Check the spelling, or write the e-mail."
        if len(fits) > 1:
            return f"{len(fits)} colleagues are called “{word}”. Write the e-mail address."


class PeopleForm(forms.Form):
    """Colleagues to ask: ticked, or written by name or e-mail. `chosen` has them once it is valid."""

    colleagues = forms.TypedMultipleChoiceField(
        label="Colleagues whom you meet", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    others = NamesField(
        label="Other colleagues",
        help_text="Their names as in the staff directory, or their e-mail addresses, with commas between them.",
    )

    def __init__(self, *args, person, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.person = person
        self.known = {colleague.pk: colleague for colleague in colleagues}
        self.fields["colleagues"].choices = [(colleague.pk, colleague.name) for colleague in colleagues]
        for field in self.fields.values():
            if isinstance(field, NamesField):
                field.asker = person
        if not colleagues:
            del self.fields["colleagues"]

    @property
    def chosen(self):
        people = [self.known[pk] for pk in self.cleaned_data.get("colleagues") or ()]
        people += self.cleaned_data.get("others") or []
        return list({one.pk: one for one in people if one != self.person}.values())


class AskForm(PeopleForm):
    """More people for a date that stands."""

    are_welcome = forms.BooleanField(label="They are welcome, but the date stands without them", required=False)
