"""Things that tests need, made by the actions themselves with plain defaults; the system acts unless told who."""

import itertools
from datetime import date, datetime
from typing import Any

from registry.actions import committees, consents, people, persons, producers, products, standards
from registry.clock import BANGKOK
from registry.models import (
    Appointment,
    Area,
    Category,
    Committee,
    CommitteeKind,
    Conformity,
    Consent,
    Office,
    Origin,
    Person,
    Producer,
    Product,
    Seat,
    SeatRole,
    Standard,
    User,
)

NUMBERS = itertools.count(1)
LONG_AGO = date(2024, 1, 15)

# one family of places, by how they lie to the tambon HOME; codes are official
HOME = "460205"  # ตำบลหนองบัว อำเภอนามน จังหวัดกาฬสินธุ์
SISTER = "460201"  # another tambon of the same amphoe
PARENT = "4602"
OTHER_AMPHOE = "4603"
PROVINCE = "46"
OTHER_PROVINCE = "45"
ELSEWHERE = "451401"  # a tambon of the other province
CENTRE = "TH"


def area(code: str = HOME) -> Area:
    """The current area with this official code, with the parents that its path shows."""
    return Area.objects.current().with_path().get(code=code)


def category(code: str = "apparel") -> Category:
    return Category.objects.get(code=code)


def standard(code: str = "tcps") -> Standard:
    return Standard.objects.get(code=code)


def in_letters(number: int) -> str:
    """A number without a digit, so that no year or sum that a page is searched for is found in a name."""
    return str(number).translate(str.maketrans("0123456789", "abcdefghij"))


def user(username: str | None = None, *, name_th: str = "สมหญิง ใจดี", **rest: Any) -> User:
    """A login without any office; `client.force_login` signs it in (no password is set unless given)."""
    return people.create_user(by=None, username=username or f"user{in_letters(next(NUMBERS))}", name_th=name_th, **rest)


def appointment(of: User, office: str, code: str, *, starts_on: date = LONG_AGO, **rest: Any) -> Appointment:
    return people.appoint(
        by=None, user=of, office=office, area=area(code), order_no="๑๒/๒๕๖๗", starts_on=starts_on, **rest
    )


def officer(office: str = Office.AMPHOE_OFFICER, code: str = PARENT, **rest: Any) -> User:
    """A user with one office."""
    someone = user(**rest)
    appointment(someone, office, code)
    return someone


def recorder(code: str = HOME, **rest: Any) -> User:
    return officer(Office.RECORDER, code, **rest)


def amphoe_officer(code: str = PARENT, **rest: Any) -> User:
    return officer(Office.AMPHOE_OFFICER, code, **rest)


def province_officer(code: str = PROVINCE, **rest: Any) -> User:
    return officer(Office.PROVINCE_OFFICER, code, **rest)


def central_officer(**rest: Any) -> User:
    return officer(Office.CENTRAL_OFFICER, CENTRE, **rest)


def administrator(**rest: Any) -> User:
    return officer(Office.ADMINISTRATOR, CENTRE, is_staff=True, **rest)


def committee(kind: str = CommitteeKind.AMPHOE, code: str = PARENT, **rest: Any) -> Committee:
    """The committee of this kind and area (and category), made if it is not there."""
    place = area(code)
    there = Committee.objects.filter(kind=kind, area=place, category=rest.get("category"), origin=rest.get("origin", Origin.REAL)).first()
    name = f"คณะกรรมการ {kind} {place.long_name}"
    return there or committees.create_committee(by=None, kind=kind, area=place, **{"name_th": name, **rest})


def seat(on: Committee, of: User | None = None, role: str = SeatRole.MEMBER, **rest: Any) -> Seat:
    """A seat on a committee, of a new user unless one is given."""
    return committees.give_seat(
        by=None, committee=on, user=of or user(origin=on.origin), role=role, **{"starts_on": LONG_AGO, **rest}
    )


def producer(code: str = HOME, *, name: str | None = None, by: User | None = None, **rest: Any) -> Producer:
    return producers.register_producer(
        by=by, name=name or f"กลุ่มทอผ้าบ้านที่ {next(NUMBERS)}", area=area(code), **{"registered_on": LONG_AGO, **rest}
    )


def product(
    of: Producer | None = None, *, name: str | None = None, category: Category | str | None = "apparel",
    by: User | None = None, code: str = HOME, **rest: Any,
) -> Product:
    """A product of `of` (else of a new producer in the tambon `code`); `category` None makes it incomplete."""
    kind = Category.objects.get(code=category) if isinstance(category, str) else category
    return products.register_product(
        by=by, producer=of or producer(code), name=name or f"ผ้าขิดลายที่ {next(NUMBERS)}", category=kind,
        **{"registered_on": LONG_AGO, **rest},
    )


def conformity(of: Product, code: str = "tcps", *, number: str = "247/2552", **rest: Any) -> Conformity:
    """A standard whose paper holds since LONG_AGO and for long, unless other days are given."""
    days = {"valid_from": LONG_AGO, "valid_to": None if rest.get("no_end") else date(2099, 12, 31)}
    return standards.add_conformity(by=None, product=of, standard=standard(code), number=number, **days | rest)


def at(year: int, month: int = 1, day: int = 1, hour: int = 12, minute: int = 0) -> datetime:
    """An instant in Bangkok, aware; the year in CE."""
    return datetime(year, month, day, hour, minute, tzinfo=BANGKOK)


SAMPLE = Origin.SAMPLE


ID, PHONE = "3100600445635", "0812345678"  # a number that passes the check digit; nobody's telephone of ours


def person(of: Producer | None = None, *, role: str = "contact", by: User | None = None, **told: Any) -> Person:
    """A person of `of` (else of a new producer in HOME), with a name, national ID, telephone and address unless told."""
    rest = {name: told.pop(name) for name in ("title", "at") if name in told}
    plain = {"first_name": "สมศรี", "last_name": "คำแสนดี", "national_id": ID, "phone": PHONE, "address": "12 หมู่ 4 บ้านหนองบัว"}
    return persons.add_person(by=by, producer=of or producer(), role=role, told={**plain, **told}, **{"title": "นาง", **rest})


def consent(of: Person, kind: str = "name", **rest: Any) -> Consent:
    return consents.give_consent(by=None, person=of, **{"kind": kind, "way": "paper", "paper": "หนังสือยินยอม เลขที่ 5/2569", **rest})
