"""The arithmetic of a selection: exact fractions of hundredths of a point, from marks to stars, places and promotion.

A mark, a total and a band are integers of hundredths (6850 is 68.50 points). Means are `Fraction`s of hundredths. Only
an entry's total is rounded, once, half up. Every function refuses impossible input with ValueError.
"""

from selection.tally.edges import Edge, edges
from selection.tally.marks import (
    entry_total,
    is_apart,
    mark_vectors,
    panel_mean,
    round_half_up,
    sheet_total,
    spread_percent,
)
from selection.tally.places import borda, places, places_from_order
from selection.tally.promotion import Promotion, PromotionKind, PromotionRule, TieRule, promote
from selection.tally.stars import FULL_MARKS, MOST_STARS, Band, bands_refusal, capped, check_bands, stars

__all__ = [
    "FULL_MARKS",
    "MOST_STARS",
    "Band",
    "Edge",
    "Promotion",
    "PromotionKind",
    "PromotionRule",
    "TieRule",
    "bands_refusal",
    "borda",
    "capped",
    "check_bands",
    "edges",
    "entry_total",
    "is_apart",
    "mark_vectors",
    "panel_mean",
    "places",
    "places_from_order",
    "promote",
    "round_half_up",
    "sheet_total",
    "spread_percent",
    "stars",
]
