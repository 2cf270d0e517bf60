"""Registering products, correcting them, and ending them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction

from registry.actions.acts import difference, moment, note, save_over, save_version, unless_taken
from registry.actions.duplicates import note_distinct
from registry.clock import bangkok_day
from registry.models import Area, Category, Producer, Product, ProductFact, SubCategory, User
from registry.refusal import Refusal, require
from registry.rules import (
    can_hold_product,
    capacity_fits,
    in_order,
    is_no_live_plant,
    is_tambon,
    may_register_in,
    name_fits,
    not_after,
    price_fits,
    product_is_new,
    same_origin,
    still_open,
    subcategory_fits,
)
from registry.thai import normalise, paragraphs


class Told(TypedDict, total=False):
    """What is told of a product beside its name, category and tambon; all of it may be left out."""

    name_en: str
    village: str
    story: str
    wisdom: str
    materials: str
    price_baht: Decimal | None
    capacity_month: int | None
    unit: str
    subcategory: SubCategory | None
    not_live_plant: bool


@transaction.atomic
def register_product(
    *, by: User | None, producer: Producer, name: str, category: Category | None = None, area: Area | None = None,
    registered_on: date | None = None, not_any_of: Sequence[Product] = (), at: datetime | None = None, **told: Unpack[Told],
) -> Product:
    """A new product of `producer`, made in the tambon `area` (default: the producer's), with its first dated fact.

    `not_any_of` are those that somebody was shown and said it is none of; that word is kept.

    Its origin is the producer's. Without a category it is incomplete and cannot enter a round. Refuses a place outside
    the writer's areas, an ended producer, a name the producer has there already, figures out of range, another category's sub-category, and
    a name that sounds like a live plant unless it is told that it is none.
    """
    now = moment(at)
    place, day = area or producer.area, registered_on or bangkok_day(now)
    require(
        is_tambon(place), may_register_in(by, [producer.area, place], now), same_origin(producer, by),
        can_hold_product(producer), name_fits(name), not_after(day, now, "registered_on"), _figures_fit(told),
        is_no_live_plant(name, told.get("name_en", ""), said=told.get("not_live_plant", False)),
        subcategory_fits(category, told.get("subcategory")), product_is_new(name, producer, place),
    )
    product = Product(
        producer=producer, category=category, name=name, area=place, registered_on=day, origin=producer.origin,
        created_by=by, changed_by=by, created_at=now, changed_at=now, **_cleaned(told),
    )
    with unless_taken(lambda: product_is_new(name, producer, place)):
        product.save()
    _remember(product, by, now, day)
    note("product_registered", product, by=by, at=now, after={
        "name": product.name, "category": category.code if category else None, "area": place.code,
        "registered_on": day.isoformat(), **({"not_live_plant": True} if product.not_live_plant else {}),
    })
    note_distinct(product, not_any_of, by=by, now=now)
    return product


@transaction.atomic
def change_product(
    *, by: User | None, product: Product, version: int, name: str, category: Category | None, area: Area | None,
    at: datetime | None = None, **told: Unpack[Told],
) -> Product:
    """Corrects a product if it still has the `version` the form was opened with; what is not told stays as it is.

    Another category or tambon is a new dated fact from today on. Refuses what `register_product` refuses, and, with
    Conflict, a product that somebody else saved in between.
    """
    now = moment(at)
    require(
        is_tambon(area), may_register_in(by, [product.area, area], now), same_origin(product, by),
        still_open(product, now), name_fits(name), _figures_fit(told),
        is_no_live_plant(name, told.get("name_en", product.name_en), said=told.get("not_live_plant", product.not_live_plant)),
        subcategory_fits(category, told.get("subcategory", product.subcategory)),
    )
    assert area is not None  # is_tambon refuses it
    require(product_is_new(name, product.producer, area, but=product))
    changes: dict[str, Any] = {"name": normalise(name), "category": category, "area": area, **_cleaned(told)}
    before, after = difference(product, changes)
    with unless_taken(lambda: product_is_new(name, product.producer, area, but=product)):
        save_over(product, version=version, by=by, at=now, **changes)
    if not after:
        return product
    if {"category", "area"} & after.keys():
        _remember(product, by, now, bangkok_day(now))
    note("product_changed", product, by=by, at=now, before=before, after=after)
    return product


@transaction.atomic
def end_product(
    *, by: User | None, product: Product, version: int, ended_on: date | None = None, at: datetime | None = None
) -> Product:
    """Ends a product from the day `ended_on` on (default: today in Bangkok); the row and its past stay."""
    now = moment(at)
    day = ended_on or bangkok_day(now)
    require(
        may_register_in(by, [product.area], now), same_origin(product, by), still_open(product, now),
        in_order(product.registered_on, day, "ended_on"), not_after(day, now, "ended_on"),
    )
    save_version(product, version=version, by=by, at=now, ended_on=day)
    _remember(product, by, now, day, active=False)
    note("product_ended", product, by=by, at=now, after={"ended_on": day.isoformat()})
    return product


def _remember(product: Product, by: User | None, now: datetime, day: date, *, active: bool = True) -> None:
    ProductFact.objects.create(
        product=product, on=day, category=product.category, area=product.area, active=active, by=by, at=now
    )


def _figures_fit(told: Told) -> list[Refusal | None]:
    return [price_fits(told.get("price_baht")), capacity_fits(told.get("capacity_month"))]


def _cleaned(told: Told) -> dict[str, Any]:
    """Texts normalised; paragraphs of the long ones stay paragraphs."""
    return {field: paragraphs(value) if isinstance(value, str) else value for field, value in told.items()}
