"""Giving people a login, an office in an area, and ending it."""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from registry.actions.acts import difference, moment, note, origin_for, plain, save_over, unless_taken
from registry.clock import bangkok_day
from registry.models import STANDS_IN, Appointment, AppointmentKind, Area, EndReason, Office, User
from registry.refusal import N_, Refusal, refuse, require
from registry.rules import (
    in_order,
    may_keep_people,
    name_fits,
    office_fits,
    order_number_given,
    same_origin,
    still_open,
    still_to_begin,
    user_name_fits,
    why_given,
)
from registry.rules.appointments import (
    ends_sooner,
    head_is_free,
    held_once,
    lead_fits,
    may_keep_appointment,
    order_dated,
    stands_in_rightly,
)
from registry.thai import normalise

WEAK_AT_ALL = N_("Choose a stronger password: 12 characters or more, not a common one, and not like the name.")
WEAK = {
    "password_too_short": N_("This password is too short. Choose one of 12 characters or more; a few words in a row are easy to keep."),
    "password_too_common": N_("This password is among those that are guessed first. Choose one that only you would think of."),
    "password_too_similar": N_("This password is like your name or user name. Choose one that has nothing of them."),
}
# what may be corrected later
KEPT = ("position", "stands_as", "starts_on", "ends_on", "order_no", "order_on", "reason")


