"""Whether two rows of the register may become one; other apps add what stands against it, and what stays where it is."""

from collections.abc import Callable, Iterable
from datetime import datetime

from registry.models import OldCode, Person, Producer, Product, User
from registry.models.registrations import OPEN_STATES
from registry.refusal import N_, Refusal, refuse
from registry.rules.offices import may_register_in
from registry.rules.register import same_origin, still_open

Row = Producer | Product
Blocker = Callable[[Row, Row], Iterable[Refusal | None]]
Keeper = Callable[[Row], Iterable[tuple[str, int]]]
BLOCKERS: list[Blocker] = []
KEEPERS: list[Keeper] = []


def blocker(function: Blocker) -> Blocker:
    """Adds what `function(stays, goes)` refuses to every merge; a few queries."""
    BLOCKERS.append(function)
    return function


def keeper(function: Keeper) -> Keeper:
    """Adds to the preview what `function(goes)` names: a msgid and how many of it stay with the merged row."""
    KEEPERS.append(function)
    return function


def may_be_merged(by: User | None, stays: Row, goes: Row, at: datetime) -> list[Refusal]:
    """Everything that stands against making `goes` a part of `stays`."""
    if type(stays) is not type(goes) or stays.pk == goes.pk:
        return [refuse("not_a_pair", N_("Choose two different rows of one kind."))]
    found = [
        *may_register_in(by, [stays.area, goes.area], at), same_origin(stays, by), same_origin(goes, by),
        _one_origin(stays, goes), still_open(stays, at), still_open(goes, at),
    ]  # fmt: skip
    for function in BLOCKERS:
        found += function(stays, goes)
    return [refusal for refusal in found if refusal is not None]


def kept_with(goes: Row) -> list[tuple[str, int]]:
    """What stays with the row that goes, as msgid and count, without what there is none of."""
    return [line for function in KEEPERS for line in function(goes) if line[1]]


def two_different(one: Row, other: Row) -> Refusal | None:
    """A row is never told apart from itself."""
    return refuse("not_a_pair", N_("Choose two different rows of one kind.")) if one.pk == other.pk else None


def _one_origin(stays: Row, goes: Row) -> Refusal | None:
    if stays.origin == goes.origin:
        return None
    return refuse("origin_differs", N_("Samples and real data are kept apart: this row belongs to the other kind."))


@blocker
def products_first(stays: Row, goes: Row) -> Iterable[Refusal | None]:
    """Two producers with a living product of one name in one tambon: the products are merged before them."""
    if not isinstance(goes, Producer) or not isinstance(stays, Producer):
        return
    there = set(stays.products.active().values_list("name_key", "area"))
    both = [row.name for row in goes.products.active() if (row.name_key, row.area_id) in there]
    if both:
        yield refuse("products_first", N_(
            "Both producers have these products: %(names)s. Merge the products first, then the producers."
        ), names=", ".join(both[:3] + ["…"] * (len(both) > 3)))


@blocker
def registrations_first(stays: Row, goes: Row) -> Iterable[Refusal | None]:
    """What is under way is finished first, and what was filed stays with the producer that filed it."""
    rows = goes.registrations
    if rows.filter(state__in=OPEN_STATES).exists():
        yield refuse("registration_under_way", N_(
            "A registration of %(name)s is under way. Finish or withdraw it first, then merge."
        ), name=goes.name)
    standing = isinstance(goes, Producer) and rows.filter(state="registered").exists()
    if standing and not stays.registrations.filter(state="registered").exists():
        yield refuse("registered_one_stays", N_(
            "%(name)s is the one whose registration stands. Merge the other way round, so that it stays."
        ), name=goes.name)


@keeper
def filed_and_told(goes: Row) -> Iterable[tuple[str, int]]:
    """Rows that are written once."""
    yield N_("Registrations, as they were filed"), goes.registrations.count()
    yield N_("Old codes, which lead here from now on"), goes.old_codes.count()
    if isinstance(goes, Product):
        yield N_("Answers for the quadrant"), goes.classifications.count()
    else:
        yield N_("Sales told, which stay in every sum"), goes.sales.count()
        yield N_("Yearly answers whether it still produces"), goes.confirmations.count()


def movable_people(stays: Producer, goes: Producer) -> list[Person]:
    """The people who can move: not those whom the other producer has by the same national ID, and no second chair."""
    there = list(Person.objects.filter(producer=stays, left_on=None, erased_at=None))
    numbers = {person.national_id_key for person in there if person.national_id_key}
    chaired = any(person.role == "chair" for person in there)
    return [
        person for person in Person.objects.filter(producer=goes, erased_at=None)
        if person.left_on is not None or (person.national_id_key not in numbers and not (chaired and person.role == "chair"))
    ]  # fmt: skip


def codes_of(row: Row) -> Iterable[OldCode]:
    """The old codes of a row and of all that were merged into it."""
    side = "producer" if isinstance(row, Producer) else "product"
    rows = OldCode.objects.filter(**{side: row}) | OldCode.objects.filter(**{f"{side}__merged_into": row})
    return rows.select_related("product").order_by("id")


