"""A registration as its producer's side writes it: drafted, completed with papers and products, filed, withdrawn."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.core.files.base import File
from django.db import transaction

from registry import flow
from registry.actions.acts import difference, moment, note, save_over, save_version, unless_taken
from registry.actions.papers import erase_paper, keep_paper
from registry.clock import bangkok_day
from registry.models import (
    Area,
    PaperNeed,
    Producer,
    ProducerType,
    Product,
    Registration,
    RegistrationPaper,
    RegistrationState,
    RegistrationWindow,
    User,
)
from registry.refusal import N_, Refusal, refuse, require
from registry.rules import can_hold_product, may_register_in, not_after, same_origin
from registry.rules.registrations import (
    filing_is_whole,
    juristic_number_fits,
    may_open_registration,
    may_undergo,
    site_in_amphoe,
    window_is_open,
)
from registry.thai import normalise, parse_juristic_number

CARRIED = (
    "site", "site_address", "founded_on", "members", "link_labour", "link_material", "link_management", "link_benefit",
)
MOST_PAPERS = 40


class Facts(TypedDict, total=False):
    """What is told in a registration; what is left out stays as it is."""

    site: Area | None
    site_address: str
    founded_on: date | None
    members: int | None
    juristic_number: str
    thai_nationals: bool
    link_labour: str
    link_material: str
    link_management: str
    link_benefit: str


@transaction.atomic
def draft_registration(
    *, by: User | None, producer: Producer, type: str, at: datetime | None = None  # noqa: A002
) -> Registration:
    """A new registration of `producer` as `type` (a value of ProducerType), with all its products to begin with.

    It follows the standing one, if there is: of the same type it renews it, of another the producer grows. What that
    one told is carried over. Refuses a second one under way, and an ended producer.
    """
    now = moment(at)
    locked = Producer.objects.select_for_update(of=("self",)).select_related("area__parent").get(pk=producer.pk)
    require(
        may_register_in(by, [locked.area], now), same_origin(locked, by), can_hold_product(locked),
        may_open_registration(locked),
    )
    before = locked.registrations.filter(state=RegistrationState.REGISTERED).first()
    carried: dict[str, Any] = {field: getattr(before, field) for field in CARRIED} if before else {"site": locked.area}
    if before and before.site.parent_id != locked.area.parent_id:
        carried["site"] = locked.area
    if before and before.type == type == ProducerType.SME:
        carried["juristic_number"] = before.juristic_number
    registration = Registration(
        producer=locked, renews=before, type=ProducerType(type), area=locked.area, origin=locked.origin, **carried,
        created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    with unless_taken(lambda: may_open_registration(locked)):
        registration.save()
    registration.products.set(locked.products.active())
    note("registration_drafted", registration, by=by, at=now, after={"type": registration.type})
    return registration


@transaction.atomic
def change_registration(
    *, by: User | None, registration: Registration, version: int, at: datetime | None = None, **told: Unpack[Facts]
) -> Registration:
    """Writes what is told, while it is being written. Half-written is allowed here: filing asks for the whole.

    Refuses a site in another amphoe, a juristic number whose digits do not fit, a founding day to come, and, with
    Conflict, a registration that somebody else saved in between.
    """
    now = moment(at)
    number = told.get("juristic_number", "")
    require(
        may_write(registration, by, now), juristic_number_fits(number),
        site_in_amphoe(registration.area, told["site"]) if "site" in told else None,
        not_after(founded, now, "founded_on") if (founded := told.get("founded_on")) else None,
    )
    changes: dict[str, Any] = {f: normalise(value) if isinstance(value, str) else value for f, value in told.items()}
    if number:
        changes["juristic_number"] = parse_juristic_number(number)
    before, after = difference(registration, changes)
    save_over(registration, version=version, by=by, at=now, **changes)
    if after:
        note("registration_changed", registration, by=by, at=now, before=before, after=after)
    return registration


@transaction.atomic
def name_products(
    *, by: User | None, registration: Registration, products: Collection[Product], at: datetime | None = None
) -> Registration:
    """The products this registration is about, instead of the ones named before; all must be the producer's own."""
    now = moment(at)
    locked = lock(registration)
    require(may_write(locked, by, now), [_own_product(locked, product) for product in products])
    locked.products.set(products)
    note("registration_products", locked, by=by, at=now, after={
        "products": ", ".join(sorted(product.public_id for product in products))
    })
    return locked


