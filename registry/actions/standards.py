"""Recording that a product holds a standard."""

from datetime import date, datetime

from django.db import transaction

from registry.actions.acts import moment, note, unless_taken
from registry.models import Conformity, Product, Standard, User
from registry.refusal import require
from registry.rules import conformity_is_new, in_order, may_register_in, number_looks_odd, same_origin, still_open
from registry.thai import normalise, to_arabic_digits


@transaction.atomic
def add_conformity(
    *, by: User | None, product: Product, standard: Standard, number: str = "", valid_from: date | None = None,
    valid_to: date | None = None, at: datetime | None = None,
) -> Conformity:
    """Records that `product` holds `standard` from–to, with the number of its paper.

    A number that looks odd is a warning kept in the history (ask `number_looks_odd`), never a bar. Refuses the same
    mark with the same number twice, and days in the wrong order.
    """
    now = moment(at)
    number = to_arabic_digits(normalise(number))
    require(
        may_register_in(by, [product.area], now), same_origin(product, by), still_open(product, now),
        in_order(valid_from, valid_to, "valid_to"), conformity_is_new(product, standard, number),
    )
    conformity = Conformity(
        product=product, standard=standard, number=number, valid_from=valid_from, valid_to=valid_to,
        created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    with unless_taken(lambda: conformity_is_new(product, standard, number)):
        conformity.save()
    odd = number_looks_odd(standard, number)
    note("standard_added", product, by=by, at=now, after={
        "standard": standard.code, "number": number, "valid_to": valid_to.isoformat() if valid_to else None,
        "warning": odd.code if odd else None,
    })
    return conformity
