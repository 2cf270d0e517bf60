"""Making two rows of the register one: the merged row ends and points to the one that stays; nothing told is lost."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from registry.actions.acts import difference, moment, note, save_over, save_version
from registry.actions.goods import words_of
from registry.clock import bangkok_day
from registry.models import (
    Conformity,
    Material,
    Photo,
    Prize,
    Producer,
    ProducerFact,
    Product,
    ProductFact,
    ProductLine,
    ProductSource,
    Question,
    SalesPlace,
    User,
)
from registry.refusal import require
from registry.rules import MOST_PHOTOS
from registry.rules.merging import may_be_merged, movable_people

PRODUCER_FIELDS = ("name", "type", "area", "village")
PRODUCT_FIELDS = (
    "name", "name_en", "category", "area", "village", "story", "wisdom", "wisdom_holder", "process", "packaging", "materials",
    "price_baht", "capacity_month",
)  # fmt: skip
LINES: dict[str, type[ProductLine]] = {"material_lines": Material, "sales_lines": SalesPlace, "prize_lines": Prize}
WITH = {  # what goes along with a field, because it says nothing alone
    "category": ("subcategory",), "wisdom_holder": ("wisdom_holder_public",), "capacity_month": ("unit",),
    "name": ("not_live_plant",),
}  # fmt: skip


@transaction.atomic
def merge_products(
    *, by: User | None, stays: Product, goes: Product, stays_version: int, goes_version: int, take: Collection[str] = (),
    at: datetime | None = None,
) -> dict[str, int]:
    """Merges `goes` into `stays`: fields and lines named in `take` come from `goes`; standards, photographs and sources move.

    Registrations, old codes, entries of rounds and all that is written once stay with the merged row. Gives how many of
    each moved. Refuses what `may_be_merged` refuses and, with Conflict, a row that somebody else saved in between.
    """
    now = moment(at)
    _lock(Product, stays, goes)
    require(may_be_merged(by, stays, goes, now))
    _end(goes, stays, goes_version, by, now)
    ProductFact.objects.create(
        product=goes, on=bangkok_day(now), category=goes.category, area=goes.area, active=False, by=by, at=now
    )
    after = _take(stays, goes, PRODUCT_FIELDS, take, stays_version, by, now, lines=_take_lines(stays, goes, take, by, now))
    if {"category", "area"} & after.keys():
        ProductFact.objects.create(
            product=stays, on=bangkok_day(now), category=stays.category, area=stays.area, by=by, at=now
        )
    moved = {
        "standards_moved": _move(movable_standards(stays, goes), by, now, product=stays),
        "photos_moved": _move_photos(stays, goes, by, now),
        "sources_moved": ProductSource.objects.filter(product=goes).update(product=stays),
    }
    Question.objects.filter(product=goes).update(product=stays)
    _tell(stays, goes, moved, by, now)
    return moved


@transaction.atomic
def merge_producers(
    *, by: User | None, stays: Producer, goes: Producer, stays_version: int, goes_version: int, take: Collection[str] = (),
    at: datetime | None = None,
) -> dict[str, int]:
    """Merges `goes` into `stays`: fields named in `take` come from `goes`; products and people move.

    Registrations, old codes, sales and yearly answers stay with the merged row. Gives how many of each moved. Refuses
    what `may_be_merged` refuses and, with Conflict, a row that somebody else saved in between.
    """
    now = moment(at)
    _lock(Producer, stays, goes)
    require(may_be_merged(by, stays, goes, now))
    people = movable_people(stays, goes)
    _end(goes, stays, goes_version, by, now)
    ProducerFact.objects.create(
        producer=goes, on=bangkok_day(now), type=goes.type, area=goes.area, active=False, by=by, at=now
    )
    after = _take(stays, goes, PRODUCER_FIELDS, take, stays_version, by, now)
    if {"type", "area"} & after.keys():
        ProducerFact.objects.create(
            producer=stays, on=bangkok_day(now), type=stays.type, area=stays.area, by=by, at=now
        )
    products = list(goes.products.order_by("id"))
    for product in products:
        save_version(product, version=product.version, by=by, at=now, producer=stays)
        note("product_moved", product, by=by, at=now, before={"of_producer": goes.public_id}, after={"of_producer": stays.public_id})
    for person in people:
        save_version(person, version=person.version, by=by, at=now, producer=stays)
    moved = {"products_moved": len(products), "people_moved": len(people)}
    _tell(stays, goes, moved, by, now)
    return moved


def movable_standards(stays: Product, goes: Product) -> Any:
    """Those of `goes` that `stays` does not have with the same number."""
    there = set(stays.conformities.values_list("standard", "number"))
    double = [row.pk for row in goes.conformities.all() if (row.standard_id, row.number) in there]
    return Conformity.objects.filter(product=goes).exclude(pk__in=double)


def movable_photos(stays: Product, goes: Product) -> list[Photo]:
    """Those that `stays` does not show already, as many as it has room for."""
    there = set(stays.photos.live().values_list("digest", flat=True))
    return [photo for photo in goes.photos.live() if photo.digest not in there][: max(MOST_PHOTOS - len(there), 0)]


def _lock(model: type[Producer] | type[Product], *rows: Producer | Product) -> None:
    """Holds both rows, the lower id first, and reads them as they are now."""
    held = {row.pk: row for row in model._default_manager.select_for_update(of=("self",)).filter(
        pk__in=[row.pk for row in rows]).order_by("pk")}
    for row in rows:
        row.ended_on = held[row.pk].ended_on


def _end(goes: Any, stays: Any, version: int, by: User | None, now: datetime) -> None:
    save_version(goes, version=version, by=by, at=now, ended_on=bangkok_day(now), merged_into=stays)


def _take(
    stays: Any, goes: Any, fields: tuple[str, ...], take: Collection[str], version: int, by: User | None, now: datetime,
    lines: tuple[dict[str, str], dict[str, str]] = ({}, {}),
) -> dict[str, Any]:
    """Saves what `stays` takes over, as one change of it; gives the fields that are another now."""
    taken = [name for field in fields if field in take for name in (field, *WITH.get(field, ())) if hasattr(goes, name)]
    changes = {field: getattr(goes, field) for field in taken}
    before, after = difference(stays, changes)
    before, after = before | lines[0], after | lines[1]
    if isinstance(stays, Producer) and "owner" in (stays.type, goes.type):  # a single owner's name is a person's name
        before, after = ({**said, "name": None} if "name" in said else said for said in (before, after))
    save_over(stays, version=version, by=by, at=now, **changes)
    if after:
        note(f"{stays._meta.model_name}_changed", stays, by=by, at=now, before=before, after=after)
    return after


def _take_lines(
    stays: Product, goes: Product, take: Collection[str], by: User | None, now: datetime
) -> tuple[dict[str, str], dict[str, str]]:
    """Lines taken over begin anew at `stays`, whose own end; the merged row keeps its own. Gives both in words."""
    before, after = {}, {}
    for field, model in LINES.items():
        if field not in take:
            continue
        mine, theirs = (model._default_manager.filter(product=row).live() for row in (stays, goes))
        before[field], after[field] = words_of(row.told for row in mine), words_of(row.told for row in theirs)
        mine.update(ended_at=now)
        for place, row in enumerate(theirs):
            model._default_manager.create(
                product=stays, place=place, by=by, at=now, **dict(zip(model.TOLD, row.told, strict=True))
            )
    return before, after


def _move(rows: Any, by: User | None, now: datetime, **to: Any) -> int:
    moved: int = rows.update(**to, version=F("version") + 1, changed_at=now, changed_by=by)
    return moved


def _move_photos(stays: Product, goes: Product, by: User | None, now: datetime) -> int:
    """The photographs of `goes` come behind those of `stays`."""
    photos = movable_photos(stays, goes)
    last = stays.photos.live().aggregate(last=Max("place"))["last"]
    for place, photo in enumerate(photos, 0 if last is None else last + 1):
        save_version(photo, version=photo.version, by=by, at=now, product=stays, place=place)
    return len(photos)


def _tell(stays: Any, goes: Any, moved: dict[str, int], by: User | None, now: datetime) -> None:
    note("merged_here", stays, by=by, at=now, after={"other": goes.public_id, **moved})
    note("merged_away", goes, by=by, at=now, after={"other": stays.public_id, **moved})
