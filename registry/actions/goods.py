"""Telling how a product is made and where it is sold: texts, and lines that end and begin but are never altered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from registry.actions.acts import difference, moment, note, save_over
from registry.models import Area, Material, Prize, Product, ProductLine, SalesPlace, User
from registry.refusal import Conflict, Refusal, require
from registry.rules import (
    may_register_in,
    origin_is_one,
    prize_year_fits,
    same_origin,
    shares_fit,
    still_open,
)
from registry.thai import normalise, paragraphs


class MaterialTold(NamedTuple):
    """A raw material, its origin (an Area, or a country abroad, or neither) and its share in percent."""

    name: str
    area: Area | None = None
    country: str = ""
    share: int | None = None


class SalesTold(NamedTuple):
    kind: str
    name: str


class PrizeTold(NamedTuple):
    year_be: int | None
    name: str
    giver: str = ""


@transaction.atomic
def tell_making(
    *, by: User | None, product: Product, version: int, materials: Sequence[MaterialTold], wisdom_holder: str = "",
    wisdom_holder_public: bool = False, process: str = "", packaging: str = "", at: datetime | None = None,
) -> Product:
    """Says who holds the wisdom, how it is made and packed, and its raw materials, all of them in their order.

    The wisdom holder's name stays out of the history. Refuses shares above 100 percent, a material from two places and,
    with Conflict, a product that somebody else saved in between.
    """
    now = moment(at)
    require(
        _against(by, product, now), shares_fit([line.share for line in materials]),
        [origin_is_one(line.area, line.country) for line in materials],
    )  # fmt: skip
    changes = {
        "wisdom_holder": normalise(wisdom_holder), "wisdom_holder_public": wisdom_holder_public,
        "process": paragraphs(process), "packaging": paragraphs(packaging),
    }  # fmt: skip
    return _tell(by, product, version, now, changes, {"material_lines": (Material, materials)})


@transaction.atomic
def tell_selling(
    *, by: User | None, product: Product, version: int, places: Sequence[SalesTold], prizes: Sequence[PrizeTold],
    at: datetime | None = None,
) -> Product:
    """Says where the product is sold and which prizes it won, all of them in their order.

    Refuses a prize of a year to come and, with Conflict, a product that somebody else saved in between.
    """
    now = moment(at)
    require(_against(by, product, now), [prize_year_fits(line.year_be, now) for line in prizes])
    return _tell(by, product, version, now, {}, {
        "sales_lines": (SalesPlace, places), "prize_lines": (Prize, prizes),
    })  # fmt: skip


def _against(by: User | None, product: Product, now: datetime) -> list[Refusal | None]:
    return [*may_register_in(by, [product.area], now), same_origin(product, by), still_open(product, now)]


Told = dict[str, tuple[type[ProductLine], Sequence[tuple[Any, ...]]]]


def _tell(by: User | None, product: Product, version: int, now: datetime, changes: dict[str, Any], told: Told) -> Product:
    """Saves texts and lines under the product's version, with one line of history for what differs."""
    before, after = difference(product, changes)
    live = {field: list(model._default_manager.filter(product=product).live()) for field, (model, _lines) in told.items()}
    for field, (_model, lines) in told.items():
        is_now = [row.told for row in live[field]]
        if is_now != [tuple(line) for line in lines]:
            before[field], after[field] = words_of(is_now), words_of(lines)
    try:
        save_over(product, version=version, by=by, at=now, **changes)
    except Conflict as conflict:
        conflict.yours |= {field: words_of(lines) for field, (_model, lines) in told.items()}
        conflict.theirs |= {field: words_of(row.told for row in rows) for field, rows in live.items()}
        raise
    for field, (model, lines) in told.items():
        if field in after:
            _replace(model, product, live[field], lines, by, now)
    if after:
        if "wisdom_holder" in after:
            before["wisdom_holder"] = after["wisdom_holder"] = None
        note("product_changed", product, by=by, at=now, before=before, after=after)
    return product


def _replace(
    model: type[ProductLine], product: Product, rows: list[Any], lines: Sequence[tuple[Any, ...]], by: User | None,
    now: datetime,
) -> None:
    """Lines that say the same stay (perhaps at another place), the others end, new ones begin."""
    left = list(rows)
    for place, line in enumerate(lines):
        same = next((row for row in left if row.told == tuple(line)), None)
        if same is None:
            model._default_manager.create(product=product, place=place, by=by, at=now, **dict(zip(model.TOLD, line, strict=True)))
            continue
        left.remove(same)
        if same.place != place:
            model._default_manager.filter(pk=same.pk).update(place=place)
    model._default_manager.filter(pk__in=[row.pk for row in left]).update(ended_at=now)


def words_of(lines: Any) -> str:
    """Lines as a person reads them, one below the other: what history and a conflict show."""
    return "\n".join(" · ".join(_word(part) for part in line if part not in (None, "")) for line in lines)


def _word(part: object) -> str:
    if isinstance(part, Area):
        return part.long_name
    return f"{part}%" if isinstance(part, int) and part <= 100 else str(part)
