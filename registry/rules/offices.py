"""Who may: offices and seats in force, and the offices that register, seat and appoint."""

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime

from registry.clock import bangkok_day
from registry.levels import Level, long_name_en
from registry.models import Appointment, Area, Committee, CommitteeKind, Office, Seat, User
from registry.refusal import N_, Named, Refusal, refuse

REGISTRARS = (Office.RECORDER, Office.AMPHOE_OFFICER, Office.PROVINCE_OFFICER, Office.CENTRAL_OFFICER)
SEATERS = (Office.AMPHOE_OFFICER, Office.PROVINCE_OFFICER, Office.CENTRAL_OFFICER)
APPOINTERS: dict[str, tuple[Office, ...]] = {
    Office.RECORDER: (Office.AMPHOE_OFFICER, Office.PROVINCE_OFFICER, Office.CENTRAL_OFFICER, Office.ADMINISTRATOR),
    Office.AMPHOE_OFFICER: (Office.PROVINCE_OFFICER, Office.CENTRAL_OFFICER, Office.ADMINISTRATOR),
    Office.PROVINCE_OFFICER: (Office.CENTRAL_OFFICER, Office.ADMINISTRATOR),
    Office.CENTRAL_OFFICER: (Office.ADMINISTRATOR,),
    Office.ADMINISTRATOR: (Office.ADMINISTRATOR,),
}
OFFICE_LEVELS: dict[str, Level] = {
    Office.RECORDER: Level.TAMBON,
    Office.AMPHOE_OFFICER: Level.AMPHOE,
    Office.PROVINCE_OFFICER: Level.PROVINCE,
    Office.CENTRAL_OFFICER: Level.CENTRAL,
    Office.ADMINISTRATOR: Level.CENTRAL,
}
COMMITTEE_LEVELS: dict[str, Level] = {
    CommitteeKind.NATIONAL: Level.CENTRAL,
    CommitteeKind.SUB: Level.CENTRAL,
    CommitteeKind.REGIONAL: Level.REGION,
    CommitteeKind.PROVINCE: Level.PROVINCE,
    CommitteeKind.AMPHOE: Level.AMPHOE,
}
USER_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,59}")


def place(area: Area) -> Named:
    """The area's full name in both languages, for a sentence."""
    return Named(area.long_name, long_name_en(area.level, area.name_en, area.code))


def offices_at(user: User, at: datetime) -> list[Appointment]:
    """The user's appointments in force at `at`, with their areas; one query, kept per user object and day."""
    kept: dict[date, list[Appointment]] = user.__dict__.setdefault("_offices", {})
    day = bangkok_day(at)
    if day not in kept:
        kept[day] = list(user.appointments.active_on(day).select_related("user", "stands_for", "area__parent__parent"))
    return kept[day]


def seats_at(user: User, at: datetime) -> list[Seat]:
    """The user's seats in force at `at`, with committee and area; one query, kept per user object and day."""
    kept: dict[date, list[Seat]] = user.__dict__.setdefault("_seats", {})
    day = bangkok_day(at)
    if day not in kept:
        rows = user.seats.active_on(day).select_related("committee__area__parent__parent")
        kept[day] = list(rows.order_by("committee__area__lft", "id"))
    return kept[day]


def holds(user: User | None, offices: Collection[str], area: Area, at: datetime) -> bool:
    """True when the user holds one of `offices` in `area` or above it at `at`."""
    if user is None or not user.is_active:
        return False
    return any(held.office in offices and held.area.contains(area) for held in offices_at(user, at))


def signs_as(user: User | None, area: Area | None, at: datetime, offices: Collection[str] = tuple(Office)) -> Appointment | None:
    """The appointment by which the user acts in `area` at `at` (None: anywhere): the nearest one, the head's before staff's.

    So who acts for the head of his own office signs as that, and not by his own post.
    """
    if user is None:
        return None
    return nearest([one for one in offices_at(user, at) if one.office in offices], area)


def nearest(held: Iterable[Appointment], area: Area | None) -> Appointment | None:
    """Of one person's appointments the one by which he acts in `area` (None: anywhere): see `signs_as`."""
    there = [one for one in held if area is None or one.area.contains(area)]
    return max(there, key=lambda one: (one.area.lft - one.area.rght, one.leads, not one.acting), default=None)


