"""How long records are kept, what must stay, and the yes to be forgotten."""

from django import forms
from django.apps import apps

from people.models import User
from people.registry import RULES
from people.retention import SPANS

PERSON = "person"


class SpansForm(forms.Form):
    """A number for each span; what follows from them holds from the next night on."""

    def __init__(self, *args, amounts, **kwargs):
        super().__init__(*args, **kwargs)
        for key, span in SPANS.items():
            least = 1 if span.unit != "days" else 7  # owners are told a week before
            self.fields[key] = forms.IntegerField(
                label=f"{span.label}: how many {span.unit}",
                help_text=f"{span.help} Usual: {span.usual}.".strip(),
                min_value=least,
                max_value=3650,
                initial=amounts[key],
            )


def things_to_hold():
    """[(model, what it is called)] of what a hold may name by its number."""
    named = {model for rule in RULES for model in (*rule.within, rule.model)}
    rows = [(model, str(apps.get_model(model)._meta.verbose_name).capitalize()) for model in named]
    return sorted(rows, key=lambda row: (row[0] != "partnerships.Partnership", row[1]))


class HoldForm(forms.Form):
    what = forms.ChoiceField(label="What must stay")
    email = forms.EmailField(
        label="E-mail of the person",
        required=False,
        help_text="For a person: everything that is about them stays.",
    )
    number = forms.IntegerField(
        label="Number",
        required=False,
        min_value=1,
        help_text="For anything else: the number in the address of its page. Check it twice: its content is not shown.",
    )
    reason = forms.CharField(label="Why", max_length=300, help_text="Admins read it. Write nothing about students.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [(PERSON, "All that is about a person"), *things_to_hold()]

    def clean(self):
        super().clean()
        if "what" in self.cleaned_data and not self.errors:
            self.name_it() if self.cleaned_data["what"] == PERSON else self.count_it()
        return self.cleaned_data

    def name_it(self):
        person = User.objects.filter(email__iexact=self.cleaned_data.get("email") or "-").first()
        if person is None:
            self.add_error("email", "Nobody has an account with this address. Look it up under People.")
        self.about = {"person": person}

    def count_it(self):
        if not self.cleaned_data.get("number"):
            self.add_error("number", "Write the number in the address of its page.")
        self.about = {"model": self.cleaned_data["what"], "number": self.cleaned_data.get("number")}


class LiftForm(forms.Form):
    reason = forms.CharField(label="Why it ends", max_length=300, help_text="Kept with the hold, for good.")


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label="I have read what goes and what stays.",
        error_messages={"required": "Tick this once you have read the page."},
    )
