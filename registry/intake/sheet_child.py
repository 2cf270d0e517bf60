"""Reads the first sheet of an XLSX file and writes its rows as JSON lines; run alone in a child process with limits.

Called as `python -I sheet_child.py FILE OUT MAX_ROWS MAX_COLUMNS MAX_UNPACKED MEMORY SECONDS`. Ends with 0, or with a code
below and one word or cell on standard output. It may die of its limits: whoever started it takes that for a refusal.
"""

import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

FAR_CELL, TOO_LARGE, TOO_MANY, BROKEN, TOO_MANY_ENTRIES, NO_SHEET = 11, 12, 13, 14, 15, 16
ENTRIES = 2_000
PIECE = 1 << 20  # bytes looked at together
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(?<!/)>')  # cells that hold something
_OVERLAP = 200  # bytes kept between pieces, so that no cell's mark is cut in two


class Refuse(Exception):
    """The file is refused; `code` is the exit code."""

    def __init__(self, code: int, word: str = "") -> None:
        super().__init__(word)
        self.code, self.word = code, word


def limit(memory: int, seconds: int) -> None:
    """Bounds this very process: bytes of memory (where the system holds to it) and seconds of processor time."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def main(path: str, out: str, max_rows: int, max_columns: int, max_unpacked: int) -> None:
    """Looks at the packed parts first, then lets the reader unpack and read the first sheet."""
    with zipfile.ZipFile(path) as packed:
        look_at_parts(packed, max_unpacked)
        for name in packed.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                look_for_far_cells(packed, name, max_rows, max_columns)
    workbook = CalamineWorkbook.from_path(path)
    sheet = workbook.get_sheet_by_index(0)
    with Path(out).open("w", encoding="utf-8", errors="replace") as lines:
        for number, row in enumerate(sheet.to_python(skip_empty_area=False)):
            if number >= max_rows:
                raise Refuse(TOO_MANY)
            lines.write(json.dumps([text_of(cell) for cell in row[:max_columns]], ensure_ascii=False) + "\n")


def look_at_parts(packed: zipfile.ZipFile, max_unpacked: int) -> None:
    """Refuses too many parts or too much when unpacked, by what the directory says and by what comes out."""
    parts = packed.infolist()
    if "xl/workbook.xml" not in packed.namelist():
        raise Refuse(NO_SHEET)
    if len(parts) > ENTRIES:
        raise Refuse(TOO_MANY_ENTRIES, str(len(parts)))
    if sum(part.file_size for part in parts) > max_unpacked:
        raise Refuse(TOO_LARGE)
    left = max_unpacked
    for part in parts:
        for piece in pieces(packed, part.filename):
            left -= len(piece)
            if left < 0:
                raise Refuse(TOO_LARGE)


def look_for_far_cells(packed: zipfile.ZipFile, name: str, max_rows: int, max_columns: int) -> None:
    """Refuses a sheet with a cell beyond the limits: a reader makes room for all that lies before it.

    A cell too far down, with as many cells before it as there may be rows, is no stray but one row too many.
    """
    kept, seen = b"", 0
    for piece in pieces(packed, name):
        for letters, row in _CELL.findall(kept + piece):
            seen += 1
            if int(row) > max_rows or column_of(letters) > max_columns:
                long_table = seen >= max_rows and column_of(letters) <= max_columns
                raise Refuse(TOO_MANY) if long_table else Refuse(FAR_CELL, (letters + row).decode())
        kept = piece[-_OVERLAP:]


def pieces(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with packed.open(name) as part:
        while piece := part.read(PIECE):
            yield piece


def column_of(letters: bytes) -> int:
    """The number of a column: A is 1, XFD 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def text_of(cell: object) -> str:
    """A cell as text: whole numbers without a point, dates as ISO, nothing for an empty cell."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time | timedelta):
        return cell.isoformat() if not isinstance(cell, timedelta) else str(cell)
    return "" if cell is None else str(cell)


if __name__ == "__main__":
    try:
        limit(*map(int, sys.argv[6:8]))
        main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]))
    except Refuse as refused:
        print(refused.word)
        sys.exit(refused.code)
    except Exception as fault:  # noqa: BLE001 (any fault of a hostile file is the same refusal)
        print(type(fault).__name__)
        sys.exit(BROKEN)
