"""From marks to a total: sums, means, the one rounding, and how far a panel's members lie apart."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

LEAST_SHEETS_TO_TRIM = 5
LEAST_SHEETS_TO_SHOW_MARKS = 3


def round_half_up(x: Fraction) -> int:
    """The nearest integer; a half goes up."""
    return (2 * x.numerator + x.denominator) // (2 * x.denominator)


def sheet_total(marks: Mapping[str, int]) -> int:
    """The sum of one sheet's marks by item, in hundredths; refuses a mark that is negative or not an integer."""
    return sum(_hundredths(mark) for mark in marks.values())


def panel_mean(totals: Sequence[int], *, trim: bool = False) -> Fraction:
    """The exact mean of the members' totals, in hundredths.

    With `trim` one highest and one lowest total are left out, but only where there are five sheets or more.
    """
    if not totals:
        raise ValueError("no sheet, no mean")
    counted = sorted(_hundredths(total) for total in totals)
    if trim and len(counted) >= LEAST_SHEETS_TO_TRIM:
        counted = counted[1:-1]
    return Fraction(sum(counted), len(counted))


def entry_total(part_means: Iterable[Fraction]) -> int:
    """The exact sum of the parts' means, rounded here and nowhere else to a hundredth of a point."""
    means = list(part_means)
    if not means or any(isinstance(mean, float) for mean in means):
        raise ValueError("a total needs the exact mean of at least one part")
    return round_half_up(sum(means, Fraction()))


def mark_vectors(sheets: Sequence[Mapping[str, int]], items: Sequence[str] | None = None) -> list[list[int]]:
    """The marks of each sheet in the order of `items` (else of the item codes), the sheets sorted by value.

    This is what the public sees: the order tells nothing about who wrote which. With fewer than three sheets each
    vector holds the sheet's total alone. Refuses sheets that do not mark the same items.
    """
    columns = list(items) if items is not None else sorted({item for sheet in sheets for item in sheet})
    if any(sheet.keys() != set(columns) for sheet in sheets):
        raise ValueError("the sheets do not mark the same items")
    if len(sheets) < LEAST_SHEETS_TO_SHOW_MARKS:
        return sorted([sheet_total(sheet)] for sheet in sheets)
    return sorted([sheet[item] for item in columns] for sheet in sheets)


def _hundredths(value: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"not a number of hundredths: {value!r}")
    return value


def spread_percent(totals: Sequence[int], maximum: int) -> Fraction:
    """How far the highest and the lowest total lie apart, in percent of the panel's own `maximum`; 0 for no sheet."""
    if maximum <= 0:
        raise ValueError("a panel's maximum is above 0")
    return Fraction(100 * (max(totals) - min(totals)), maximum) if totals else Fraction()


def is_apart(totals: Sequence[int], maximum: int, limit_hundredths_percent: int) -> bool:
    """Whether the spread exceeds the limit (1000 is 10 %); exactly the limit does not."""
    return 100 * spread_percent(totals, maximum) > limit_hundredths_percent
