from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms
from django.template.loader import render_to_string

from .hours import LATER
from .models import How
from .registry import GROUPS, KINDS

AT_MOST = [
    ("", "As many as the district usually sends"),
    *((n, f"{n} a day") for n in (1, 3, 5, 10, 20)),
    (0, "All of them"),
]


class PreferencesForm(forms.Form):
    """One choice for all kinds of notice or for each that leaves one, and the reader's own quiet hours."""

    everything = forms.ChoiceField(
        label="How everything reaches you",
        required=False,
        choices=[("", "As chosen one by one below"), *How.choices],
        help_text="A choice here goes for all of them, as far as each leaves a choice.",
    )
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
        help_text="Leave both empty to keep the district's hours. A collected e-mail comes when they end.",
    )

    a_day = forms.TypedChoiceField(
        label="Single e-mails in a day, at most",
        required=False,
        choices=AT_MOST,
        coerce=int,
        empty_value=None,
        help_text="What comes on top waits for your next daily e-mail. Changes that cannot wait are not counted.",
    )

    def __init__(self, *args, hows, quiet, limit=None, **kwargs):
        super().__init__(*args, **kwargs)
        if quiet:
            self.initial |= {"quiet_from": quiet.quiet_from, "quiet_until": quiet.quiet_until}
        if limit:
            self.initial["a_day"] = limit.a_day
        for kind in KINDS.values():
            if len(choices_of(kind)) > 1:
                self.fields[f"how_{kind.key}"] = self._field(kind, hows.get(kind.key))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_class = "form-horizontal"
        self.helper.label_class = self.helper.field_class = "col-sm-6"
        self.helper.layout = Layout(
            "everything", "quiet_from", "quiet_until", "a_day", HTML("<h2>One by one</h2>"), *self._by_group()
        )

    def _by_group(self):
        """The choices of each room, folded away under its heading: there are many, and few are ever changed."""
        groups = {}
        for key in KINDS:
            if f"how_{key}" in self.fields:
                groups.setdefault(GROUPS.get(key, ""), []).append(f"how_{key}")
        return [self._folded(title, names) for title, names in groups.items()]

    def _folded(self, title, names):
        changed = sum(self.fields[name].initial != How.NOW for name in names)
        context = {"title": title, "number": len(names), "changed": changed}
        summary = HTML(render_to_string("notices/_preferences_group.html", context))
        return Layout(HTML('<details class="mb-3">'), summary, *names, HTML("</details>"))

    def _field(self, kind, how):
        choices = choices_of(kind)
        return forms.ChoiceField(
            label=kind.label,
            required=False,
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
        """By kind, what was chosen for it, or for everything where the kind leaves that choice."""
        hows = {}
        for kind in KINDS.values():
            how = self.cleaned_data["everything"]
            if how not in dict(choices_of(kind)):
                how = self.cleaned_data.get(f"how_{kind.key}")
            if how:
                hows[kind.key] = how
        return hows

    @property
    def quiet(self):
        start = self.cleaned_data["quiet_from"]
        return None if start is None else (start, self.cleaned_data["quiet_until"])


def choices_of(kind):
    """A change that cannot wait joins no digest; what must be known cannot be switched off."""
    barred = LATER if kind.at_once else set()
    barred = barred if kind.can_be_off else barred | {How.OFF}
    return [(how.value, how.label) for how in How if how not in barred]


class ActForm(forms.Form):
    """What an act that is done straight from a mail needs besides a press: most need nothing."""

    words = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, act, **kwargs):
        super().__init__(*args, **kwargs)
        if act.asks:
            self.fields["words"].label = act.asks
            self.fields["words"].error_messages["required"] = "Write a sentence, so that they know."
        else:
            del self.fields["words"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
