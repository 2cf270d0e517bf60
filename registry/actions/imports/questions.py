"""Answering what an import could not decide: the row becomes a product, joins one, or is refused with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from registry.actions.acts import moment, note, unless_taken
from registry.actions.imports.files import ONE_IMPORT_AT_A_TIME
from registry.actions.imports.plans import KnownProducer, KnownProduct, MadeLine, Quote, RowPlan
from registry.actions.imports.writing import Writer, write_plans
from registry.models import (
    Area,
    Category,
    ImportRow,
    Outcome,
    Producer,
    ProducerType,
    Product,
    ProductSource,
    Question,
    User,
)
from registry.refusal import N_, Refusal, refuse, require
from registry.rules import (
    is_going_on,
    is_tambon,
    may_register_in,
    name_fits,
    producer_is_there,
    producer_said,
    question_is_open,
    reason_given,
    row_is_no_live_plant,
    same_origin,
)
from registry.thai import match_key, normalise


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person decided: the row is `product` of the register; or it is a product of this name, by `producer` or a
    producer of this name, in the tambon `area`.
    """

    area: Area | None = None
    producer: Producer | None = None
    producer_name: str = ""
    product: Product | None = None
    product_name: str = ""


@transaction.atomic
def answer_question(
    *, by: User | None, question: Question, choice: Answer, at: datetime | None = None
) -> Product | Producer:
    """Creates the product the row means, or joins the row to the one there is: empty fields are filled, none overwritten.

    A row of a list of producers becomes a producer or joins one, and that is given.

    Refuses a question that is answered already, a place outside the writer's areas, and an answer that lacks the tambon,
    the producer or a name. The second of two people gets the refusal, and nothing is made twice.
    """
    now = moment(at)
    locked = _locked(question)
    area = choice.product.area if choice.product else choice.area
    require(
        question_is_open(locked),
        is_tambon(area),
        may_register_in(by, [area], now),
        is_going_on(choice.product),
        *(same_origin(row, by) for row in (choice.product, choice.producer) if row is not None),
    )
    assert area is not None  # is_tambon refuses it
    if is_producer_alone(locked):
        return _answer_producer(locked, choice, area, by, now)
    if choice.product is None:
        require(
            _stars_need_a_product(locked),
            name_fits(choice.product_name, "product_name"),
            producer_said(choice.producer, choice.producer_name),
            producer_is_there(choice.producer, area.pk),
            name_fits(choice.producer_name, "producer_name") if choice.producer is None else None,
            row_is_no_live_plant(choice.product_name, "", said=bool(locked.choices.get("told", {}).get("not_live_plant"))),
        )
    known = _product(choice, area, locked)
    with unless_taken(_taken):
        write_plans([_plan(locked, known)], Writer(by, now, locked.origin), locked.first_row.file)
    return _close(locked, known, {"how": "joined" if choice.product else "chosen"}, by, now)


def is_producer_alone(question: Question) -> bool:
    """Whether the row tells of a producer without products."""
    return bool(question.choices.get("told", {}).get("producer_only"))


def _answer_producer(question: Question, choice: Answer, area: Area, by: User | None, now: datetime) -> Producer:
    """The producer chosen, the one of this name in the tambon, or a new one; the second of two people meets the first's."""
    require(
        producer_said(choice.producer, choice.producer_name),
        producer_is_there(choice.producer, area.pk),
        name_fits(choice.producer_name, "producer_name") if choice.producer is None else None,
    )
    known = _producer(choice, area, question)
    row = question.first_row
    plan = RowPlan(
        number=row.number, said=question.said, outcome=Outcome.MERGED if known.id else Outcome.CREATED, reason="answered",
        sentences=(), identity=question.identity, producer=known,
    )  # fmt: skip
    with unless_taken(_taken):
        write_plans([plan], Writer(by, now, question.origin), row.file)
    producer = Producer.objects.get(pk=known.id or 0)
    _answered(question, {"how": "joined" if choice.producer else "chosen", "producer": producer.public_id}, by, now)
    ImportRow.objects.filter(pk=row.pk).update(producer=producer)
    return producer


@transaction.atomic
def dismiss_question(*, by: User | None, question: Question, reason: str, at: datetime | None = None) -> Question:
    """None of the choices: the row is not taken in, for a reason that stays with it; the same row is not asked again.

    Refuses a question that is answered already, a place outside the writer's areas, and an empty reason.
    """
    now = moment(at)
    locked = _locked(question)
    require(question_is_open(locked), may_register_in(by, [locked.area], now), reason_given(reason))
    _answered(locked, {"how": "refused", "reason": normalise(reason)}, by, now)
    return locked


