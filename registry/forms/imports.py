"""Forms of imports: the upload, the list's filters, and the answer to a question."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.actions.imports import Answer, is_producer_alone
from registry.forms.areas import AreaField
from registry.forms.fields import LookForm
from registry.forms.texts import LineField
from registry.intake.reader import at_sight
from registry.models import Area, Producer, Product, Question, User
from registry.refusal import Refused
from registry.rules.offices import place
from registry.thai import match_key

OTHER = "other"
SHOWN = 12


class ImportForm(LookForm, forms.Form):
    """One file of products."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        max_length=200,
        help_text=_("A table as .xlsx or .csv, up to 20 MB and 100,000 rows, with the headings in one row."),
        error_messages={
            "required": _("Choose the file first."),
            "max_length": _("The name of the file is too long. Rename it and choose it again."),
        },
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv,text/csv"
        if too_large:
            self.fields["file"].required = False

    def clean_file(self) -> Any:
        """Refuses at sight what needs no reading: too large, empty, another kind of file, locked, an old format."""
        content = self.cleaned_data["file"]
        try:
            at_sight(content, self.too_large)
        except Refused as refused:
            raise forms.ValidationError(refused.sentences) from refused
        return content


@dataclass(frozen=True)
class Picks:
    """What a question's form offers: tambons, producers and products of the register, best first."""

    tambons: list[Area] = field(default_factory=list)
    producers: list[Producer] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)

    @classmethod
    def of(cls, question: Question, user: User) -> "Picks":
        """Those the matcher named, then others of the tambon that may be meant; only what the user sees."""
        stored, area = question.choices, question.area
        tambons = {
            row.code: row for row in Area.objects.current().with_path().filter(code__in=stored.get("tambons", []))
        }
        here = area is not None and area.level == "tambon"
        key = match_key(stored.get("told", {}).get("product_name", ""))
        makers = Q(public_id__in=stored.get("producers", []))
        same = Q(public_id__in=stored.get("products", []))
        if here:
            makers |= Q(area=area) if "producer" in stored.get("needs", []) else Q()
            same |= Q(area=area, name_key=key)
        producers = Producer.objects.visible_to(user).active().filter(makers, origin=question.origin)
        products = (
            Product.objects.visible_to(user)
            .active()
            .filter(same, origin=question.origin)
            .select_related("producer", "area__parent__parent")
        )
        return cls(
            [tambons[code] for code in stored.get("tambons", []) if code in tambons],
            _first(list(producers.order_by("name_sort")[: 20 * SHOWN]), stored.get("producers", [])),
            _first(list(products.order_by("name_sort")[: 20 * SHOWN]), stored.get("products", [])),
        )


def _first(rows: list[Any], named: list[str]) -> list[Any]:
    """Those that the matcher named stand first; SHOWN at most, but never fewer than named."""
    rows.sort(key=lambda row: named.index(row.public_id) if row.public_id in named else len(named))
    return rows[: max(SHOWN, len(named))]


