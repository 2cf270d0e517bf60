"""Giving people a login, an office in an area, and ending it."""

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from registry.actions.acts import moment, note, origin_for, save_version, unless_taken
from registry.clock import bangkok_day
from registry.models import Appointment, Area, Office, User
from registry.refusal import N_, Refusal, refuse, require
from registry.rules import (
    in_order,
    may_appoint,
    may_keep_people,
    name_fits,
    office_fits,
    order_number_given,
    same_origin,
    still_open,
    user_name_fits,
)
from registry.thai import normalise


@transaction.atomic
def create_user(
    *, by: User | None, username: str, name_th: str, password: str | None = None, title: str = "", name_en: str = "",
    email: str = "", is_staff: bool = False, origin: str | None = None, at: datetime | None = None,
) -> User:
    """A new login; without a password nobody can sign in with it. `origin` counts only when the system itself acts.

    Refuses a user name that is odd or taken, a weak password, and anybody who may not appoint.
    """
    now = moment(at)
    user = User(
        username=username.strip().lower(), title=normalise(title), name_th=normalise(name_th),
        name_en=normalise(name_en), email=email.strip(), is_staff=is_staff, origin=origin_for(by, origin),
        created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    require(
        may_keep_people(by, now), user_name_fits(user.username), name_fits(user.name_th, "name_th", 120),
        _password_strong(password, user),
    )
    user.set_password(password)
    with unless_taken(lambda: _user_name_taken(user.username)):
        user.save()
    note("user_created", user, by=by, at=now)
    return user


def _password_strong(password: str | None, user: User) -> Refusal | None:
    if password is None:
        return None
    try:
        validate_password(password, user)
    except ValidationError:
        return refuse("password_weak", N_(
            "Choose a stronger password: 12 characters or more, not a common one, and not like the name."
        ), field="password")
    return None


def _user_name_taken(username: str) -> Refusal | None:
    if not User.objects.filter(username=username).exists():
        return None
    return refuse("user_name_taken", N_("The user name %(username)s is taken. Choose another."), field="username",
                  username=username)


@transaction.atomic
def appoint(
    *, by: User | None, user: User, office: str, area: Area, order_no: str, starts_on: date | None = None,
    ends_on: date | None = None, acting: bool = False, at: datetime | None = None,
) -> Appointment:
    """Gives `user` the `office` (a value of Office) in `area`, from `starts_on` (default: today in Bangkok) on.

    `order_no` is the number of the order; `acting` marks รักษาราชการแทน. Refuses an office at the wrong level and a
    second open appointment to the same office.
    """
    now = moment(at)
    first = starts_on or bangkok_day(now)
    require(
        may_appoint(by, office, area, now), office_fits(office, area), order_number_given(order_no),
        in_order(first, ends_on, "ends_on"), same_origin(user, by),
    )
    appointment = Appointment(
        user=user, office=Office(office), area=area, starts_on=first, ends_on=ends_on, order_no=normalise(order_no),
        acting=acting, created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    with unless_taken(lambda: _office_held(user, office, area)):
        appointment.save()
    note("appointed", appointment, by=by, at=now, after={
        "user": user.public_id, "office": office, "area": area.code, "starts_on": first.isoformat(),
    })
    forget_reach(user)
    return appointment


def _office_held(user: User, office: str, area: Area) -> Refusal | None:
    if not user.appointments.filter(office=office, area=area, ends_on=None).exists():
        return None
    return refuse("office_held", N_("%(name)s holds this office already. End that appointment first."), field="user",
                  name=user.full_name)


@transaction.atomic
def end_appointment(
    *, by: User | None, appointment: Appointment, ends_on: date | None = None, at: datetime | None = None
) -> Appointment:
    """Ends an appointment with the day `ends_on` (default: today in Bangkok), which still counts."""
    now = moment(at)
    last = ends_on or bangkok_day(now)
    require(
        may_appoint(by, appointment.office, appointment.area, now), still_open(appointment, now),
        in_order(appointment.starts_on, last, "ends_on"),
    )
    save_version(appointment, version=appointment.version, by=by, at=now, ends_on=last)
    note("appointment_ended", appointment, by=by, at=now, after={"ends_on": last.isoformat()})
    forget_reach(appointment.user)
    return appointment


def forget_reach(user: User) -> None:
    """Lets a user object read its offices and reach anew; both are kept on it for the length of a request."""
    user.__dict__.pop("_offices", None)
    user.__dict__.pop("_reach", None)
