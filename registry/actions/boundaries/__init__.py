"""Changes of areas: new names, new codes, divisions and unions, with the day and the ground they rest on."""

from registry.actions.boundaries.acts import (
    KIND,
    ask_for_due,
    call_off,
    carry_out_due,
    change_areas,
    run_due,
)
from registry.actions.boundaries.after import after_change
from registry.actions.boundaries.orders import Orders, Part, read_moves, read_parts
from registry.actions.boundaries.placing import heirs_of, settle_places
from registry.actions.boundaries.plans import Fate, Plan, plan_of
from registry.actions.boundaries.preview import Tally, inside, preview_of, tally

__all__ = [
    "KIND",
    "Fate",
    "Orders",
    "Part",
    "Plan",
    "Tally",
    "after_change",
    "ask_for_due",
    "call_off",
    "carry_out_due",
    "change_areas",
    "heirs_of",
    "inside",
    "plan_of",
    "preview_of",
    "read_moves",
    "read_parts",
    "run_due",
    "settle_places",
    "tally",
]
