"""What a registration still lacks, who may check and decide it, and when a window is open."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from registry import flow
from registry.clock import BE_OFFSET, bangkok_day
from registry.models import (
    Answer,
    Area,
    CheckItem,
    Committee,
    Office,
    PaperNeed,
    Producer,
    ProducerType,
    Product,
    Registration,
    RegistrationState,
    RegistrationWindow,
    Seat,
    SeatRole,
    User,
)
from registry.refusal import N_, Named, Refusal, refuse
from registry.rules.offices import SEATERS, holds, offices_at, place, seat_of
from registry.thai import parse_juristic_number

LEADERS = (SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.SECRETARY)
SAYS = {
    "file": N_("This registration is %(state)s, so it cannot be filed now."),
    "withdraw": N_("This registration is %(state)s, so it cannot be withdrawn any more."),
    "check": N_("This registration is %(state)s: there is nothing to check now."),
    "register": N_("%(name)s is %(state)s: the committee has nothing to decide about it now."),
    "change": N_("This registration is %(state)s. What was filed stays as it was filed."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of a check list, with the words beside it."""

    answer: str
    note: str = ""


def may_undergo(registration: Registration, act: str) -> Refusal | None:
    """The flow allows it; the sentence names the state in which the registration is."""
    if (act == "change" and registration.is_written_on) or flow.may(registration.state, act):
        return None
    sentence = SAYS["register" if act in ("refuse", "return") else act]
    return refuse("registration_moved_on", sentence, state=RegistrationState(registration.state).label,
                  name=registration.producer.name)


def may_open_registration(producer: Producer) -> Refusal | None:
    """One registration at a time is on its way."""
    there = producer.registrations.filter(state__in=("draft", "filed", "checked", "returned")).first()
    if there is None:
        return None
    return refuse("registration_under_way", N_(
        "Registration %(number)s of this producer is under way: %(state)s. Open that one."
    ), number=there.public_id, state=RegistrationState(there.state).label)


def window_is_open(at: datetime) -> Refusal | None:
    """A registration is filed while a window is open."""
    day = bangkok_day(at)
    if RegistrationWindow.objects.open_on(day).exists():
        return None
    coming = RegistrationWindow.objects.after(day).first()
    if coming is None:
        return refuse("no_window", N_(
            "No registration window is open, and none is announced. What you wrote is kept: file it when one opens."
        ), who=str(Office.CENTRAL_OFFICER.label))
    return refuse("window_to_come", N_(
        "The next registration window opens on %(day)s. What you wrote is kept: file it then."
    ), day=coming.opens_on)


def site_in_amphoe(area: Area, site: Area | None) -> Refusal | None:
    """A producer is registered in the amphoe where it produces."""
    if site is not None and site.parent_id == area.parent_id:
        return None
    assert area.parent is not None  # a tambon lies in an amphoe
    return refuse("site_elsewhere", N_(
        "The production site must lie in %(amphoe)s, where the producer is registered."
        " If it produces elsewhere, register it there."
    ), field="site", amphoe=place(area.parent))


def juristic_number_fits(number: str) -> Refusal | None:
    """Thirteen digits that begin with 0 and whose last one follows from the others."""
    try:
        if number:
            parse_juristic_number(number)
    except ValueError:
        return refuse("juristic_number_odd", N_(
            "These are not the 13 digits of a juristic number: one of them is wrong or missing."
            " Compare them with the certificate; the number begins with 0."
        ), field="juristic_number")
    return None


def filing_is_whole(registration: Registration) -> Iterator[Refusal]:
    """Everything a registration must have before it is filed, each lack with what to do."""
    yield from _type_facts(registration)
    if not registration.thai_nationals:
        yield refuse("nationality_open", N_(
            "Declare that the producer and all members are Thai nationals."), field="thai_nationals")
    if not registration.links:
        yield refuse("no_link", N_(
            "Tell how the community takes part: labour, raw material, management or benefit, at least one of them."
        ), field="link_labour")
    if not registration.products.filter(ended_on=None).exists():
        yield refuse("no_product_named", N_("Choose at least one product that this registration is about."), field="products")
    yield from papers_missing(registration)


def _type_facts(registration: Registration) -> Iterator[Refusal]:
    if registration.type == ProducerType.GROUP and not registration.founded_on:
        yield refuse("founding_open", N_("Write the day on which the group was founded."), field="founded_on")
    if registration.type == ProducerType.GROUP and not registration.members:
        yield refuse("members_open", N_("Write how many members the group has."), field="members")
    if registration.type == ProducerType.SME and not registration.juristic_number:
        yield refuse("juristic_number_open", N_("Write the juristic number of the enterprise."), field="juristic_number")


def papers_missing(registration: Registration) -> list[Refusal]:
    """A sentence for each paper that its type must bring and has not."""
    given = set(registration.papers.filter(taken_back_at=None).values_list("need_id", flat=True))
    return [
        refuse("paper_missing", N_("Paper missing: %(paper)s."), field="file", paper=Named(need.name_th, need.name_en))
        for need in PaperNeed.objects.filter(must=True)
        if need.is_asked_of(registration.type) and need.pk not in given
    ]


def may_check(user: User | None, area: Area, at: datetime) -> Refusal | None:
    """An officer of the amphoe or above it, not its recorder; nothing against the system itself."""
    if user is None or holds(user, SEATERS, area, at):
        return None
    return refuse("not_a_checker", N_(
        "Registrations of %(area)s are checked by the officer of its amphoe or one above."
    ), area=place(area))