@transaction.atomic
def give_paper(
    *, by: User | None, registration: Registration, need: PaperNeed, content: "File[Any]", at: datetime | None = None
) -> RegistrationPaper:
    """Adds a paper of the kind `need`; several of a kind are allowed. Refuses what `keep_paper` refuses."""
    now = moment(at)
    locked = lock(registration)
    require(may_write(locked, by, now), _room_for_paper(locked))
    paper = keep_paper(by=by, content=content, kind=need.code, area=locked.area, origin=locked.origin, at=now)
    return RegistrationPaper.objects.create(registration=locked, need=need, paper=paper)


@transaction.atomic
def take_paper_back(*, by: User | None, given: RegistrationPaper, at: datetime | None = None) -> RegistrationPaper:
    """Takes a paper back while the registration is being written: its file is erased. Twice is once."""
    now = moment(at)
    require(may_write(lock(given.registration), by, now))
    if given.taken_back_at is None:
        given.taken_back_at = now
        given.save(update_fields=["taken_back_at"])
        erase_paper(paper=given.paper, by=by, at=now)
    return given


@transaction.atomic
def file_registration(*, by: User | None, registration: Registration, at: datetime | None = None) -> Registration:
    """Files it in the window open now; from here on it is read, not written. Refuses everything that is still missing."""
    now = moment(at)
    day = bangkok_day(now)
    locked = lock(registration)
    require(
        may_register_in(by, [locked.area], now), same_origin(locked, by), may_undergo(locked, "file"),
        window_is_open(now), filing_is_whole(locked),
    )
    window = RegistrationWindow.objects.open_on(day).get()
    save_version(
        locked, version=locked.version, by=by, at=now, state=flow.after(locked.state, "file"), window=window,
        turn=locked.turn + 1, filed_on=day,
    )
    note("registration_filed", locked, by=by, at=now, after={"turn": locked.turn})
    return locked


@transaction.atomic
def withdraw_registration(*, by: User | None, registration: Registration, at: datetime | None = None) -> Registration:
    """Leaves a registration that is being written; the producer stays as it is."""
    now = moment(at)
    locked = lock(registration)
    require(may_register_in(by, [locked.area], now), same_origin(locked, by), may_undergo(locked, "withdraw"))
    save_version(locked, version=locked.version, by=by, at=now, state=flow.after(locked.state, "withdraw"))
    note("registration_withdrawn", locked, by=by, at=now)
    return locked


def lock(registration: Registration) -> Registration:
    """The row as it stands now, held until the transaction ends."""
    rows = Registration.objects.select_for_update(of=("self",)).select_related("producer", "area__parent", "renews")
    return rows.get(pk=registration.pk)


def may_write(registration: Registration, by: User | None, at: datetime) -> list[Refusal | None]:
    """Why `by` may not write on it now."""
    return [
        *may_register_in(by, [registration.area], at), same_origin(registration, by),
        may_undergo(registration, "change"),
    ]


def _own_product(registration: Registration, product: Product) -> Refusal | None:
    if product.producer_id == registration.producer_id and product.ended_on is None:
        return None
    return refuse("product_of_another", N_(
        "%(name)s is not a product of this producer any more. Choose from the list."
    ), field="products", name=product.name)


def _room_for_paper(registration: Registration) -> Refusal | None:
    if registration.papers.filter(taken_back_at=None).count() < MOST_PAPERS:
        return None
    return refuse("papers_full", N_(
        "A registration holds %(most)s papers at most. Take one back first."), field="file", most=MOST_PAPERS)
