"""A block pasted from a spreadsheet: which column is what, which line is whose, and what cannot be read, line by line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.actions.sales import SaleLine
from registry.forms.fields import LookForm
from registry.forms.sales import LONGEST_AMOUNT, cell_name
from registry.models import MOST_SATANG, Producer, SalesChannel
from registry.public_ids import clean_public_id, is_valid_public_id
from registry.thai import match_key, parse_baht

LONGEST_BLOCK, MOST_LINES, MOST_SELLERS = 100_000, 500, 5000
NAME_HEADINGS = ("ผู้ผลิต", "ชื่อผู้ผลิต", "ชื่อกลุ่ม", "กลุ่ม", "ชื่อ", "ผู้ประกอบการ", "ชื่อผู้ประกอบการ", "producer", "name")
NUMBER_HEADINGS = ("เลขทะเบียน", "เลขที่", "เลขทะเบียนผู้ผลิต", "รหัส", "number", "register number", "code")


@dataclass(slots=True)
class PastedLine:
    """One line: its number in the block, its text, whose it is, its amounts by channel code, and what is wrong with it."""

    number: int
    text: str
    called: str = ""
    producer: Producer | None = None
    amounts: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """What was read: the heading line if there was one, what each column means, the lines, and columns passed over."""

    heading: str = ""
    columns: list[tuple[str, str]] = field(default_factory=list)  # (heading as written, what it means; "" for nothing)
    lines: list[PastedLine] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    @property
    def good(self) -> list[PastedLine]:
        return [line for line in self.lines if not line.faults]

    @property
    def faulty(self) -> list[PastedLine]:
        return [line for line in self.lines if line.faults]

    def left_over(self) -> str:
        """The faulty lines as they came, under their heading, to be corrected and read again."""
        return "\n".join([self.heading] * bool(self.heading) + [line.text for line in self.faulty]) if self.faulty else ""


def read_block(text: str, producers: Iterable[Producer], channels: Sequence[SalesChannel]) -> Block:
    """Reads tab-separated lines; the first one tells the columns if it names any, else: the producer, then the channels.

    A producer is found by its register number or its name; amounts as `parse_baht` reads them, empty for not told.
    """
    written = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    block, known = Block(), _meanings(channels)
    if written:
        _read_heading(block, written, known, channels)
    by_key = _by_key(producers)
    seen: dict[int, int] = {}
    for number, line in written[1 if block.heading else 0:]:
        block.lines.append(_read_line(number, line, block, by_key, channels, seen))
    return block


def _meanings(channels: Sequence[SalesChannel]) -> dict[str, str]:
    """What a heading means, by its key: "name", "number", or the code of a channel."""
    found = {match_key(words): "number" for words in NUMBER_HEADINGS} | {match_key(words): "name" for words in NAME_HEADINGS}
    for channel in channels:
        for words in (channel.name_th, channel.name_en, channel.code, *channel.other_names.splitlines()):
            if match_key(words):
                found[match_key(words)] = channel.code
    return found


def _read_heading(
    block: Block, written: list[tuple[int, str]], known: dict[str, str], channels: Sequence[SalesChannel]
) -> None:
    cells = [cell.strip() for cell in written[0][1].split("\t")]
    meant = [known.get(match_key(cell), "") for cell in cells]
    if any(meant):
        block.heading = written[0][1]
        taken: set[str] = set()
        for cell, meaning in zip(cells, meant, strict=True):
            fresh = meaning if meaning not in taken else ""
            taken.add(fresh)
            block.columns.append((cell, fresh))
        block.passed_over = [cell for cell, meaning in block.columns if cell and not meaning]
        return
    block.columns = [("", "name"), *((channel.name, channel.code) for channel in channels)]


def _by_key(producers: Iterable[Producer]) -> dict[str, list[Producer]]:
    """Producers by their number and by the key of their name (several may share one)."""
    found: dict[str, list[Producer]] = {}
    for producer in producers:
        found.setdefault(producer.public_id, []).append(producer)
        found.setdefault(producer.name_key, []).append(producer)
    return found


def _read_line(
    number: int, text: str, block: Block, by_key: dict[str, list[Producer]], channels: Sequence[SalesChannel],
    seen: dict[int, int],
) -> PastedLine:  # fmt: skip
    cells = [cell.strip().strip('"').strip() for cell in text.split("\t")]
    line = PastedLine(number, text)
    said = {meaning: cell for (_words, meaning), cell in zip(block.columns, cells, strict=False) if meaning}
    _find_producer(line, said.get("number", ""), said.get("name", ""), by_key)
    if line.producer is not None and seen.setdefault(line.producer.pk, number) != number:
        first = {"first": seen[line.producer.pk]}
        line.faults.append(gettext("Line %(first)s is of the same producer. Keep one of the two lines.") % first)
    for channel in channels:
        _read_amount(line, channel, said.get(channel.code, ""))
    if any(cells[len(block.columns):]):
        line.faults.append(gettext("There are more cells than columns. Put a heading over each column, or remove what is too many."))
    if not line.amounts and not line.faults:
        line.faults.append(gettext("No amount stands on this line. Write one, or remove the line."))
    return line


def _find_producer(line: PastedLine, number: str, name: str, by_key: dict[str, list[Producer]]) -> None:
    line.called = name or number
    asked = number or name
    if not asked:
        line.faults.append(gettext("The line says no producer. Write its name or register number in its column."))
        return
    typed = clean_public_id(asked) if len(asked) < 24 else ""
    there = by_key.get(typed, []) if is_valid_public_id(typed) else []
    there = there or by_key.get(match_key(name or asked)[:250], []) if not (number and there) else there
    if len(there) == 1:
        line.producer = there[0]
    elif there:
        numbers = ", ".join(row.public_id for row in there[:4])
        line.faults.append(gettext(
            "Several producers of this place are called %(name)s. Write the register number instead: one of %(numbers)s."
        ) % {"name": asked, "numbers": numbers})
    else:
        line.faults.append(gettext(
            "No producer %(name)s was in the register of this place in this month."
            " Compare the name with the list, or write the register number."
        ) % {"name": asked})


def _read_amount(line: PastedLine, channel: SalesChannel, text: str) -> None:
    if not text:
        return
    try:
        satang = parse_baht(text[: LONGEST_AMOUNT + 1])
    except ValueError:
        satang = -1
    if 0 <= satang <= MOST_SATANG:
        line.amounts[channel.code] = satang
        return
    line.faults.append(gettext(
        "%(channel)s: “%(typed)s” is not an amount. Write it like 1,250; 0 for nothing sold; empty for not told."
    ) % {"channel": channel.name, "typed": text[:LONGEST_AMOUNT]})


class SalesPasteForm(LookForm, forms.Form):
    """The pasted text, and what stood in the cells when it was read (empty until then)."""

    pasted = forms.CharField(
        label=_("Lines from your spreadsheet"), max_length=LONGEST_BLOCK, strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "wrap": "off", "spellcheck": "false"}),
        help_text=_("Copy the cells with their headings and paste them here: one producer a line, one channel a column."),
        error_messages={
            "required": _("Paste at least one line."),
            "max_length": _("This is %(show_value)s letters long; there is room for %(limit_value)s. Paste it in two parts."),
        },
    )
    seen = forms.CharField(required=False, max_length=100_000, widget=forms.HiddenInput)

    def clean_pasted(self) -> str:
        text: str = self.cleaned_data["pasted"].replace("\x00", "")
        count = sum(bool(line.strip()) for line in text.splitlines())
        if not count:
            raise forms.ValidationError(self.fields["pasted"].error_messages["required"], "required")
        if count > MOST_LINES:
            raise forms.ValidationError(
                _("These are %(count)s lines; at most %(most)s fit at once. Paste them in parts."), "lines",
                {"count": count, "most": MOST_LINES},
            )
        return text


def sale_lines(block: Block, channels: Sequence[SalesChannel], seen: dict[tuple[str, str], int]) -> list[SaleLine]:
    """What the good lines tell, as the action takes it; a cell that is empty in the block leaves what is stored."""
    return [
        SaleLine(line.producer, channel, line.amounts[channel.code], seen.get((line.producer.public_id, channel.code)),
                 cell_name(line.producer, channel))
        for line in block.good
        for channel in channels
        if line.producer is not None and channel.code in line.amounts
    ]  # fmt: skip


def written_seen(stored: Iterable[Any]) -> str:
    """The rows that stand in the cells, for the hidden field: number:channel:row."""
    return " ".join(f"{row.producer.public_id}:{row.channel.code}:{row.pk}" for row in stored)


def read_seen_cells(text: str) -> dict[tuple[str, str], int]:
    """(producer's number, channel's code) → row id; what is damaged counts as not seen."""
    found: dict[tuple[str, str], int] = {}
    for piece in (text or "").split():
        parts = piece.split(":")
        if len(parts) == 3 and parts[2].isascii() and parts[2].isdigit() and len(parts[2]) < 19:
            found[parts[0], parts[1]] = int(parts[2])
    return found
