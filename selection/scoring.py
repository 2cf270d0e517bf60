"""What follows from stored sheets: who still has to sign, how far a panel lies apart, exact means and totals.

Everything a page, a ranking or an award says about points comes from here, so that they cannot differ.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from registry.models import Seat
from selection.models import Entry, EntryState, Item, Panel, PanelDecision, PanelState, Part, Recusal, Round, Sheet
from selection.specs import LETTERS
from selection.tally import entry_total, is_apart, panel_mean

TOGETHER, SECOND_ASKED, DECISION_ASKED, DECIDED = "together", "second_asked", "decision_asked", "decided"


def part_code(part: Part) -> str:
    """The part's letter for machines: a, b or c."""
    return LETTERS.get(part.letter, part.letter.lower())


def items_of(part: Part) -> dict[str, Item]:
    """The items of a part by their code (a1.1), in their order, with their levels; two queries."""
    rows = Item.objects.filter(group__part=part).select_related("group").prefetch_related("levels")
    return {f"{part_code(part)}{row.group.number}.{row.number}": row for row in rows.order_by("group__number", "number")}


def part_maximum(part: Part) -> int:
    """The most points (hundredths) a sheet of this part can give."""
    return sum(max(level.points for level in item.levels.all()) for item in items_of(part).values())


def parts_at(round_: Round, stage: int) -> dict[int, list[Part]]:
    """The parts scored at a stage, by category id; one query."""
    rows = (
        Part.objects.filter(criteria_set__rounds__round=round_, stage=stage)
        .select_related("criteria_set")
        .order_by("letter")
    )
    found: dict[int, list[Part]] = defaultdict(list)
    for part in rows:
        found[part.criteria_set.category_id].append(part)
    return dict(found)


def standing(panel: Panel) -> list[Entry]:
    """The entries this panel considers, at its stage, in its area, of its category: in the order they came, or by sample."""
    entries = Entry.objects.within(panel.area).filter(
        round=panel.stage.round_id, stage=panel.stage.number, state=EntryState.COMPETING
    )
    if panel.category_id is not None:
        entries = entries.filter(category=panel.category_id)
    return by_sample(panel, list(entries.for_list().prefetch_related("product__conformities__standard")))


def by_sample(panel: Panel, entries: list[Entry]) -> list[Entry]:
    """The entries of a blind panel by the numbers of their samples, for any other order would tell whose they are."""
    if panel.stage.number != 4:
        return entries
    numbers = dict(panel.assignments.values_list("entry_id", "sample_no").distinct())
    return sorted(entries, key=lambda entry: numbers.get(entry.pk, 0))


def considered(panel: Panel) -> list[Entry]:
    """The entries of the panel, whether it is still open or settled."""
    if panel.state == PanelState.OPEN:
        return standing(panel)
    placed = [
        row.entry
        for row in panel.ranking.placements.select_related(
            "entry__product__producer", "entry__category", "entry__area__parent__parent"
        )
    ]
    return by_sample(panel, placed)


def scorers(panel: Panel, entries: Collection[Entry]) -> dict[int, list[Seat]]:
    """The seats that have to score, by entry id: assigned ones at stage 4, those present at the meeting before; not the recused."""
    recused = set(Recusal.objects.filter(panel=panel).values_list("entry_id", "seat_id"))
    found: dict[int, list[Seat]] = {entry.pk: [] for entry in entries}
    if panel.stage.number == 4:
        for row in panel.assignments.select_related("seat__user"):
            if row.entry_id in found and (row.entry_id, row.seat_id) not in recused:
                found[row.entry_id].append(row.seat)
        return found
    if panel.meeting is None:
        return found
    there = [row.seat for row in panel.meeting.attendances.select_related("seat__user").order_by("seat_id")]
    return {pk: [seat for seat in there if (pk, seat.pk) not in recused] for pk in found}


def live_sheets(panels: Iterable[Panel]) -> list[Sheet]:
    """Each member's last sheets on these panels."""
    return list(Sheet.objects.live().filter(panel__in=list(panels)).select_related("part", "seat"))


@dataclass(frozen=True, slots=True)
class Standing:
    """One panel's sheets, ready to be asked: entries, who scores them, parts by category, live sheets by entry."""

    panel: Panel
    entries: list[Entry]
    scorers: dict[int, list[Seat]]
    parts: dict[int, list[Part]]
    sheets: dict[int, list[Sheet]]

    def missing(self, entry: Entry) -> int:
        """How many sheets of the entry are not signed."""
        signed = {(sheet.seat_id, sheet.part_id) for sheet in self.sheets.get(entry.pk, [])}
        asked = {
            (seat.pk, part.pk) for seat in self.scorers[entry.pk] for part in self.parts.get(entry.category_id, [])
        }
        return len(asked - signed) if asked else 1

    def totals_by_seat(self, entry: Entry) -> dict[int, int]:
        """Each scorer's total over the panel's parts (hundredths)."""
        totals: dict[int, int] = defaultdict(int)
        wanted = {seat.pk for seat in self.scorers[entry.pk]}
        for sheet in self.sheets.get(entry.pk, []):
            if sheet.seat_id in wanted:
                totals[sheet.seat_id] += sheet.total
        return dict(totals)


