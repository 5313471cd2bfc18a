"""Searching the menu. It is short, so that what fits is picked from the rows in memory."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from ..models import SupportType

SEARCHED = ("name", "question", "summary", "for_whom", "goal", "focus_area")


class MenuSearch(forms.Form):
    """What a person looks for on the menu; a field that makes no sense is told, and does not narrow the list."""

    q = forms.CharField(label="Words to look for", max_length=100, required=False)
    goal = forms.ChoiceField(label="What you want to do", required=False)
    focus = forms.CharField(label="What it is about", max_length=100, required=False)
    span = forms.ChoiceField(label="How long it takes", required=False)

    def __init__(self, *args, supports, **kwargs):
        super().__init__(*args, **kwargs)
        goals = sorted({support.goal for support in supports})
        self.fields["goal"].choices = [("", "Anything"), *((goal, goal) for goal in goals)]
        self.fields["span"].choices = [("", "Any time"), *SupportType.Span.choices]
        self.fields["focus"].widget.attrs["list"] = "focus-examples"
        self.examples = sorted({example for support in supports for example in support.focus_examples})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        column = "col-sm-6 col-lg-3"
        self.helper.layout = Layout(Row(*(Column(name, css_class=column) for name in self.fields)))

    @property
    def wanted(self):
        """The fields that say something, and something that makes sense."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    def pick(self, supports):
        """Those that fit everything that is asked for."""
        wanted = self.wanted
        return [support for support in supports if all(_fits(support, name, wanted[name]) for name in wanted)]


def _fits(support, name, value):
    if name == "goal":
        return support.goal == value
    if name == "span":
        return value in support.spans
    words = [support.focus_area, *support.focus_examples]
    if name == "q":
        words += [getattr(support, field) for field in SEARCHED]
    text = " ".join(words).casefold()
    return all(word in text for word in value.casefold().split())