@transaction.atomic
def create_user(
    *, by: User | None, username: str, name_th: str, password: str | None = None, title: str = "", name_en: str = "",
    email: str = "", is_staff: bool = False, origin: str | None = None, at: datetime | None = None,
) -> User:
    """A new login; without a password nobody can sign in with it until its owner used a one-time code.

    `origin` counts only when the system itself acts. Refuses a user name that is odd or taken, a weak
    password, and anybody who may not appoint.
    """
    now = moment(at)
    user = User(
        username=username.strip().lower(), title=normalise(title), name_th=normalise(name_th),
        name_en=normalise(name_en), email=email.strip(), is_staff=is_staff, origin=origin_for(by, origin),
        created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    require(
        may_keep_people(by, now), user_name_fits(user.username), name_fits(user.name_th, "name_th", 120),
        password_strong(password, user),
    )
    user.set_password(password)
    with unless_taken(lambda: _user_name_taken(user.username)):
        user.save()
    note("user_created", user, by=by, at=now)
    return user


def password_strong(password: str | None, user: User) -> Refusal | None:
    """What the site asks of passwords; none is no weak one."""
    if password is None:
        return None
    try:
        validate_password(password, user)
    except ValidationError as weak:
        codes = {error.code for error in weak.error_list}
        said = [sentence for code, sentence in WEAK.items() if code in codes]
        return refuse("password_weak", said[0] if len(codes) == len(said) == 1 else WEAK_AT_ALL, field="password")
    return None


def _user_name_taken(username: str) -> Refusal | None:
    if not User.objects.filter(username=username).exists():
        return None
    return refuse("user_name_taken", N_("The user name %(username)s is taken. Choose another."), field="username",
                  username=username)


@transaction.atomic
def appoint(
    *, by: User | None, user: User, office: str, area: Area, order_no: str, starts_on: date | None = None,
    ends_on: date | None = None, kind: str = AppointmentKind.SUBSTANTIVE, leads: bool = False, at: datetime | None = None,
    **told: Any,
) -> Appointment:
    """Gives `user` the `office` (a value of Office) in `area`, from `starts_on` (default: today in Bangkok) on.

    `order_no` is the number of the order; `kind` a value of AppointmentKind; `told` any of order_on, position, and for
    who stands in: stands_for (a User), stands_as, reason. Refuses an office at the wrong level, the same office twice,
    a second head, and somebody who stands in for nobody.
    """
    now = moment(at)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # two appointments of one person come one after the other
    held = Appointment(
        user=user, office=Office(office), area=area, origin=user.origin, kind=AppointmentKind(kind), leads=leads,
        starts_on=starts_on or bangkok_day(now), ends_on=ends_on, order_no=normalise(order_no), created_by=by,
        changed_by=by, created_at=now, changed_at=now, **_said(kind, told),
    )
    require(
        may_keep_appointment(by, office, area, user, now), office_fits(office, area), lead_fits(office, leads),
        same_origin(user, by), _sound(held),
    )
    with unless_taken(lambda: head_is_free(held) or held_once(held)):
        held.save()
    note("appointed", held, by=by, at=now, after=_told_of(held))
    forget_reach(user)
    return held


def _said(kind: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """The told fields that belong to the kind, in their stored form."""
    if odd := told.keys() - {"order_on", "position", "stands_for", "stands_as", "reason"}:
        raise TypeError(f"an appointment tells nothing of {odd}")
    fields = {"order_on", "position"}
    if kind != AppointmentKind.SUBSTANTIVE:
        fields |= {"stands_for", "stands_as"}
    if kind in STANDS_IN:
        fields.add("reason")
    return {name: normalise(value) if isinstance(value, str) else value for name, value in told.items() if name in fields}


def _sound(held: Appointment) -> list[Refusal | None]:
    """What must be true of an appointment by itself and beside the others."""
    reversed_days = in_order(held.starts_on, held.ends_on, "ends_on")
    plain = [order_number_given(held.order_no), reversed_days, order_dated(held.order_on, held.starts_on)]
    return plain if reversed_days else [*plain, head_is_free(held), held_once(held), *stands_in_rightly(held)]


def _told_of(held: Appointment) -> dict[str, Any]:
    """What history keeps of an appointment."""
    told = {field: plain(getattr(held, field)) for field in (*KEPT, "office", "area", "kind")}
    return told | {"user": held.user.public_id, "stands_for": held.stands_for.public_id if held.stands_for else None}


@transaction.atomic
def end_appointment(
    *, by: User | None, appointment: Appointment, ends_on: date | None = None, reason: str = "", order_no: str = "",
    version: int | None = None, at: datetime | None = None,
) -> Appointment:
    """Ends an appointment with the day `ends_on` (default: today in Bangkok), which still counts.

    `reason` is a value of EndReason and `order_no` the order that ends it; only the system itself may leave them out.
    """
    now = moment(at)
    last = ends_on or bangkok_day(now)
    ended = still_open(appointment, now)
    require(
        may_keep_appointment(by, appointment.office, appointment.area, appointment.user, now), ended,
        in_order(appointment.starts_on, last, "ends_on"), None if ended else ends_sooner(appointment, last),
        None if by is None and not reason else order_number_given(order_no),
    )
    save_over(
        appointment, version=appointment.version if version is None else version, by=by, at=now, ends_on=last,
        end_reason=EndReason(reason) if reason else "", end_order_no=normalise(order_no),
    )
    note("appointment_ended", appointment, by=by, at=now, after={
        "ends_on": last.isoformat(), "end_reason": str(reason), "end_order_no": normalise(order_no),
    })
    forget_reach(appointment.user)
    return appointment


@transaction.atomic
def take_back_appointment(
    *, by: User | None, appointment: Appointment, reason: str, version: int | None = None, at: datetime | None = None
) -> Appointment:
    """Takes back an appointment before its first day, such as one whose order was revoked; its row stays, with the reason.

    `version` is the one the form was opened with (default: the appointment's own). Refuses one that has begun.
    """
    now = moment(at)
    require(
        may_keep_appointment(by, appointment.office, appointment.area, appointment.user, now), same_origin(appointment.user, by),
        still_open(appointment, now), still_to_begin(appointment, now), why_given(reason),
    )
    save_over(
        appointment, version=appointment.version if version is None else version, by=by, at=now, taken_back=True,
        ends_on=bangkok_day(now) - timedelta(days=1),
    )
    note("appointment_taken_back", appointment, by=by, at=now, after={
        "starts_on": appointment.starts_on.isoformat(), "reason": normalise(reason),
    })
    forget_reach(appointment.user)
    return appointment


@transaction.atomic
def correct_appointment(
    *, by: User | None, appointment: Appointment, version: int, at: datetime | None = None, **told: Any
) -> Appointment:
    """Corrects a slip in the days, the order or the words of an appointment that has not ended; history keeps both.

    Whom, which office, where and how stay: a wrong one of those is ended and made anew.
    """
    now = moment(at)
    changes = {name: normalise(value) if isinstance(value, str) else value for name, value in told.items() if name in KEPT}
    if not appointment.acting:
        changes.pop("stands_as", None)
    User.objects.select_for_update(no_key=True).get(pk=appointment.user_id)
    require(may_keep_appointment(by, appointment.office, appointment.area, appointment.user, now), still_open(appointment, now))
    before, after = difference(appointment, changes)
    sketch = copy(appointment)
    for name, value in changes.items():
        setattr(sketch, name, value)
    require(_sound(sketch))
    if after:
        with unless_taken(lambda: head_is_free(sketch)):
            save_over(appointment, version=version, by=by, at=now, **changes)
        note("appointment_corrected", appointment, by=by, at=now, before=before, after=after)
    forget_reach(appointment.user)
    return appointment


def forget_reach(user: User) -> None:
    """Lets a user object read its offices, seats and reach anew; they are kept on it for the length of a request."""
    for kept in ("_offices", "_seats", "_reach", "_reaches_all", "_office_reach"):
        user.__dict__.pop(kept, None)
