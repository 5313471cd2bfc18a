"""What is left for whoever covers: a note, and a lesson plan as a file. What a file is, its content says."""

from pathlib import PurePath

from django import forms
from django.conf import settings

from partnerships.forms.artifacts import ENDINGS, TYPES, type_of
from partnerships.forms.fields import LongTextField

from .shared import PlainForm


class NoteField(LongTextField):
    def __init__(self, **options):
        options.setdefault("label", "A note for whoever covers")
        options.setdefault("help_text", "What the class does, and what it knows. Leave out why you are away.")
        super().__init__(required=False, max_length=2000, **options)


class PlanField(forms.FileField):
    """A lesson plan: of the kinds and the size that files of a partnership may have."""

    def __init__(self, **options):
        options.setdefault("label", "Or a lesson plan as a file")
        super().__init__(required=False, max_length=120, **options)
        self.help_text = f"Up to {settings.ARTIFACT_MAX_BYTES // (1024 * 1024)} MB, such as a PDF or a document."
        self.widget.attrs["accept"] = ",".join(ENDINGS)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > settings.ARTIFACT_MAX_BYTES:
            raise forms.ValidationError(f"This file has {file.size / 1024 / 1024:.1f} MB. Make it smaller.")
        if PurePath(file.name).suffix.lower() not in TYPES.get(type_of(file), ()):
            raise forms.ValidationError(
                f"“{file.name}” cannot be added: what is in it is none of {', '.join(ENDINGS)}, or its name says "
                "something else. Save it as a PDF."
            )
        return file


class NoteForm(PlainForm):
    """The note and the plan of a request, as they are now."""

    note = NoteField()
    plan = PlanField(label="Another lesson plan as a file")


class NeededForm(PlainForm):
    """All classes that a date takes, asked for at once, with a note and a plan: for all, or for one alone.

    `answers` says which are asked for, {id of the request: note and plan}, and which need nobody, once it is valid.
    """

    note = NoteField()
    plan = PlanField()

    def __init__(self, *args, needed, **options):
        super().__init__(*args, **options)
        self.needed = needed
        self.rows = []
        if len(needed) == 1:
            return
        self.fields["note"].label = "A note for all of them"
        for one in needed:
            self.fields[f"ask-{one.pk}"] = forms.BooleanField(label="Ask for cover", required=False, initial=True)
            self.fields[f"note-{one.pk}"] = NoteField(label="A note for this class alone", help_text="", rows=2)
            self.fields[f"plan-{one.pk}"] = PlanField(label="A plan for this class alone")
            self.fields[f"plan-{one.pk}"].help_text = ""

    def parts(self):
        """Each class with the fields of its own."""
        return [(one, [self[name] for name in self.names_of(one)]) for one in self.needed]

    def names_of(self, one):
        return [name for name in (f"ask-{one.pk}", f"note-{one.pk}", f"plan-{one.pk}") if name in self.fields]

    @property
    def answers(self):
        spared = [one.pk for one in self.needed if not self.cleaned_data.get(f"ask-{one.pk}", True)]
        return {"asked": {one.pk: self.left_for(one) for one in self.needed if one.pk not in spared}, "spared": spared}

    def left_for(self, one):
        """Their own note after the one for all; their own plan instead of it."""
        given = self.cleaned_data
        notes = [given["note"], given.get(f"note-{one.pk}")]
        return {"note": "\n\n".join(filter(None, notes)), "plan": given.get(f"plan-{one.pk}") or given["plan"]}
