"""Recording that a product holds a standard, and correcting what is recorded of its paper."""

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from registry.actions.acts import difference, moment, note, save_over, unless_taken
from registry.actions.papers import keep_paper
from registry.models import Conformity, Paper, Product, Standard, User
from registry.refusal import require
from registry.rules import (
    conformity_is_new,
    in_order,
    may_register_in,
    number_looks_odd,
    one_end,
    same_origin,
    still_open,
)
from registry.thai import normalise, to_arabic_digits


@transaction.atomic
def add_conformity(
    *, by: User | None, product: Product, standard: Standard, number: str = "", valid_from: date | None = None,
    valid_to: date | None = None, no_end: bool = False, file: "File[Any] | None" = None, at: datetime | None = None,
) -> Conformity:
    """Records that `product` holds `standard` from–to, or from–on where the paper states no end, with its number.

    `file` is the paper itself, kept private. A number that looks odd and days that are missing are warnings (ask
    `number_looks_odd`, `days_known`), never a bar; the first is kept in the history. Refuses the same mark with the same
    number twice, and days in the wrong order.
    """
    now = moment(at)
    number = to_arabic_digits(normalise(number))
    require(
        may_register_in(by, [product.area], now), same_origin(product, by), still_open(product, now),
        in_order(valid_from, valid_to, "valid_to"), one_end(valid_to, no_end), conformity_is_new(product, standard, number),
    )
    conformity = Conformity(
        product=product, standard=standard, number=number, valid_from=valid_from, valid_to=valid_to, no_end=no_end,
        paper=_kept(file, product, by, now), created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    with unless_taken(lambda: conformity_is_new(product, standard, number)):
        conformity.save()
    odd = number_looks_odd(standard, number)
    note("standard_added", product, by=by, at=now, after={
        "standard": standard.code, "number": number, "valid_from": valid_from.isoformat() if valid_from else None,
        "valid_to": valid_to.isoformat() if valid_to else None, "no_end": no_end, "warning": odd.code if odd else None,
    })
    return conformity


@transaction.atomic
def change_conformity(
    *, by: User | None, conformity: Conformity, version: int, standard: Standard, number: str, valid_from: date | None,
    valid_to: date | None, no_end: bool = False, file: "File[Any] | None" = None, at: datetime | None = None,
) -> Conformity:
    """Corrects a conformity if it still has the `version` the form was opened with; its product's history keeps both.

    Refuses what `add_conformity` refuses, and, with Conflict, one that somebody else saved in between.
    """
    now, product = moment(at), conformity.product
    number = to_arabic_digits(normalise(number))
    require(
        may_register_in(by, [product.area], now), same_origin(product, by), still_open(product, now),
        in_order(valid_from, valid_to, "valid_to"), one_end(valid_to, no_end),
        conformity_is_new(product, standard, number, but=conformity),
    )
    changes: dict[str, Any] = {
        "standard": standard, "number": number, "valid_from": valid_from, "valid_to": valid_to, "no_end": no_end,
    }
    before, after = difference(conformity, changes)
    if file is not None:
        changes["paper"] = kept = _kept(file, product, by, now)
        before["paper"] = conformity.paper.public_id if conformity.paper else None
        after["paper"] = kept.public_id if kept else None
    with unless_taken(lambda: conformity_is_new(product, standard, number, but=conformity)):
        save_over(conformity, version=version, by=by, at=now, **changes)
    if after:
        note("standard_changed", product, by=by, at=now, before=before, after={"standard": standard.code} | after)
    return conformity


def _kept(file: "File[Any] | None", product: Product, by: User | None, now: datetime) -> Paper | None:
    """The paper itself, kept as a private file of the product's place; an older one stays with the history."""
    if file is None:
        return None
    return keep_paper(by=by, content=file, kind="conformity", area=product.area, origin=product.origin, at=now)
