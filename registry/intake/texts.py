"""Reading CSV text: its encoding, its separator, its rows; what cannot be read is refused with the place of the fault."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence

from registry.intake.columns import recognised
from registry.refusal import N_, Refusal, Refused, refuse

SEPARATORS = ",;\t"
Known = Callable[[Sequence[str]], int]  # how many cells of a row are headings of the table that is looked for
LONGEST_CELL = 131_072  # letters, the csv module's own limit
_UTF8_THAI = re.compile(rb"\xe0[\xb8\xb9][\x80-\xbf]")
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
LEGACY_NOTICE = refuse(
    "legacy_encoding",
    N_(
        "The file is not UTF-8; it was read as Windows-874 (TIS-620). Look at a few names below: if they read "
        "right, go on."
    ),
)


def decode(data: bytes) -> tuple[str, list[Refusal]]:
    """The text of the bytes and a list of notices: UTF-8 or UTF-16 by their marks, else UTF-8, else Windows-874.

    Refuses, with Refused, bytes that are no text and text whose encoding is broken, naming the row.
    """
    for mark, encoding in _UTF16.items():
        if data.startswith(mark):
            return _strict(data, encoding), []
    if b"\x00" in data:
        raise Refused((not_a_table(),))
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as fault:
        if len(_UTF8_THAI.findall(data)) * 3 * 2 > len(_HIGH.findall(data)):
            raise Refused((_broken(data.count(b"\n", 0, fault.start) + 1),)) from None
    text = _strict(data, "cp874")
    high = [letter for letter in text if ord(letter) > 127]
    if sum("\u0e00" <= letter <= "\u0e7f" for letter in high) * 10 < len(high) * 9:
        raise Refused((_broken(1),))
    return text, [LEGACY_NOTICE]


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise Refused((_broken(data.count(b"\n", 0, fault.start) + 1),)) from None


def _broken(row: int) -> Refusal:
    return refuse(
        "broken_encoding",
        N_(
            "The letters of the file are damaged near row %(row)s (neither UTF-8 nor Windows-874). In your "
            "spreadsheet program choose Save as → "
            "CSV UTF-8, and send that file."
        ),
        row=row,
    )


def not_a_table() -> Refusal:
    return refuse(
        "wrong_type",
        N_(
            "This is not a table that can be read. Send an .xlsx file or a .csv file: in your spreadsheet "
            "program choose Save as → CSV UTF-8 or "
            "Excel Workbook."
        ),
    )


def text_rows(text: str, known: Known = recognised) -> Iterator[list[str]]:
    """The rows of CSV text, each a list of cells; the separator is the one under which most headings are recognised.

    Refuses, with Refused, a quotation mark that is opened and never closed and a cell that is too long.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text, known), strict=False)
    row = 0
    try:
        for cells in reader:
            row += 1
            yield cells
    except csv.Error:
        raise Refused(
            (
                refuse(
                    "cell_too_long",
                    N_(
                        "A cell near row %(row)s is longer than %(letters)s letters; often a quotation mark before it "
                        "was never closed. Mend that row "
                        "and send the file again."
                    ),
                    row=row + 1,
                    letters=f"{LONGEST_CELL:,}",
                ),
            )
        ) from None
    if text.count('"') % 2 and _ends_inside_quotes(text, known):
        raise Refused(
            (
                refuse(
                    "open_quote",
                    N_(
                        'A quotation mark (") in the file is opened and never closed, so rows run together. Look near '
                        "row %(row)s, mend it and send the "
                        "file again."
                    ),
                    row=row,
                ),
            )
        )


def _ends_inside_quotes(text: str, known: Known) -> bool:
    """Whether the last quotation mark opens a cell that never ends; a lone mark inside a cell (5" plate) is none."""
    try:
        for _cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator(text, known), strict=True):
            pass
    except csv.Error as fault:
        return "end of data" in str(fault)
    return False


def separator(text: str, known: Known = recognised) -> str:
    """Comma, semicolon or tab: the one under which most of the first lines' cells are headings we know, else the commonest."""
    lines = text.lstrip("\r\n").splitlines()[:20]
    start = "\n".join(lines)

    def weight(mark: str) -> tuple[int, int]:
        try:
            headings = max((known(cells) for cells in csv.reader(io.StringIO(start), delimiter=mark)), default=0)
        except csv.Error:
            headings = 0
        return headings, start.count(mark)

    return max(SEPARATORS, key=weight)
