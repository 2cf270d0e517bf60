"""Producers and products of areas that end or divide: those with one way follow by themselves, the others are asked about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from registry.actions.acts import moment, note
from registry.actions.boundaries.after import tell_all
from registry.clock import bangkok_day
from registry.models import (
    Area,
    AreaChange,
    AreaSuccession,
    History,
    PlaceQuestion,
    Producer,
    ProducerFact,
    Product,
    ProductFact,
    User,
    free_public_ids,
)
from registry.refusal import require
from registry.rules import boundaries as rules
from registry.rules import producer_is_new, product_is_new, same_origin

Row = Producer | Product
BATCH = 1000


def move_all(old: Area, new_id: int, change: AreaChange, *, by: User | None, at: datetime) -> int:
    """Everything active in the ended tambon `old` goes to its one successor; two of a name become a question."""
    new = Area.objects.get(pk=new_id)
    there = set(Producer.objects.active().filter(area=new).values_list("name_key", "origin"))
    producers = list(Producer.objects.active().filter(area=old))
    free = [row for row in producers if (row.name_key, row.origin) not in there]
    stuck = {row.pk for row in producers} - {row.pk for row in free}
    taken = set(Product.objects.active().filter(area=new).values_list("producer_id", "name_key"))
    products = [
        row for row in Product.objects.active().filter(area=old).exclude(producer__in=stuck)
        if (row.producer_id, row.name_key) not in taken
    ]  # fmt: skip
    _move(free, new, change.on, by=by, at=at)
    _move(products, new, change.on, by=by, at=at)
    ask_places(old, change, by=by, at=at)  # what is still there
    return len(free) + len(products)


def ask_places(area: Area, change: AreaChange, *, by: User | None, at: datetime) -> int:
    """A question for each active producer of the area, and for each product whose producer stands elsewhere."""
    producers = Producer.objects.active().filter(area=area).values_list("pk", "origin")
    products = Product.objects.active().filter(area=area).exclude(producer__area=area).values_list("pk", "origin")
    rows = [PlaceQuestion(producer_id=pk, origin=origin) for pk, origin in producers]
    rows += [PlaceQuestion(product_id=pk, origin=origin) for pk, origin in products]
    for row, public_id in zip(rows, free_public_ids(PlaceQuestion, len(rows)), strict=True):
        row.public_id, row.change, row.area = public_id, change, area
        row.created_by = row.changed_by = by
        row.created_at = row.changed_at = at
    PlaceQuestion.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def heirs_of(questions: Sequence[PlaceQuestion]) -> dict[int, list[Area]]:
    """The parts among which each answer lies, in the order of their codes, by the question's id; one query for all."""
    areas = {question.area_id for question in questions}
    links = AreaSuccession.objects.filter(
        Q(old__in=areas) | Q(old__state_of__in=areas), on__in={question.change.on for question in questions}
    )
    parts: dict[tuple[int, date | None], list[Area]] = defaultdict(list)
    for link in links.select_related("old", "new__parent__parent").order_by("new__code"):
        parts[link.old.state_of_id or link.old_id, link.on].append(link.new)
    return {question.pk: parts[question.area_id, question.change.on] for question in questions}


@transaction.atomic
def settle_places(
    *, by: User | None, answers: Mapping[PlaceQuestion, Area], at: datetime | None = None
) -> list[PlaceQuestion]:
    """Writes in which part each producer (with its products made in the divided tambon) or product stands.

    Refuses whoever has no office there, what is settled already, an area that is no part, and a second producer or
    product of a name in one tambon. All or nothing.
    """
    now = moment(at)
    locked = PlaceQuestion.objects.select_for_update(of=("self",)).select_related("change", "area", "producer", "product")
    questions = list(locked.filter(pk__in=[question.pk for question in answers]).order_by("pk"))
    heirs = heirs_of(questions)
    wanted = {question.pk: area for question, area in answers.items()}
    for question in questions:
        answer, row = wanted[question.pk], question.row
        require(
            rules.may_settle_place(by, question.area, now), same_origin(row, by), rules.place_unanswered(question),
            rules.part_of_the_division(answer, heirs[question.pk], row),
        )
        if answer.pk != row.area_id and row.ended_on is None:
            _settle(question, answer, by, now)
        PlaceQuestion.objects.filter(pk=question.pk).update(
            answer=answer, version=F("version") + 1, changed_at=now, changed_by=by
        )
        note("place_settled", question, by=by, at=now, after={"area": answer.code})
    tell_all(list({question.area_id: question.area for question in questions}.values()), by, now)
    return questions


def _settle(question: PlaceQuestion, answer: Area, by: User | None, now: datetime) -> None:
    on = question.change.on
    if question.producer is None:
        assert question.product is not None  # a constraint: one of the two
        require(product_is_new(question.product.name, question.product.producer, answer, but=question.product))
        _move([question.product], answer, on, by=by, at=now)
        return
    producer, left = question.producer, question.area
    require(producer_is_new(producer.name, answer, producer.origin, but=producer))
    _move([producer], answer, on, by=by, at=now)
    _move(list(Product.objects.active().filter(producer=producer, area=left)), answer, on, by=by, at=now)


def _move(rows: Sequence[Row], new: Area, on: date, *, by: User | None, at: datetime) -> None:
    """Other tambon, dated fact from the day of the change on (never before the row's last fact), line of history."""
    if not rows:
        return
    model, pks = type(rows[0]), [row.pk for row in rows]
    model._default_manager.filter(pk__in=pks).update(area=new, version=F("version") + 1, changed_at=at, changed_by=by)
    first = min(on, bangkok_day(at))
    if model is Producer:
        _producer_facts(pks, new, first, by, at)
    else:
        _product_facts(pks, new, first, by, at)
    kind = "producer" if model is Producer else "product"
    codes = dict(Area.objects.filter(pk__in={row.area_id for row in rows}).values_list("pk", "code"))
    History.objects.bulk_create(
        (History(act=f"{kind}_changed", kind=kind, row=row.public_id, by=by, at=at,
                 before={"area": codes[row.area_id]}, after={"area": new.code}) for row in rows), batch_size=BATCH
    )  # fmt: skip


def _producer_facts(pks: Sequence[int], new: Area, first: date, by: User | None, at: datetime) -> None:
    latest = ProducerFact.objects.filter(producer__in=pks).order_by("producer_id", "-on", "-id").distinct("producer_id")
    ProducerFact.objects.bulk_create(
        (ProducerFact(producer_id=fact.producer_id, on=max(fact.on, first), type=fact.type, area=new, active=fact.active,
                      by=by, at=at) for fact in latest), batch_size=BATCH
    )  # fmt: skip


def _product_facts(pks: Sequence[int], new: Area, first: date, by: User | None, at: datetime) -> None:
    latest = ProductFact.objects.filter(product__in=pks).order_by("product_id", "-on", "-id").distinct("product_id")
    ProductFact.objects.bulk_create(
        (ProductFact(product_id=fact.product_id, on=max(fact.on, first), category_id=fact.category_id, area=new,
                     active=fact.active, by=by, at=at) for fact in latest), batch_size=BATCH
    )  # fmt: skip
