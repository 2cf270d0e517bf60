"""Reading spreadsheets in a child process with limits on memory, processor time and wall time; its death is a refusal."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registry.intake import sheet_child
from registry.intake.columns import LOOKED_AT
from registry.intake.texts import not_a_table
from registry.refusal import N_, Refusal, Refused, refuse

MEMORY_BYTES = 1 << 30
PROCESSOR_SECONDS = 20
WALL_SECONDS = 30
MAX_UNPACKED = 300 * 1024 * 1024
MAX_COLUMNS = 200


@contextmanager
def sheet_rows(path: Path, max_rows: int) -> Iterator[Iterator[list[str]]]:
    """The rows of the first sheet of the XLSX file at `path`, each a list of texts; at most `max_rows` of them, with
    what stands above the table.

    Refuses, with Refused and one sentence: a cell far outside, too much when unpacked, too many rows, a broken file, and
    whatever makes the child die or take too long.
    """
    with tempfile.TemporaryDirectory(prefix="otop-sheet-") as folder:
        out = Path(folder) / "rows.jsonl"
        _run(path, out, max_rows)
        with out.open(encoding="utf-8") as lines:
            yield (json.loads(line) for line in lines)


def _run(path: Path, out: Path, max_rows: int) -> None:
    limits = [str(number) for number in (max_rows, MAX_COLUMNS, MAX_UNPACKED, MEMORY_BYTES, PROCESSOR_SECONDS)]
    command = [sys.executable, "-I", str(Path(sheet_child.__file__)), str(path), str(out), *limits]
    try:
        done = subprocess.run(
            command, timeout=WALL_SECONDS, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8"}, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refused((_too_heavy(),)) from None
    if done.returncode:
        raise Refused((_sentence(done.returncode, done.stdout.strip()[:40], max_rows),))


def _sentence(code: int, word: str, max_rows: int) -> Refusal:
    if code == sheet_child.FAR_CELL:
        return refuse(
            "far_cell",
            N_(
                "The sheet has a cell at %(cell)s, far outside the table; at most %(rows)s rows and %(columns)s "
                "columns are read. Delete the "
                "empty rows and columns beyond the table, or copy the table into a new file, and send it again."
            ),
            cell=word,
            rows=f"{max_rows - LOOKED_AT:,}",
            columns=MAX_COLUMNS,
        )
    if code == sheet_child.TOO_MANY:
        return too_many_rows(max_rows - LOOKED_AT)
    if code in (sheet_child.TOO_LARGE, sheet_child.TOO_MANY_ENTRIES):
        return refuse(
            "unpacked_too_large",
            N_(
                "The spreadsheet is too large when unpacked. Keep one sheet with the table only, without "
                "pictures, and send it again."
            ),
        )
    if code == sheet_child.NO_SHEET:
        return not_a_table()
    if code == sheet_child.BROKEN:
        return refuse(
            "broken_sheet",
            N_(
                "The spreadsheet cannot be opened; it seems to be damaged. Open it in your spreadsheet program, "
                "save it anew as .xlsx, and send "
                "that file."
            ),
        )
    return _too_heavy()


def too_many_rows(limit: int) -> Refusal:
    return refuse(
        "too_many_rows",
        N_("The file has more than %(rows)s rows. Divide it and send the parts one after another."),
        rows=f"{limit:,}",
    )


def _too_heavy() -> Refusal:
    return refuse(
        "too_heavy",
        N_(
            "The spreadsheet took too much memory or time to read. Copy the table alone into a new file, or save "
            "it as CSV UTF-8, and send that."
        ),
    )
