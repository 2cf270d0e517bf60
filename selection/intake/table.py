"""The table of a criteria set, one row for each described level: read into parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.refusal import N_
from registry.thai import match_key
from selection.intake.columns import TABLE
from selection.intake.lines import LONGEST, SAID, Faults, Line, Rows, hundredths, lines_of, whole
from selection.specs import LETTERS, GroupSpec, ItemSpec, LevelSpec, PartSpec
from selection.tally import FULL_MARKS

PLACE = "table"
MOST_NUMBER = 99
_LETTER_OF = {match_key(word): letter for letter, code in LETTERS.items() for word in (letter, code, f"ส่วน {letter}")}
Key = tuple[str | int, ...]  # (letter,) of a part, (letter, group), (letter, group, item)
# What is said once of a part, a group and an item, by how long its key is; later rows repeat it or leave it empty.
_SAID_OF = {1: ("stage", "part_th", "part_en"), 2: ("group_th", "group_en"), 3: ("item_th", "item_en")}
_NEEDED = ("stage", "part_th", "group_th", "item_th")
_SELF = {1: "letter", 2: "group", 3: "item"}


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    key: Key
    points: int


def read_table(rows: Rows) -> tuple[PartSpec, ...]:
    """The parts that the rows describe, in the order of letters and numbers.

    Refuses, with every fault found by row, column and remedy: a cell that is empty or not understood, names or stages
    that contradict each other, numbers with a gap, points twice in an item, an item with a single level.
    """
    faults = Faults(TABLE, PLACE)
    lines = lines_of(rows, TABLE, PLACE)
    read = [row for line in lines if (row := _read(line, faults))]
    said = {length: _said(read, length, faults) for length in _SAID_OF}
    _number(read, faults)
    levels = _levels(read, faults)
    faults.settle()
    return _parts(said, levels)


def _read(line: Line, faults: Faults) -> _Row | None:
    """The row's place and points; None, with a fault for each, when one of them cannot be read."""
    _measure(line, faults)
    letter = _LETTER_OF.get(match_key(line.said.get("letter", "")[:SAID]))
    group, item = (whole(line.said.get(name, ""), 1, MOST_NUMBER) for name in ("group", "item"))
    points = hundredths(line.said.get("points", ""), FULL_MARKS)
    read = {"letter": letter, "group": group, "item": item, "points": points, "level_th": line.said.get("level_th")}
    for column, value in read.items():
        if value is None:
            faults.cell(line, column)
    if letter is None or group is None or item is None or points is None:
        return None
    return _Row(line, (letter, group, item), points)


def _measure(line: Line, faults: Faults) -> None:
    """Texts no longer than their columns of the database."""
    for column, text in line.said.items():
        if column.endswith(("_th", "_en")) and len(text) > LONGEST:
            faults.add(
                line.number, column, "cell_long",
                N_("Row %(row)s, column “%(column)s”: %(letters)s letters, but there is room for %(room)s. Shorten it."),
                letters=len(text), room=LONGEST,
            )  # fmt: skip


def _said(read: Sequence[_Row], length: int, faults: Faults) -> dict[Key, dict[str, str]]:
    """What is said of each part, group or item; a contradiction and a name that no row gives are faults."""
    found: dict[Key, dict[str, tuple[Line, str]]] = {}
    for row in read:
        mine = found.setdefault(row.key[:length], {})
        for column in _SAID_OF[length]:
            text = row.line.said.get(column, "")
            if not text:
                continue
            first, before = mine.setdefault(column, (row.line, text))
            if _value(column, before) != _value(column, text):
                faults.add(
                    row.line.number, column, "cells_differ",
                    N_(
                        "Row %(row)s, column “%(column)s”: “%(said)s”, but row %(first)s says “%(other)s” of the same."
                        " Write the same in both rows, or leave one of the cells empty."
                    ),
                    said=text[:SAID], first=first.number, other=before[:SAID],
                )  # fmt: skip
    _missing(read, found, length, faults)
    return {key: {column: text for column, (_line, text) in mine.items()} for key, mine in found.items()}


def _missing(
    read: Iterable[_Row], found: dict[Key, dict[str, tuple[Line, str]]], length: int, faults: Faults
) -> None:
    first = {row.key[:length]: row.line for row in reversed(list(read))}
    for key, mine in found.items():
        for column in _SAID_OF[length]:
            if column in _NEEDED and column not in mine:
                faults.cell(first[key], column)
            elif column == "stage" and _stage(mine[column][1]) is None:
                faults.cell(mine[column][0], column)


def _value(column: str, text: str) -> object:
    return (_stage(text) or text) if column == "stage" else text


def _stage(text: str) -> int | None:
    return whole(text, 3, 4)


def _number(read: Sequence[_Row], faults: Faults) -> None:
    """Groups of a part and items of a group are numbered from 1 without gaps, wherever their rows stand."""
    for length in (2, 3):
        lines = {row.key[:length]: row.line for row in reversed(read)}
        for key, line in lines.items():
            before = (*key[:-1], int(key[-1]) - 1)
            if before[-1] and before not in lines:
                faults.add(
                    line.number, _SELF[length], "number_gap",
                    N_(
                        "Row %(row)s, column “%(column)s”: there is a number %(number)s but no number %(before)s before it."
                        " Number from 1 without gaps."
                    ),
                    number=int(key[-1]), before=int(before[-1]),
                )  # fmt: skip


def _levels(read: Sequence[_Row], faults: Faults) -> dict[Key, dict[int, Line]]:
    """The line of each level by its points, for each item."""
    found: dict[Key, dict[int, Line]] = {}
    for row in read:
        first = found.setdefault(row.key, {}).setdefault(row.points, row.line)
        if first is not row.line:
            faults.add(
                row.line.number, "points", "points_twice",
                N_(
                    "Row %(row)s, column “%(column)s”: row %(first)s gives the same points for the same item."
                    " Write other points, or delete one of the rows."
                ),
                first=first.number,
            )  # fmt: skip
    for levels in found.values():
        if len(levels) == 1:
            (line,) = levels.values()
            faults.add(
                line.number, "points", "level_alone",
                N_(
                    "Row %(row)s, column “%(column)s”: the item has this one level only, so everybody would get the same."
                    " Add a row with other points for it."
                ),
            )  # fmt: skip
    return found


def _parts(said: dict[int, dict[Key, dict[str, str]]], levels: dict[Key, dict[int, Line]]) -> tuple[PartSpec, ...]:
    return tuple(
        PartSpec(
            str(key[0]), _stage(mine["stage"]) or 0, mine["part_th"], mine.get("part_en", ""),
            tuple(_group(group, said, levels) for group in sorted(said[2]) if group[:1] == key),
        )
        for key, mine in sorted(said[1].items())
    )  # fmt: skip


def _group(key: Key, said: dict[int, dict[Key, dict[str, str]]], levels: dict[Key, dict[int, Line]]) -> GroupSpec:
    mine = said[2][key]
    items = tuple(_item(said[3][item], levels[item]) for item in sorted(said[3]) if item[:2] == key)
    return GroupSpec(mine["group_th"], mine.get("group_en", ""), items)


def _item(said: dict[str, str], levels: dict[int, Line]) -> ItemSpec:
    best_first = sorted(levels.items(), reverse=True)
    texts = (LevelSpec(points, line.said["level_th"], line.said.get("level_en", "")) for points, line in best_first)
    return ItemSpec(said["item_th"], said.get("item_en", ""), tuple(texts))