def _locked(question: Question) -> Question:
    """The question as it is now, held for this transaction; imports wait, so that nothing is made twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])
    return Question.objects.select_for_update(of=("self",)).select_related("area").get(pk=question.pk)


def _stars_need_a_product(question: Question) -> Refusal | None:
    if question.kind != "stars_doubtful":
        return None
    return refuse("product_missing", N_("Choose the product these stars belong to."), field="product")


def _taken() -> Refusal:
    return refuse(
        "made_meanwhile",
        N_(
            "Somebody else has just recorded the same producer or product. Open the question again: it is among the "
            "choices now."
        ),
    )


def _product(choice: Answer, area: Area, question: Question) -> KnownProduct:
    """The product meant: the one chosen, the one of this name that the producer has there already, or a new one."""
    if choice.product is not None:
        return _known(choice.product)
    maker = _producer(choice, area, question)
    there = maker.id and Product.objects.active().filter(
        producer=maker.id, area=area, name_key=match_key(choice.product_name)
    ).select_related("producer").first()  # fmt: skip
    if there:
        return _known(there)
    told = question.choices.get("told", {})
    name = normalise(choice.product_name)
    suggested = _category_id(told.get("suggested"))
    return KnownProduct(
        maker, name, match_key(name), area.pk, values_told(told), suggested_id=suggested, registered_on=_day_told(told),
        not_live_plant=bool(told.get("not_live_plant")),
    )


def _producer(choice: Answer, area: Area, question: Question) -> KnownProducer:
    """The producer chosen, the one of this name in the tambon, or a new one as the row tells it."""
    producer = choice.producer or Producer.objects.active().filter(
        name_key=match_key(choice.producer_name), area=area, origin=question.origin
    ).first()  # fmt: skip
    if producer:
        return _maker(producer)
    told = question.choices.get("told", {})
    return KnownProducer(
        name=normalise(choice.producer_name), key=match_key(choice.producer_name), area_id=area.pk, village=told.get("village", ""),
        type=told.get("producer_type", ProducerType.GROUP), registered_on=_day_told(told),
    )  # fmt: skip


def _day_told(told: dict[str, Any]) -> date | None:
    return date.fromisoformat(told["registered_on"]) if told.get("registered_on") else None


def _maker(producer: Producer) -> KnownProducer:
    return KnownProducer(
        producer.name, producer.name_key, producer.area_id, producer.village, producer.type, id=producer.pk
    )


def _known(product: Product) -> KnownProduct:
    return KnownProduct(
        _maker(product.producer),
        product.name,
        product.name_key,
        product.area_id,
        {},
        id=product.pk,
        public_id=product.public_id,
    )


def values_told(told: dict[str, Any]) -> dict[str, Any]:
    """The fields of a product from what a question keeps of its row."""
    values: dict[str, Any] = {
        field: told[field]
        for field in ("name_en", "village", "story", "wisdom", "materials", "process", "packaging", "unit")
        if told.get(field)
    }
    if told.get("price_baht"):
        values["price_baht"] = Decimal(told["price_baht"])
    if told.get("capacity_month") is not None:
        values["capacity_month"] = int(told["capacity_month"])
    if category := _category_id(told.get("category")):
        values["category_id"] = category
        if told.get("subcategory_id"):
            values["subcategory_id"] = told["subcategory_id"]
    return values


def _category_id(code: str | None) -> int | None:
    return Category.objects.filter(code=code).values_list("pk", flat=True).first() if code else None


def _plan(question: Question, known: KnownProduct) -> RowPlan:
    """The row as the writer of imports takes it: created when the product is new, else merged."""
    told, row = question.choices.get("told", {}), question.first_row
    source, ref = row.source, row.source_ref
    unknown = bool(source and ref) and not ProductSource.objects.filter(
        source=source, source_ref=ref, origin=question.origin
    ).exists()  # fmt: skip
    return RowPlan(
        number=row.number, said=question.said, outcome=Outcome.MERGED if known.id else Outcome.CREATED, reason="answered",
        sentences=(), identity=question.identity, source=source, source_ref=ref, product=known, sources=unknown,
        fill=values_told(told) if known.id else {}, held=tuple((standard, number) for standard, number in told.get("standards", ())),
        made_of=tuple(MadeLine(*line) for line in told.get("made_of", ())), quote=Quote(*told["quote"]) if told.get("quote") else None,
    )  # fmt: skip


def _close(question: Question, known: KnownProduct, answer: dict[str, Any], by: User | None, now: datetime) -> Product:
    product = Product.objects.select_related("producer", "area").get(pk=known.id or 0)
    question.product = product
    _answered(question, {**answer, "product": product.public_id}, by, now)
    ImportRow.objects.filter(pk=question.first_row_id).update(product=product, producer=product.producer)
    return product


def _answered(question: Question, answer: dict[str, Any], by: User | None, now: datetime) -> None:
    question.answer, question.answered_at, question.answered_by = answer, now, by
    question.changed_at, question.changed_by = now, by
    question.version += 1
    question.save()
    note("question_answered", question, by=by, at=now, after=answer)
