"""What is still missing or wrong in a row of the register."""

from datetime import date, datetime
from decimal import Decimal

from registry.clock import bangkok_day
from registry.models import (
    Appointment,
    Area,
    Category,
    Committee,
    Producer,
    Product,
    Registration,
    Seat,
    User,
)
from registry.refusal import N_, Refusal, refuse
from registry.rules.offices import place
from registry.thai import match_key, normalise, sort_key

LONGEST_NAME = 250
GREATEST_WHOLE = 2_147_483_647


def is_tambon(area: Area | None) -> Refusal | None:
    """A producer and a product stand in one tambon of today."""
    if area is not None and area.level == "tambon":
        return None if area.valid_to is None else refuse("area_ended", N_(
            "%(area)s is a tambon no more since %(day)s. Choose the tambon it became."
        ), field="area", area=place(area), day=area.valid_to)
    return refuse("tambon_missing", N_(
        "Choose the tambon: type a part of its name and pick the line with the right path."
    ), field="area")


def category_allowed(category: Category | None, products: str = "") -> Refusal | None:
    """A product needs one of the five categories before it can enter a round."""
    if category is not None:
        return None
    return refuse("category_missing", N_(
        "The product %(name)s has no category yet. Choose one on its page, then come back."
    ), name=products)


def same_origin(row: Producer | Product | Committee | Registration | User, user: User | None) -> Refusal | None:
    """Samples stay with samples: a sample user writes sample rows only, a real one real rows only."""
    if user is None or row.origin == user.origin:
        return None
    return refuse("origin_differs", N_("Samples and real data are kept apart: this row belongs to the other kind."))


def can_hold_product(producer: Producer) -> Refusal | None:
    """An ended producer takes no new product."""
    if producer.ended_on is None:
        return None
    return refuse("producer_ended", N_(
        "%(name)s ended on %(day)s. Register the new producer first."
    ), name=producer.name, day=producer.ended_on)


def is_complete(product: Product) -> Refusal | None:
    """What a round asks of the register."""
    return category_allowed(product.category, product.name)


def name_fits(name: str, field: str = "name", most: int = LONGEST_NAME) -> Refusal | None:
    """A name has letters, at most `most` of them, and so do the keys made from it."""
    if not match_key(name):
        return refuse("name_missing", N_("Write the name in letters, as people call it."), field=field)
    if max(len(normalise(name)), len(match_key(name)), len(sort_key(name)) // 2) > most:
        return refuse("name_long", N_(
            "This name is longer than %(most)s letters. Keep the name here and put the rest into the story."
        ), field=field, most=most)
    return None


def not_after(day: date, at: datetime, field: str) -> Refusal | None:
    """What is recorded has happened: no day after today."""
    if day <= bangkok_day(at):
        return None
    return refuse("day_to_come", N_("%(day)s has not come yet. Write a day up to today."), field=field, day=day)


def in_order(first: date | None, last: date | None, field: str) -> Refusal | None:
    """A term ends on its first day or later."""
    if first is None or last is None or first <= last:
        return None
    return refuse("days_reversed", N_(
        "The end, %(last)s, lies before the beginning, %(first)s. Correct one of the two days."
    ), field=field, first=first, last=last)


def still_open(row: Producer | Product | Appointment | Seat, at: datetime) -> Refusal | None:
    """What has ended is not changed or ended again; a term that ends on a day to come may end sooner."""
    if isinstance(row, Appointment | Seat) and row.taken_back:
        return refuse("taken_back_already", N_("This was taken back before its first day and stays so. Give it anew if it was right."))
    ended = row.ended_on if isinstance(row, Producer | Product) else row.ends_on
    if ended is None or (ended >= bangkok_day(at) and isinstance(row, Appointment | Seat)):
        return None
    return refuse("ended_already", N_("This ended on %(day)s and stays as it is. Register it anew if it begins again."),
                  day=ended)


def still_to_begin(row: Appointment | Seat, at: datetime) -> Refusal | None:
    """Only a term whose first day has not come is taken back; what has begun is ended by its last day."""
    if row.starts_on > bangkok_day(at):
        return None
    return refuse("begun_already", N_("This began on %(day)s, so it cannot be taken back. End it by its last day."), day=row.starts_on)


def why_given(reason: str) -> Refusal | None:
    """What is put right says why, in a few words that stay."""
    if match_key(reason):
        return None
    return refuse("why_missing", N_("Write in a few words why, such as the order that says so or the slip that was made."), field="reason")


def producer_is_new(name: str, area: Area, origin: str, but: Producer | None = None) -> Refusal | None:
    """One producer of a name in a tambon; the refusal names the one that is there."""
    same = Producer.objects.active().filter(name_key=match_key(name), area=area, origin=origin)
    there = same.exclude(pk=but.pk).first() if but else same.first()
    if there is None:
        return None
    return refuse("producer_exists", N_(
        "%(name)s is in the register of %(area)s already, number %(number)s. Open it instead of registering it again."
    ), field="name", name=there.name, area=place(area), number=there.public_id)


def product_is_new(name: str, producer: Producer, area: Area, but: Product | None = None) -> Refusal | None:
    """One product of a name per producer and tambon; the refusal names the one that is there."""
    same = Product.objects.active().filter(name_key=match_key(name), producer=producer, area=area)
    there = same.exclude(pk=but.pk).first() if but else same.first()
    if there is None:
        return None
    return refuse("product_exists", N_(
        "%(name)s of %(producer)s is in the register already, number %(number)s."
        " Open it instead of registering it again."
    ), field="name", name=there.name, producer=producer.name, number=there.public_id)


def price_fits(price_baht: Decimal | None) -> Refusal | None:
    """Zero to 99,999,999.99 baht, in whole satang."""
    if price_baht is None or (0 <= price_baht < 10**8 and price_baht == round(price_baht, 2)):
        return None
    return refuse("price_odd", N_("Write the price in baht, from 0 to 99,999,999.99."), field="price_baht")


def capacity_fits(capacity_month: int | None) -> Refusal | None:
    """How many a month: a whole number that a register can hold."""
    if capacity_month is None or 0 <= capacity_month <= GREATEST_WHOLE:
        return None
    return refuse("capacity_odd", N_("Write how many are made a month as a whole number, such as 60."),
                  field="capacity_month")


def products_ended(producer: Producer) -> Refusal | None:
    """A producer ends after its products."""
    left = list(producer.products.active().values_list("name", flat=True)[:4])
    if not left:
        return None
    return refuse("products_left", N_(
        "Products of this producer are still in the register: %(names)s. End them first."
    ), names=", ".join([*left[:3], "…"] if len(left) > 3 else left))
