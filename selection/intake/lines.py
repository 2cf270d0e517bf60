"""Rows of a file or of pasted text, by the headings that stand above them; a fault names its row, column and remedy."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.core.files import File

from registry.intake.columns import LOOKED_AT
from registry.intake.reader import at_sight
from registry.intake.sheets import sheet_rows, too_many_rows
from registry.intake.texts import decode, text_rows
from registry.refusal import N_, Named, Refusal, Refused, refuse
from registry.thai import match_key, normalise, parse_hundredths, parse_whole
from selection.intake.columns import Column, keys_of, known_in
from selection.intake.guard import unguarded

MAX_BYTES = 1024 * 1024
MAX_ROWS = 1_000
LONGEST = 300  # letters of a name or a described level
SHOWN = 20  # faults said at once
SAID = 60  # letters of a cell that a sentence repeats
Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as a spreadsheet shows it, and what it says by field."""

    number: int
    said: Mapping[str, str]


@dataclass(slots=True)
class Faults:
    """What is wrong with a table, collected so that all of it is said at once; `place` is the form's field."""

    columns: Mapping[str, Column]
    place: str
    found: list[tuple[int, Refusal]] = field(default_factory=list)

    def add(self, row: int, column: str, code: str, msgid: str, **more: object) -> None:
        """A fault whose sentence says %(row)s and %(column)s."""
        name = self.columns[column].name
        self.found.append((row, refuse(code, msgid, field=self.place, row=row, column=name, **more)))

    def cell(self, line: Line, column: str) -> None:
        """The cell is empty or says nothing that can be read."""
        said, remedy = line.said.get(column, ""), refuse("remedy", self.columns[column].remedy)
        if said:
            unread = N_("Row %(row)s, column “%(column)s”: “%(said)s” is not understood. %(remedy)s")
            self.add(line.number, column, "cell_unread", unread, said=said[:SAID], remedy=remedy)
        else:
            empty = N_("Row %(row)s, column “%(column)s”: the cell is empty. %(remedy)s")
            self.add(line.number, column, "cell_empty", empty, remedy=remedy)

    def settle(self) -> None:
        """Refuses with all that was found, by rows; of very many the first, and how many more there are."""
        if not self.found:
            return
        said = [refusal for _row, refusal in sorted(self.found, key=lambda fault: fault[0])]
        more = len(said) - SHOWN
        if more > 0:
            rest = N_("%(count)s more cells are wrong. Mend those above first and send the table again.")
            said = [*said[:SHOWN], refuse("more_faults", rest, field=self.place, count=more)]
        raise Refused(tuple(said))


def rows_of_file(content: "File[bytes]", columns: Mapping[str, Column]) -> Rows:
    """The rows of a CSV or XLSX file; a spreadsheet is opened in a child process with limits.

    Refuses, with Refused: more than 1 MB or 1,000 rows, and whatever the register's own reader refuses.
    """
    if (content.size or 0) > MAX_BYTES:
        raise Refused((too_large(),))
    at_sight(content)
    data = content.read()
    if not data.startswith(b"PK\x03\x04"):
        return rows_of_text(decode(data)[0], columns)
    with tempfile.TemporaryDirectory(prefix="otop-criteria-") as folder:
        path = Path(folder) / "table.xlsx"
        path.write_bytes(data)
        with sheet_rows(path, MAX_ROWS + LOOKED_AT) as rows:
            return _held(rows)


def too_large() -> Refusal:
    return refuse(
        "criteria_too_large",
        N_("The file is larger than 1 MB. Copy the table alone into a new file, without pictures, and send that."),
    )


def rows_of_text(text: str, columns: Mapping[str, Column]) -> Rows:
    """The rows of pasted or CSV text; the separator is the one under which most headings are recognised."""
    return _held(text_rows(text, known_in(columns)))


def _held(rows: Iterator[list[str]]) -> Rows:
    held = list(islice(rows, MAX_ROWS + LOOKED_AT + 1))
    if len(held) > MAX_ROWS + LOOKED_AT:
        raise Refused((too_many_rows(MAX_ROWS),))
    return held


def lines_of(rows: Rows, columns: Mapping[str, Column], place: str) -> list[Line]:
    """The rows below the headings that say anything; refuses a table without its headings or without a row."""
    at, found = _headings(rows, columns, place)
    lines = []
    for number, cells in enumerate(rows[at + 1 :], at + 2):
        texts = {name: unguarded(normalise(cells[column])) for name, column in found.items() if column < len(cells)}
        if said := {name: text for name, text in texts.items() if text}:
            lines.append(Line(number, said))
    if not lines:
        raise Refused((refuse("no_rows_below", N_("There are headings but no rows below them. Add the rows."), field=place),))
    return lines


def _headings(rows: Rows, columns: Mapping[str, Column], place: str) -> tuple[int, dict[str, int]]:
    """Where the headings stand (0 for the first row), and the column of each field."""
    keys, known = keys_of(columns), known_in(columns)
    at = max(range(min(LOOKED_AT, len(rows))), key=lambda row: (known(rows[row]), -row), default=0)
    found: dict[str, int] = {}
    for column, heading in enumerate(rows[at] if rows else []):
        name = keys.get(match_key(heading[:80]))
        if name in found:
            twice = N_(
                "Two columns of the file both mean “%(column)s”: “%(one)s” and “%(other)s”. Keep one of them "
                "and send the file again."
            )
            one, other = rows[at][found[name]][:SAID], heading[:SAID]
            raise Refused((refuse("column_twice", twice, field=place, column=columns[name].name, one=one, other=other),))
        if name is not None:
            found[name] = column
    if missing := [column.name for name, column in columns.items() if name not in found and not column.optional]:
        raise Refused((_columns_missing(missing, place),))
    return at, found


def _columns_missing(missing: Sequence[Named], place: str) -> Refusal:
    names = Named(*(", ".join(f"“{name}”" for name in tongue) for tongue in (
        [name.th for name in missing], [name.en for name in missing],
    )))  # fmt: skip
    return refuse(
        "table_columns_missing",
        N_("The table has no column %(missing)s. Name the columns in the first row, in Thai or in English."),
        field=place,
        missing=names,
    )


def hundredths(text: str, most: int) -> int | None:
    """Points in either digits as hundredths, from 0 to `most`; None for what says none."""
    with suppress(ValueError, OverflowError):
        value = parse_hundredths(text)
        return value if 0 <= value <= most else None
    return None


def whole(text: str, least: int, most: int) -> int | None:
    """A whole number in either digits from `least` to `most`; None for what says none."""
    with suppress(ValueError, OverflowError):
        value = parse_whole(text)
        return value if least <= value <= most else None
    return None
