"""Classifying a product into its quadrant."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from registry.actions.acts import moment, note
from registry.models import Classification, Product, QuadrantItem, User
from registry.models.quadrants import ANSWERS
from registry.quadrant import NO_STANDARD, classify
from registry.refusal import require
from registry.rules import may_register_in, same_origin, still_open
from registry.rules.quadrants import answers_complete, nobody_was_quicker
from registry.thai import normalise


@transaction.atomic
def classify_product(
    *, by: User | None, product: Product, answers: Sequence[str], seen: int = 0, remark: str = "", at: datetime | None = None
) -> Classification:
    """The next classification of `product` by five item codes ("1.1" …); `seen` is the number of the newest one known.

    Where the first says that there is no standard the others are not asked and not kept. Refuses answers that are
    missing, and a form opened before somebody else classified the product.
    """
    now = moment(at)
    locked = Product.objects.select_for_update().get(pk=product.pk)
    newest = Classification.objects.filter(product=locked).order_by("-number").values_list("number", flat=True).first() or 0
    given = (*answers[:1], *("",) * (len(ANSWERS) - 1)) if list(answers[:1]) == [NO_STANDARD] else tuple(answers)
    require(
        may_register_in(by, [locked.area], now), same_origin(locked, by), still_open(locked, now),
        nobody_was_quicker(seen, newest), answers_complete(given),
    )
    result = classify(given)
    words = {row.code: [row.text_th, row.text_en] for row in QuadrantItem.objects.filter(code__in=given)}
    made = Classification.objects.create(
        product=locked, number=newest + 1, quadrant=result.quadrant, mark=result.mark, premium=result.premium, rule=result.rule,
        said=[words.get(code, []) for code in given], note=normalise(remark), by=by, at=now,
        **dict(zip(ANSWERS, given, strict=True)),
    )  # fmt: skip
    note("product_classified", product, by=by, at=now, after={
        "quadrant": result.quadrant.value, "answers": " ".join(filter(None, given)), "rule": result.rule, "turn": made.number,
    })
    return made
