"""The table of worked examples, one row for each: sheet totals of each part, the total and the stars they must give."""

import re
from collections.abc import Sequence

from selection.intake.columns import EXAMPLES
from selection.intake.lines import Faults, Line, Rows, hundredths, lines_of, whole
from selection.specs import LETTERS, ExampleSpec
from selection.tally import FULL_MARKS, MOST_STARS

PLACE = "examples"
MOST_SHEETS = 30
_BETWEEN = re.compile(r"\s*[;,/|]\s*|\s+")


def read_examples(rows: Rows) -> tuple[ExampleSpec, ...]:
    """The worked examples in their order; refuses what cannot be read, by row, column and remedy."""
    faults = Faults(EXAMPLES, PLACE)
    read = [example for line in lines_of(rows, EXAMPLES, PLACE) if (example := _read(line, faults))]
    faults.settle()
    return tuple(read)


def _read(line: Line, faults: Faults) -> ExampleSpec | None:
    sheets = {code: _totals(line.said[code]) for code in LETTERS.values() if code in line.said}
    total = hundredths(line.said.get("total", ""), FULL_MARKS)
    stars = whole(line.said.get("stars", ""), 1, MOST_STARS)
    wrong = [code for code, totals in sheets.items() if totals is None]
    wrong += [name for name, value in (("total", total), ("stars", stars)) if value is None]
    if not sheets:
        wrong.insert(0, "a")
    for column in wrong:
        faults.cell(line, column)
    if wrong or total is None or stars is None:
        return None
    return ExampleSpec({code: totals for code, totals in sheets.items() if totals}, total, stars)


def _totals(text: str) -> Sequence[int] | None:
    """The hundredths of each sheet; None when one of them is no total, or there are too many."""
    totals = [hundredths(piece, FULL_MARKS) for piece in _BETWEEN.split(text.strip(" ;,/|"))]
    read = [total for total in totals if total is not None]
    return read if len(read) == len(totals) <= MOST_SHEETS else None
