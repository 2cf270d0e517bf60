"""What the register knows of the rows at hand, read with a handful of queries however many rows there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Func, Min, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform

from registry.actions.imports import FILLED_BY_FILES, KnownProducer, KnownProduct, MadeLine
from registry.intake.hearing import TELLING, Heard
from registry.models import ImportFile, ImportRow, Material, Outcome, Producer, Product, Question

BY_SOURCE = """
SELECT one.source, one.source_ref, one.product_id FROM registry_productsource AS one
JOIN unnest(%s::text[], %s::text[]) AS said (source, source_ref) USING (source, source_ref) WHERE one.origin = %s
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question the register has asked about a row before."""

    id: int
    open: bool
    product: int | None
    reason: str
    kind: str
    producer: str = ""  # its public id, where the row told of a producer alone


class Book:
    """Producers, products and questions that rows may meet; `add_…` remembers what the rows themselves bring."""

    def __init__(self) -> None:
        self.producers: dict[tuple[int, str], KnownProducer] = {}
        self.in_area: dict[int, list[KnownProducer]] = defaultdict(list)
        self.products: dict[tuple[KnownProducer, str, int], KnownProduct] = {}
        self.of_producer: dict[KnownProducer, list[KnownProduct]] = defaultdict(list)
        self.by_id: dict[int, KnownProduct] = {}
        self.by_source: dict[tuple[str, str], KnownProduct] = {}
        self.merged: dict[KnownProducer, int] = {}
        self.merged_products: dict[KnownProduct, int] = {}
        self.asked: dict[str, Asked] = {}
        self.coded: dict[str, Asked] = {}

    @classmethod
    def load(cls, rows: Sequence[Heard], origin: str, file: ImportFile | None = None) -> "Book":
        """All that the rows may meet among data of this origin; with `file`, also which of its rows came to which product."""
        book = cls()
        sources = _sources(rows, origin)
        book._load_questions(rows, origin)
        wanted = set(sources.values()) | {
            asked.product for asked in (*book.asked.values(), *book.coded.values()) if asked.product
        }
        places = {row.found.spot.id for row in rows if row.found.spot is not None and not row.found.reason}
        makers = book._load_producers(places, wanted, origin)
        book._follow_merged(origin, makers)
        keys = {(row.found.spot.id, row.producer_key) for row in rows if row.found.spot is not None}
        met = [maker.id for key, maker in book.producers.items() if key in keys]
        book._load_products(met, wanted, makers)
        book._follow_merged_products()
        if any(row.made_of for row in rows):
            book._load_materials()
        book.by_source = {pair: book.by_id[product] for pair, product in sources.items()}
        if file is not None:
            book._note_rows(file)
        return book

    def _load_questions(self, rows: Sequence[Heard], origin: str) -> None:
        """By the rows' identities, and by the codes of questions that corrected rows carry."""
        identities = {identity for row in rows for identity in (row.identity, row.identity_here)}
        codes = [code.strip().upper()[:8] for row in rows if (code := row.said.get("question"))]
        found = Question.objects.filter(Q(identity__in=identities) | Q(public_id__in=codes), origin=origin)
        for id_, public_id, identity, answered_at, product, answer, kind in found.values_list(
            "id", "public_id", "identity", "answered_at", "product_id", "answer", "kind"
        ):
            said = answer or {}
            asked = Asked(id_, answered_at is None, product, said.get("reason", ""), kind, said.get("producer", ""))
            self.asked[identity] = self.coded[public_id] = asked

    def _load_producers(self, places: set[int], products: set[int], origin: str) -> dict[int, KnownProducer]:
        """Producers of the places, and makers of the products that are known already; the living before the ended."""
        of_products = Product.objects.filter(pk__in=products).values_list("producer", flat=True)
        wanted = Q(area__in=places) | Q(pk__in=set(of_products)) if products else Q(area__in=places)
        found = Producer.objects.filter(wanted, origin=origin).order_by("id")
        makers: dict[int, KnownProducer] = {}
        self._add_producers(found, makers)
        return makers

    def _add_producers(self, found: QuerySet[Producer], makers: dict[int, KnownProducer]) -> None:
        columns = "id", "public_id", "name", "name_key", "area_id", "village", "type", "ended_on", "merged_into_id"
        for id_, public_id, name, key, area, village, kind, ended, into in found.values_list(*columns):
            maker = KnownProducer(name, key, area, village, kind, ended=ended is not None, id=id_, public_id=public_id)
            makers[id_] = maker
            self.add_producer(maker)
            if into is not None:
                self.merged[maker] = into

    def _follow_merged(self, origin: str, makers: dict[int, KnownProducer]) -> None:
        """The name of a producer that was joined with another means that other one, however often they were joined."""
        while strange := {into for into in self.merged.values() if into not in makers}:
            self._add_producers(Producer.objects.filter(pk__in=strange, origin=origin).order_by("id"), makers)
            if not strange & makers.keys():
                break
        for maker in self.merged:
            last = maker
            while self.merged.get(last, 0) in makers:
                last = makers[self.merged[last]]
            if self.producers[maker.area_id, maker.key].ended:
                self.producers[maker.area_id, maker.key] = last

    def _follow_merged_products(self) -> None:
        """The name of a product that was joined with another of the same maker means that other one."""
        for product, into in self.merged_products.items():
            last = self.by_id.get(into)
            while last in self.merged_products:
                last = self.by_id.get(self.merged_products[last])
            key = product.producer, product.key, product.area_id
            if last is not None and self.products[key].ended:
                self.products[key] = last

    def _load_products(self, makers: Sequence[int | None], products: set[int], known: dict[int, KnownProducer]) -> None:
        found = Product.objects.filter(Q(producer__in=makers) | Q(pk__in=products)).order_by("id")
        columns = ("id", "public_id", "producer_id", "name", "name_key", "area_id", "ended_on", "merged_into_id", *FILLED_BY_FILES)
        for id_, public_id, producer, name, key, area, ended, into, *values in found.values_list(*columns):
            product = KnownProduct(
                known[producer], name, key, area, dict(zip(FILLED_BY_FILES, values, strict=True)), ended=ended is not None,
                id=id_, public_id=public_id,
            )  # fmt: skip
            self.by_id[id_] = product
            self.add_product(product)
            if into is not None:
                self.merged_products[product] = into

    def _load_materials(self) -> None:
        """The lines of raw materials of the products that rows may meet."""
        lines = Material.objects.filter(product__in=self.by_id).live()
        for product, *told in lines.values_list("product_id", "name", "area_id", "country", "share"):
            self.by_id[product].made_of += (MadeLine(*told),)

    def _note_rows(self, file: ImportFile) -> None:
        """The first row of the file that came to each product in an earlier chunk."""
        rows = ImportRow.objects.filter(
            file=file, product__in=self.by_id, outcome__in=[Outcome.CREATED, Outcome.MERGED]
        )
        taken = rows.filter(number__lte=_last_taken(file)).order_by().values("product_id").annotate(first=Min("number"))
        for line in taken:
            self.by_id[line["product_id"]].row = line["first"]

    def add_producer(self, producer: KnownProducer) -> None:
        """A living producer stands before an ended one of the same name."""
        there = self.producers.get((producer.area_id, producer.key))
        if there is None or there.ended:
            self.producers[producer.area_id, producer.key] = producer
        self.in_area[producer.area_id].append(producer)

    def add_product(self, product: KnownProduct) -> None:
        there = self.products.get((product.producer, product.key, product.area_id))
        if there is None or there.ended:
            self.products[product.producer, product.key, product.area_id] = product
        self.of_producer[product.producer].append(product)

    def question(self, row: Heard) -> Asked | None:
        """The question asked about this very row, by its identity or by the code it carries."""
        asked = self.asked.get(row.identity_here) or self.asked.get(row.identity)
        return asked or self.coded.get(row.said.get("question", "").strip().upper()[:8])


def _sources(rows: Iterable[Heard], origin: str) -> dict[tuple[str, str], int]:
    pairs = {(row.source, row.source_ref) for row in rows if row.has_source}
    if not pairs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(BY_SOURCE, [[source for source, _ref in pairs], [ref for _source, ref in pairs], origin])
        found: list[Any] = cursor.fetchall()
    return {(source, ref): product for source, ref, product in found}


def shared_of(file: ImportFile) -> set[tuple[str, str]]:
    """`shared_numbers` of the rows of a checked file."""
    telling = [KeyTextTransform(column, "said") for column in TELLING]
    pairs = file.import_rows.exclude(source="").exclude(source_ref="").order_by().values_list("source", "source_ref")
    shared = pairs.annotate(kinds=Count(Func(*telling, function="ROW", output_field=TextField()), distinct=True))
    return {(source, ref) for source, ref, _kinds in shared.filter(kinds__gt=1)}


def _last_taken(file: ImportFile) -> int:
    """The number of the last row that is taken in, 0 when none is."""
    if not file.taken:
        return 0
    numbers = file.import_rows.order_by("number").values_list("number", flat=True)
    return int(numbers[file.taken - 1])