def look(panel: Panel) -> Standing:
    """Everything needed to judge a panel's sheets, in a fixed number of queries."""
    entries = considered(panel)
    sheets: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in live_sheets([panel]):
        sheets[sheet.entry_id].append(sheet)
    return Standing(
        panel, entries, scorers(panel, entries), parts_at(panel.stage.round, panel.stage.number), dict(sheets)
    )


def missing_sheets(panel: Panel) -> dict[Entry, int]:
    """The entries whose sheets are not all signed, with how many are missing."""
    seen = look(panel)
    if not seen.parts:
        return {}
    return {entry: missing for entry in seen.entries if (missing := seen.missing(entry))}


def spreads(panel: Panel) -> dict[Entry, str]:
    """Per entry: together, second_asked, decision_asked or decided (see mission, settled question 6)."""
    seen = look(panel)
    decided = set(PanelDecision.objects.filter(panel=panel, kind="apart").values_list("entry_id", flat=True))
    maxima = {category: sum(part_maximum(part) for part in parts) for category, parts in seen.parts.items()}
    return {
        entry: _spread(seen, entry, maxima.get(entry.category_id, 0), decided)
        for entry in seen.entries
        if entry.category_id in maxima
    }


def _spread(seen: Standing, entry: Entry, maximum: int, decided: set[int]) -> str:
    """Asked only once every first sheet is signed; once a second one is, all members owe theirs."""
    if seen.missing(entry):
        return TOGETHER
    wanted = {seat.pk for seat in seen.scorers[entry.pk]}
    turns = {sheet.turn for sheet in seen.sheets.get(entry.pk, []) if sheet.seat_id in wanted}
    apart = is_apart(list(seen.totals_by_seat(entry).values()), maximum, seen.panel.stage.round.spread_limit)
    if entry.pk in decided:
        return DECIDED
    if 1 in turns and (apart or 2 in turns):
        return SECOND_ASKED
    return DECISION_ASKED if apart else TOGETHER


def part_means(sheets: Iterable[Sheet]) -> dict[int, Fraction]:
    """The exact mean of the sheets' totals (hundredths), by part id."""
    by_part: dict[int, list[int]] = defaultdict(list)
    for sheet in sheets:
        by_part[sheet.part_id].append(sheet.total)
    return {part: panel_mean(totals) for part, totals in by_part.items()}


def totals_by_part(sheets: Iterable[Sheet]) -> dict[str, list[int]]:
    """The sheets' totals (hundredths) by part code, sorted by value so that the order names nobody."""
    found: dict[str, list[int]] = defaultdict(list)
    for sheet in sheets:
        found[part_code(sheet.part)].append(sheet.total)
    return {code: sorted(values) for code, values in sorted(found.items())}


def counted_sheets(entries: Sequence[Entry]) -> dict[int, list[Sheet]]:
    """The live sheets that count for each entry over all its stages: not those of a seat that left for it."""
    ids = [entry.pk for entry in entries]
    recused = set(Recusal.objects.filter(entry__in=ids).values_list("panel_id", "entry_id", "seat_id"))
    found: dict[int, list[Sheet]] = {pk: [] for pk in ids}
    for sheet in Sheet.objects.live().filter(entry__in=ids).select_related("part").order_by("part__letter", "id"):
        if (sheet.panel_id, sheet.entry_id, sheet.seat_id) not in recused:
            found[sheet.entry_id].append(sheet)
    return found


def totals(entries: Sequence[Entry], *, up_to_stage: int = 5) -> dict[int, int | None]:
    """The total of each entry (hundredths) over the parts scored up to a stage; None where one of them has no sheet."""
    if not entries:
        return {}
    asked = {
        category: [part for stage in range(1, up_to_stage + 1) for part in by_stage[stage].get(category, [])]
        for by_stage in [{stage: parts_at(entries[0].round, stage) for stage in range(1, up_to_stage + 1)}]
        for category in {entry.category_id for entry in entries}
    }
    counted = counted_sheets(entries)
    return {entry.pk: _total(asked[entry.category_id], part_means(counted[entry.pk])) for entry in entries}


def _total(parts: Sequence[Part], means: Mapping[int, Fraction]) -> int | None:
    if not parts or any(part.pk not in means for part in parts):
        return None
    return entry_total(means[part.pk] for part in parts)


def sample_number(panel: Panel, entry: Entry) -> int | None:
    """The number on the blind sample."""
    number: int | None = panel.assignments.filter(entry=entry).values_list("sample_no", flat=True).first()
    return number


def public_name(panel: Panel, entry: Entry) -> str:
    """What a panel may be told of an entry: its product's name, or only its sample number where scoring is blind."""
    if panel.stage.number == 4:
        return _("Sample %(number)s") % {"number": sample_number(panel, entry) or "–"}
    return entry.product.name
