"""Deciding rows: each ends as exactly one of created, merged, question, refused; a doubt is a question, never a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from registry.actions.imports import Choices, KnownProducer, KnownProduct, Made, MadeLine, RowPlan
from registry.intake import sentences as say
from registry.intake.doubts import Doubt, identity_differs, producer_doubt, same_name
from registry.intake.hearing import Heard, Listener
from registry.intake.matching import Asked, Book
from registry.intake.names import (
    alike_producers,
    alike_products,
    is_damaged,
)
from registry.intake.spots import Spot
from registry.levels import short_name
from registry.models import Category, Outcome, SubCategory
from registry.refusal import Named, Refusal
from registry.rules import plant_word, row_is_no_live_plant

SHOWN, SHOWN_LETTERS = 5, 200


@dataclass(frozen=True, slots=True)
class Scope:
    """The areas whose rows the sender may bring, as (lft, rght) ranges; None is everywhere."""

    ranges: tuple[tuple[int, int], ...] | None = None

    def touches(self, spot: Spot | None) -> bool:
        """Whether some of the place lies in the scope; a place not known may."""
        if self.ranges is None or spot is None:
            return True
        return any(lft <= spot.rght and spot.lft <= rght for lft, rght in self.ranges)


class Decider:
    """Decides rows in their order; what a row brings is known to the rows behind it."""

    def __init__(self, listener: Listener, book: Book, scope: Scope) -> None:
        self.listener, self.book, self.scope, self.places = listener, book, scope, listener.places
        self.names = {row.id: (row.code, Named(row.name_th, row.name_en)) for row in Category.objects.all()}
        self.finer = {row.id: row for row in SubCategory.objects.all()}

    def decide(self, row: Heard) -> RowPlan:
        """The one outcome of the row."""
        if not row.product_key:
            return self._plan(row, Outcome.REFUSED, say.name_missing())
        if row.found.reason == "unknown":
            return self._plan(row, Outcome.REFUSED, say.area_unknown(self.places, row.found))
        asked = self.book.question(row)
        known = self._known(row, asked)
        plant = row_is_no_live_plant(row.product, row.values.get("name_en", ""), said=row.not_live_plant)
        if plant is not None and known is None and not self._stands(row):
            return self._plan(row, Outcome.REFUSED, plant)
        place = self.places.by_id.get(known.area_id) if known else row.found.spot
        if place is not None and not self.scope.touches(place):
            return self._plan(row, Outcome.REFUSED, say.not_your_area(self.places, place))
        if asked is not None and not asked.open:
            return self._met(row, known) if known else self._plan(row, Outcome.REFUSED, say.answered_no(asked.reason))
        if known is not None:
            differing = identity_differs(row, known)
            if differing:
                doubt = Doubt(say.source_differs(differing, known.name), "product", products=(known,))
                return self._ask(row, [doubt, *self._doubts(row)], asked)
            return self._met(row, known, asked)
        doubts = self._doubts(row)
        return self._ask(row, doubts, asked) if doubts else self._by_names(row, asked)

    def _stands(self, row: Heard) -> bool:
        """Whether the register has the very product already: somebody decided about it then."""
        spot = row.found.spot
        maker = self.book.producers.get((spot.id, row.producer_key)) if spot is not None else None
        return maker is not None and spot is not None and (maker, row.product_key, spot.id) in self.book.products

    def _known(self, row: Heard, asked: Asked | None) -> KnownProduct | None:
        """The product that a person has said this row is, or the one that came from the same row of the source."""
        if asked is not None and asked.product is not None:
            return self.book.by_id.get(asked.product)
        return self.book.by_source.get((row.source, row.source_ref)) if row.has_source else None

    def _doubts(self, row: Heard) -> list[Doubt]:
        """What is missing or doubtful in the row itself: its name, its place, its producer."""
        doubts = [Doubt(say.name_damaged(row.product), "name")] if is_damaged(row.product) else []
        found = row.found
        tambons = tuple(spot.code for spot in found.choices)
        if found.reason == "missing" and not row.producer:
            return [
                *doubts,
                Doubt(say.missing("both", "tambon"), "tambon", tambons),
                Doubt(say.missing("producer", "producer_name"), "producer"),
            ]
        if found.reason == "missing":
            doubts.append(Doubt(say.missing("tambon", "tambon"), "tambon", tambons))
        elif found.reason:
            doubts.append(Doubt(say.place_doubtful(self.places, found), "tambon", tambons))
        if not row.producer:
            doubts.append(Doubt(say.missing("producer", "producer_name"), "producer"))
        elif code := producer_doubt(row.producer):
            doubts.append(Doubt(say.producer_doubtful(code, row.producer), "producer"))
        return doubts

    def _by_names(self, row: Heard, asked: Asked | None) -> RowPlan:
        """The place is sure and the producer named: met, doubtful, or new."""
        assert row.found.spot is not None
        area = row.found.spot.id
        producer = self.book.producers.get((area, row.producer_key))
        doubt = self._maker_doubt(row, producer, area)
        if doubt is not None:
            return self._ask(row, [doubt], asked)
        product = self.book.products.get((producer, row.product_key, area)) if producer else None
        if product is not None and not product.ended:
            return self._met(row, product, asked)
        if producer is not None and (doubt := self._product_alike(row, producer, product)):
            return self._ask(row, [doubt], asked, producer)
        return self._new(row, producer, area, asked)

    def _maker_doubt(self, row: Heard, known: KnownProducer | None, area: int) -> Doubt | None:
        """Whether another producer of the tambon may be meant, or the one of this name may not."""
        return self._producer_alike(row, area) if known is None else same_name(row, known)

    def _producer_alike(self, row: Heard, area: int) -> Doubt | None:
        alike = tuple(
            other for other in self.book.in_area[area] if not other.ended and alike_producers(row.producer, other.name)
        )[:SHOWN]
        if not alike:
            return None
        return Doubt(say.producer_alike(row.producer, [other.name for other in alike]), "producer", producers=alike)

    def _product_alike(self, row: Heard, producer: KnownProducer, ended: KnownProduct | None) -> Doubt | None:
        if ended is not None:
            return Doubt(say.ended_before(ended.name), "product")
        others = self.book.of_producer[producer]
        alike = tuple(other for other in others if not other.ended and alike_products(row.product, other.name))[:SHOWN]
        if not alike:
            return None
        return Doubt(say.product_alike(row.product, [other.name for other in alike]), "product", products=alike)

    def _new(self, row: Heard, producer: KnownProducer | None, area: int, asked: Asked | None) -> RowPlan:
        if producer is None:
            producer = KnownProducer(
                row.producer, row.producer_key, area, row.village, row.producer_type, registered_on=row.registered_on
            )
            self.book.add_producer(producer)
        suggested = self.listener.categories.get(row.suggested)
        product = KnownProduct(
            producer, row.product, row.product_key, area, dict(row.values), suggested_id=suggested, registered_on=row.registered_on,
            not_live_plant=row.not_live_plant and bool(plant_word(row.product, row.values.get("name_en", ""))), row=row.number,
            made_of=row.made_of,
        )  # fmt: skip
        self.book.add_product(product)
        complete = "category_id" in row.values
        name = self.names[suggested][1] if suggested else None
        first = say.taken_in() if complete else say.taken_in_without_category(name, row.suggested)
        return self._plan(
            row, Outcome.CREATED, first, *row.notes, product=product, made_of=row.made_of, **self._remembering(row, product, asked)
        )

    def _met(self, row: Heard, product: KnownProduct, asked: Asked | None = None) -> RowPlan:
        """The row is a product of the register or of a row before: empty fields are filled, none is overwritten."""
        fill = {field: value for field, value in row.values.items() if product.values.get(field) in (None, "")}
        if "subcategory_id" in fill and row.values["category_id"] != {**product.values, **fill}["category_id"]:
            del fill["subcategory_id"]
        differing = [
            field for field, value in row.values.items()
            if field not in fill and product.values.get(field) not in (None, "", value)
        ]
        changes = [*((field, "", value, True) for field, value in fill.items()),
                   *((field, product.values[field], row.values[field], False) for field in differing)]  # fmt: skip
        product.values.update(fill)
        made_of = self._made_of(row, product, changes)
        filled, differing = [*fill, *(["made_of"] if made_of else [])], [field for field, *_told, taken in changes if not taken]
        reason = _how_met(product.row not in (0, row.number), bool(filled), bool(differing))
        product.row = product.row or row.number
        told = [say.already_there(reason, filled or differing, product.row)]
        told += [say.already_there("differs", differing, 0)] if differing and reason in ("filled", "repeated") else []
        return self._plan(
            row, Outcome.MERGED, *told, *row.notes, product=product, fill=fill, made_of=made_of,
            changes=tuple((field, self._shown(field, before), self._shown(field, after), taken) for field, before, after, taken in changes),
            **self._remembering(row, product, asked),
        )

    def _made_of(self, row: Heard, product: KnownProduct, changes: list[tuple[str, Any, Any, bool]]) -> Made:
        """The row's lines of raw materials, where the product has none yet; what is to change is noted in `changes`."""
        before = product.made_of
        if not row.made_of or row.made_of == before:
            return ()
        changes.append(("made_of", before, row.made_of, not before))
        if before:
            return ()
        product.made_of = row.made_of
        return row.made_of

    def _shown(self, field: str, value: Any) -> str:
        """A value as a person reads it, the beginning of a long one."""
        if field == "made_of":
            return "; ".join(self._shown_line(line) for line in value)[:SHOWN_LETTERS]
        if field == "category_id" and value in self.names:
            return self.names[value][1].th
        if field == "subcategory_id" and value in self.finer:
            return self.finer[value].name_th
        return str(value)[:SHOWN_LETTERS]

    def _shown_line(self, line: MadeLine) -> str:
        """One raw material as it is written in a file."""
        spot = self.places.by_id.get(line.area) if line.area else None
        origin = " ".join(short_name(one.level, one.name, one.code) for one in reversed(self.places.path(spot))) if spot else ""
        told = line.name + (f" = {origin}" if origin else f" = ประเทศ{line.country}" if line.country else "")
        return f"{told} {line.share}%" if line.share else told

    def _remembering(self, row: Heard, product: KnownProduct, asked: Asked | None) -> dict[str, Any]:
        fresh = row.has_source and (row.source, row.source_ref) not in self.book.by_source
        if fresh:
            self.book.by_source[row.source, row.source_ref] = product
        return {"sources": fresh, "held": row.held, "question": _answered(row, asked)}

    def _ask(
        self, row: Heard, doubts: Sequence[Doubt], asked: Asked | None, producer: KnownProducer | None = None
    ) -> RowPlan:
        """The row waits: one question for all its doubts, asked once however often the row comes."""
        choices = Choices(
            needs=tuple(dict.fromkeys(doubt.needs for doubt in doubts)),
            tambons=tuple(code for doubt in doubts for code in doubt.tambons),
            producers=tuple(one for doubt in doubts for one in doubt.producers),
            products=tuple(one for doubt in doubts for one in doubt.products),
        )
        first = doubts[0].sentence
        rest = [doubt.sentence for doubt in doubts[1:] if first.code != "tambon_and_producer_missing"]
        plan = self._plan(row, Outcome.QUESTION, first, *rest, choices=choices, producer=producer)
        plan.question = asked.id if asked else None
        if first.code == "village_differs":
            plan.identity = row.identity_here
        return plan

    def _plan(self, row: Heard, outcome: str, *told: Refusal, **rest: Any) -> RowPlan:
        spot = row.found.spot
        return RowPlan(
            number=row.number, said=row.said, outcome=outcome, reason=told[0].code, sentences=told, identity=row.identity,
            source=row.source, source_ref=row.source_ref, field=told[0].field or "", area_id=spot.id if spot else None,
            area_code=spot.code if spot else "", told=row.told, **rest,
        )  # fmt: skip


def _answered(row: Heard, asked: Asked | None) -> int | None:
    """The open question that the row answers by being sure itself.

    One that asks why the same row of a source says something else is about that other row, and stays.
    """
    if asked is None or not asked.open or (asked.kind == "source_differs" and not row.said.get("question")):
        return None
    return asked.id


def _how_met(repeated: bool, filled: bool, differs: bool) -> str:
    """The reason of a merged row; what tells the sender most comes first."""
    for reason, holds in (("repeated", repeated), ("filled", filled), ("differs", differs)):
        if holds:
            return reason
    return "same"
