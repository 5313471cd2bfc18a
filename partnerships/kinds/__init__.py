"""The kinds of step that a menu may use. A new kind is a class in this package and a line in this list."""

from .agreeing import Approval, Contact, GoalSet, Partners, PlanMade, Question
from .dating import Events
from .writing import Analysis, Cycles, DataLog, Findings, Notes, Reflection, Summary, Tick

KINDS = [
    GoalSet(),
    Question(),
    Partners(),
    Contact(),
    PlanMade(),
    Approval(),
    Events(),
    Cycles(),
    DataLog(),
    Analysis(),
    Findings(),
    Reflection(),
    Summary(),
    Notes(),
    Tick(),
]
