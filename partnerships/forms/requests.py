"""Asking the facilitator, and her answers."""

from django import forms

from ..models import HelpRequest
from .fields import ColleagueField, LongTextField
from .people import PlainForm


class AskForm(PlainForm):
    words = LongTextField(
        label="What would help?",
        max_length=1000,
        help_text="Your facilitator reads this. A sentence or two is enough.",
    )


class AnswerRequestForm(PlainForm):
    answer = LongTextField(label="Your answer", max_length=1000, help_text="The person who asked reads it.", rows=2)


class GatherForm(forms.Form):
    """Several requests for one support, ticked in the list."""

    requests = forms.ModelMultipleChoiceField(HelpRequest.objects.none(), required=True)

    def __init__(self, *args, requests, **options):
        super().__init__(*args, **options)
        self.fields["requests"].queryset = requests
        self.fields["requests"].error_messages["required"] = "Tick the requests that you want to bring together."


class SetUpForm(PlainForm):
    """A facilitator sets something up for somebody."""

    def __init__(self, *args, asker, **options):
        super().__init__(*args, **options)
        self.fields["lead"] = ColleagueField(
            asker=asker, label="Who leads it?", help_text="A name or an e-mail. They are told, and begin."
        )


class AssignForm(PlainForm):
    def __init__(self, *args, asker, **options):
        super().__init__(*args, **options)
        self.fields["coach"] = ColleagueField(
            asker=asker, label="Who coaches?", help_text="A name or an e-mail. The coach begins the work."
        )
        self.fields["partner"] = ColleagueField(
            asker=asker, label="With whom?", help_text="One teacher, who is asked and may say no."
        )

    def clean(self):
        answers = super().clean()
        if answers.get("coach") and answers.get("coach") == answers.get("partner"):
            self.add_error("partner", "This is the coach. Choose somebody else.")
        return answers
