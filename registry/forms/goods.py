"""The forms of how a product is made and where it is sold: texts, and lines of which the last ones are empty."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.actions.goods import MaterialTold, PrizeTold, SalesTold
from registry.forms.areas import AreaField
from registry.forms.fields import LookForm, WholeField, YearField, dress
from registry.forms.producers import VersionField
from registry.forms.texts import LineField, StoryField
from registry.models import Material, Prize, Product, SalesKind, SalesPlace

MOST_LINES = 8
EMPTY_SHOWN = 1  # empty lines that stand open; the rest are folded
Line = tuple[int, list[BoundField], bool]
Makers = dict[str, Callable[[], forms.Field]]


class LinesForm(LookForm, forms.Form):
    """A form with sets of lines, fields named `<set><number>_<part>`; a line without a word is no line."""

    version = VersionField()
    sets: ClassVar[dict[str, Makers]] = {}
    line_labels: ClassVar[dict[str, Promise]] = {}
    unnamed: ClassVar[Promise] = _("Write the name in this line, or empty the line.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, makers in self.sets.items():
            for number in range(MOST_LINES):
                for part, make in makers.items():
                    name = f"{kind}{number}_{part}"
                    self.fields[name] = make()
                    dress(part, self.fields[name].widget)

    def lines(self, kind: str) -> list[Line]:
        """Number from 1, the fields, and whether the line stands open, for each line of a set."""
        rows = [[self[f"{kind}{number}_{part}"] for part in self.sets[kind]] for number in range(MOST_LINES)]
        used = [any(_said(field) or field.errors for field in row) for row in rows]
        last = max((number for number, said in enumerate(used) if said), default=-1)
        return [(number + 1, row, number <= last + EMPTY_SHOWN) for number, row in enumerate(rows)]

    def told(self, kind: str) -> Iterator[dict[str, Any]]:
        """The parts of each line that says something."""
        data = self.cleaned_data
        for number in range(MOST_LINES):
            line = {part: data.get(f"{kind}{number}_{part}") for part in self.sets[kind]}
            if line.get("name"):
                yield line

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for kind, makers in self.sets.items():
            for number in range(MOST_LINES):
                said = [part for part in makers if part not in ("name", "kind") and data.get(f"{kind}{number}_{part}")]
                name = f"{kind}{number}_name"
                if said and not data.get(name) and name not in self.errors:
                    self.add_error(name, self.unnamed)
        return data


def _said(field: BoundField) -> bool:
    value = field.value()
    if isinstance(value, tuple):  # what an area picker gives
        return any(value)
    return bool(value) and not isinstance(field.field, forms.ChoiceField)


class MakingForm(LinesForm):
    """Who holds the wisdom, how it is made and packed, what it is made of."""

    wisdom_holder = LineField(
        label=_("Wisdom holder"), max_length=160, required=False, help_text=_("Who knows it best and teaches it."),
    )
    wisdom_holder_public = forms.BooleanField(label=_("This person agreed to be named to the public"), required=False)
    process = StoryField(label=_("How it is made"), help_text=_("From the raw material to the finished good, one line a step."))
    packaging = StoryField(label=_("Packaging"), help_text=_("What it is packed in, and in which sizes."))
    sets: ClassVar[dict[str, Makers]] = {
        "material": {
            "name": lambda: LineField(label=_("Raw material"), max_length=120, required=False),
            "share": lambda: WholeField(label=_("Share in percent"), required=False, least=1, most=100),
            "area": lambda: AreaField(level=None, required=False, label=_("Comes from (place in Thailand)")),
            "country": lambda: LineField(label=_("Or from abroad (country)"), max_length=80, required=False),
        }
    }
    line_labels: ClassVar[dict[str, Promise]] = {"material_lines": _("Raw materials")}

    def material_lines(self) -> list[Line]:
        return self.lines("material")

    def materials(self) -> list[MaterialTold]:
        return [
            MaterialTold(line["name"], line["area"], line["country"] or "", line["share"]) for line in self.told("material")
        ]


class SellingForm(LinesForm):
    """Where it can be bought, and the prizes it won."""

    sets: ClassVar[dict[str, Makers]] = {
        "place": {
            "kind": lambda: forms.ChoiceField(label=_("Kind of place"), choices=SalesKind.choices, required=False),
            "name": lambda: LineField(label=_("Name and place, or address on the internet"), max_length=200, required=False),
        },
        "prize": {
            "name": lambda: LineField(label=_("Prize"), max_length=200, required=False),
            "year": lambda: YearField(label=_("Year"), required=False),
            "giver": lambda: LineField(label=_("Who gave it"), max_length=200, required=False),
        },
    }
    line_labels: ClassVar[dict[str, Promise]] = {"sales_lines": _("Places of sale"), "prize_lines": _("Prizes")}

    def place_lines(self) -> list[Line]:
        return self.lines("place")

    def prize_lines(self) -> list[Line]:
        return self.lines("prize")

    def places(self) -> list[SalesTold]:
        return [SalesTold(line["kind"] or SalesKind.OTHER, line["name"]) for line in self.told("place")]

    def prizes(self) -> list[PrizeTold]:
        return [PrizeTold(line["year"], line["name"], line["giver"] or "") for line in self.told("prize")]


def making_values(product: Product) -> dict[str, Any]:
    """What the form of a stored product begins with."""
    plain = ("wisdom_holder", "wisdom_holder_public", "process", "packaging", "version")
    rows = Material.objects.filter(product=product).live().select_related("area__parent__parent")
    return {field: getattr(product, field) for field in plain} | _numbered("material", rows, Material.TOLD)


def selling_values(product: Product) -> dict[str, Any]:
    """What the form of a stored product begins with."""
    places, prizes = (model.objects.filter(product=product).live() for model in (SalesPlace, Prize))
    return {
        "version": product.version, **_numbered("place", places, SalesPlace.TOLD),
        **{name.replace("_year_be", "_year"): value for name, value in _numbered("prize", prizes, Prize.TOLD).items()},
    }  # fmt: skip


def _numbered(kind: str, rows: Any, parts: Sequence[str]) -> dict[str, Any]:
    return {f"{kind}{number}_{part}": getattr(row, part) for number, row in enumerate(rows) for part in parts}
