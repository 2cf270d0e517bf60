"""What a judge marks: read by item, kept where it is a described level, said in words where it is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from registry.refusal import N_, Refusal, refuse
from registry.thai import normalise
from selection import rules
from selection.models import Item

FIRST = "m-"
LONGEST_NOTE = 4000
LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class SheetSaid:
    """Marks (hundredths by item code) that are described levels, the note to oneself, the reason of a second sheet."""

    marks: dict[str, int]
    comment: str
    reason: str
    refusals: list[Refusal]


def sheet_said(data: QueryDict, items: Mapping[str, Item]) -> SheetSaid:
    """Reads a sheet that was posted; a mark left out is no fault of a draft, an impossible one is said and left out."""
    posted = {name.removeprefix(FIRST): value for name, value in data.items() if name.startswith(FIRST) and value}
    numbers = {code: int(value) for code, value in posted.items() if is_number(value)}
    refusals = [
        refuse("mark_no_number", N_("Item %(item)s: a mark is one of its described levels, nothing else."),
               item=items[code].name if code in items else code[:20])
        for code in posted.keys() - numbers.keys()
    ]  # fmt: skip
    refusals += [refusal for refusal in rules.marks_refusals(numbers, items) if refusal.code != "mark_missing"]
    levels = {code: {level.points for level in item.levels.all()} for code, item in items.items()}
    marks = {code: mark for code, mark in numbers.items() if mark in levels.get(code, ())}
    texts = {name: text_said(data.get(name, "")) for name in ("comment", "reason")}
    refusals += [
        refuse("text_long", N_("There is room for %(most)s letters here. Shorten the text."), field=name, most=LONGEST_NOTE)
        for name, text in texts.items() if len(text) > LONGEST_NOTE
    ]  # fmt: skip
    return SheetSaid(marks, texts["comment"], texts["reason"], refusals)


def text_said(value: Any) -> str:
    """A text as it is stored; what no database holds is left out."""
    text = str(value).replace("\x00", "")
    return normalise(text) if len(text) <= 2 * LONGEST_NOTE else text


def is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER
