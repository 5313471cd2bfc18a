"""What is being done: partnerships, their people and steps, their plans, and the words that belong to them."""

from .emergency import EmergencyReading
from .partnership import Happening, HelpRequest, Member, Partnership
from .plan import Approval, Milestone, Plan, PlanVersion, Remark
from .record import Artifact, PlannedEvent, TimeSpent
from .sharing import HandOver, Share, ShareConsent, Version
from .step import Step
from .words import Consent, Entry, QuickReflection, SelfAssessment, StepDraft

__all__ = [
    "Approval",
    "Artifact",
    "Consent",
    "EmergencyReading",
    "Entry",
    "HandOver",
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
    "Share",
    "ShareConsent",
    "Step",
    "StepDraft",
    "TimeSpent",
    "Version",
]
