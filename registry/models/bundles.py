"""Everything that hangs on one product and its page shows, read in one statement instead of one for each kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Exists, JSONField, Model, OuterRef, QuerySet, Subquery

from registry.models.areas import Area, lies_in
from registry.models.files import Paper
from registry.models.photos import Photo
from registry.models.product_lines import Material, Prize, SalesPlace
from registry.models.products import Category, CategoryLabel, Product
from registry.models.standards import Conformity, Standard

Row = TypeVar("Row", bound=Model)


class Gathered(Subquery):
    """The rows of a subquery as one list, in their order."""

    template = "(SELECT jsonb_agg(to_jsonb(_row)) FROM (%(subquery)s) _row)"
    output_field = JSONField()


@dataclass(frozen=True, slots=True)
class Bundle:
    """A product's live photos, its lines, its conformities with standard and paper, a category's name on a day."""

    photos: list[Photo]
    told: dict[str, list[Any]]
    conformities: list[Conformity]
    category_name: str


def bundle_of(product: Product, category: Category | None, day: date) -> Bundle:
    """Reads the bundle of `product`, with what `category` was called on `day`. One query."""
    kinds = rows_of(product, category, day)
    gathered = [Gathered(rows.values(*columns(rows.model))) for rows in kinds.values()]
    found = Product.objects.filter(pk=product.pk).values_list(*gathered).get()
    rows = {name: rebuilt(kinds[name].model, said or []) for name, said in zip(kinds, found, strict=True)}
    joined(rows["areas"], "parent", rows["areas"])
    joined(rows["materials"], "area", rows["areas"])
    joined(rows["conformities"], "standard", rows["standards"])
    joined(rows["conformities"], "paper", rows["papers"])
    order = {row.pk: place for place, row in enumerate(rows["standards"])}
    label = rows["labels"][0] if rows["labels"] else category
    return Bundle(
        rows["photos"], {name: rows[name] for name in ("materials", "places", "prizes")},
        sorted(rows["conformities"], key=lambda row: (order[row.standard_id], row.pk)), label.name if label else "",
    )  # fmt: skip


def rows_of(product: Product, category: Category | None, day: date) -> dict[str, QuerySet[Any]]:
    """What is read, by name; areas are those of the materials with all above them."""
    materials, held = Material.objects.filter(product=product).live(), Conformity.objects.filter(product=product)
    above = materials.filter(lies_in(OuterRef("lft"), OuterRef("rght"))).order_by()
    labels = CategoryLabel.objects.filter(category=category, valid_from__lte=day)
    return {
        "photos": Photo.objects.filter(product=product).live(), "materials": materials,
        "places": SalesPlace.objects.filter(product=product).live(), "prizes": Prize.objects.filter(product=product).live(),
        "conformities": held, "standards": Standard.objects.filter(pk__in=held.values("standard")).order_by("order", "pk"),
        "papers": Paper.objects.filter(pk__in=held.values("paper")), "areas": Area.objects.filter(Exists(above)),
        "labels": labels.order_by("-valid_from")[:1],
    }  # fmt: skip


def columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def rebuilt(model: type[Row], said: list[Mapping[str, Any]]) -> list[Row]:
    """Rows as the database would give them, from what JSON says of them."""
    fields = model._meta.concrete_fields
    return [model.from_db("default", columns(model), [field.to_python(row[field.attname]) for field in fields]) for row in said]


def joined(rows: list[Any], name: str, others: list[Any]) -> None:
    """Lets each row know the other one it names, so that asking for it costs no query."""
    by_pk = {other.pk: other for other in others}
    for row in rows:
        if (other := by_pk.get(getattr(row, f"{name}_id"))) is not None:
            setattr(row, name, other)
