"""Result files: the report of all rows, and the rows to correct and send again; no text ever becomes a formula."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from registry.actions.imports import RowPlan
from registry.intake.columns import FIELDS
from registry.models import ImportFile

COLUMNS = (
    "row",
    "source",
    "source_ref",
    "outcome",
    "product",
    "producer",
    "area_code",
    "field",
    "message_th",
    "message_en",
)
STARTERS = frozenset("=+-@\t\r\n|")
BOM = "\ufeff"


def safe(text: object) -> str:
    """The text so that no spreadsheet takes it for a formula: with an apostrophe before it if it would begin as one.

    Looks behind leading white space (no-break spaces too) and invisible characters, at full-width signs, and at the
    beginning of every line.
    """
    written = str(text if text is not None else "")
    lines = written.split("\n")
    return "\n".join(f"'{line}" if _begins_formula(line) else line for line in lines)


def _begins_formula(line: str) -> bool:
    if line[:1] in ("\t", "\r"):
        return True
    for letter in line:
        if letter.isspace() or unicodedata.category(letter) in ("Cc", "Cf", "Zs"):
            continue
        return unicodedata.normalize("NFKC", letter)[:1] in STARTERS and not _is_number(line)
    return False


def _is_number(line: str) -> bool:
    """-5 and +0.5 are values, not formulas."""
    try:
        float(line.strip())
    except ValueError:
        return False
    return line.isascii() and not any(letter.isalpha() for letter in line)


def as_written(text: str) -> str:
    """What `safe` was given: without the apostrophe that it put before a line; other apostrophes stay."""
    if "'" not in text:
        return text
    lines = text.split("\n")
    return "\n".join(line[1:] if line[:1] == "'" and _begins_formula(line[1:]) else line for line in lines)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file for Excel: a byte order mark, the header, every cell safe."""
    writer = csv.writer(_Echo())
    yield BOM + str(writer.writerow(header))
    for row in rows:
        yield str(writer.writerow([safe(cell) for cell in row]))


def write_csv(out: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Writes a CSV file for Excel; `out` is opened with newline=""."""
    out.writelines(csv_lines(header, rows))


def plan_lines(plans: Iterable[RowPlan]) -> Iterator[list[object]]:
    """The report's lines of a trial: what is not in the register yet has no code."""
    for plan in plans:
        product, producer = plan.product, plan.product.producer if plan.product else plan.producer
        yield [
            plan.number, plan.source, plan.source_ref, plan.outcome, product.public_id if product else "",
            producer.public_id if producer else "", plan.area_code, plan.field, plan.message("th"), plan.message("en"),
        ]  # fmt: skip


def row_lines(file: ImportFile) -> Iterator[list[object]]:
    """The report's lines of a file, by the numbers of its rows."""
    columns = (
        "number", "source", "source_ref", "outcome", "product__public_id", "producer__public_id", "area_code", "field", "message_th",
        "message_en",
    )  # fmt: skip
    for line in file.import_rows.order_by("number").values_list(*columns).iterator(chunk_size=2000):
        yield list(line)


def rows_to_correct(
    columns: Sequence[str], rows: Iterable[tuple[Mapping[str, str], str, str, str]]
) -> tuple[list[str], Iterator[list[str]]]:
    """The header and rows of a file one can correct and send again, from (said, question code, outcome, message) of each row.

    It has the columns that the file had, then the code of the question, which finds the question again even where the
    names are corrected, then what became of the row and why (passed over when it is read again).
    """
    kept = [field for field in FIELDS if field in columns and field != "question"]
    header = [FIELDS[field][0] for field in kept] + [FIELDS["question"][0], "ผล", "คำอธิบาย"]
    return header, (
        [*(said.get(field, "") for field in kept), code, outcome, message] for said, code, outcome, message in rows
    )
