"""Forms with which a district edits its menu."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import validate_slug

from ..models import Resource, Responsibility, StepTemplate, SupportType
from ..reading import CatalogueError, icons, read_text

LARGEST_FILE = 200_000


class MenuForm(forms.ModelForm):
    """A form about a row of the menu; the template writes the form's tag."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class SupportForm(MenuForm):
    """The words of a support and how it looks."""

    icon = forms.ChoiceField(label="Icon", help_text="It stands on the card, on the shape, in the color.")
    spans = forms.MultipleChoiceField(
        label="In the filter, this counts as",
        choices=SupportType.Span.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one."},
    )
    focus_examples = forms.CharField(
        label="Examples of an area of focus", required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    class Meta:
        model = SupportType
        fields = [
            *["name", "question", "summary", "for_whom", "goal", "focus_area", "focus_examples", "duration", "spans"],
            *["usual_days", "measured_by", "time_cost", "class_cost", "people_at_least", "people_at_most"],
            *["follows_session", "depth", "icon", "hue", "shape"],
        ]
        labels = {
            "question": "The question that it answers",
            "summary": "What it is",
            "goal": "What people want to reach with it",
            "focus_area": "What it is usually about",
            "duration": "How long it takes",
            "usual_days": "How many days a new timeline suggests",
            "people_at_least": "The fewest people",
            "people_at_most": "The most people",
            "follows_session": "Offer it under each PD session, as its follow-up",
            "depth": "How deep it goes",
            "hue": "Color",
        }
        help_texts = {"time_cost": "For example 45 minutes a week", "class_cost": "For example no class missed"}
        widgets = {"summary": forms.Textarea(attrs={"rows": 4}), "for_whom": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["icon"].choices = [(name, name.replace("-", " ")) for name in sorted(icons())]
        self.fields["focus_examples"].help_text = "One on each line."
        self.initial["focus_examples"] = "\n".join(self.instance.focus_examples)

    def clean_focus_examples(self):
        lines = [line.strip() for line in self.cleaned_data["focus_examples"].splitlines()]
        return [line for line in lines if line]

    def clean(self):
        super().clean()
        least, most = self.cleaned_data.get("people_at_least"), self.cleaned_data.get("people_at_most")
        if least == 0:
            self.add_error("people_at_least", "Somebody has to be in it: write 1 or more.")
        elif least and most is not None and least > most:
            self.add_error("people_at_most", "This is fewer than the fewest people.")


class StepForm(MenuForm):
    """The words of a step; its kind, its place and who does it are changed in the file."""

    class Meta:
        model = StepTemplate
        fields = ["title", "guidance", "optional", "due_after_days"]
        labels = {
            "title": "What the step is called",
            "guidance": "What helps people do it",
            "optional": "People may skip it, with a word why",
            "due_after_days": "Days after the start when it is due",
        }
        help_texts = {"due_after_days": "Leave it empty if the step has no usual date."}
        widgets = {"guidance": forms.Textarea(attrs={"rows": 6})}


class ResourceForm(MenuForm):
    """A protocol or material."""

    class Meta:
        model = Resource
        fields = ["kind", "title", "body"]
        labels = {"kind": "What it is", "title": "Title", "body": "Text"}
        help_texts = {"body": "In Markdown: **bold**, - for a list, ### for a heading."}
        widgets = {"body": forms.Textarea(attrs={"rows": 16})}


class ResponsibilityForm(MenuForm):
    """What somebody undertakes."""

    class Meta:
        model = Responsibility
        fields = ["part", "text"]
        labels = {"part": "Who", "text": "What they undertake"}
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class FileForm(forms.Form):
    """A support as the text of its file, pasted or uploaded. A file goes before the text in the box."""

    text = forms.CharField(
        label="The support as text",
        required=False,
        max_length=LARGEST_FILE,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "font-monospace"}),
    )
    upload = forms.FileField(
        label="Or a .toml file", required=False, help_text="If you choose a file, the text in the box is not used."
    )

    def __init__(self, *args, slug="", **kwargs):
        super().__init__(*args, **kwargs)
        self.slug = slug
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload and upload.size > LARGEST_FILE:
            raise forms.ValidationError("This file is too large to be a support: 200 kB is the most.")
        try:
            return upload.read().decode() if upload else ""
        except UnicodeDecodeError:
            raise forms.ValidationError("This file is not text. Choose a .toml file.") from None

    def clean(self):
        super().clean()
        if self.errors:
            return
        text = self.cleaned_data["upload"] or self.cleaned_data["text"]
        try:
            self.cleaned_data["file"] = read_text(self.cleaned_data.get("slug", self.slug), text)
        except CatalogueError as fault:
            field = "upload" if self.cleaned_data["upload"] else "text"
            self.add_error(field, list(fault.problems))


class NewFileForm(FileForm):
    """A support type of the district's own."""

    slug = forms.CharField(
        label="Its short name in addresses",
        max_length=50,
        validators=[validate_slug],
        help_text="Letters, digits and hyphens, for example lesson-study. It cannot be changed later.",
    )
    field_order = ["slug", "text", "upload"]

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if SupportType.objects.filter(slug=slug).exists():
            raise forms.ValidationError("There is a support with this short name. Choose another.")
        return slug
