"""A registration as the amphoe sees it: checked by the officer, decided by the committee, followed by a later one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from registry import flow
from registry.actions.acts import moment, note, save_version
from registry.actions.notice_words import decision_words
from registry.actions.notices import draft_notice, put_up, reminder
from registry.actions.registrations import lock
from registry.clock import bangkok_day
from registry.models import (
    Attendance,
    Channel,
    CheckItem,
    CheckLine,
    Committee,
    Meeting,
    MeetingKind,
    NoticeKind,
    Producer,
    ProducerFact,
    Registration,
    RegistrationCheck,
    RegistrationDecision,
    Seat,
    User,
    Verdict,
)
from registry.refusal import N_, Refusal, refuse, require
from registry.rules import in_order, not_after, same_origin
from registry.rules.registrations import (
    Said,
    check_is_whole,
    may_check,
    may_decide,
    may_undergo,
    quorum_reached,
    voters_of,
    words_given,
)
from registry.thai import normalise, paragraphs


@dataclass(frozen=True)
class Ruling:
    """What the committee decided about one registration."""

    registration: Registration
    verdict: str
    reason: str = ""


@dataclass(frozen=True)
class Sitting:
    """One meeting of the committee: its number, day, place, and the seats that were there."""

    number: str
    held_on: date
    place: str
    present: Sequence[Seat]


@transaction.atomic
def check_registration(
    *, by: User | None, registration: Registration, passed: bool, said: Mapping[tuple[str, str], Said],
    position: str, words: str = "", at: datetime | None = None,
) -> RegistrationCheck:
    """The officer's check of a filing: it goes to the committee (`passed`) or back to its filer, with the reason.

    `said` answers each item, by its code and the product's public id ("" for the whole). Refuses a missing answer and
    an open “no” for what goes on, and a sending back without words.
    """
    now = moment(at)
    locked = lock(registration)
    items, products = list(CheckItem.objects.all()), list(locked.products.order_by("name_sort", "id"))
    require(may_check(by, locked.area, now), same_origin(locked, by), may_undergo(locked, "check"))
    require(check_is_whole(items, products, said, passed), None if passed else words_given(words))
    check = RegistrationCheck.objects.create(
        registration=locked, turn=locked.turn, passed=passed, position=normalise(position)[:120],
        words=paragraphs(words), by=by, at=now,
    )
    by_code, by_id = {item.code: item for item in items}, {product.public_id: product for product in products}
    CheckLine.objects.bulk_create(
        CheckLine(
            check_of=check, item=by_code[code], product=by_id.get(product), answer=one.answer,
            note=normalise(one.note)[:300], by=by, at=now,
        )
        for (code, product), one in said.items()
        if code in by_code and (product in by_id if by_code[code].per_product else not product) and one.answer
    )
    _move(locked, "check" if passed else "return", by, now)
    note("registration_checked" if passed else "registration_returned", locked, by=by, at=now, after=_why(check.words))
    return check


@transaction.atomic
def decide_registrations(
    *, by: User | None, committee: Committee, sitting: Sitting, rulings: Collection[Ruling], at: datetime | None = None
) -> Meeting:
    """Records one meeting of the amphoe's committee and what it decided, all or nothing.

    Who checked a filing as the officer does not count for it; of the others at least half must be there. A registered
    producer takes the type it was registered as, from the day of the meeting; the one it follows is renewed. Refuses a
    filing that was decided in between.
    """
    now = moment(at)
    locked = [(lock(one.registration), one) for one in sorted(rulings, key=lambda one: one.registration.pk)]
    seats = list(committee.seats.active_on(sitting.held_on).select_related("user"))
    require(
        may_decide(by, committee, now), same_origin(committee, by), not_after(sitting.held_on, now, "held_on"),
        None if locked else refuse("nothing_decided", N_("Choose what was decided for at least one registration.")),
    )
    checks = {row.pk: row.checks.order_by("-id").first() for row, _ruling in locked}
    for row, ruling in locked:
        require(_may_be_decided(row, ruling, committee, sitting, checks[row.pk]))
    meeting = _hold(committee, sitting, by, now)
    for row, ruling in locked:
        voters = _voters(seats, sitting.present, checks[row.pk])
        require(quorum_reached(row, *voters))
        decision = RegistrationDecision.objects.create(
            registration=row, turn=row.turn, meeting=meeting, verdict=Verdict(ruling.verdict),
            reason=paragraphs(ruling.reason), voters=voters[0], by=by, at=now,
        )
        _carry_out(row, ruling, sitting.held_on, by, now)
        _tell_of(decision, now)
    return meeting


def _tell_of(decision: RegistrationDecision, now: datetime) -> None:
    """A letter to the producer, which waits for approval, and a notice on the site to who filed and who checked."""
    row, (title, words) = decision.registration, decision_words(decision, "th")
    about, key = ("registration", row.public_id), f"registration:{row.public_id}:{decision.turn}"
    draft_notice(
        by=None, to=row.producer, area=row.area, channel=Channel.LETTER, kind=NoticeKind.REGISTRATION, title=title, words=words,
        origin=row.origin, about=about, key=key, at=now,
    )
    officers = User.objects.filter(pk__in=[row.created_by_id, *row.checks.values_list("by", flat=True)], is_active=True)
    put_up([reminder(one, row.area, NoticeKind.REGISTRATION, key, (title, words), about) for one in officers], at=now)


def _may_be_decided(
    row: Registration, ruling: Ruling, committee: Committee, sitting: Sitting, check: RegistrationCheck | None
) -> list[Refusal | None]:
    here = committee.area.contains(row.area) and committee.origin == row.origin and committee.kind == "amphoe"
    return [
        may_undergo(row, ruling.verdict),
        None if here else refuse("registration_elsewhere", N_(
            "%(name)s is registered in another amphoe. Its own committee decides."), name=row.producer.name),
        in_order(bangkok_day(check.at), sitting.held_on, "held_on") if check else None,
        None if ruling.verdict == Verdict.REGISTER else words_given(ruling.reason, f"reason-{row.public_id}"),
    ]  # fmt: skip


def _voters(seats: Collection[Seat], present: Collection[Seat], check: RegistrationCheck | None) -> tuple[int, int]:
    """How many who may decide were there, and how many may decide at all."""
    may = voters_of(seats, check.by_id if check else None)
    there = {seat.pk for seat in present}
    return sum(seat.pk in there for seat in may), len(may)


def _hold(committee: Committee, sitting: Sitting, by: User | None, now: datetime) -> Meeting:
    meeting = Meeting(
        kind=MeetingKind.SITTING, area=committee.area, committee=committee, number=normalise(sitting.number)[:20],
        held_on=sitting.held_on, place=normalise(sitting.place)[:200], present=len(sitting.present),
        created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    meeting.save()
    Attendance.objects.bulk_create(Attendance(meeting=meeting, seat=seat) for seat in sitting.present)
    note("registrations_decided", meeting, by=by, at=now, after={"number": meeting.number})
    return meeting


def _carry_out(row: Registration, ruling: Ruling, held_on: date, by: User | None, now: datetime) -> None:
    """Moves the registration; a registered one takes the place of the standing one, and the producer its type."""
    if ruling.verdict == Verdict.REGISTER:
        standing = Registration.objects.select_for_update().filter(producer=row.producer_id, state="registered")
        for earlier in standing:
            _move(earlier, "renew", by, now)
    _move(row, ruling.verdict, by, now)
    note(f"registration_{ruling.verdict}", row, by=by, at=now, after=_why(paragraphs(ruling.reason)))
    if ruling.verdict == Verdict.REGISTER:
        _grow(row, held_on, by, now)


def _grow(row: Registration, on: date, by: User | None, now: datetime) -> None:
    """The producer's type from the day of the decision on is a new dated fact; what it was before stays told."""
    producer = Producer.objects.select_for_update(of=("self",)).select_related("area").get(pk=row.producer_id)
    if producer.type == row.type:
        return
    before = producer.type
    save_version(producer, version=producer.version, by=by, at=now, type=row.type)
    ProducerFact.objects.create(producer=producer, on=on, type=row.type, area=producer.area, active=True, by=by, at=now)
    note("producer_grown", producer, by=by, at=now, before={"type": before}, after={"type": row.type})


def _why(words: str) -> dict[str, str] | None:
    """What history keeps of a reason; nothing when none was given."""
    return {"reason": words} if words else None


def _move(row: Registration, act: str, by: User | None, now: datetime) -> None:
    save_version(row, version=row.version, by=by, at=now, state=flow.after(row.state, act))
