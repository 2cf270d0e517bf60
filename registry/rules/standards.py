"""What stands against the paper of a standard, and what is only said of it."""

import re
from datetime import date

from registry.models import Conformity, Product, Standard
from registry.refusal import N_, Named, Refusal, refuse
from registry.thai import to_arabic_digits


def one_end(valid_to: date | None, no_end: bool) -> Refusal | None:
    """A paper has a last day, or states that it has none."""
    if valid_to is None or not no_end:
        return None
    return refuse("two_ends", N_(
        "The paper cannot state both a last day and no end. Keep the one that stands on it."
    ), field="valid_to")


def days_known(valid_from: date | None, valid_to: date | None, no_end: bool) -> Refusal | None:
    """A warning, never a bar: a paper whose days are not known counts for nothing until they are."""
    if valid_from is not None and (valid_to is not None or no_end):
        return None
    return refuse("days_missing", N_(
        "The days of the paper are not complete. Until they are entered this standard counts for no round."
    ), field="valid_from")


def conformity_is_new(
    product: Product, standard: Standard, number: str, but: Conformity | None = None
) -> Refusal | None:
    """The same mark with the same number is recorded once."""
    same = Conformity.objects.filter(product=product, standard=standard, number=number)
    if not (same.exclude(pk=but.pk) if but else same).exists():
        return None
    return refuse("standard_recorded", N_("%(standard)s %(number)s is recorded for this product already."),
                  field="number", standard=standard.name, number=number)


def number_looks_odd(standard: Standard, number: str) -> Refusal | None:
    """A warning, never a bar: the number does not look like those the authority gives."""
    if not (number and standard.number_pattern):
        return None
    try:
        usual = re.search(standard.number_pattern, to_arabic_digits(number))
    except re.error:
        return None
    if usual:
        return None
    return refuse("number_looks_odd", N_(
        "The number %(number)s does not look like those of %(standard)s."
        " It is kept as written: compare it with the paper."
    ), field="number", number=number, standard=Named(standard.name_th, standard.name_en))
