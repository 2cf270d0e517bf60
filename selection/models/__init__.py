"""What is true of a row of a selection: fields, constraints, querysets."""

from selection.models.awards import Announcement, Award, Certificate
from selection.models.criteria import CriteriaSet, CriteriaState, DescribedLevel, Group, Item, Part, WorkedExample
from selection.models.entries import Entry, EntryState
from selection.models.panels import (
    TESTS,
    Assignment,
    DecisionLine,
    DecisionOutcome,
    ForumLine,
    Panel,
    PanelDecision,
    PanelState,
    RankLine,
    Recusal,
    Signing,
)
from selection.models.plans import SupportLine
from selection.models.rankings import Placement, Ranking
from selection.models.reports import Figure, YearlyReport
from selection.models.rounds import (
    OrderBy,
    PromotionKind,
    Round,
    RoundCriteria,
    RoundKind,
    RoundStandard,
    RoundState,
    Scope,
    Stage,
    StageState,
    StarBand,
    TieRule,
)
from selection.models.sheets import Sheet, SheetDraft

__all__ = [
    "TESTS",
    "Announcement",
    "Assignment",
    "Award",
    "Certificate",
    "CriteriaSet",
    "CriteriaState",
    "DecisionLine",
    "DecisionOutcome",
    "DescribedLevel",
    "Entry",
    "EntryState",
    "Figure",
    "ForumLine",
    "Group",
    "Item",
    "OrderBy",
    "Panel",
    "PanelDecision",
    "PanelState",
    "Part",
    "Placement",
    "PromotionKind",
    "RankLine",
    "Ranking",
    "Recusal",
    "Round",
    "RoundCriteria",
    "RoundKind",
    "RoundStandard",
    "RoundState",
    "Scope",
    "Sheet",
    "SheetDraft",
    "Signing",
    "Stage",
    "StageState",
    "StarBand",
    "SupportLine",
    "TieRule",
    "WorkedExample",
    "YearlyReport",
]
