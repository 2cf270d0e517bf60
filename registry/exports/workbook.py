"""Writes XLSX workbooks piece by piece: text is text and never a formula, and no more than a piece is held in memory.

A workbook is small XML in a ZIP file; written here because drop-downs and writing while reading are wanted together.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_576  # that a sheet can hold
PIECE = 64 * 1024
TEXT, HEADING, NUMBER = 1, 2, 0  # places in the style sheet below
_UNTOLD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Sarabun"/></font><font><b/><sz val="11"/>
<name val="Sarabun"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0"
 fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49"
 fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf
 numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle
 name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


@dataclass(frozen=True, slots=True)
class DropDown:
    """A list to choose from in one column (1 is A) of the rows `first` to `last`; `formula` says where the list stands."""

    column: int
    formula: str
    first: int = 2
    last: int = 2000
    title: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its first row is the heading. `rows` are read once, while the file is being written."""

    name: str
    rows: Iterable[Sequence[object]]
    widths: Sequence[int] = ()
    drop_downs: Sequence[DropDown] = ()
    hidden: bool = False


class _Pipe(io.RawIOBase):
    """A file that only goes forward and gives away what was written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.held.append(bytes(piece))
        self.size += len(self.held[-1])
        return len(self.held[-1])

    def taken(self) -> bytes:
        whole = b"".join(self.held)
        self.held.clear()
        self.size = 0
        return whole


def workbook(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """The bytes of the workbook, as they come to be. A sheet longer than a sheet can be goes on in another one."""
    pipe, written = _Pipe(), []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
        for sheet in sheets:
            for part in _parts(sheet):
                written.append(part)
                with packed.open(f"xl/worksheets/sheet{len(written)}.xml", "w", force_zip64=True) as out:
                    for piece in _sheet(part):
                        out.write(piece.encode())
                        if pipe.size > PIECE:
                            yield pipe.taken()
        for name, text in _frame(written):
            packed.writestr(name, text)
    yield pipe.taken()


def _parts(sheet: Sheet) -> Iterator[Sheet]:
    rows = iter(sheet.rows)
    heading = next(rows, [])
    number = 0
    while number == 0 or (following := next(rows, None)) is not None:
        first = [heading] if number == 0 else [heading, following]
        number += 1
        name = sheet.name if number == 1 else f"{sheet.name} ({number})"
        yield Sheet(name, chain(first, islice(rows, MOST_ROWS - len(first))), sheet.widths, sheet.drop_downs, sheet.hidden)


def _sheet(sheet: Sheet) -> Iterator[str]:
    """The XML of a sheet: the heading stays in sight, then the rows, then what may be chosen."""
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
        ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    )
    if sheet.widths:
        yield "<cols>" + "".join(
            f'<col min="{place}" max="{place}" width="{width}" style="{TEXT}" customWidth="1"/>'
            for place, width in enumerate(sheet.widths, 1)
        ) + "</cols>"  # fmt: skip
    yield "<sheetData>"
    for number, row in enumerate(sheet.rows, 1):
        cells = "".join(_cell(letters(place), number, value) for place, value in enumerate(row, 1))
        yield f'<row r="{number}">{cells}</row>'
    yield "</sheetData>"
    if sheet.drop_downs:
        offered = "".join(_offered(one) for one in sheet.drop_downs)
        yield f'<dataValidations count="{len(sheet.drop_downs)}">{offered}</dataValidations>'
    yield "</worksheet>"


def _cell(column: str, row: int, value: object) -> str:
    """A number as a number, everything else as text; nothing for an empty cell."""
    if value is None or value == "":
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f'<c r="{column}{row}" s="{NUMBER}"><v>{value}</v></c>'
    style = HEADING if row == 1 else TEXT
    return f'<c r="{column}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{told(str(value))}</t></is></c>'


def told(text: str) -> str:
    """Text as XML holds it: without what XML has no letter for, and with _x000A_ meaning just that."""
    return escape(_ESCAPED.sub("_x005F_", _UNTOLD.sub("", text)))


def _offered(one: DropDown) -> str:
    where = f"{letters(one.column)}{one.first}:{letters(one.column)}{one.last}"
    words = f" promptTitle={quoteattr(one.title[:32])} prompt={quoteattr(one.words[:255])}" if one.words else ""
    return (
        f'<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" errorStyle="warning"{words} sqref="{where}">'
        f"<formula1>{escape(one.formula)}</formula1></dataValidation>"
    )


def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    found = ""
    while column:
        column, place = divmod(column - 1, 26)
        found = chr(65 + place) + found
    return found


def _frame(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """The parts that say which sheets there are."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(
        f'<sheet name={quoteattr(_UNTOLD.sub("", sheet.name)[:31])} sheetId="{number}"'
        f' state="{"hidden" if sheet.hidden else "visible"}" r:id="rId{number}"/>' for number, sheet in numbered
    )  # fmt: skip
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>' for number, _sheet in numbered
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{XLSX.removesuffix("sheet")}worksheet+xml"/>'
        for number, _sheet in numbered
    )
    yield "xl/workbook.xml", f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>'
    yield "xl/_rels/workbook.xml.rels", (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId{len(sheets) + 1}" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>'
    )
    yield "xl/styles.xml", STYLES
    yield "_rels/.rels", (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_LINKS}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>'
    )
    yield "[Content_Types].xml", (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{XLSX}.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{XLSX.removesuffix("sheet")}styles+xml"/>{kinds}</Types>'
    )
