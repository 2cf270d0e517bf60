"""A yearly report as tables that people read: measures and keys by name, the same for page, XLSX and CSV."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rustpy_xlsxwriter import FastExcel

from registry.clock import last_day_of_year_be
from registry.models import Area, Category, ProducerType
from selection.models import Figure, YearlyReport

MEASURES = {
    "products": gettext_lazy("Products in the register"),
    "producers": gettext_lazy("Producers in the register"),
    "entries": gettext_lazy("Products entered in a round"),
    "stars": gettext_lazy("Products given stars this year"),
    "in_force": gettext_lazy("Products whose stars hold at the end of the year"),
}
SPLITS = {
    "": gettext_lazy("all"),
    "category": gettext_lazy("by category"),
    "province": gettext_lazy("by province"),
    "type": gettext_lazy("by type"),
    "stage": gettext_lazy("by level reached"),
    "stars": gettext_lazy("by stars"),
    "stars category": gettext_lazy("by stars and category"),
    "stars province": gettext_lazy("by stars and province"),
}
STAGES = {
    "1": gettext_lazy("Tambon"),
    "2": gettext_lazy("Amphoe"),
    "3": gettext_lazy("Province"),
    "4": gettext_lazy("Centre, assessment"),
    "5": gettext_lazy("Centre, decision"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with its words."""

    measure: str
    split: str
    key: str
    label: str
    value: int


class Names:
    """The names of categories, and of provinces as they were called at the end of a year, in the reader's language.

    Two queries.
    """

    def __init__(self, year_be: int) -> None:
        self.categories = {row.code: row.name for row in Category.objects.all()}
        provinces = Area.objects.at(last_day_of_year_be(year_be)).of_level("province")
        self.provinces = {row.code: row.name for row in provinces}

    def of(self, kind: str, key: str) -> str:
        """What a key of a split is called."""
        if kind == "category":
            return self.categories.get(key, _("no category yet"))
        if kind == "province":
            return self.provinces.get(key, key)
        if kind == "type":
            return str(dict(ProducerType.choices).get(key, key))
        if kind == "stage":
            return str(STAGES.get(key, key))
        return _("%(count)s stars") % {"count": key} if kind == "stars" else key

    def both(self, figure: Figure) -> str:
        """The keys of a figure in words."""
        kinds = figure.split.split()
        return " · ".join(self.of(kind, key) for kind, key in zip(kinds, (figure.key, figure.key2), strict=False))


def rows_of(figures: Iterable[Figure], names: Names) -> Iterator[Row]:
    """Every figure with its words, in the order of the report."""
    for figure in figures:
        yield Row(figure.measure, figure.split, figure.key, names.both(figure) or str(_("all")), figure.value)


def value_of(figures: Iterable[Figure], measure: str) -> int:
    """The whole of a measure."""
    return next((figure.value for figure in figures if figure.measure == measure and not figure.split), 0)


def split_of(figures: Iterable[Figure], measure: str, split: str) -> dict[str, int]:
    """A measure by the keys of one split."""
    return {figure.key: figure.value for figure in figures if figure.measure == measure and figure.split == split}


def xlsx_of(report: YearlyReport, rows: Iterable[Row]) -> bytes:
    """The report as a workbook: one sheet of figures, one that says what they are."""
    target = BytesIO()
    (
        FastExcel(target)
        .format(bold_headers=True)
        .freeze(row=1)
        .sheet(
            _("Figures"),
            [_spoken(row) for row in rows] or [_spoken(Row("products", "", "", "", 0))],
            column_widths=[38, 24, 44, 14],
        )
        .sheet(_("About"), about(report), column_widths=[30, 90])
        .save()
    )
    return target.getvalue()


def _spoken(row: Row) -> dict[str, Any]:
    return {
        _("Measure"): str(MEASURES[row.measure]),
        _("Split"): str(SPLITS[row.split]),
        _("Key"): row.label,
        _("Number"): row.value,
    }


def about(report: YearlyReport) -> list[Mapping[str, str]]:
    """What the figures are, in lines: year, state, edition, source, digest."""
    state = _("frozen") if report.frozen else _("provisional: the year is still running")
    lines = [
        (_("Year"), str(report.year_be)),
        (_("Data"), _("sample, not real") if report.origin == "sample" else _("real")),
        (_("State"), state),
        (_("Edition"), str(report.edition)),
        (_("Counted as at"), _("24:00 on 31 December, Bangkok, from dated facts")),
        ("SHA-256", report.digest),
    ]
    return [{_("What"): name, _("Value"): value} for name, value in lines]
