"""What is being done: partnerships, their people and steps, their plans, and the words that belong to them."""

from .partnership import Happening, HelpRequest, Member, Partnership
from .plan import Approval, Milestone, Plan, PlanVersion, Remark
from .record import Artifact, PlannedEvent, TimeSpent
from .step import Step
from .words import Consent, Entry, QuickReflection, SelfAssessment, StepDraft

__all__ = [
    "Approval",
    "Artifact",
    "Consent",
    "Entry",
    "Happening",
    "HelpRequest",
    "Member",
    "Milestone",
    "Partnership",
    "Plan",
    "PlanVersion",
    "PlannedEvent",
    "QuickReflection",
    "Remark",
    "SelfAssessment",
    "Step",
    "StepDraft",
    "TimeSpent",
]
