"""Certifying: stars by the round's bands for what was decided; nothing is public yet."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from registry.actions import ledger
from registry.actions.acts import moment
from registry.models import User
from registry.refusal import require
from selection import rules, scoring, tally
from selection.actions.awards.deciding import bands_of, weigh
from selection.actions.locks import lock_entries, lock_panel
from selection.actions.signing import sign
from selection.actions.stopped import awards_of_stopped
from selection.models import (
    Award,
    DecisionOutcome,
    Entry,
    EntryState,
    Panel,
)


@transaction.atomic
def certify(*, panel: Panel, by: User, at: datetime | None = None) -> list[Award]:
    """Gives every entry decided on its stars by the round's bands; held ones wait, refused ones stop. Nothing is public yet.

    Entries that stopped at an earlier stage which may leave stars get theirs here too.
    Refuses without quorum, for a rehearsal, when an entry has no decision or no total, and when all are held.
    """
    now = moment(at)
    locked = lock_panel(panel)
    lock_entries([entry.pk for entry in scoring.standing(locked)])
    require(rules.may_certify(by, locked, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    seen = weigh(locked, at=now)
    require(seen.refusals)
    certified, refused = seen.decided(DecisionOutcome.CERTIFY), seen.decided(DecisionOutcome.REFUSE)
    awards = [_award(locked, entry, seen.totals[entry.pk] or 0, by, now) for entry in certified]
    awards += awards_of_stopped(locked, bands_of(locked.stage.round), by=by, at=now)
    Award.objects.bulk_create(awards)
    sign(locked, by=by, at=now)
    _end_entries(certified, EntryState.DECIDED, by, now)
    _end_entries(refused, EntryState.STOPPED, by, now)
    ledger.append_many(
        [*(_award_leaf(award) for award in awards), *(_refusal_leaf(locked, entry) for entry in refused)], at=now
    )
    return awards


def _award(panel: Panel, entry: Entry, total: int, by: User, at: datetime) -> Award:
    stars = tally.capped(tally.stars(total, bands_of(panel.stage.round)), panel.stage.award_up_to)
    return Award(
        entry=entry,
        round=panel.stage.round,
        origin=entry.origin,
        panel=panel,
        stars=stars,
        total=total,
        stage=panel.stage.number,
        by=by,
        at=at,
    )


def _end_entries(entries: Sequence[Entry], state: str, by: User, at: datetime) -> None:
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(
        state=state, version=F("version") + 1, changed_at=at, changed_by=by
    )


def _award_leaf(award: Award) -> tuple[str, dict[str, object]]:
    sheets = scoring.totals_by_part(scoring.counted_sheets([award.entry])[award.entry_id])
    return "award", {
        "v": 1,
        "round": award.round.key,
        "entry": award.entry.public_id,
        "product": award.entry.product.public_id,
        "total": award.total,
        "stars": award.stars,
        "stage": award.stage,
        "sheets": sheets,
    }


def _refusal_leaf(panel: Panel, entry: Entry) -> tuple[str, dict[str, object]]:
    return "refusal", {"v": 1, "round": panel.stage.round.key, "entry": entry.public_id}
