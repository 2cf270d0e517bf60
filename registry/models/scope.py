"""Whose eyes reach where: the areas of a user's offices and seats, read from the database on every request."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from registry.models.areas import Area, lies_in

Q_ = TypeVar("Q_", bound="models.QuerySet[Any]")


def reach(user: Any) -> list[tuple[int, int]]:
    """The (lft, rght) ranges of the areas where the user holds an office or a seat of an area's committee today.

    One query, kept for the life of the user object, which is one request. Judges' seats give no reach: a judge sees
    sheets, not the register. A stranger has none.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    kept: list[tuple[int, int]] | None = vars(user).get("_reach")
    if kept is None:
        found = Area.objects.filter(_held_by(user)).order_by("lft").values_list("lft", "rght", "parent_id").distinct()
        keep_reach(user, [Area(lft=lft, rght=rght, parent_id=parent) for lft, rght, parent in found])
        kept = vars(user)["_reach"]
    return kept or []


def keep_reach(
    user: Any, areas: Iterable[Area], central: bool | None = None, of_offices: Iterable[Area] | None = None
) -> None:
    """Keeps the reach of a user whose offices and seats (but judges') were read for this request already.

    `of_offices` are those of `areas` in which he holds an office, None where that was not told apart. `central` tells whether an office of
    the centre is among them (`is_central` asks), None where that was not read.
    """
    kept, held = vars(user), list(areas) if user.is_active else []
    kept.setdefault("_reach", sorted({(area.lft, area.rght) for area in held}))
    if of_offices is not None:
        kept.setdefault("_office_reach", sorted({(area.lft, area.rght) for area in of_offices}) if user.is_active else [])
    kept.setdefault("_reaches_all", any(area.parent_id is None for area in held))
    if central is not None:
        kept.setdefault("_is_central", bool(central and user.is_active))


def _held_by(user: Any) -> Q:
    from_offices = user.appointments.active_today().values("area")
    from_seats = user.seats.active_today().exclude(committee__kind="judges").values("committee__area")
    return Q(pk__in=from_offices) | Q(pk__in=from_seats)


def office_reach(user: Any) -> list[tuple[int, int]]:
    """The ranges of the areas where the user holds an office today, whatever his seats; one query, kept as `reach` is."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    kept: list[tuple[int, int]] | None = vars(user).get("_office_reach")
    if kept is None:
        held = Area.objects.filter(pk__in=user.appointments.active_today().values("area"))
        kept = list(held.order_by("lft").values_list("lft", "rght"))
        vars(user)["_office_reach"] = kept
    return kept


def within_reach(rows: Q_, user: Any, area_field: str) -> Q_:
    """Those of `rows` whose area (by the field's name) lies within the user's reach."""
    ranges = reach(user)
    if not ranges:
        return rows.none()
    if vars(user).get("_reaches_all"):  # the top of the one tree: no join need tell
        return rows.filter(**{f"{area_field}__isnull": False})
    condition = Q()
    for lft, rght in ranges:
        condition |= lies_in(lft, rght, area_field)
    return rows.filter(condition)


def reaches(user: Any, area: Area) -> bool:
    """True when `area` lies within the user's reach."""
    return any(lft <= area.lft and area.rght <= rght for lft, rght in reach(user))
