"""What the writer saw at one visit: facts first, then wonderings, questions, the walk's look-fors, and an idea."""

from django import forms

from partnerships.forms.fields import LongTextField

from ..models import LookFor
from .shared import PlainForm

HELP = {
    LookFor.Kind.EVIDENCE: "What you see and hear.",
    LookFor.Kind.TALLY: "Count how often.",
    LookFor.Kind.QUESTION: "Ask a student, and write the answer without a name.",
    LookFor.Kind.WONDERING: "What you ask yourself.",
}


class NoteForm(PlainForm):
    saw = LongTextField(
        label="What I saw and heard",
        rows=5,
        required=False,
        max_length=4000,
        help_text="What a camera would catch: words, numbers, minutes. No names of teachers or students.",
    )
    wondered = LongTextField(
        label="What I wondered", required=False, max_length=4000, help_text="A sentence that begins with: I wonder."
    )
    asked = LongTextField(
        label="What I asked students, and what they said",
        required=False,
        max_length=4000,
        help_text="Only where the host is fine with it. No student names.",
    )
    idea = LongTextField(
        label="What I want to try", required=False, max_length=4000, help_text="The smallest version, this week."
    )
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    mark = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, lines=(), note=None, may_be_empty=False, **options):
        words = {**note.words, "seen": note.version} if note else {"seen": 0}
        super().__init__(*args, initial=words, **options)
        self.lines, self.may_be_empty = lines, may_be_empty
        for line in lines:
            self.fields[line.name] = field_of(line)
        self.order_fields(["saw", "wondered", "asked", *(line.name for line in lines), "idea", "seen", "mark"])

    def clean(self):
        given = super().clean()
        given["look_fors"] = {
            str(line.pk): value for line in self.lines if (value := given.pop(line.name, None)) not in (None, "")
        }
        given["seen"] = given.get("seen") or 0
        empty = not any(given.get(name) for name in ("saw", "wondered", "asked", "idea", "look_fors"))
        if empty and not self.errors and not self.may_be_empty:
            self.add_error("saw", "Write at least one line, here or below.")
        return given

    def show_newer(self, note):
        """The next press is made in sight of the words that stand."""
        self.data = self.data.copy()
        self.data["seen"] = note.version


def field_of(line):
    if line.kind == LookFor.Kind.TALLY:
        return forms.IntegerField(
            label=line.label, min_value=0, max_value=999, required=False, help_text=HELP[line.kind],
            widget=forms.NumberInput(attrs={"data-tally": "", "inputmode": "numeric"}),
        )  # fmt: skip
    return LongTextField(label=line.label, required=False, max_length=2000, help_text=HELP[line.kind])
