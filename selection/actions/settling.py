"""What every settled order has in common: a Ranking with its frozen inputs, Placements, and entries that move on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import F

from registry.actions import ledger
from registry.models import User
from registry.refusal import require
from selection import flow, rules
from selection.actions.locks import hold_above, lock_entries
from selection.actions.signing import sign
from selection.models import Entry, EntryState, Panel, Placement, Ranking, Stage


@dataclass(frozen=True, slots=True)
class Line:
    """One entry's line before it is written: place, total (hundredths) where marks exist, whether it goes up, why."""

    entry: Entry
    place: int
    total: int | None
    up: bool
    reason: str


def rule_of(stage: Stage) -> dict[str, Any]:
    """The stage's rules that decide an order, as they are frozen with it."""
    return {
        "order_by": stage.order_by,
        "scope": stage.scope,
        "promotion": stage.promotion,
        "quota": stage.quota,
        "least_total": stage.least_total,
        "tie_rule": stage.tie_rule,
        "asks_eligibility": stage.asks_eligibility,
    }


def frozen(stage: Stage, inputs: Mapping[str, Any], lines: Sequence[Line]) -> bytes:
    """The bytes a settled order is kept as: rule, inputs and result, keys sorted, no floats."""
    body = {
        "v": 1,
        "round": stage.round.key,
        "stage": stage.number,
        "rule": rule_of(stage),
        "inputs": inputs,
        "placements": [
            {"entry": line.entry.public_id, "place": line.place, "total": line.total, "up": line.up}
            for line in sorted(lines, key=lambda line: (line.place, line.entry.public_id))
        ],
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def settle(
    panel: Panel, lines: Sequence[Line], *, inputs: Mapping[str, Any], by: User, at: datetime, reason: str = ""
) -> Ranking:
    """Writes the order and moves the entries: up one stage, or stopped here.

    The caller holds the panel's lock and has asked the rules. Refuses only what a finished body above could not receive.
    """
    require(rules.way_up_open(panel, hold_above(panel, {line.entry.category_id for line in lines if line.up})))
    body = frozen(panel.stage, inputs, lines)
    ranking = Ranking.objects.create(
        panel=panel,
        stage=panel.stage,
        area=panel.area,
        category=panel.category,
        inputs=body,
        digest=sha256(body).hexdigest(),
        reason=reason,
        by=by,
        at=at,
    )
    lock_entries([line.entry.pk for line in lines])
    Placement.objects.bulk_create(
        Placement(ranking=ranking, entry=line.entry, place=line.place, total=line.total, up=line.up, reason=line.reason)
        for line in lines
    )
    sign(panel, by=by, at=at)
    rising, staying = _move(panel, lines, by=by, at=at)
    ledger.append(
        "ranking",
        {
            "v": 1,
            "round": panel.stage.round.key,
            "stage": panel.stage.number,
            "area": panel.area.code,
            "category": panel.category.code if panel.category else None,
            "digest": ranking.digest,
            "up": rising,
            "stopped": staying,
        },
        at=at,
    )
    return ranking


def _move(panel: Panel, lines: Sequence[Line], *, by: User, at: datetime) -> tuple[int, int]:
    """Sends each entry up or stops it, and ends the panel; gives how many rose and how many stayed."""
    rising = [line.entry.pk for line in lines if line.up]
    staying = [line.entry.pk for line in lines if not line.up]
    Entry.objects.filter(pk__in=rising).update(
        stage=panel.stage.number + 1, version=F("version") + 1, changed_at=at, changed_by=by
    )
    Entry.objects.filter(pk__in=staying).update(
        state=EntryState.STOPPED, version=F("version") + 1, changed_at=at, changed_by=by
    )
    panel.state = flow.after(flow.PANEL, panel.state, "settle")
    panel.changed_at, panel.changed_by = at, by
    panel.save(update_fields=["state", "changed_at", "changed_by"])
    return len(rising), len(staying)
