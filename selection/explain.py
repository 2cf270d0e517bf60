"""The star of an award explained: from every signed sheet's marks to the star, computed again from what is stored.

Shows what the public may see: mark vectors sorted by value, totals alone with fewer than three sheets; never a judge, a
seat, a time or a comment. What comes out must be what was awarded, else `Mismatch` is raised. Nothing in it changes
later: no name that the register may still correct.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Max

from registry.refusal import Named
from selection import tally
from selection.models import Award, Item, Part, Sheet
from selection.scoring import counted_sheets, part_code

LEAST_SHEETS_TO_SHOW_MARKS = 3


class Mismatch(Exception):
    """The stored sheets do not give the stored star: somebody must look, and the page must say so."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item: code (a1.1), name, most points (hundredths), and the exact mean where marks are shown."""

    code: str
    name: Named
    most: int
    mean: Fraction | None

    @property
    def number(self) -> str:
        """The number inside the part, as printed behind the part's letter."""
        return self.code[1:]


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part: who scored it (stage), its items, one vector per sheet sorted by value, and the exact mean (hundredths)."""

    code: str
    letter: str
    name: Named
    stage: int
    most: int
    items: tuple[ItemLine, ...]
    vectors: tuple[tuple[int, ...], ...]
    mean: Fraction

    @property
    def sheets(self) -> int:
        return len(self.vectors)

    @property
    def shows_marks(self) -> bool:
        """Whether the vectors hold every item; with fewer than three sheets they hold the total alone."""
        return self.sheets >= LEAST_SHEETS_TO_SHOW_MARKS


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one award follows from its sheets; every amount is in hundredths of a point."""

    product: str
    round_key: str
    round_name: Named
    origin: str
    category: str
    criteria: Named
    edition: int
    official: bool
    source_note: Named
    parts: tuple[PartLine, ...]
    bands: tuple[tally.Band, ...]
    award_up_to: int
    total: int
    stars: int

    @property
    def exact_sum(self) -> Fraction:
        """The sum of the parts' means before the one rounding."""
        return sum((part.mean for part in self.parts), Fraction())

    @property
    def band(self) -> tally.Band:
        """The band the total falls into."""
        return max((band for band in self.bands if band.least <= self.total), key=lambda band: band.least)

    @property
    def band_ends(self) -> int:
        """The greatest total of that band."""
        above = [band.least for band in self.bands if band.least > self.total]
        return min(above) - 1 if above else tally.FULL_MARKS

    @property
    def is_capped(self) -> bool:
        """Whether the stage gives fewer stars than the total would."""
        return self.stars < self.band.stars

    def body(self) -> dict[str, Any]:
        """The explanation as plain data: integers of hundredths, exact fractions, names in both languages."""
        return {
            "v": 1, "unit": "hundredths of a point", "product": self.product, "round": self.round_key,
            "round_name": _both(self.round_name), "origin": self.origin, "category": self.category,
            "criteria": {
                "name": _both(self.criteria), "edition": self.edition, "official": self.official,
                "source_note": _both(self.source_note),
            },
            "parts": [_part_body(part) for part in self.parts],
            "sum": _fraction(self.exact_sum), "rounding": "once, half up, to a hundredth of a point", "total": self.total,
            "bands": [{"stars": band.stars, "least": band.least} for band in self.bands],
            "award_up_to": self.award_up_to, "stars": self.stars,
        }  # fmt: skip

    def canonical(self) -> bytes:
        """The body as bytes that are always the same: keys sorted, no spaces, UTF-8."""
        text = json.dumps(self.body(), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return text.encode()


def _both(name: Named) -> dict[str, str]:
    return {"th": name.th, "en": name.en}


def _fraction(value: Fraction) -> dict[str, int]:
    return {"numerator": value.numerator, "denominator": value.denominator}


def _part_body(part: PartLine) -> dict[str, Any]:
    return {
        "code": part.code, "letter": part.letter, "name": _both(part.name), "stage": part.stage, "most": part.most,
        "items": [
            {"code": item.code, "name": _both(item.name), "most": item.most,
             "mean": None if item.mean is None else _fraction(item.mean)}
            for item in part.items
        ],
        "shows": "marks" if part.shows_marks else "totals", "sheets": [list(vector) for vector in part.vectors],
        "mean": _fraction(part.mean),
    }  # fmt: skip


def explain(award: Award) -> Explanation:
    """The way from the stored sheets to the stored star; raises Mismatch when they do not agree. Six queries at most.

    Load the award with its entry's product and category, its round, and its panel's stage to save queries.
    """
    entry, round_ = award.entry, award.round
    items = _items(award)
    sheets = counted_sheets([entry])[entry.pk]
    parts = tuple(_part(part, items[part], [s for s in sheets if s.part_id == part.pk]) for part in items)
    bands = tuple(sorted((tally.Band(band.stars, band.least) for band in round_.bands.all()), key=lambda band: band.stars))
    if not parts:
        raise Mismatch(f"no criteria for the award of {entry.public_id}")
    criteria = next(iter(items)).criteria_set
    explained = Explanation(
        product=entry.product.public_id, round_key=round_.key, round_name=Named(round_.name_th, round_.name_en),
        origin=award.origin, category=entry.category.code, criteria=Named(criteria.name_th, criteria.name_en),
        edition=criteria.edition, official=criteria.official,
        source_note=Named(criteria.source_note_th, criteria.source_note_en), parts=parts, bands=bands,
        award_up_to=award.panel.stage.award_up_to, total=award.total, stars=award.stars,
    )  # fmt: skip
    _check(explained, award)
    return explained


def _items(award: Award) -> dict[Part, list[Item]]:
    """The items by their part, in order, each with `most`; one query."""
    rows = (
        Item.objects.filter(
            group__part__criteria_set__rounds__round=award.round_id,
            group__part__criteria_set__rounds__category=award.entry.category_id,
        )
        .annotate(most=Max("levels__points"))
        .select_related("group__part__criteria_set")
        .order_by("group__part__letter", "group__number", "number")
    )
    found: dict[Part, list[Item]] = {}
    for item in rows:
        found.setdefault(item.group.part, []).append(item)
    return found


def _part(part: Part, items: Sequence[Any], sheets: Sequence[Sheet]) -> PartLine:
    code = part_code(part)
    codes = [f"{code}{item.group.number}.{item.number}" for item in items]
    if not sheets:
        raise Mismatch(f"part {code} has no sheet")
    if any(sheet.total != tally.sheet_total(sheet.marks) for sheet in sheets):
        raise Mismatch(f"a sheet of part {code} is not the sum of its marks")
    try:
        vectors = tally.mark_vectors([sheet.marks for sheet in sheets], codes)
    except ValueError as error:
        raise Mismatch(f"part {code}: {error}") from error
    means: list[Fraction | None] = [None] * len(codes)
    if len(sheets) >= LEAST_SHEETS_TO_SHOW_MARKS:
        means = [Fraction(sum(marks), len(sheets)) for marks in zip(*vectors, strict=True)]
    return PartLine(
        code=code, letter=part.letter, name=Named(part.name_th, part.name_en), stage=part.stage,
        most=sum(item.most for item in items),
        items=tuple(
            ItemLine(item_code, Named(item.name_th, item.name_en), item.most, mean)
            for item_code, item, mean in zip(codes, items, means, strict=True)
        ),
        vectors=tuple(tuple(vector) for vector in vectors), mean=tally.panel_mean([sheet.total for sheet in sheets]),
    )  # fmt: skip


def _check(explained: Explanation, award: Award) -> None:
    """What was computed again must be what was awarded."""
    total = tally.entry_total(part.mean for part in explained.parts)
    stars = tally.capped(tally.stars(total, explained.bands), explained.award_up_to)
    if (total, stars) != (award.total, award.stars):
        raise Mismatch(
            f"award of {explained.product} in {explained.round_key}: stored {award.total} and {award.stars} stars, "
            f"computed {total} and {stars} stars"
        )
