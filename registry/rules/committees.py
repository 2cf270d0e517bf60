"""Who keeps committees, which kinds are whose, and whose seat may stand beside whose."""

from datetime import date, datetime

from django.db.models import Q

from registry.levels import Level
from registry.models import Category, Committee, CommitteeKind, Seat, SeatRole, User
from registry.refusal import N_, Refusal, refuse
from registry.rules.offices import COMMITTEE_LEVELS, SEATERS, offices_at

ALONE = (SeatRole.CHAIR, SeatRole.SECRETARY)


def seats_somewhere(user: User, at: datetime) -> Refusal | None:
    """Anybody with an office that keeps committees; of which area, `may_seat` says."""
    if any(held.office in SEATERS for held in offices_at(user, at)):
        return None
    return refuse("keeps_no_committee", N_(
        "Committees are kept by the officers of the amphoe, the province and the centre. Ask the officer who looks after the place."
    ))


def kinds_to_make(user: User, at: datetime) -> list[CommitteeKind]:
    """The kinds that stand at the level of one of the user's offices or below; judges wherever he has one."""
    levels = [Level(held.area.level).rank for held in offices_at(user, at) if held.office in SEATERS]
    if not levels:
        return []
    return [kind for kind in CommitteeKind if kind not in COMMITTEE_LEVELS or COMMITTEE_LEVELS[kind].rank >= min(levels)]


def category_fits(kind: str, category: Category | None) -> Refusal | None:
    """Only judges are for one category."""
    if category is None or kind == CommitteeKind.JUDGES:
        return None
    return refuse("category_of_no_judges", N_(
        "Only a group of judges is for one category. Leave the category empty, or choose the kind “group of judges”."
    ), field="category")


def seat_is_free(committee: Committee, user: User, role: str, first: date, last: date | None = None) -> Refusal | None:
    """One seat per person, one chair and one secretary in the days from `first` to `last` (None: without end).

    On the day of a change both may sit: the one whose last day it is, and the one who begins.
    """
    taken = committee.seats.filter(Q(ends_on=None) | Q(ends_on__gt=first), taken_back=False).select_related("user")
    if last is not None:
        taken = taken.filter(starts_on__lt=last) | taken.filter(starts_on=first)
    for seat in taken:
        if seat.user_id == user.pk:
            return refuse("seated_already", N_("%(name)s sits on this committee already. End that seat first."),
                          field="user", name=user.full_name)
    held = next((seat for seat in taken if seat.role == role and role in ALONE), None)
    return None if held is None else _role_taken(held)


def _role_taken(held: Seat) -> Refusal:
    name, role = held.user.full_name, SeatRole(held.role).label
    if held.ends_on is None:
        return refuse("role_taken", N_(
            "%(name)s holds the place of %(role)s. End that seat first, then give it to the next person."
        ), field="role", name=name, role=role)
    return refuse("role_taken", N_(
        "%(name)s holds the place of %(role)s until %(last)s. Begin after that day, or end that seat sooner."
    ), field="starts_on", name=name, role=role, last=held.ends_on)


def seat_of_its_kind(committee: Committee, user: User) -> Refusal | None:
    """Samples sit on committees of the sample, and nobody else does."""
    if committee.origin == user.origin:
        return None
    return refuse("seat_origin_differs", N_(
        "Samples and real data are kept apart: %(name)s is of the other kind. Choose another person."
    ), field="user", name=user.full_name)


def still_comes(user: User) -> Refusal | None:
    """A closed login takes no seat."""
    if user.is_active:
        return None
    return refuse("login_closed", N_("The login of %(name)s is closed. Choose another person."), field="user", name=user.full_name)


def seat_ends_sooner(seat: Seat, last: date) -> Refusal | None:
    """An end that stands already is brought forward, not put off."""
    if seat.ends_on is None or last <= seat.ends_on:
        return None
    return refuse("seat_ends_later", N_(
        "This seat ends on %(day)s already. To go on longer, give a new seat from the day after."
    ), field="ends_on", day=seat.ends_on)


def name_is_another(committee: Committee, name_th: str, name_en: str) -> Refusal | None:
    """A correction changes something."""
    if (committee.name_th, committee.name_en) != (name_th, name_en):
        return None
    return refuse("name_the_same", N_("This is the name it has. Write the right one, or leave the page."), field="name_th")
