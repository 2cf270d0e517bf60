"""The form of a criteria set: its names and source, its table from a file or pasted, and its worked examples."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import LookForm
from registry.forms.producers import VersionField
from registry.forms.texts import LineField, StoryField
from registry.models import Category
from registry.refusal import Refused
from selection.actions.criteria import CriteriaFields
from selection.intake.columns import EXAMPLES, TABLE
from selection.intake.examples import read_examples
from selection.intake.lines import Rows, rows_of_file, rows_of_text, too_large
from selection.intake.table import read_table
from selection.intake.written import examples_of, examples_text, parts_of, pasted, table_text
from selection.models import CriteriaSet
from selection.rules import source_named
from selection.specs import ExampleSpec, PartSpec

LONGEST_TABLE = 400_000  # letters; a thousand long rows
OFFICIAL, UNOFFICIAL = "yes", "no"


class PastedField(LineField):
    """Rows pasted from a spreadsheet, kept to the letter so that the numbers of rows stay what the sender sees."""

    widget = forms.Textarea

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "strip": False, "max_length": LONGEST_TABLE, **kwargs})
        self.widget.attrs |= {"rows": str(rows), "wrap": "off", "spellcheck": "false", "class": "pasted"}

    def stored(self, text: str) -> str:
        return text


class CriteriaForm(LookForm, forms.Form):
    """A new edition; with `criteria_set` the correction of a draft, whose category stays."""

    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.none(), widget=forms.RadioSelect, to_field_name="code", empty_label=None,
        error_messages={"required": _("Choose the category these criteria are for.")},
    )  # fmt: skip
    name_th = LineField(
        label=_("Thai name"), max_length=300, error_messages={"required": _("Write the name of the criteria in Thai.")}
    )
    name_en = LineField(label=_("English name"), max_length=300, required=False)
    official = forms.ChoiceField(
        label=_("Are these the official criteria?"), widget=forms.RadioSelect,
        choices=[(OFFICIAL, _("Yes, as the national committee decided them")), (UNOFFICIAL, _("No; every reader is told so"))],
    )  # fmt: skip
    source_note_th = StoryField(
        label=_("Source, in Thai"), max_length=2000,
        help_text=_("The order, handbook or meeting the criteria are from. Must be there when they are not official."),
    )  # fmt: skip
    source_note_en = StoryField(label=_("Source, in English"), max_length=2000)
    file = forms.FileField(
        label=_("The table as a file"), required=False, allow_empty_file=True, max_length=200,
        help_text=_("An .xlsx or .csv file up to 1 MB and 1,000 rows. It takes the place of what stands in the box below."),
        error_messages={"max_length": _("The name of the file is too long. Rename it and choose it again.")},
    )  # fmt: skip
    table = PastedField(
        label=_("The table, pasted"), rows=14,
        help_text=_("Mark the cells in your spreadsheet with their headings, copy them, and paste them here."),
    )
    examples = PastedField(
        label=_("Worked examples"), rows=8,
        help_text=_("May wait: the page of the draft then suggests the edges of the bands."),
    )

    def __init__(
        self, *args: Any, criteria_set: CriteriaSet | None = None, too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        self.parts: tuple[PartSpec, ...] = ()
        self.worked: tuple[ExampleSpec, ...] = ()
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv,text/csv"
        if criteria_set is None:
            self.fields["category"].queryset = Category.objects.all()
        else:
            del self.fields["category"]
            self.fields["version"] = VersionField()

    def clean(self) -> dict[str, Any]:
        """Reads both tables; what a file says goes into the box, so that it can be mended there."""
        data = super().clean() or {}
        refusal = source_named(data.get("official") != UNOFFICIAL, data.get("source_note_th", ""))
        if refusal and "source_note_th" not in self.errors:
            self.add_error("source_note_th", refusal.sentence)
        if not {"file", "table"} & self.errors.keys():
            self._read("file" if self.too_large or data.get("file") else "table", self._parts)
        if "examples" not in self.errors and data.get("examples", "").strip():
            self._read("examples", self._examples)
        return data

    def _read(self, name: str, read: Callable[[], None]) -> None:
        """Each refusal beside the box it names, else beside the field that was read."""
        try:
            read()
        except Refused as refused:
            for refusal in refused.refusals:
                self.add_error(refusal.field if refusal.field in self.fields else name, refusal.sentence)

    def _parts(self) -> None:
        data = self.cleaned_data
        if self.too_large:
            raise Refused((too_large(),))
        if data.get("file"):
            rows = rows_of_file(data["file"], TABLE)
            self._show("table", rows)
        elif data["table"].strip():
            rows = rows_of_text(data["table"], TABLE)
        else:
            self.add_error("table", _("Choose a file with the table, or paste the table here."))
            return
        self.parts = read_table(rows)

    def _show(self, name: str, rows: Rows) -> None:
        """Puts rows into a box as if they had been pasted there, row by row."""
        self.data = self.data.copy()
        self.data[name] = pasted(rows)

    def _examples(self) -> None:
        self.worked = read_examples(rows_of_text(self.cleaned_data["examples"], EXAMPLES))

    def own(self) -> CriteriaFields:
        """The set's own fields, as the actions take them."""
        data = self.cleaned_data
        names = ("name_th", "name_en", "source_note_th", "source_note_en")
        return CriteriaFields(official=data["official"] == OFFICIAL, **{name: data[name] for name in names})


def criteria_values(criteria_set: CriteriaSet, more: tuple[ExampleSpec, ...] = ()) -> dict[str, Any]:
    """What the form of a draft, or of a new edition, begins with; `more` examples stand behind its own."""
    names = ("name_th", "name_en", "source_note_th", "source_note_en", "version")
    examples = (*examples_of(criteria_set), *more)
    return {name: getattr(criteria_set, name) for name in names} | {
        "category": criteria_set.category.code,
        "official": OFFICIAL if criteria_set.official else UNOFFICIAL,
        "table": table_text(parts_of(criteria_set)),
        "examples": examples_text(examples) if examples else "",
    }
