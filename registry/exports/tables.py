"""A list as a table that goes out: named columns over rows of a queryset, complete, in the order of the list."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from registry.exports.workbook import Sheet, workbook
from registry.intake.report import csv_lines
from registry.levels import Level
from registry.models import Area

CHUNK = 2000
WIDEST = 60


def as_it_is(value: Any) -> object:
    """The value itself; days as ISO, which every spreadsheet reads."""
    return "" if value is None else value


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field it tells (a path from the row), and how its value is written.

    A field whose class is personal or secret stands in no column (a test holds it). With `computed` the path is a
    name that the queryset gives the row, and no field; an empty path is the row itself.
    """

    heading: Any
    field: str
    write: Callable[[Any], object] = as_it_is
    width: int = 18
    computed: bool = False

    def told(self, row: Any) -> object:
        """What the row says in this column; empty where something on the way is empty."""
        value = row
        for name in self.field.split("__") if self.field else ():
            if value is None:
                return ""
            value = getattr(value, name)
        return "" if value is None else self.write(value)


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of one list; `name` stands in the name of its file."""

    name: str
    title: Any
    model: str
    columns: tuple[Column, ...]

    def headings(self) -> list[str]:
        return [str(column.heading) for column in self.columns]

    def lines(self, rows: QuerySet[Any]) -> Iterator[list[object]]:
        """Every row as cells, read from the database in pieces: one query, whatever the number of rows."""
        for row in rows.iterator(chunk_size=CHUNK):
            yield [column.told(row) for column in self.columns]

    def as_csv(self, rows: QuerySet[Any]) -> Iterator[bytes]:
        """UTF-8 with a byte order mark, every cell safe from becoming a formula."""
        return csv_of(self.headings(), self.lines(rows))

    def as_xlsx(self, rows: QuerySet[Any]) -> Iterator[bytes]:
        """A workbook of one sheet; text is text."""
        return xlsx_of(str(self.title), self.headings(), self.lines(rows), [one.width for one in self.columns])


def csv_of(headings: Sequence[str], lines: Iterable[list[object]]) -> Iterator[bytes]:
    """Lines as CSV: UTF-8 with a byte order mark, every cell safe from becoming a formula."""
    for line in csv_lines(headings, lines):
        yield line.encode()


def xlsx_of(title: str, headings: Sequence[str], lines: Iterable[list[object]], widths: Sequence[int]) -> Iterator[bytes]:
    """Lines as a workbook of one sheet; text is text, `widths` in characters."""
    whole: Iterable[list[object]] = chain([list(headings)], lines)
    return workbook([Sheet(title, whole, [min(width, WIDEST) for width in widths])])


def of_level(level: Level) -> Callable[[Area], str]:
    """Writes the name of the area of this level in which a place lies; empty for a place above it."""

    def name(area: Area) -> str:
        found = next((part for part in area.path() if part.level == level), None)
        return found.name if found else ""

    return name
