"""How far a panel's sheets are, told without a mark of anybody; and what a blind panel may be told of its entries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from registry.models import Draft, Seat
from selection import scoring
from selection.models import Entry, Panel


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the sheets of one entry are: signed of asked, and once all are in, how far they lie apart."""

    entry: Entry
    key: str
    name: str
    signed: int
    asked: int
    state: str
    draft: Draft | None = None  # the panel's word on marks apart, typed and not sent

    @property
    def missing(self) -> int:
        return self.asked - self.signed


def sheets_of(user: Any, panel: Panel, leads: bool) -> dict[str, Any] | None:
    """The sheets of the panel: one's own, and for those who lead how many are signed; None where nothing is scored."""
    seen = scoring.look(panel)
    if not seen.parts:
        return None
    own = [seat for seat in seats_scoring(seen) if seat.user_id == user.pk]
    return {
        "progress": progress(seen) if leads else [],
        "mine": own_count(seen, own[0]) if own else None,
        "letters": sorted({part.letter for parts in seen.parts.values() for part in parts}),
    }  # fmt: skip


def seats_scoring(seen: scoring.Standing) -> list[Seat]:
    """Everybody who scores at least one entry."""
    return list({seat.pk: seat for seats in seen.scorers.values() for seat in seats}.values())


def progress(seen: scoring.Standing) -> list[Progress]:
    """Signed of asked for every entry; how far they lie apart is told only when every sheet of the panel is in."""
    counts = {entry.pk: len(seen.scorers[entry.pk]) * len(seen.parts.get(entry.category_id, [])) for entry in seen.entries}
    missing = {entry.pk: seen.missing(entry) if counts[entry.pk] else 0 for entry in seen.entries}
    all_in = seen.entries and all(counts.values()) and not any(missing.values())
    states = {entry.pk: state for entry, state in scoring.spreads(seen.panel).items()} if all_in else {}
    numbers = sample_numbers(seen.panel)
    rows = [
        Progress(entry, str(numbers.get(entry.pk, entry.public_id)), told(seen.panel, entry, numbers),
                 counts[entry.pk] - missing[entry.pk], counts[entry.pk], states.get(entry.pk, ""))
        for entry in seen.entries
    ]  # fmt: skip
    return sorted(rows, key=lambda row: numbers.get(row.entry.pk, 0))


def own_count(seen: scoring.Standing, seat: Seat) -> tuple[int, int]:
    """How many sheets this seat has signed, of how many asked of it."""
    mine = [entry for entry in seen.entries if seat in seen.scorers[entry.pk]]
    asked = sum(len(seen.parts.get(entry.category_id, [])) for entry in mine)
    signed = sum(1 for entry in mine for sheet in seen.sheets.get(entry.pk, []) if sheet.seat_id == seat.pk)
    return signed, asked


def sample_numbers(panel: Panel) -> dict[int, int]:
    """The number on each blind sample, by entry id; nothing where nothing is blind."""
    if panel.stage.number != 4:
        return {}
    return dict(panel.assignments.values_list("entry_id", "sample_no").distinct())


def told(panel: Panel, entry: Entry, numbers: Mapping[int, int] | None = None) -> str:
    """What the panel may be told of an entry."""
    if panel.stage.number != 4:
        return entry.product.name
    known = sample_numbers(panel) if numbers is None else numbers
    return _("Sample %(number)s") % {"number": known.get(entry.pk, "–")}
