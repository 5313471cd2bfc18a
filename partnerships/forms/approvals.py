"""A principal's answer to a plan."""

from django import forms

from .fields import LongTextField
from .people import PlainForm

READERS = "The team and its facilitator read this."


class ApprovalForm(PlainForm):
    """A remark for each section, those left empty among them, and answers to what the plan asks for."""

    def __init__(self, *args, sections, **options):
        super().__init__(*args, **options)
        self.sections = sections
        for section in sections:
            self.fields[f"remark_{section['key']}"] = LongTextField(
                label=f"Your comment on “{section['title']}”", max_length=1000, required=False, rows=2
            )
        asked = {section["key"]: section["text"] for section in sections}
        if asked.get("resources"):
            self.fields["on_resources"] = LongTextField(
                label="Your answer on resources", help_text=READERS, max_length=1000, required=False, rows=2
            )
        if asked.get("direction"):
            self.fields["on_direction"] = LongTextField(
                label="Your answer on direction", help_text=READERS, max_length=1000, required=False, rows=2
            )

    def remark_of(self, key):
        return self[f"remark_{key}"]

    def clean(self):
        answers = super().clean()
        answers["remarks"] = {
            section["key"]: answers[f"remark_{section['key']}"]
            for section in self.sections
            if answers.get(f"remark_{section['key']}")
        }
        if self.data.get("action") == "return" and not answers["remarks"] and not self.errors:
            raise forms.ValidationError(
                "A plan goes back with at least one comment, so that the team knows what to change."
            )
        return answers
