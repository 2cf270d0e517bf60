"""Works a settled order out again from the inputs frozen with it; the stored bytes must come out the same."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from selection.tally import PromotionRule, entry_total, panel_mean, places, promote

Line = Mapping[str, Any]


def recount(stored: bytes) -> bytes:
    """The bytes of a ranking as they follow from its rule and inputs alone; refuses other bytes than a ranking's."""
    body = json.loads(stored)
    if body.get("v") != 1:
        raise ValueError("not a ranking of version 1")
    body["placements"] = _placements(body["stage"], body["rule"], body["inputs"]["lines"])
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _placements(stage: int, rule: Line, lines: Sequence[Line]) -> list[dict[str, Any]]:
    totals = {line["entry"]: _total(line.get("sheets", {})) for line in lines}
    placed, up = _forum(lines) if stage == 1 else _order(stage, rule, lines, totals)
    found = [{"entry": entry, "place": place, "total": totals[entry], "up": entry in up} for entry, place in placed.items()]
    return sorted(found, key=lambda row: (row["place"], row["entry"]))


def _total(sheets: Mapping[str, Sequence[int]]) -> int | None:
    return entry_total(panel_mean(totals) for totals in sheets.values()) if sheets else None


def _forum(lines: Sequence[Line]) -> tuple[dict[str, int], set[str]]:
    """The chosen first, each group by votes; equal votes share a place."""
    most = max((line["votes"] for line in lines), default=0) + 1
    placed = places({line["entry"]: line["votes"] + most * line["chosen"] for line in lines})
    return placed, {line["entry"] for line in lines if line["chosen"]}


def _order(stage: int, rule: Line, lines: Sequence[Line], totals: Mapping[str, int | None]) -> tuple[dict[str, int], frozenset[str]]:
    """The committee's places, or those of the totals where judges scored; then who goes up by the stage's rule."""
    known = {entry: total for entry, total in totals.items() if total is not None}
    placed = places(known) if stage == 4 else {line["entry"]: line["place"] for line in lines}
    barred = {line["entry"] for line in lines if line.get("barred")}
    asked = {entry: place for entry, place in placed.items() if entry not in barred}
    how = PromotionRule(kind=rule["promotion"], quota=rule["quota"], least_total=rule["least_total"])
    result = promote(asked, rule=how, totals=known, tie_rule=rule["tie_rule"])
    chosen = [line["entry"] for line in lines if line["chosen_at_edge"] and line["entry"] in result.edge]
    if chosen and len(chosen) <= result.room:
        result = promote(asked, rule=how, totals=known, tie_rule=rule["tie_rule"], decided=chosen)
    return placed, result.up
