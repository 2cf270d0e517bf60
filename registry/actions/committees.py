"""Standing committees of an area, and who sits on them from one day to another."""

from datetime import date, datetime, timedelta

from django.db import transaction

from registry.actions.acts import difference, moment, note, origin_for, save_over, unless_taken
from registry.actions.people import forget_reach
from registry.clock import bangkok_day
from registry.models import Area, Category, Committee, CommitteeKind, FormerName, Seat, SeatRole, User
from registry.refusal import N_, Named, Refusal, refuse, require
from registry.rules import (
    category_fits,
    committee_fits,
    in_order,
    may_seat,
    name_fits,
    name_is_another,
    same_origin,
    seat_ends_sooner,
    seat_is_free,
    seat_of_its_kind,
    still_comes,
    still_open,
    still_to_begin,
    why_given,
)
from registry.thai import normalise


@transaction.atomic
def create_committee(
    *, by: User | None, kind: str, area: Area, name_th: str, name_en: str = "", category: Category | None = None,
    origin: str | None = None, at: datetime | None = None,
) -> Committee:
    """A standing committee (`kind` is a value of CommitteeKind) of `area`; judges may be for one category.

    Refuses an area of another level, a category of anything but judges, and a second committee of the kind in the same
    area and category.
    """
    now = moment(at)
    require(
        may_seat(by, area, now), committee_fits(kind, area), category_fits(kind, category), name_fits(name_th, "name_th", 200),
    )
    committee = Committee(
        kind=CommitteeKind(kind), area=area, category=category, name_th=normalise(name_th), name_en=normalise(name_en),
        origin=origin_for(by, origin), created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    with unless_taken(lambda: _committee_there(committee)):
        committee.save()
    note("committee_created", committee, by=by, at=now, after={"kind": kind, "area": area.code})
    return committee


def _committee_there(committee: Committee) -> Refusal | None:
    same = Committee.objects.filter(
        kind=committee.kind, area=committee.area, category=committee.category, origin=committee.origin
    ).first()
    if same is None:
        return None
    return refuse("committee_exists", N_(
        "%(name)s is there already. Give its members their seats instead."
    ), name=Named(same.name_th, same.name_en), number=same.public_id)


@transaction.atomic
def give_seat(
    *, by: User | None, committee: Committee, user: User, role: str = SeatRole.MEMBER, starts_on: date | None = None,
    ends_on: date | None = None, at: datetime | None = None,
) -> Seat:
    """Seats `user` on `committee` with `role` (a value of SeatRole) from `starts_on` (default: today in Bangkok).

    Refuses a second seat of the same person in those days, a second chair or secretary, and whoever is of the other origin.
    """
    now = moment(at)
    first = starts_on or bangkok_day(now)
    Committee.objects.select_for_update().get(pk=committee.pk)
    require(
        may_seat(by, committee.area, now), same_origin(committee, by), seat_of_its_kind(committee, user), still_comes(user),
        in_order(first, ends_on, "ends_on"), seat_is_free(committee, user, role, first, ends_on),
    )
    seat = Seat.objects.create(
        committee=committee, user=user, role=SeatRole(role), starts_on=first, ends_on=ends_on,
        created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    note("seat_given", seat, by=by, at=now, after={
        "committee": committee.public_id, "user": user.public_id, "role": role, "starts_on": first.isoformat(),
    })
    forget_reach(user)
    return seat


@transaction.atomic
def end_seat(
    *, by: User | None, seat: Seat, ends_on: date | None = None, version: int | None = None, at: datetime | None = None
) -> Seat:
    """Ends a seat with the day `ends_on` (default: today in Bangkok), which still counts; an end that stands comes sooner.

    `version` is the one the form was opened with (default: the seat's own).
    """
    now = moment(at)
    last = ends_on or bangkok_day(now)
    ended = still_open(seat, now)
    require(
        may_seat(by, seat.committee.area, now), same_origin(seat.committee, by), ended, in_order(seat.starts_on, last, "ends_on"),
        None if ended else seat_ends_sooner(seat, last),
    )
    save_over(seat, version=seat.version if version is None else version, by=by, at=now, ends_on=last)
    note("seat_ended", seat, by=by, at=now, after={"ends_on": last.isoformat()})
    forget_reach(seat.user)
    return seat


@transaction.atomic
def take_back_seat(*, by: User | None, seat: Seat, reason: str, version: int | None = None, at: datetime | None = None) -> Seat:
    """Takes back a seat before its first day: it then never was one, and its row stays with the reason in the history.

    `version` is the one the form was opened with (default: the seat's own). Refuses a seat that has begun.
    """
    now = moment(at)
    require(
        may_seat(by, seat.committee.area, now), same_origin(seat.committee, by), still_open(seat, now), still_to_begin(seat, now),
        why_given(reason),
    )
    save_over(
        seat, version=seat.version if version is None else version, by=by, at=now, taken_back=True,
        ends_on=bangkok_day(now) - timedelta(days=1),
    )
    note("seat_taken_back", seat, by=by, at=now, after={"starts_on": seat.starts_on.isoformat(), "reason": normalise(reason)})
    forget_reach(seat.user)
    return seat


@transaction.atomic
def rename_committee(
    *, by: User | None, committee: Committee, version: int, name_th: str, reason: str, name_en: str = "", at: datetime | None = None
) -> Committee:
    """Corrects the name of a committee from now on; the former one is kept with the reason, and papers of before print it.

    Refuses a name without letters, the same name, and, with Conflict, a committee that somebody else saved since `version`.
    """
    now = moment(at)
    changes = {"name_th": normalise(name_th), "name_en": normalise(name_en)}
    require(
        may_seat(by, committee.area, now), same_origin(committee, by), name_fits(name_th, "name_th", 200),
        name_is_another(committee, changes["name_th"], changes["name_en"]), why_given(reason),
    )
    before, after = difference(committee, changes)
    former = FormerName(
        committee=committee, name_th=committee.name_th, name_en=committee.name_en, reason=normalise(reason), by=by, at=now
    )
    save_over(committee, version=version, by=by, at=now, **changes)
    former.save()
    note("committee_renamed", committee, by=by, at=now, before=before, after=after | {"reason": normalise(reason)})
    return committee
