"""Files and links that show the work. What a file is, its content says; its name only has to agree."""

import zipfile
from pathlib import PurePath

from django import forms
from django.conf import settings

from ..models import Artifact
from .people import PlainForm

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {  # content type by the endings that a file of it may have
    "application/pdf": {".pdf"},
    "image/png": {".png"},
    "image/jpeg": {".jpg", ".jpeg"},
    "image/gif": {".gif"},
    f"{OFFICE}wordprocessingml.document": {".docx"},
    f"{OFFICE}spreadsheetml.sheet": {".xlsx"},
    f"{OFFICE}presentationml.presentation": {".pptx"},
    "application/vnd.oasis.opendocument.text": {".odt"},
    "text/plain": {".txt"},
    "text/csv": {".csv"},
}
ENDINGS = sorted({ending for endings in TYPES.values() for ending in endings})
BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
INSIDE = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{OFFICE}presentationml.presentation",
}
ODT = b"application/vnd.oasis.opendocument.text"


def type_of(file):
    """The content type that the bytes tell, or "": a name can say anything."""
    file.seek(0)
    head = file.read(64)
    found = next((kind for start, kind in BEGINNINGS.items() if head.startswith(start)), "")
    if head.startswith(b"PK\x03\x04"):
        found = packed_type(file, head)
    elif not found and is_text(file):
        found = "text/csv" if file.name.lower().endswith(".csv") else "text/plain"
    file.seek(0)
    return found


def packed_type(file, head):
    if head[30:38] == b"mimetype" and head[38:].startswith(ODT[: len(head) - 38]):
        return ODT.decode()
    try:
        with zipfile.ZipFile(file) as packed:
            inside = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    if any(name.endswith("vbaProject.bin") for name in inside):
        return ""
    return next((kind for name, kind in INSIDE.items() if name in inside), "")


def is_text(file):
    file.seek(0)
    content = file.read()
    try:
        return b"\x00" not in content and bool(content.decode("utf-8") or True)
    except UnicodeDecodeError:
        return False


class ArtifactForm(PlainForm):
    title = forms.CharField(label="What is it?", max_length=120, help_text="For example: exit tickets of week 3.")
    file = forms.FileField(label="Choose a file", required=False, max_length=120)
    link = forms.URLField(label="Or paste a link", required=False, assume_scheme="https", max_length=200)
    audience = forms.ChoiceField(
        label="Who may open it",
        choices=Artifact.Audience,
        initial=Artifact.Audience.PARTNERS,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        megabytes = settings.ARTIFACT_MAX_BYTES // (1024 * 1024)
        kinds = ", ".join(ending.lstrip(".") for ending in ENDINGS)
        self.fields["file"].help_text = f"Up to {megabytes} MB: {kinds}."
        self.fields["file"].widget.attrs["accept"] = ",".join(ENDINGS)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file:
            return None
        if file.size > settings.ARTIFACT_MAX_BYTES:
            raise forms.ValidationError(
                f"This file has {file.size / 1024 / 1024:.1f} MB. Make it smaller, or add a link to where it lies."
            )
        self.content_type = type_of(file)
        if PurePath(file.name).suffix.lower() not in TYPES.get(self.content_type, ()):
            raise forms.ValidationError(
                f"“{file.name}” cannot be added: what is in it is none of {', '.join(ENDINGS)}, or its name says "
                "something else. Save it as a PDF, or add a link to where it lies."
            )
        return file

    def clean(self):
        answers = super().clean()
        if not self.errors and bool(answers.get("file")) == bool(answers.get("link")):
            self.add_error("file", "Choose a file or paste a link: one of the two.")
        answers["content_type"] = getattr(self, "content_type", "") if answers.get("file") else ""
        return answers

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not link.startswith(("http://", "https://")):
            raise forms.ValidationError("A link begins with https://")
        return link
