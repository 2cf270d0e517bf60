"""The history of a row told for its page: who did what when, and which fields went from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registry.models import Area, Category, History, ProducerType, Standard, StillProducing
from registry.models.rows import EditableRow
from registry.rules import place
from registry.thai import month_words

SHOWN = 50
ACTS = {
    "producer_registered": gettext_lazy("registered the producer"),
    "producer_changed": gettext_lazy("changed the producer"),
    "producer_ended": gettext_lazy("ended the producer"),
    "product_registered": gettext_lazy("registered the product"),
    "product_changed": gettext_lazy("changed the product"),
    "product_ended": gettext_lazy("ended the product"),
    "standard_added": gettext_lazy("recorded a standard"),
    "still_producing": gettext_lazy("recorded whether it still produces"),
    "sales_recorded": gettext_lazy("recorded sales"),
}
FIELDS = {
    "name": gettext_lazy("Name"),
    "name_en": gettext_lazy("English name"),
    "type": gettext_lazy("Kind of producer"),
    "area": gettext_lazy("Tambon"),
    "village": gettext_lazy("Village"),
    "category": gettext_lazy("Category"),
    "story": gettext_lazy("Story"),
    "wisdom": gettext_lazy("Local wisdom"),
    "materials": gettext_lazy("Raw materials and their origin"),
    "price_baht": gettext_lazy("Price in baht"),
    "capacity_month": gettext_lazy("Capacity per month"),
    "unit": gettext_lazy("Unit"),
    "standard": gettext_lazy("Standard"),
    "number": gettext_lazy("Number of the paper"),
    "month": gettext_lazy("Month"),
    "answer": gettext_lazy("Answer"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one act: its label, the value before (None when there was none) and after, as shown."""

    label: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One line of history as the page shows it."""

    at: datetime
    who: str
    what: str
    changes: list[Change]


def history_of(row: EditableRow) -> list[Told]:
    """The newest SHOWN lines about `row`, newest first; at most four queries however many they are."""
    kept = History.objects.filter(kind=row._meta.model_name, row=row.public_id).select_related("by")
    lines = list(kept[:SHOWN])
    names = _names(lines)
    return [
        Told(line.at, line.by.full_name if line.by else _("the system"), str(ACTS.get(line.act, line.act)),
             _changes(line, names))
        for line in lines
    ]


def _changes(line: History, names: dict[tuple[str, str], str]) -> list[Change]:
    before, after = line.before or {}, line.after or {}
    return [
        Change(
            str(label), _shown(field, before[field], names) if field in before else None,
            _shown(field, after[field], names),
        )
        for field, label in FIELDS.items()
        if field in after
    ]


def _shown(field: str, value: object, names: dict[tuple[str, str], str]) -> str:
    if value is None and field == "name":
        return _("(a person's name, not kept)")
    if value in (None, ""):
        return "–"
    if field == "month":
        return month_words(date.fromisoformat(str(value)), get_language() or "th")
    return names.get((field, str(value)), str(value))


def _names(lines: Iterable[History]) -> dict[tuple[str, str], str]:
    """Names of the areas, categories, standards and kinds that the lines mention by code."""
    said: dict[str, set[str]] = {"area": set(), "category": set(), "standard": set()}
    for line in lines:
        for values in (line.before or {}, line.after or {}):
            for field, codes in said.items():
                if values.get(field):
                    codes.add(str(values[field]))
    names = {("type", value): str(label) for value, label in ProducerType.choices}
    names |= {("answer", value): str(label) for value, label in StillProducing.choices}
    for field, model in (("area", Area), ("category", Category), ("standard", Standard)):
        if said[field]:
            rows = model.objects.filter(code__in=said[field])
            names |= {(field, row.code): str(place(row)) if isinstance(row, Area) else row.name for row in rows}
    return names
