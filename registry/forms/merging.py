"""The form on which two rows become one: for each field in which they differ, whose text stays."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from registry.actions.goods import words_of
from registry.actions.merging import LINES, PRODUCER_FIELDS, PRODUCT_FIELDS
from registry.forms.fields import LookForm
from registry.forms.producers import VersionField
from registry.history import FIELDS
from registry.models import Area, Producer, Product
from registry.rules import place

LONGEST_SHOWN = 400
NOTHING = _("(nothing)")
Row = Producer | Product


class MergeForm(LookForm, forms.Form):
    """One choice for each field that differs; what only the merged row tells is proposed."""

    stays_version = VersionField()
    goes_version = VersionField()

    def __init__(self, *args: Any, stays: Row, goes: Row, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: list[str] = []
        self.take_rows(stays, goes)

    def take_rows(self, stays: Row, goes: Row) -> None:
        """Asks about what differs between the two as they are now."""
        for field in self.asked:
            del self.fields[field]
            self._bound_fields_cache.pop(field, None)
        self.asked = []
        for field, mine, theirs in differing(stays, goes):
            self.asked.append(field)
            self.fields[field] = forms.ChoiceField(
                label=FIELDS[field], choices=[("stays", mine or NOTHING), ("goes", theirs or NOTHING)],
                widget=forms.RadioSelect, initial="stays" if mine else "goes",
                error_messages={"required": _("Choose which one stays."), "invalid_choice": _("Choose which one stays.")},
            )  # fmt: skip

    def choices(self) -> list[forms.BoundField]:
        """The bound choices, in their order."""
        return [self[field] for field in self.asked]



def differing(stays: Row, goes: Row) -> list[tuple[str, str, str]]:
    """Field and both texts, for each field or set of lines in which the two differ; a fixed number of queries."""
    fields = PRODUCER_FIELDS if isinstance(stays, Producer) else PRODUCT_FIELDS
    pairs = [(field, shown(stays, field), shown(goes, field)) for field in fields]
    if isinstance(stays, Product):
        pairs += [(field, lines_in_words(field, stays), lines_in_words(field, goes)) for field in LINES]
    return [pair for pair in pairs if pair[1] != pair[2]]


def shown(row: Row, field: str) -> str:
    """The value as a person reads it."""
    value = getattr(row, field)
    if value is None:
        return ""
    if isinstance(value, Area):
        return str(place(value))
    if field == "capacity_month":
        return f"{value:,} {getattr(row, 'unit', '')}".strip()
    if field == "category":
        finer = getattr(row, "subcategory", None)
        return f"{value} › {finer}" if finer else str(value)
    said = row.get_type_display() if field == "type" and isinstance(row, Producer) else value
    return Truncator(said).chars(LONGEST_SHOWN)


def lines_in_words(field: str, row: Row) -> str:
    """The live lines of a product, one below the other."""
    rows = LINES[field]._default_manager.filter(product=row).live().select_related(*(["area"] if field == "material_lines" else []))
    return words_of(line.told for line in rows)
