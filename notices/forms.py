from crispy_forms.helper import FormHelper
from django import forms

from .models import How
from .registry import KINDS


class PreferencesForm(forms.Form):
    """One choice for each kind of notice that leaves one, and the reader's own quiet hours."""

    quiet_from = forms.TimeField(
        label="Quiet from",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Write a time of day, such as 19:30."},
    )
    quiet_until = forms.TimeField(
        label="Quiet until",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Write a time of day, such as 06:30."},
        help_text="Leave both empty to keep the district's hours. A daily e-mail comes when your quiet hours end.",
    )

    def __init__(self, *args, hows, quiet, **kwargs):
        super().__init__(*args, **kwargs)
        if quiet:
            self.initial |= {"quiet_from": quiet.quiet_from, "quiet_until": quiet.quiet_until}
        for kind in KINDS.values():
            if len(choices_of(kind)) > 1:
                self.fields[f"how_{kind.key}"] = self._field(kind, hows.get(kind.key))
        self.order_fields([name for name in self.fields if name.startswith("how_")])
        self.helper = FormHelper()
        self.helper.form_class = "form-horizontal"
        self.helper.label_class = "col-sm-6"
        self.helper.field_class = "col-sm-6"
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def _field(self, kind, how):
        choices = choices_of(kind)
        return forms.ChoiceField(
            label=kind.label,
            choices=choices,
            initial=how if how in dict(choices) else How.NOW,
            help_text="" if kind.can_be_off else "This one cannot be switched off.",
        )

    @property
    def fixed(self):
        """The labels of the kinds that leave no choice."""
        return [kind.label for kind in KINDS.values() if len(choices_of(kind)) == 1]

    def clean(self):
        given = [self.cleaned_data.get("quiet_from"), self.cleaned_data.get("quiet_until")]
        if None in given and any(time is not None for time in given) and not self.errors:
            empty = "quiet_from" if given[0] is None else "quiet_until"
            self.add_error(empty, "Give both times, or leave both empty.")
        elif given[0] is not None and given[0] == given[1]:
            self.add_error("quiet_until", "Choose a time that differs from the first.")
        return self.cleaned_data

    @property
    def hows(self):
        return {name.removeprefix("how_"): how for name, how in self.cleaned_data.items() if name.startswith("how_")}

    @property
    def quiet(self):
        start = self.cleaned_data["quiet_from"]
        return None if start is None else (start, self.cleaned_data["quiet_until"])


def choices_of(kind):
    """A change that cannot wait has no daily e-mail; what must be known cannot be switched off."""
    barred = {How.DIGEST} if kind.at_once else set()
    barred |= set() if kind.can_be_off else {How.OFF}
    return [(how.value, how.label) for how in How if how not in barred]
