"""Forms of the menu, of its editing, and of the PD catalogue. They validate; services save."""

from .editing import (
    FileForm,
    NewFileForm,
    ResourceForm,
    ResponsibilityForm,
    StepForm,
    SupportForm,
)
from .menu import MenuSearch
from .places import ApprovalForm, PlaceFormSet
from .sessions import SessionForm, SessionSearch

__all__ = [
    "ApprovalForm",
    "FileForm",
    "MenuSearch",
    "NewFileForm",
    "PlaceFormSet",
    "ResourceForm",
    "ResponsibilityForm",
    "SessionForm",
    "SessionSearch",
    "StepForm",
    "SupportForm",
]
