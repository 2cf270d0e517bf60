"""A criteria set written in the layout in which it is read: for a file, and for the box of the form."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Prefetch, QuerySet

from registry.intake.report import csv_lines
from selection.intake.columns import EXAMPLES, TABLE, Column
from selection.intake.guard import guarded
from selection.models import CriteriaSet, Part
from selection.rules import written as points
from selection.specs import LETTERS, ExampleSpec, GroupSpec, ItemSpec, LevelSpec, PartSpec

BETWEEN = "; "


def whole_sets(sets: "QuerySet[CriteriaSet]") -> "QuerySet[CriteriaSet]":
    """Sets with all that is written of them; seven queries, however long the tables."""
    return sets.select_related("category").prefetch_related("parts__groups__items__levels", Prefetch("examples"))


def parts_of(criteria_set: CriteriaSet) -> tuple[PartSpec, ...]:
    """The stored table as plain values."""
    return tuple(_part(part) for part in criteria_set.parts.all())


def _part(part: Part) -> PartSpec:
    groups = tuple(
        GroupSpec(group.name_th, group.name_en, tuple(
            ItemSpec(item.name_th, item.name_en, tuple(
                LevelSpec(level.points, level.text_th, level.text_en) for level in item.levels.all()
            ))
            for item in group.items.all()
        ))
        for group in part.groups.all()
    )  # fmt: skip
    return PartSpec(part.letter, part.stage, part.name_th, part.name_en, groups)


def examples_of(criteria_set: CriteriaSet) -> tuple[ExampleSpec, ...]:
    """The stored worked examples as plain values, in the order they were entered."""
    stored = sorted(criteria_set.examples.all(), key=lambda example: example.pk)
    return tuple(ExampleSpec(example.sheets, example.total, example.stars) for example in stored)


def headings(columns: Mapping[str, Column], names: Iterable[str] | None = None) -> list[str]:
    """The headings in the language of the reader."""
    return [str(columns[name].name) for name in (columns if names is None else names)]


def table_rows(parts: Iterable[PartSpec]) -> Iterator[list[str]]:
    """One row for each described level, every cell filled and none of them a formula."""
    for part in parts:
        for number, group in enumerate(part.groups, 1):
            for at, item in enumerate(group.items, 1):
                for level in item.levels:
                    texts = (
                        part.letter, str(part.stage), part.th, part.en, str(number), group.th, group.en, str(at),
                        item.th, item.en, points(level.points), level.th, level.en,
                    )  # fmt: skip
                    yield [guarded(text) for text in texts]


def example_rows(examples: Iterable[ExampleSpec], codes: Sequence[str]) -> Iterator[list[str]]:
    for example in examples:
        totals = [BETWEEN.join(points(total) for total in example.sheets.get(code, ())) for code in codes]
        yield [*totals, points(example.total), str(example.stars)]


def table_file(criteria_set: CriteriaSet) -> Iterator[str]:
    """The lines of a CSV file, which can be read again."""
    return csv_lines(headings(TABLE), table_rows(parts_of(criteria_set)))


def table_text(parts: Iterable[PartSpec]) -> str:
    """The table as it is pasted from a spreadsheet."""
    return pasted([headings(TABLE), *table_rows(parts)])


def examples_text(examples: Iterable[ExampleSpec], codes: Sequence[str] = tuple(LETTERS.values())) -> str:
    """The worked examples as they are pasted from a spreadsheet."""
    return pasted([headings(EXAMPLES, [*codes, "total", "stars"]), *example_rows(examples, codes)])


def pasted(rows: Iterable[Sequence[str]]) -> str:
    """Rows with tabs between their cells, one line each."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows([" ".join(cell.split()) for cell in row] for row in rows)
    return out.getvalue()