def check_is_whole(
    items: Collection[CheckItem], products: Collection[Product], said: Mapping[tuple[str, str], Said], passed: bool
) -> Iterator[Refusal]:
    """Every item is answered; what goes to the committee has no open “no” and at least one product that is not struck.

    `said` is by (code of the item, public id of the product or ""). A struck product needs no further answer.
    """
    struck = struck_products(items, products, said)
    for item in items:
        for product in products if item.per_product else [None]:
            if product in struck and not item.strikes:
                continue
            yield from _answer_fits(item, product, said.get((item.code, product.public_id if product else "")), passed)
    if passed and len(struck) == len(products):
        yield refuse("all_struck", N_(
            "Every product is struck from the list, so there is nothing to register. Send the registration back."
        ))


def struck_products(
    items: Collection[CheckItem], products: Collection[Product], said: Mapping[tuple[str, str], Said]
) -> list[Product]:
    """The products that are no OTOP product at all."""
    codes = [item.code for item in items if item.per_product and item.strikes]
    return [
        product for product in products
        if any(said.get((code, product.public_id), Said("")).answer == Answer.NO for code in codes)
    ]


def _answer_fits(item: CheckItem, product: Product | None, said: Said | None, passed: bool) -> Iterator[Refusal]:
    field = check_field(item.code, product.public_id if product else "")
    name, about = Named(item.name_th, item.name_en), product.name if product else ""
    if said is None or said.answer not in Answer.values:
        if passed:
            yield refuse("unanswered", N_("Not answered yet: %(item)s %(product)s"), field=field, item=name, product=about)
    elif said.answer == Answer.NOT_APPLYING and not item.may_not_apply:
        yield refuse("must_apply", N_("This applies to every registration: answer yes or no."), field=field)
    elif passed and said.answer == Answer.NO and not item.strikes:
        yield refuse("answered_no", N_(
            "“%(item)s” is answered no %(product)s. Send the registration back, with a word on what to complete."
        ), field=field, item=name, product=about)


def check_field(code: str, product: str) -> str:
    """The name of the form's field for one answer."""
    return f"{code}-{product}" if product else code


def words_given(words: str, field: str = "words") -> Refusal | None:
    """Who sends back or refuses says why, so that the producer can act on it."""
    if words.strip():
        return None
    return refuse("reason_missing", N_("Say why, in words the producer can act on."), field=field)


def may_decide(user: User | None, committee: Committee, at: datetime) -> Refusal | None:
    """The chair, deputy or secretary of the committee records what it decided; nothing against the system itself."""
    seat = None if user is None else seat_of(user, committee, at)
    if user is None or (seat is not None and seat.role in LEADERS):
        return None
    return refuse("not_leading", N_(
        "What %(committee)s decided is recorded by its chair, deputy chair or secretary."
    ), committee=Named(committee.name_th, committee.name_en))


def voters_of(seats: Collection[Seat], checker: int | None) -> list[Seat]:
    """The seats that may decide: who checked the filing as the officer (`checker`, his id) does not vote on his check."""
    return [seat for seat in seats if checker is None or seat.user_id != checker]


def quorum_reached(registration: Registration, present: int, whole: int) -> Refusal | None:
    """At least half of those who may decide, and somebody at all."""
    if present and 2 * present >= whole:
        return None
    return refuse("no_quorum", N_(
        "%(present)s of %(whole)s members who may decide about %(name)s were present; at least half must be."
        " Who checked it as the officer does not count."
    ), field="present", present=present, whole=whole, name=registration.producer.name)


def may_keep_windows(user: User | None, at: datetime) -> Refusal | None:
    """The centre keeps the windows."""
    if user is None or any(held.office == Office.CENTRAL_OFFICER for held in offices_at(user, at)):
        return None
    return refuse("windows_are_central", N_("Registration windows are set by the officer of the centre."))


def quarter_of(fiscal_year_be: int, quarter: int) -> tuple[date, date]:
    """First day of the quarter of a fiscal year (BE), and the first day after it."""
    year = fiscal_year_be - BE_OFFSET - 1
    months = [year * 12 + 9 + 3 * (quarter - 1), year * 12 + 9 + 3 * quarter]
    first, after = (date(month // 12, month % 12 + 1, 1) for month in months)
    return first, after


def window_in_quarter(fiscal_year_be: int, quarter: int, opens_on: date, closes_on: date) -> Refusal | None:
    """A window lies within its quarter of the fiscal year, which begins on 1 October."""
    first, after = quarter_of(fiscal_year_be, quarter)
    if first <= opens_on and closes_on < after:
        return None
    return refuse("window_outside_quarter", N_(
        "Quarter %(quarter)s of fiscal year %(year)s begins on %(first)s and ends before %(after)s."
        " Both days must lie in it."
    ), field="opens_on", quarter=quarter, year=fiscal_year_be, first=first, after=after)


def window_is_free(fiscal_year_be: int, quarter: int) -> Refusal | None:
    """One window a quarter; windows do not overlap, since each lies in its own quarter."""
    same = RegistrationWindow.objects.filter(fiscal_year_be=fiscal_year_be, quarter=quarter)
    if not same.exists():
        return None
    return refuse("window_there", N_(
        "Quarter %(quarter)s of fiscal year %(year)s has its window already. Change that one."
    ), field="quarter", quarter=quarter, year=fiscal_year_be)
