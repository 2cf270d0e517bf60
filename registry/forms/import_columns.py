"""The form in which a sender says what each column of his file means."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import LookForm
from registry.intake.columns import FIELDS, is_producer_list, proposed_fields, required_columns
from registry.intake.sentences import label
from registry.models import ImportFile
from registry.refusal import Refused

PRODUCERS_ONLY = "producers_only"


class ColumnsForm(LookForm, forms.Form):
    """A choice for each column, in their order; the values below a heading stand beside it."""

    def __init__(self, *args: Any, file: ImportFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        table = file.table or {}
        self.cells: list[str] = table.get("cells", [])
        chosen = file.columns or proposed_fields(self.cells)
        meanings = [("", _("left out")), *((field, label(field)) for field in FIELDS if field != "question")]
        for place, (cell, values) in enumerate(zip(self.cells, table.get("examples", []), strict=True)):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=cell or _("Column %(number)s, without a heading") % {"number": place + 1}, choices=meanings, required=False,
                initial=chosen[place] if place < len(chosen) else "", help_text=" · ".join(values),
                widget=forms.Select(attrs={"class": "inp"}),
                error_messages={"invalid_choice": _("Choose one of the list.")},
            )  # fmt: skip
        self.columns = list(self.fields)
        self.fields[PRODUCERS_ONLY] = forms.BooleanField(
            label=_("The file names no products: every row is a producer"), required=False,
            initial=is_producer_list(file.columns or ()),
        )

    def clean(self) -> dict[str, Any]:
        """No field twice; the product and a part of the place must be there."""
        data = super().clean() or {}
        first: dict[str, str] = {}
        for name in self.columns:
            field = data.get(name)
            if field and field in first:
                other = self.fields[first[field]].label
                self.add_error(name, _("The column “%(other)s” means the same. Choose it for one of them.") % {"other": other})
            elif field:
                first[field] = name
        if not self.errors:
            places = {field: self.columns.index(name) for field, name in first.items()}
            try:
                required_columns(places, self.cells, chosen=bool(data.get(PRODUCERS_ONLY)))
            except Refused:
                self.add_error(None, _(
                    "Choose the column with the products' names and at least one that tells the place. If the file names no"
                    " products, choose the producer's column and tick the last line."
                ))
        return data

    def chosen(self) -> list[str]:
        """The field of each column, "" for one that is left out."""
        return [self.cleaned_data[name] for name in self.columns]
