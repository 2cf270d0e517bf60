"""Standing committees of an area, and who sits on them from one day to another."""

from datetime import date, datetime

from django.db import transaction

from registry.actions.acts import moment, note, origin_for, save_version, unless_taken
from registry.actions.people import forget_reach
from registry.clock import bangkok_day
from registry.models import Area, Category, Committee, CommitteeKind, Seat, SeatRole, User
from registry.refusal import N_, Named, Refusal, refuse, require
from registry.rules import committee_fits, in_order, may_seat, name_fits, same_origin, seat_is_free, still_open
from registry.thai import normalise


@transaction.atomic
def create_committee(
    *, by: User | None, kind: str, area: Area, name_th: str, name_en: str = "", category: Category | None = None,
    origin: str | None = None, at: datetime | None = None,
) -> Committee:
    """A standing committee (`kind` is a value of CommitteeKind) of `area`; judges may be for one category.

    Refuses an area of another level, and a second committee of the kind in the same area and category.
    """
    now = moment(at)
    require(may_seat(by, area, now), committee_fits(kind, area), name_fits(name_th, "name_th", 200))
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
    ), name=Named(same.name_th, same.name_en))


@transaction.atomic
def give_seat(
    *, by: User | None, committee: Committee, user: User, role: str = SeatRole.MEMBER, starts_on: date | None = None,
    ends_on: date | None = None, at: datetime | None = None,
) -> Seat:
    """Seats `user` on `committee` with `role` (a value of SeatRole) from `starts_on` (default: today in Bangkok).

    Refuses a second open seat of the same person, and a second chair or secretary.
    """
    now = moment(at)
    first = starts_on or bangkok_day(now)
    Committee.objects.select_for_update().get(pk=committee.pk)
    require(
        may_seat(by, committee.area, now), seat_is_free(committee, user, role), in_order(first, ends_on, "ends_on"),
        same_origin(user, by),
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
def end_seat(*, by: User | None, seat: Seat, ends_on: date | None = None, at: datetime | None = None) -> Seat:
    """Ends a seat with the day `ends_on` (default: today in Bangkok), which still counts."""
    now = moment(at)
    last = ends_on or bangkok_day(now)
    require(may_seat(by, seat.committee.area, now), still_open(seat, now), in_order(seat.starts_on, last, "ends_on"))
    save_version(seat, version=seat.version, by=by, at=now, ends_on=last)
    note("seat_ended", seat, by=by, at=now, after={"ends_on": last.isoformat()})
    forget_reach(seat.user)
    return seat
