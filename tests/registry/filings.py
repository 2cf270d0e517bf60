"""Registrations made in tests by the actions themselves, one in each state; windows as they are needed."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from registry.actions.registration_decisions import Ruling, Sitting, check_registration, decide_registrations
from registry.actions.registration_windows import open_window
from registry.actions.registrations import change_registration, draft_registration, file_registration, give_paper
from registry.clock import bangkok_day, fiscal_year_be
from registry.models import (
    CheckItem,
    Committee,
    PaperNeed,
    Producer,
    Registration,
    RegistrationWindow,
    Seat,
    SeatRole,
    User,
    Verdict,
)
from registry.rules.registrations import Said, quarter_of
from registry.thai import date_words
from tests import make
from tests.registry.files import PDF

JURISTIC = "0994000617721"


def today_words() -> str:
    """Today as a person writes it."""
    return date_words(bangkok_day(timezone.now()), "th")


def window() -> RegistrationWindow:
    """The window of this quarter, open today."""
    today = bangkok_day(timezone.now())
    there = RegistrationWindow.objects.open_on(today).first()
    year, quarter = fiscal_year_be(today), (today.month - 10) % 12 // 3 + 1
    first, after = quarter_of(year, quarter)
    return there or open_window(by=None, fiscal_year_be=year, quarter=quarter, opens_on=first, closes_on=after - timedelta(days=1))


def drafted(of: Producer | None = None, *, by: User | None = None, type: str = "group", whole: bool = True, **told: Any) -> Registration:  # noqa: A002
    """A draft, complete but for its filing unless `whole` is False."""
    producer = of or make.product().producer
    draft = draft_registration(by=by, producer=producer, type=type)
    if not whole:
        return draft
    of_type = {"group": {"founded_on": make.LONG_AGO, "members": 12}, "sme": {"juristic_number": JURISTIC}}.get(type, {})
    told = {"thai_nationals": True, "link_labour": "สมาชิก 12 คนในหมู่บ้านทอเอง", **of_type, **told}
    draft = change_registration(by=by, registration=draft, version=draft.version, **told)
    for need in PaperNeed.objects.filter(must=True):
        if need.is_asked_of(type):
            give_paper(by=by, registration=draft, need=need, content=ContentFile(PDF, f"{need.code}.pdf"))
    return draft


def filed(of: Producer | None = None, **rest: Any) -> Registration:
    window()
    return file_registration(by=rest.get("by"), registration=drafted(of, **rest))


def all_yes(registration: Registration, **other: str) -> dict[tuple[str, str], Said]:
    """Every answer yes (does not apply, where that may be), but for `other`, answers by code."""
    products = [product.public_id for product in registration.products.all()]
    return {
        (item.code, about): Said(other.get(item.code, "na" if item.may_not_apply else "yes"))
        for item in CheckItem.objects.all()
        for about in (products if item.per_product else [""])
    }


def checked(of: Producer | None = None, *, checker: User | None = None, **rest: Any) -> Registration:
    one = filed(of, **rest)
    check_registration(by=checker, registration=one, passed=True, said=all_yes(one), position="นักวิชาการพัฒนาชุมชน")
    one.refresh_from_db()
    return one


def committee(code: str = make.PARENT) -> tuple[Committee, list[Seat]]:
    """The amphoe's committee: chair, secretary and a member."""
    body = make.committee("amphoe", code)
    seats = list(body.seats.filter(ends_on=None))
    roles = (SeatRole.CHAIR, SeatRole.SECRETARY, SeatRole.MEMBER)
    return body, seats or [make.seat(body, role=role) for role in roles]


def decide(*registrations: Registration, verdict: str = Verdict.REGISTER, reason: str = "", by: User | None = None, **rest: Any):
    body, seats = committee()
    sitting = Sitting("๑/๒๕๖๙", rest.pop("held_on", bangkok_day(timezone.now())), "ที่ว่าการอำเภอ", rest.pop("present", seats))
    rulings = [Ruling(one, verdict, reason) for one in registrations]
    return decide_registrations(by=by, committee=body, sitting=sitting, rulings=rulings)


def registered(of: Producer | None = None, **rest: Any) -> Registration:
    one = checked(of, **rest)
    decide(one)
    one.refresh_from_db()
    return one
