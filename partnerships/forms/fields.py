"""Fields that several forms share."""

from django import forms

from people.models import User


class ColleagueField(forms.CharField):
    """A colleague by name or e-mail; a name that fits several people asks which."""

    def __init__(self, *, asker, **options):
        super().__init__(max_length=254, **options)
        self.people = User.objects.visible_to(asker).filter(is_active=True).exclude(pk=asker.pk)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = list(self.people.filter(email__iexact=text)[:1] or self.people.filter(name__icontains=text)[:4])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                f"Nobody on the staff is called “{text}”. Check the spelling, or use the e-mail."
            )
        names = ", ".join(f"{person.name} ({person.email})" for person in found[:3])
        raise forms.ValidationError(f"That fits several people: {names}. Write the e-mail of the one you mean.")


class MinutesField(forms.IntegerField):
    def __init__(self, **options):
        options.setdefault("label", "Minutes it took you")
        options.setdefault("help_text", "Counts toward your hours. Leave it empty if you would rather not say.")
        super().__init__(min_value=0, max_value=1440, required=False, **options)


class DayField(forms.DateField):
    def __init__(self, **options):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class LongTextField(forms.CharField):
    def __init__(self, *, rows=3, **options):
        options.setdefault("max_length", 10000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)
