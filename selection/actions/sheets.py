"""Score sheets: drafts kept at every touch, signed once, corrected only by a new sheet that names the old."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from registry.actions import ledger
from registry.actions.acts import moment, unless_taken
from registry.merkle import instant
from registry.models import Seat, User, free_public_id
from registry.refusal import N_, Refusal, Refused, refuse, require
from registry.rules import seat_of
from registry.thai import normalise
from selection import rules, scoring
from selection.actions.locks import lock_panel, share_panel
from selection.models import Entry, Panel, PanelDecision, Part, Sheet, SheetDraft
from selection.tally import sheet_total


@transaction.atomic
def save_sheet_draft(
    *,
    panel: Panel,
    entry: Entry,
    part: Part,
    marks: Mapping[str, int],
    comment: str = "",
    reason: str = "",
    by: User,
    at: datetime | None = None,
) -> SheetDraft:
    """Keeps marks that are not signed yet, one draft per seat, entry and part; the last touch wins, it is the judge's own."""
    now = moment(at)
    require(rules.may_sign(by, panel, entry, now), rules.panel_open(panel), rules.before_panel(entry, panel))
    seat = _seat(by, panel, now)
    draft, _fresh = SheetDraft.objects.update_or_create(
        seat=seat,
        entry=entry,
        part=part,
        defaults={
            "panel": panel,
            "marks": dict(marks),
            "comment": comment,
            "reason": reason,
            "changed_at": now,
            "changed_by": by,
        },
        create_defaults={
            "panel": panel,
            "marks": dict(marks),
            "comment": comment,
            "reason": reason,
            "created_by": by,
            "public_id": free_public_id(SheetDraft),
        },
    )
    return draft


def _seat(by: User, panel: Panel, now: datetime) -> Seat:
    seat = seat_of(by, panel.committee, now) if panel.committee is not None else None
    if seat is None:
        raise Refused((refuse("not_a_judge", N_("Only members of this panel may sign a score sheet.")),))
    return seat


@transaction.atomic
def sign_sheet(
    *,
    panel: Panel,
    entry: Entry,
    part: Part,
    marks: Mapping[str, int],
    comment: str = "",
    reason: str = "",
    by: User,
    at: datetime | None = None,
) -> Sheet:
    """Signs marks (hundredths by item code) for one entry and part. A second sheet needs a reason; both are kept.

    Refuses strangers, the recused, marks that are not described levels, a settled panel and a closed stage; closing the
    stage waits for a signature that has begun, and a signature that comes later is refused.
    """
    now = moment(at)
    panel = share_panel(panel)
    stage = panel.stage
    require(rules.may_sign(by, panel, entry, now))
    seat = _seat(by, panel, now)
    require(rules.panel_open(panel), rules.stage_open(stage, now), rules.before_panel(entry, panel))
    require(
        rules.part_of_entry(part, entry, stage),
        *rules.marks_refusals(marks, scoring.items_of(part)),
        rules.second_sheet_asked(panel, entry, seat, part, reason),
    )
    old = Sheet.objects.live().filter(panel=panel, entry=entry, part=part, seat=seat).first()
    sheet = Sheet(
        panel=panel, entry=entry, part=part, seat=seat, turn=_turn(panel, entry, old), marks=dict(marks),
        total=sheet_total(marks), comment=normalise(comment), reason=normalise(reason) if old else "",
        nonce=secrets.token_bytes(32), supersedes=old, by=by, at=now,
    )  # fmt: skip
    with unless_taken(_signed_already):
        sheet.save()
    SheetDraft.objects.filter(seat=seat, entry=entry, part=part).delete()
    ledger.append("sheet", _leaf(sheet), at=now, public=False)
    return sheet


def _signed_already() -> Refusal:
    return refuse(
        "signed_already",
        N_("This sheet was signed a moment ago, perhaps from another window. Open it again to see it."),
    )


def _turn(panel: Panel, entry: Entry, old: Sheet | None) -> int:
    """2 for the sheet a wide spread asks for; a correction before that keeps its turn."""
    if old is None:
        return 1
    return 2 if old.turn == 2 or scoring.spreads(panel).get(entry) == scoring.SECOND_ASKED else 1


def _leaf(sheet: Sheet) -> dict[str, object]:
    """The private body: a nonce makes it unguessable; no judge is named."""
    return {
        "v": 1,
        "nonce": bytes(sheet.nonce).hex(),
        "round": sheet.panel.stage.round.key,
        "stage": sheet.panel.stage.number,
        "entry": sheet.entry.public_id,
        "part": scoring.part_code(sheet.part),
        "turn": sheet.turn,
        "marks": dict(sheet.marks),
        "supersedes": bytes(sheet.supersedes.nonce).hex() if sheet.supersedes else None,
        "at": instant(sheet.at),
    }


@transaction.atomic
def decide_apart(*, panel: Panel, entry: Entry, reason: str, by: User, at: datetime | None = None) -> PanelDecision:
    """Records the panel's word on marks that still lie apart after the second sheets; only then, once, with a reason.

    The same word sent again changes nothing; another one is refused, for the first stands.
    """
    now = moment(at)
    locked = lock_panel(panel)
    require(rules.may_lead(by, locked, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    require(rules.may_decide_apart(locked, entry, reason))
    decision, fresh = PanelDecision.objects.get_or_create(
        panel=locked, entry=entry, kind="apart", defaults={"reason": normalise(reason), "by": by, "at": now}
    )
    if fresh:
        ledger.append(
            "decision",
            {
                "v": 1,
                "round": locked.stage.round.key,
                "stage": locked.stage.number,
                "entry": entry.public_id,
                "kind": "apart",
            },
            at=now,
        )
    require(rules.first_word_stands(decision, normalise(reason)))
    return decision
