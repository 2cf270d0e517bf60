"""Rounds on the web."""

from selection.views.rounds.confirming import RoundClose, RoundOpen, StageClose
from selection.views.rounds.drafting import RoundEdit, RoundNew
from selection.views.rounds.pages import RoundList, RoundShow

__all__ = ["RoundClose", "RoundEdit", "RoundList", "RoundNew", "RoundOpen", "RoundShow", "StageClose"]
