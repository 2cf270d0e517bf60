"""What the national committee means to do with each entry, and all that lies before it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from registry.actions.acts import moment, note, saved_by_another
from registry.models import User, free_public_id, free_public_ids
from registry.refusal import N_, Conflict, Refusal, refuse, require
from registry.thai import normalise
from selection import rules, scoring, tally
from selection.actions.locks import lock_panel
from selection.models import (
    DecisionLine,
    DecisionOutcome,
    Entry,
    Panel,
    Round,
)


@transaction.atomic
def decide(
    *,
    panel: Panel,
    entry: Entry,
    outcome: str,
    reason: str = "",
    version: int | None = None,
    by: User,
    at: datetime | None = None,
) -> DecisionLine:
    """Notes what the committee means to do with one entry: certify, hold for later, or no star (the last two with a reason).

    `version` is that of the line the form was opened with, 0 when there was none; None asks nothing.
    """
    now = moment(at)
    locked = lock_panel(panel)
    require(
        rules.may_certify(by, locked, now),
        rules.panel_open(locked),
        rules.stage_open(locked.stage, now),
        rules.before_panel(entry, locked),
    )
    if outcome != DecisionOutcome.CERTIFY and not reason.strip():
        unsaid = N_("Write the reason for not certifying %(name)s now.")
        require(refuse("outcome_reason", unsaid, field="reason", name=entry.product.name))
    _same_line(locked, entry, outcome, reason, version)
    said = {"panel": locked, "outcome": outcome, "reason": normalise(reason)}
    line, _fresh = DecisionLine.objects.update_or_create(
        entry=entry,
        defaults={**said, "version": F("version") + 1, "changed_by": by, "changed_at": now},
        create_defaults={**said, "created_by": by, "created_at": now, "public_id": free_public_id(DecisionLine)},
    )
    note("decide", line, by=by, at=now, after={"entry": entry.public_id, "outcome": outcome})
    return line


def _same_line(panel: Panel, entry: Entry, outcome: str, reason: str, version: int | None) -> None:
    """Refuses with both texts when the line of the entry is another than the one the form was opened with."""
    stored = panel.decision_lines.filter(entry=entry).first()
    now_at = stored.version if stored else 0
    if version is None or version == now_at:
        return
    theirs = {"outcome": stored.outcome, "reason": stored.reason} if stored else {}
    raise Conflict(
        (saved_by_another(),),
        yours={"outcome": outcome, "reason": reason},
        theirs={**theirs, "version": now_at},
    )


@transaction.atomic
def decide_rest(*, panel: Panel, by: User, at: datetime | None = None) -> int:
    """Notes "certify" for every entry that has no word of the committee yet and has a total; gives how many."""
    now = moment(at)
    locked = lock_panel(panel)
    require(rules.may_certify(by, locked, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    seen = weigh(locked, at=now)
    open_ones = [entry for entry in seen.entries if entry.pk not in seen.lines and seen.totals[entry.pk] is not None]
    ids = free_public_ids(DecisionLine, len(open_ones))
    DecisionLine.objects.bulk_create(
        DecisionLine(
            panel=locked,
            entry=entry,
            outcome=DecisionOutcome.CERTIFY,
            created_by=by,
            created_at=now,
            public_id=public_id,
        )
        for entry, public_id in zip(open_ones, ids, strict=True)
    )
    note("decide_rest", locked, by=by, at=now, after={"entries": [entry.public_id for entry in open_ones]})
    return len(open_ones)


def bands_of(round_: Round) -> list[tally.Band]:
    """The round's bands as values."""
    return [tally.Band(band.stars, band.least) for band in round_.bands.all()]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What lies before the national committee: entries, totals (hundredths), the stars that follow, its word so far."""

    entries: list[Entry]
    totals: dict[int, int | None]
    stars: dict[int, int]
    lines: dict[int, DecisionLine]
    refusals: list[Refusal]

    def decided(self, outcome: str) -> list[Entry]:
        """The entries with this word of the committee."""
        return [entry for entry in self.entries if entry.pk in self.lines and self.lines[entry.pk].outcome == outcome]


def weigh(panel: Panel, *, at: datetime) -> Weighed:
    """Looks at a panel of stage 5 as `certify` does, with all that still keeps it from certifying; changes nothing."""
    stage, entries = panel.stage, scoring.standing(panel)
    standing = {entry.pk for entry in entries}
    lines = {line.entry_id: line for line in panel.decision_lines.all() if line.entry_id in standing}
    totals = scoring.totals(entries)
    bands = bands_of(stage.round)
    stars = {
        pk: tally.capped(tally.stars(total, bands), stage.award_up_to)
        for pk, total in totals.items()
        if total is not None
    }
    certified = [entry for entry in entries if entry.pk in lines and lines[entry.pk].outcome == DecisionOutcome.CERTIFY]
    found = [
        rules.is_standard(stage.round),
        *rules.meeting_in_order(panel, stage.round, at),
        *rules.has_decision(list(lines.values()), entries),
        rules.only_held(list(lines.values()), entries),
        *(rules.total_is_known(entry, totals[entry.pk]) for entry in certified),
    ]
    return Weighed(entries, totals, stars, lines, [refusal for refusal in found if refusal is not None])
