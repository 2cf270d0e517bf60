"""Registration windows, and the codes that older registers gave."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from registry.actions.acts import difference, moment, note, save_over, unless_taken
from registry.models import OldCode, Producer, Product, RegistrationWindow, User
from registry.refusal import N_, Refusal, refuse, require
from registry.rules import in_order, may_register_in, same_origin
from registry.rules.registrations import may_keep_windows, window_in_quarter, window_is_free
from registry.thai import normalise, paragraphs, to_arabic_digits


@transaction.atomic
def open_window(
    *, by: User | None, fiscal_year_be: int, quarter: int, opens_on: date, closes_on: date,
    renew_before: date | None = None, source_note: str = "", at: datetime | None = None,
) -> RegistrationWindow:
    """A window of the centre, within its quarter of the fiscal year; one a quarter."""
    now = moment(at)
    require(
        may_keep_windows(by, now), in_order(opens_on, closes_on, "closes_on"),
        window_in_quarter(fiscal_year_be, quarter, opens_on, closes_on), window_is_free(fiscal_year_be, quarter),
    )
    window = RegistrationWindow(
        fiscal_year_be=fiscal_year_be, quarter=quarter, opens_on=opens_on, closes_on=closes_on,
        renew_before=renew_before, source_note=paragraphs(source_note), created_by=by, changed_by=by, created_at=now,
        changed_at=now,
    )
    with unless_taken(lambda: window_is_free(fiscal_year_be, quarter)):
        window.save()
    note("window_opened", window, by=by, at=now, after={"from": opens_on.isoformat(), "to": closes_on.isoformat()})
    return window


@transaction.atomic
def change_window(
    *, by: User | None, window: RegistrationWindow, version: int, opens_on: date, closes_on: date,
    renew_before: date | None = None, source_note: str = "", at: datetime | None = None,
) -> RegistrationWindow:
    """Other days within the same quarter. What was filed in the window stays filed in it."""
    now = moment(at)
    require(
        may_keep_windows(by, now), in_order(opens_on, closes_on, "closes_on"),
        window_in_quarter(window.fiscal_year_be, window.quarter, opens_on, closes_on),
    )
    changes: dict[str, Any] = {
        "opens_on": opens_on, "closes_on": closes_on, "renew_before": renew_before, "source_note": paragraphs(source_note),
    }
    before, after = difference(window, changes)
    save_over(window, version=version, by=by, at=now, **changes)
    note("window_changed", window, by=by, at=now, before=before, after=after)
    return window


@transaction.atomic
def record_old_code(
    *, by: User | None, producer: Producer, scheme: str, code: str, product: Product | None = None,
    at: datetime | None = None,
) -> OldCode:
    """A code as it stood in an older register (`scheme`), kept as text; it has one holder per scheme."""
    now = moment(at)
    scheme, code = normalise(scheme), to_arabic_digits(normalise(code))
    require(
        may_register_in(by, [producer.area], now), same_origin(producer, by), _code_is_free(scheme, code, producer.origin),
        refuse("product_of_another", N_("%(name)s is not a product of this producer any more. Choose from the list."),
               field="product", name=product.name) if product and product.producer_id != producer.pk else None,
    )  # fmt: skip
    kept = OldCode(producer=producer, product=product, scheme=scheme, code=code, origin=producer.origin, by=by, at=now)
    with unless_taken(lambda: _code_is_free(scheme, code, producer.origin)):
        kept.save()
    note("old_code_recorded", producer, by=by, at=now, after={"number": f"{scheme} {code}"})
    return kept


def _code_is_free(scheme: str, code: str, origin: str) -> Refusal | None:
    if not scheme or not code:
        return refuse("code_missing", N_("Write the code as it stands on the paper, and which register it is of."), field="code")
    there = OldCode.objects.filter(scheme=scheme, code=code, origin=origin).select_related("producer").first()
    if there is None:
        return None
    return refuse("code_taken", N_("%(scheme)s %(code)s belongs to %(name)s already. Compare it with the paper."),
                  field="code", scheme=scheme, code=code, name=there.producer.name)