class QuestionForm(LookForm, forms.Form):
    """Which tambon, which producer, which product, or new ones with their names."""

    product = forms.ChoiceField(label=_("Is it a product of the register?"), widget=forms.RadioSelect, required=False)
    product_name = LineField(label=_("Product name"), max_length=250, required=False)
    tambon = forms.ChoiceField(label=_("Tambon"), widget=forms.RadioSelect, required=False)
    area = AreaField(label=_("Another tambon"), required=False)
    producer = forms.ChoiceField(label=_("Producer"), widget=forms.RadioSelect, required=False)
    producer_name = LineField(label=_("Name of a new producer"), max_length=250, required=False)

    def __init__(self, *args: Any, question: Question, picks: Picks, user: User, **kwargs: Any) -> None:
        self.question, self.picks = question, picks
        told, needs = question.choices.get("told", {}), question.choices.get("needs", [])
        start = {
            "product_name": told.get("product_name", ""),
            "producer_name": _first_name(question),
            **kwargs.pop("initial", {}),
        }
        super().__init__(*args, initial=start, **kwargs)
        self.fields["area"].user = user
        self._offer(
            "product",
            [
                (row.public_id, _("%(product)s by %(producer)s") % {"product": row.name, "producer": row.producer.name})
                for row in picks.products
            ],
            _("No, it is a new product"),
        )
        self._offer(
            "producer",
            [(row.public_id, _with_village(row)) for row in picks.producers],
            _("A new producer, named below"),
        )
        self._offer(
            "tambon", [(row.code, str(place_path(row))) for row in picks.tambons], _("Another tambon, named below")
        )
        if "tambon" not in needs:
            del self.fields["tambon"], self.fields["area"]
        for name, wanted in (("product", picks.products), ("producer", picks.producers), ("tambon", picks.tambons)):
            if not wanted and name in self.fields:
                del self.fields[name]
        if question.kind == "stars_doubtful":
            self._only_product()
        if is_producer_alone(question):
            for name in {"product", "product_name"} & set(self.fields):
                del self.fields[name]

    def _only_product(self) -> None:
        """Stars belong to a product of the register; for none of these the row is not taken in."""
        for name in [name for name in self.fields if name != "product"]:
            del self.fields[name]
        if "product" in self.fields:
            self.fields["product"].label = _("Which product of the register won these stars?")
            self.fields["product"].choices = self.fields["product"].choices[:-1]

    def _offer(self, name: str, choices: list[tuple[str, Any]], other: Any) -> None:
        self.fields[name].choices = [*choices, (OTHER, other)]

    def clean(self) -> dict[str, Any]:
        """Every part that is asked for is decided: where there are choices, one of them or the last line is taken."""
        data = super().clean() or {}
        undecided = [name for name in ("product", "tambon", "producer") if name in self.fields and not data.get(name)]
        if self._picked(data, "product") is not None:
            return data
        if self.question.kind == "stars_doubtful":
            self._complain("product" if "product" in self.fields else None, _("Choose the product these stars belong to."))
            return data
        for name in undecided:
            self._complain(name, _("Choose one of these, or the last line."))
        if (
            "area" in self.fields
            and "tambon" not in undecided
            and not (self._picked(data, "tambon") or data.get("area"))
        ):
            self._complain("area", _("Choose the tambon, or type a part of its name and pick it."))
        if "producer" not in undecided and not (self._picked(data, "producer") or data.get("producer_name")):
            self._complain("producer_name", _("Choose the producer, or write the name of a new one."))
        if "product_name" in self.fields and not data.get("product_name"):
            self._complain("product_name", _("Write the product's name."))
        return data

    def _complain(self, name: str | None, words: Any) -> None:
        """Adds an error to a field that has none yet."""
        if name not in self.errors:
            self.add_error(name, words)

    def _picked(self, data: dict[str, Any], name: str) -> Any:
        """The row chosen by its code; nothing for "other" and for what is not offered."""
        rows = {"product": self.picks.products, "producer": self.picks.producers, "tambon": self.picks.tambons}[name]
        return next(
            (
                row
                for row in rows
                if getattr(row, "public_id", None) == data.get(name) or getattr(row, "code", None) == data.get(name)
            ),
            None,
        )

    def answer(self) -> Answer:
        """What was decided, for the action."""
        data = self.cleaned_data
        if (product := self._picked(data, "product")) is not None:
            return Answer(product=product)
        area = (self._picked(data, "tambon") or data.get("area")) if "area" in self.fields else self.question.area
        producer = self._picked(data, "producer")
        return Answer(
            area=area,
            producer=producer,
            producer_name="" if producer else data["producer_name"],
            product_name=data.get("product_name", ""),
        )


class DismissForm(LookForm, forms.Form):
    """Why the row is not taken in."""

    reason = LineField(label=_("Why is the row not taken in?"), max_length=300)


def place_path(area: Area) -> str:
    """ต.หนองบัว อ.นามน จ.กาฬสินธุ์ with its code."""
    return " ".join(str(place(part)) for part in area.path()[::-1]) + f" · {area.code}"


def _with_village(producer: Producer) -> str:
    return f"{producer.name} · {producer.village}" if producer.village else producer.name


def _first_name(question: Question) -> str:
    """The name of a new producer to begin with: the row's own where it is a name, told apart by its village where it must be."""
    told = question.choices.get("told", {})
    name = told.get("producer_name", "")
    if question.kind == "village_differs":
        return f"{name} {told.get('village', '')}".strip()
    return "" if question.kind in ("producer_withheld", "producer_is_seller", "producer_damaged") else name