def seat_of(user: User | None, committee: Committee, at: datetime) -> Seat | None:
    """The seat the user has on the committee at `at`."""
    if user is None or not user.is_active:
        return None
    seat: Seat | None = committee.seats.active_on(bangkok_day(at)).filter(user=user).first()
    return seat


def may_register(user: User | None, area: Area, at: datetime) -> Refusal | None:
    """A recorder or officer of the area, or of one above it."""
    if holds(user, REGISTRARS, area, at):
        return None
    return refuse("not_your_area", N_(
        "Only an officer of %(area)s may record this."
        " Ask the amphoe office that looks after the place, or pick a place of yours."
    ), field="area", area=place(area))


def may_register_in(user: User | None, areas: Collection[Area | None], at: datetime) -> list[Refusal | None]:
    """`may_register` for each of `areas`; nothing stands against the system itself (no user)."""
    if user is None:
        return []
    return [may_register(user, area, at) for area in areas if area is not None]


def may_register_somewhere(user: User, at: datetime) -> Refusal | None:
    """Anybody with an office that registers; where, `may_register` says."""
    if any(held.office in REGISTRARS for held in offices_at(user, at)):
        return None
    return refuse("not_a_registrar", N_(
        "Producers are registered by the recorder of their tambon or an officer above. Ask the amphoe office."
    ))


def may_seat(user: User | None, area: Area, at: datetime) -> Refusal | None:
    """An officer of the area's office (not its recorder), or of one above it; nothing against the system itself."""
    if user is None or holds(user, SEATERS, area, at):
        return None
    return refuse("not_your_committee", N_(
        "Committees of %(area)s are kept by its own office or one above it. Ask the officer who looks after the place."
    ), field="area", area=place(area))


def may_appoint(user: User | None, office: str, area: Area, at: datetime) -> Refusal | None:
    """An officer above, in the same subtree; the centre's own offices are the administrator's.

    The superuser made on the command line appoints the first administrator.
    """
    if user is None or user.is_superuser or holds(user, APPOINTERS[office], area, at):
        return None
    return refuse("may_not_appoint", N_(
        "To appoint a %(office)s in %(area)s you must hold an office above it."
        " Ask the office above, or the administrator."
    ), office=Office(office).label, area=place(area))


def may_keep_people(user: User | None, at: datetime) -> Refusal | None:
    """Who may add a login: anybody who may appoint to some office."""
    keepers = (*SEATERS, Office.ADMINISTRATOR)
    if user is None or user.is_superuser or any(held.office in keepers for held in offices_at(user, at)):
        return None
    return refuse("may_not_add_people", N_("Only an officer of an amphoe or above adds users. Ask your amphoe office."))


def office_fits(office: str, area: Area) -> Refusal | None:
    """Each office stands at its own level of the tree."""
    wanted = OFFICE_LEVELS[office]
    if area.level == wanted:
        return None
    return refuse("office_elsewhere", N_(
        "The office of %(office)s is held in an area of the level %(level)s. Pick such an area."
    ), field="area", office=Office(office).label, level=wanted.label)


def committee_fits(kind: str, area: Area) -> Refusal | None:
    """Each kind of committee stands at its own level; judges wherever a panel is held."""
    wanted = COMMITTEE_LEVELS.get(kind)
    if wanted is None or area.level == wanted:
        return None
    return refuse("committee_elsewhere", N_(
        "A committee of the kind %(kind)s belongs to an area of the level %(level)s. Pick such an area."
    ), field="area", kind=CommitteeKind(kind).label, level=wanted.label)


def user_name_fits(username: str) -> Refusal | None:
    """Lower-case Latin letters, digits and . _ @ -, three to sixty of them, beginning with a letter or digit."""
    if USER_NAME.fullmatch(username):
        return None
    return refuse("user_name_odd", N_(
        "Write the user name with 3 to 60 small Latin letters, digits or . _ @ - and begin with a letter or a digit."
    ), field="username")


def order_number_given(order_no: str) -> Refusal | None:
    """An appointment names the order it rests on."""
    if order_no.strip():
        return None
    return refuse("order_missing", N_("Write the number of the order of appointment, as it stands on the paper."),
                  field="order_no")
