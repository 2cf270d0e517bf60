"""Writing decided rows, many at once: producers, products, their dated facts, sources, standards, questions, outcomes."""

import json
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F

from registry.actions.imports.plans import FILLED_BY_FILES, KnownProducer, KnownProduct, RowPlan
from registry.clock import bangkok_day
from registry.models import (
    Conformity,
    ImportFile,
    ImportRow,
    Material,
    Outcome,
    Producer,
    ProducerFact,
    Product,
    ProductFact,
    ProductSource,
    Question,
    StarQuote,
    SubCategory,
    User,
    free_public_ids,
)

BATCH = 2000
WRITTEN = (
    Producer, ProducerFact, Product, ProductFact, ProductSource, Conformity, Material, StarQuote, Question, ImportRow,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, when, and for which kind of data (real or sample)."""

    by: User | None
    at: datetime
    origin: str

    @property
    def today(self) -> date:
        return bangkok_day(self.at)

    def marks(self) -> dict[str, Any]:
        """The columns of every new row that say who and when."""
        return {"created_by": self.by, "changed_by": self.by, "created_at": self.at, "changed_at": self.at}


def write_plans(plans: Sequence[RowPlan], writer: Writer, file: ImportFile) -> None:
    """Everything that created and merged rows of the file bring to the register; call inside a transaction."""
    kept = [plan for plan in plans if plan.product is not None and plan.outcome in (Outcome.CREATED, Outcome.MERGED)]
    products = _once(plan.product for plan in kept)
    alone = [plan.producer for plan in plans if plan.product is None and plan.producer and plan.outcome == Outcome.CREATED]
    makers = _once([*(product.producer for product in products), *alone])
    _add_producers([maker for maker in makers if maker.id is None], writer)
    fresh = [product for product in products if product.id is None]
    _add_products(fresh, writer)
    added = {product.id for product in fresh}
    _fill([plan for plan in kept if plan.fill and plan.product and plan.product.id not in added], writer)
    _add_sources([plan for plan in kept if plan.sources], writer)
    _add_standards([plan for plan in kept if plan.held], writer)
    _add_materials([plan for plan in kept if plan.made_of], added, writer)
    _add_quotes([plan for plan in kept if plan.quote], writer, file)


def _once(things: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(things))


def _add_producers(producers: Sequence[KnownProducer], writer: Writer) -> None:
    rows = []
    for known, public_id in zip(producers, free_public_ids(Producer, len(producers)), strict=True):
        row = Producer(
            public_id=public_id, type=known.type, name=known.name, area_id=known.area_id, village=known.village,
            registered_on=known.registered_on or writer.today, origin=writer.origin, **writer.marks(),
        )  # fmt: skip
        row.set_keys()
        rows.append(row)
    Producer.objects.bulk_create(rows, batch_size=BATCH)
    for known, row in zip(producers, rows, strict=True):
        known.id, known.public_id = row.id, row.public_id
    ProducerFact.objects.bulk_create([
        ProducerFact(producer=row, on=row.registered_on, type=row.type, area_id=row.area_id, by=writer.by, at=writer.at) for row in rows
    ], batch_size=BATCH)  # fmt: skip


def _add_products(products: Sequence[KnownProduct], writer: Writer) -> None:
    rows = []
    for known, public_id in zip(products, free_public_ids(Product, len(products)), strict=True):
        row = Product(
            public_id=public_id, producer_id=_id(known.producer), name=known.name, area_id=known.area_id, origin=writer.origin,
            category_suggested_id=None if known.values.get("category_id") else known.suggested_id,
            registered_on=known.registered_on or writer.today, not_live_plant=known.not_live_plant, **writer.marks(), **known.values,
        )  # fmt: skip
        row.set_keys()
        rows.append(row)
    Product.objects.bulk_create(rows, batch_size=BATCH)
    for known, row in zip(products, rows, strict=True):
        known.id, known.public_id = row.id, row.public_id
    _remember(rows, writer, lambda row: row.registered_on)


def _remember(rows: Iterable[Product], writer: Writer, day: Any) -> None:
    ProductFact.objects.bulk_create([
        ProductFact(product=row, on=day(row), category_id=row.category_id, area_id=row.area_id, by=writer.by, at=writer.at) for row in rows
    ], batch_size=BATCH)  # fmt: skip


def _fill(plans: Sequence[RowPlan], writer: Writer) -> None:
    """Writes into fields that are still empty now; a category that comes so is a new dated fact."""
    wanted: dict[int, dict[str, Any]] = {}
    for plan in plans:
        assert plan.product is not None
        wanted.setdefault(_id(plan.product), {}).update(plan.fill)
    changed, placed = [], []
    finer = dict(SubCategory.objects.values_list("pk", "category_id")) if any("subcategory_id" in told for told in wanted.values()) else {}
    for row in Product.objects.select_for_update().filter(pk__in=wanted).order_by("pk"):
        news = {field: value for field, value in wanted[row.pk].items() if getattr(row, field) in (None, "")}
        if "subcategory_id" in news and finer.get(news["subcategory_id"]) != news.get("category_id", row.category_id):
            del news["subcategory_id"]  # somebody chose another category meanwhile
        if not news:
            continue
        for field, value in news.items():
            setattr(row, field, value)
        row.version, row.changed_at, row.changed_by = row.version + 1, writer.at, writer.by
        changed.append(row)
        if "category_id" in news:
            placed.append(row)
    Product.objects.bulk_update(
        changed, [*_columns(FILLED_BY_FILES), "version", "changed_at", "changed_by"], batch_size=500
    )
    _remember(placed, writer, lambda _row: writer.today)


def _id(known: KnownProducer | KnownProduct) -> int:
    """The id of what has been written."""
    assert known.id is not None
    return known.id


def _columns(names: Iterable[str]) -> list[str]:
    return [name.removesuffix("_id") for name in names]


def _add_sources(plans: Sequence[RowPlan], writer: Writer) -> None:
    ProductSource.objects.bulk_create([
        ProductSource(product_id=_id(plan.product), source=plan.source, source_ref=plan.source_ref, origin=writer.origin)
        for plan in plans
        if plan.product is not None
    ], batch_size=BATCH)  # fmt: skip


def _add_standards(plans: Sequence[RowPlan], writer: Writer) -> None:
    """Standards that the product does not hold with this number yet; from when and until when the paper must say."""
    wanted = {(_id(plan.product), standard, number) for plan in plans if plan.product for standard, number in plan.held}
    there = set(
        Conformity.objects.filter(product__in={product for product, _standard, _number in wanted})
        .values_list("product_id", "standard_id", "number")
    )  # fmt: skip
    fresh = sorted(wanted - there, key=str)
    Conformity.objects.bulk_create([
        Conformity(public_id=public_id, product_id=product, standard_id=standard, number=number, **writer.marks())
        for public_id, (product, standard, number) in zip(free_public_ids(Conformity, len(fresh)), fresh, strict=True)
    ], batch_size=BATCH)  # fmt: skip


def _add_materials(plans: Sequence[RowPlan], added: Container[int | None], writer: Writer) -> None:
    """The first lines of raw materials of a product; where somebody told some meanwhile, those stay alone."""
    wanted = {_id(plan.product): plan.made_of for plan in reversed(plans) if plan.product}
    met = [product for product in wanted if product not in added]
    locked = set(Product.objects.select_for_update().filter(pk__in=met).order_by("pk").values_list("pk", flat=True))
    told = set(Material.objects.filter(product__in=locked).live().order_by().values_list("product_id", flat=True))
    Product.objects.filter(pk__in=locked - told).update(
        version=F("version") + 1, changed_at=writer.at, changed_by=writer.by
    )
    Material.objects.bulk_create([
        Material(product_id=product, place=place, name=line.name, area_id=line.area, country=line.country, share=line.share,
                 by=writer.by, at=writer.at)
        for product, lines in sorted(wanted.items())
        if product not in told
        for place, line in enumerate(lines)
    ], batch_size=BATCH)  # fmt: skip


def _add_quotes(plans: Sequence[RowPlan], writer: Writer, file: ImportFile) -> None:
    """Stars that are quoted for the first time; the same said again is no second quote."""
    StarQuote.objects.bulk_create([
        StarQuote(product_id=_id(plan.product), year_be=plan.quote.year_be, stars=plan.quote.stars, source=plan.quote.source,
                  file=file, by=writer.by, at=writer.at)
        for plan in plans
        if plan.product is not None and plan.quote is not None
    ], batch_size=BATCH, ignore_conflicts=True)  # fmt: skip


def write_questions(file: ImportFile, plans: Sequence[RowPlan], row_ids: dict[int, int], writer: Writer) -> None:
    """Asks what is not asked yet (once per identity), and closes what a row of the file answers."""
    asking = {
        plan.identity: plan for plan in reversed(plans) if plan.outcome == Outcome.QUESTION and plan.question is None
    }
    fresh = sorted(asking.values(), key=lambda plan: plan.number)
    Question.objects.bulk_create([
        Question(
            public_id=public_id, identity=plan.identity, kind=plan.reason, said=dict(plan.said),
            choices={**plan.choices.stored(), "told": dict(plan.told)}, message_th=plan.message("th"),
            message_en=plan.message("en"), area_id=plan.area_id, first_row_id=row_ids[plan.number], origin=writer.origin,
            **writer.marks(),
        )
        for public_id, plan in zip(free_public_ids(Question, len(fresh)), fresh, strict=True)
    ], batch_size=BATCH)  # fmt: skip
    _close_questions(file, plans, writer)


def _close_questions(file: ImportFile, plans: Sequence[RowPlan], writer: Writer) -> None:
    """Closes the open questions that a row is sure about, whichever file asked them."""
    for plan in plans:
        producer = plan.producer if plan.product is None else None
        if plan.question is None or plan.outcome not in (Outcome.CREATED, Outcome.MERGED) or not (plan.product or producer):
            continue
        known = {"producer": producer.public_id} if producer else {}
        Question.objects.filter(pk=plan.question, answered_at=None).update(
            answer={"how": "file", "file": file.public_id, "row": plan.number, **known}, answered_at=writer.at,
            answered_by=writer.by, product_id=plan.product.id if plan.product else None, version=F("version") + 1, changed_at=writer.at,
            changed_by=writer.by,
        )  # fmt: skip


OUTCOMES = """
UPDATE registry_importrow AS row
SET outcome = new.outcome, reason = new.reason, field = new.field, message_th = new.message_th, message_en = new.message_en,
    area_code = new.area_code, product_id = new.product_id, producer_id = new.producer_id, changes = new.changes::jsonb
FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::text[])
    AS new (number, outcome, reason, field, message_th, message_en, area_code, product_id, producer_id, changes)
WHERE row.file_id = %s AND row.number = new.number
"""


def write_outcomes(file: ImportFile, plans: Sequence[RowPlan]) -> None:
    """Notes on the file's rows what became of them."""
    columns = (
        [plan.number for plan in plans], [str(plan.outcome) for plan in plans], [plan.reason for plan in plans],
        [plan.field for plan in plans], [plan.message("th") for plan in plans], [plan.message("en") for plan in plans],
        [plan.area_code for plan in plans], [plan.product.id if plan.product else None for plan in plans],
        [_producer(plan) for plan in plans], [json.dumps(plan.changes) for plan in plans],
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(OUTCOMES, [*columns, file.pk])


def _producer(plan: RowPlan) -> int | None:
    """The producer the row means, when it is one of the register (a planned one of a waiting row is none)."""
    if plan.product is not None:
        return plan.product.producer.id
    return plan.producer.id if plan.producer is not None else None
