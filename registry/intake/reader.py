"""Opening a file somebody sent: what it is by its content, its rows, and one clear sentence when it cannot be read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.core.files import File

from registry.intake.columns import (
    LOOKED_AT,
    Headings,
    as_chosen,
    heading_row,
    headings_digest,
    is_producer_list,
    read_headings,
)
from registry.intake.report import as_written
from registry.intake.sentences_of_producers import producers_only
from registry.intake.sheets import sheet_rows, too_many_rows
from registry.intake.texts import decode, not_a_table, text_rows
from registry.personal import without_numbers
from registry.refusal import N_, Refusal, Refused, refuse

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
EXAMPLES = 3
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"BM",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"{\\rtf")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file as it came: its number as a spreadsheet shows it, and what it says by field."""

    number: int
    said: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file that can be read: its headings, notices for the sender, and its rows (to be read once, inside `opened`)."""

    headings: Headings
    notices: tuple[Refusal, ...]
    lines: Iterator[Line]
    shown: dict[str, Any]


class ColumnsUnsure(Refused):
    """The table can be read, but not what its columns mean: a person who knows it must say. `table` is what he is shown."""

    def __init__(self, refusals: tuple[Refusal, ...], table: dict[str, Any]) -> None:
        super().__init__(refusals)
        self.table = table


NamedBefore = Callable[[str], Sequence[str] | None]  # the fields of a row of headings by its digest, if anybody said


@contextmanager
def opened(path: Path, named: NamedBefore | None = None) -> Iterator[Table]:
    """The table in the file at `path`; `named` gives what the sender said of such headings before.

    Refuses, with Refused and one sentence saying what to do: a file that is too large, empty, of another kind (by its
    content, whatever its name), locked with a password, in the old .xls format, damaged, without headings we know, or
    without a single row below them. Reading on, more than 100,000 rows are refused too.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Refused((too_large(),))
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        raise Refused((_empty(),))
    if start.startswith(_ZIP):
        with sheet_rows(path, MAX_ROWS + LOOKED_AT) as rows:
            yield _table(rows, (), named)
        return
    _refuse_other_kinds(start, path.read_bytes)
    text, notices = decode(path.read_bytes())
    yield _table(text_rows(text), notices, named)


def at_sight(content: "File[bytes] | None", too_large_already: bool = False) -> None:
    """Refuses, with Refused, what needs no reading: a file too large, empty, of another kind, locked or of an old format."""
    if too_large_already or (content is not None and (content.size or 0) > MAX_BYTES):
        raise Refused((too_large(),))
    if content is None:
        return
    start = content.read(4096)
    if not start.strip():
        raise Refused((_empty(),))
    if not start.startswith(_ZIP):
        _refuse_other_kinds(start, lambda: start + content.read())
    content.seek(0)


def too_large() -> Refusal:
    return refuse(
        "too_large",
        N_(
            "The file is larger than 20 MB. Divide it, or leave out pictures and sheets that are not needed, and "
            "send it again."
        ),
    )


def _empty() -> Refusal:
    return refuse("empty_file", N_("The file is empty. Choose the file that holds the table and send it again."))


def _refuse_other_kinds(start: bytes, whole: Callable[[], bytes]) -> None:
    """Each kind of file that people send by mistake has its own remedy."""
    if start.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in whole()
        raise Refused((_locked() if locked else _old_format(),))
    if start.startswith(_OTHER_KINDS) or start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise Refused((not_a_table(),))


def _locked() -> Refusal:
    return refuse(
        "locked",
        N_(
            "The spreadsheet is locked with a password. Take the password off (File → Info → Protect), save it, and "
            "send it again."
        ),
    )


def _old_format() -> Refusal:
    return refuse(
        "old_format",
        N_(
            "The file is in the old .xls format. Open it, choose Save as → Excel Workbook (.xlsx) or CSV UTF-8, and "
            "send that file."
        ),
    )


def _table(rows: Iterable[list[str]], notices: Iterable[Refusal], named: NamedBefore | None) -> Table:
    """The headings among the first rows, and a reader for the rest."""
    numbered = enumerate(rows, start=1)
    first = list(islice(numbered, LOOKED_AT))
    if not any(cell.strip() for _number, cells in first for cell in cells):
        raise Refused((_empty(),))
    seen = [[_storable(cell) for cell in cells] for _number, cells in first]
    shown = _shown(seen)
    chosen = named(shown["digest"]) if named else None
    try:
        headings = as_chosen(seen, shown["at"], chosen) if chosen else read_headings(seen)
    except Refused as refused:
        if refused.codes[0] in ("columns_missing", "column_twice"):
            raise ColumnsUnsure(refused.refusals, shown) from None
        raise
    below = chain(first[headings.at + 1 :], numbered)
    lines = _lines(below, headings)
    some = next(lines, None)
    if some is None:
        raise Refused(
            (
                refuse(
                    "no_rows", N_("The file has headings but no rows below them. Add the products and send it again.")
                ),
            )
        )
    fields = {column: field for field, column in headings.columns.items()}
    shown["fields"] = [fields.get(column, "") for column in range(len(shown["cells"]))]
    return Table(headings, (*notices, *_notices(headings)), chain([some], lines), shown)


def _shown(rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The headings as they stand in the file, with a few values of each column, for a person to look at."""
    at = heading_row(rows)
    cells = [cell.strip()[:80] for cell in rows[at]]
    below = [row for row in rows[at + 1 :] if any(cell.strip() for cell in row)]
    examples = [
        [without_numbers(row[column].strip())[:60] for row in below if column < len(row) and row[column].strip()][:EXAMPLES]
        for column in range(len(cells))
    ]
    return {"at": at, "cells": cells, "examples": examples, "digest": headings_digest(rows[at])}


def _lines(rows: Iterable[tuple[int, list[str]]], headings: Headings) -> Iterator[Line]:
    """Rows that say anything; refuses the 100,001st."""
    count = 0
    for number, cells in rows:
        said = headings.said([_storable(cell) for cell in cells])
        if said:
            count += 1
            if count > MAX_ROWS:
                raise Refused((too_many_rows(MAX_ROWS),))
            yield Line(number, said)


def _storable(text: str) -> str:
    """The text without what a database cannot hold (NUL, lone surrogates) and without the apostrophes of our own files."""
    if text.isascii():
        return as_written(text.replace("\x00", ""))
    return as_written(text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8"))


def _notices(headings: Headings) -> list[Refusal]:
    found = []
    if headings.unknown:
        names = ", ".join(f"“{name}”" for name in headings.unknown[:12])
        found.append(
            refuse(
                "columns_left_out",
                N_("These columns were not understood and are left out: %(columns)s."),
                columns=names,
            )
        )
    if is_producer_list(headings.columns):
        found.append(producers_only())
    if "producer_name" not in headings.columns:
        found.append(
            refuse(
                "no_producer_column",
                N_("The file has no column ชื่อผู้ผลิต, so every row will wait as a question for its producer."),
            )
        )
    return found
