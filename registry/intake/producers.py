"""Lists of producers without products (province, amphoe, tambon, producer): registered, met, asked about or refused."""

from typing import Any

from registry.actions.imports import Choices, KnownProducer, RowPlan
from registry.intake import sentences as say
from registry.intake import sentences_of_producers as say_producers
from registry.intake.hearing import Heard, Listener
from registry.intake.matching import Asked, Book
from registry.intake.outcome import Decider, Doubt, Scope
from registry.models import Outcome, Producer
from registry.refusal import Refusal


class ProducerDecider(Decider):
    """Decides rows that each tell of one producer; a doubt is a question as with products, and no product is made."""

    def __init__(self, listener: Listener, book: Book, scope: Scope) -> None:
        super().__init__(listener, book, scope)
        codes = [asked.producer for asked in book.asked.values() if asked.producer]
        rows = Producer.objects.filter(public_id__in=codes) if codes else ()
        self.answered = {
            row.public_id: KnownProducer(
                row.name, row.name_key, row.area_id, row.village, row.type, id=row.pk, public_id=row.public_id
            )
            for row in rows
        }

    def decide(self, row: Heard) -> RowPlan:
        """The one outcome of the row."""
        refusal = self._against(row)
        if refusal is not None:
            return self._said(row, Outcome.REFUSED, refusal)
        asked = self.book.question(row)
        if asked is not None and not asked.open:
            known = self.answered.get(asked.producer)
            told = say_producers.producer_there() if known else say.answered_no(asked.reason)
            return self._said(row, Outcome.MERGED if known else Outcome.REFUSED, told, producer=known)
        doubts = [doubt for doubt in self._doubts(row) if doubt.needs in ("tambon", "producer")]
        if not doubts:
            assert row.found.spot is not None  # else the place is a doubt
            known = self.book.producers.get((row.found.spot.id, row.producer_key))
            doubt = self._maker_doubt(row, known, row.found.spot.id)
            doubts = [doubt] if doubt else []
            if known is not None and not doubts:
                return self._said(row, Outcome.MERGED, say_producers.producer_there(), producer=known)
        return self._waits(row, doubts, asked) if doubts else self._fresh(row)

    def _against(self, row: Heard) -> Refusal | None:
        if not row.producer:
            return say_producers.producer_unnamed()
        if row.found.reason == "unknown":
            return say.area_unknown(self.places, row.found)
        spot = row.found.spot
        return None if spot is None or self.scope.touches(spot) else say.not_your_area(self.places, spot)

    def _fresh(self, row: Heard) -> RowPlan:
        assert row.found.spot is not None
        producer = KnownProducer(
            row.producer, row.producer_key, row.found.spot.id, row.village, row.producer_type, registered_on=row.registered_on
        )
        self.book.add_producer(producer)
        return self._said(row, Outcome.CREATED, say_producers.producer_new(), *row.notes, producer=producer)

    def _waits(self, row: Heard, doubts: list[Doubt], asked: Asked | None) -> RowPlan:
        choices = Choices(
            needs=tuple(dict.fromkeys(doubt.needs for doubt in doubts)),
            tambons=tuple(code for doubt in doubts for code in doubt.tambons),
            producers=tuple(one for doubt in doubts for one in doubt.producers),
        )
        plan = self._said(row, Outcome.QUESTION, *(doubt.sentence for doubt in doubts), choices=choices)
        plan.question = asked.id if asked else None
        plan.told = {**row.told, "producer_only": True}
        return plan

    def _said(self, row: Heard, outcome: str, *told: Refusal, **rest: Any) -> RowPlan:
        """A plan that remembers no source: a number in a list of producers tells of no product."""
        plan = self._plan(row, outcome, *told, **rest)
        plan.source = plan.source_ref = ""
        return plan
