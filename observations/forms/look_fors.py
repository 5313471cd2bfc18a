"""The form builder for look-fors, and the pre-brief that chooses from them. Nothing made here can rate a person."""

from crispy_forms.layout import HTML, Div, Layout
from django import forms

from partnerships.forms.fields import LongTextField

from ..describing import is_rating
from ..models import MOST_LOOK_FORS, LookFor
from .shared import PlainForm

FEWEST, MORE = 4, 3
NO_RATING = (
    "That would rate somebody, and a walk rates nobody. Write what you would see, hear, count or ask. For example: "
    "“Questions that students ask each other”, counted."
)
NOTED = [
    (LookFor.Kind.EVIDENCE, "Evidence: see and hear"),
    (LookFor.Kind.TALLY, "Tally: count"),
    (LookFor.Kind.QUESTION, "Question: ask students"),
    (LookFor.Kind.WONDERING, "Wondering: ask yourself"),
]
# Enter presses the first button of a form: this one saves, whatever stands above the one that everybody sees.
SAVES = '<button class="visually-hidden" tabindex="-1" aria-hidden="true"></button>'
NORMS = """We describe what we see and hear. We do not rate, compare or report.
We go in and out quietly and together, and say nothing about a visit in the hallway.
Our notes carry the number of a visit, and no names of teachers or students.
What we saw stays among us: those who were there may still recognize a class."""


class LinesMixin(forms.Form):
    """Lines of a kind and a label each. `lines` are the pairs once it is valid; an empty label is no line."""

    def put_lines(self, given):
        count = int(self.data.get("rows") or 0) if str(self.data.get("rows") or "0").isdecimal() else 0
        count = max(count, int(self.initial.get("rows") or 0), len(given) + 1, FEWEST)
        self.numbers = range(1, min(count, MOST_LOOK_FORS) + 1)
        self.fields["rows"] = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=len(self.numbers))
        for number in self.numbers:
            kind, label = given[number - 1] if number <= len(given) else ("", "")
            first = f"kind_{number}", f"label_{number}"
            self.fields[first[0]] = forms.ChoiceField(
                label=f"Line {number}: how do you note it?",
                choices=NOTED,
                required=False,
                initial=kind or "evidence",
            )
            self.fields[first[1]] = forms.CharField(
                label=f"Line {number}: what do you look for?", max_length=200, required=False, initial=label
            )

    def lines_layout(self):
        lines = [Div(f"label_{number}", f"kind_{number}", css_class="look-line") for number in self.numbers]
        more = len(self.numbers) < MOST_LOOK_FORS
        button = '<button class="btn btn-outline-secondary" name="more" value="1">Add more lines</button>'
        return [HTML(SAVES), *lines, "rows", HTML(f"<p>{button}</p>" if more else "")]

    def given_lines(self, given):
        """The pairs that were typed, each refused where it asks for a rating."""
        lines = []
        for number in self.numbers:
            label = (given.get(f"label_{number}") or "").strip()
            if not label:
                continue
            if is_rating(label):
                self.add_error(f"label_{number}", NO_RATING)
            lines.append((given.get(f"kind_{number}") or LookFor.Kind.EVIDENCE, label))
        return lines


class LookForSetForm(LinesMixin, PlainForm):
    """A set of the district: its name while it is new, and its lines."""

    def __init__(self, *args, version=None, pairs=(), **options):
        super().__init__(*args, **options)
        if version is None:
            self.fields["name"] = forms.CharField(
                label="What is the set called?", max_length=80, help_text="For example: How lessons begin."
            )
        else:
            self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, initial=version.number)
        self.put_lines(list(pairs))
        self.helper.layout = Layout("name" if version is None else "seen", *self.lines_layout())

    def clean(self):
        given = super().clean()
        given["lines"] = self.given_lines(given)
        if not given["lines"] and not self.errors:
            self.add_error("label_1", "Write at least one line.")
        return given


class BriefForm(LinesMixin, PlainForm):
    """Why, how, what to find out, and what to look for: a set's newest version, or lines of this walk's own."""

    NONE, OWN = "none", "own"

    purpose = LongTextField(label="Why do you walk?", max_length=2000, help_text="What the group hopes to learn.")
    norms = LongTextField(label="What do you agree on?", rows=6, max_length=2000, initial=NORMS)
    focus = LongTextField(
        label="What do you want to find out?",
        max_length=1000,
        help_text="A question about practice, not about a person. For example: what happens in the first five minutes?",
    )
    chosen = forms.ChoiceField(label="Which look-fors do you take along?", widget=forms.RadioSelect)

    def __init__(self, *args, versions, kept=None, pairs=(), **options):
        super().__init__(*args, **options)
        self.versions = {str(version.pk): version for version in versions}
        names = [(key, f"{version.set.name}: {version.count} lines") for key, version in self.versions.items()]
        if kept and kept.set_id and str(kept.pk) not in self.versions:
            self.versions[str(kept.pk)] = kept
            names.insert(0, (str(kept.pk), f"{kept} (as this walk chose it; there is a newer one)"))
        names += [(self.OWN, "Lines of our own, written below"), (self.NONE, "None: our focus is enough")]
        own = kept is not None and kept.set_id is None
        self.fields["chosen"].choices = names
        self.fields["chosen"].initial = self.OWN if own else str(kept.pk) if kept else self.NONE
        self.put_lines(list(pairs) if own else [])
        self.helper.layout = Layout("purpose", "norms", "focus", "chosen", *self.lines_layout())

    def clean(self):
        given = super().clean()
        lines, chosen = self.given_lines(given), given.get("chosen")
        given["version"] = self.versions.get(chosen)
        given["lines"] = lines if chosen == self.OWN else []
        if chosen == self.OWN and not lines and not self.errors:
            self.add_error("label_1", "Write at least one line, or choose a set above.")
        if lines and chosen != self.OWN and not self.errors:
            self.add_error("chosen", "You have written lines below: choose “Lines of our own”, or empty them.")
        return given
