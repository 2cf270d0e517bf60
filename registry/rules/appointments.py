"""Who appoints whom, for whom somebody stands in, and that one person heads an office at a time."""

from datetime import date, datetime

from registry.clock import bangkok_day
from registry.models import (
    LED,
    STANDS_IN,
    ActingReason,
    Appointment,
    AppointmentKind,
    Area,
    Committee,
    LoginCode,
    Office,
    User,
)
from registry.refusal import N_, Refusal, refuse
from registry.rules.offices import APPOINTERS, holds, may_appoint, may_seat, offices_at, place

CODE_DAYS = 7
WORDERS = (Office.CENTRAL_OFFICER, Office.ADMINISTRATOR)


def offices_to_give(user: User, at: datetime) -> list[Office]:
    """The offices to which the user may appoint somewhere, from the tambon up."""
    held = {one.office for one in offices_at(user, at) if one.kind != AppointmentKind.DELEGATED}
    return [office for office in Office if user.is_superuser or held & set(APPOINTERS[office])]


def may_word_titles(user: User | None, at: datetime) -> Refusal | None:
    """A central officer or the administrator; nothing stands against the system itself (no user)."""
    if user is None or user.is_superuser or any(held.office in WORDERS for held in offices_at(user, at)):
        return None
    return refuse("titles_are_central", N_(
        "The titles of offices are worded by the officer of the centre. Send him the order that words them otherwise."
    ))


def title_worded(title_th: str, title_en: str) -> list[Refusal | None]:
    """A title has words in both languages; without its place, which is joined to it."""
    return [
        None if title_th else refuse("title_missing", N_("Write the title in Thai, without the name of a place."), field="title_th"),
        None if title_en else refuse("title_missing", N_("Write the title in English, without the name of a place."), field="title_en"),
    ]


def source_noted(note_th: str, note_en: str) -> list[Refusal | None]:
    """Words that were not confirmed say so, and confirmed ones by what."""
    said = N_("Write where the words come from: the order or rule, or that they are usual and not confirmed.")
    return [
        None if note else refuse("source_missing", said, field=field)
        for note, field in ((note_th, "source_note_th"), (note_en, "source_note_en"))
    ]


def appoints_somewhere(user: User, at: datetime) -> Refusal | None:
    """Anybody who may give some office."""
    if offices_to_give(user, at):
        return None
    return refuse("may_not_appoint_anywhere", N_(
        "Offices are given by the office above: tambon recorders by the amphoe, amphoe officers by the province."
        " Ask the office above yours."
    ))


def not_himself(by: User | None, user: User) -> Refusal | None:
    """Nobody gives, ends or corrects an office of his own; the command line's superuser begins somewhere."""
    if by is None or by.is_superuser or by.pk != user.pk:
        return None
    return refuse("not_for_himself", N_(
        "Nobody appoints himself or ends or corrects his own appointment. Ask the office above yours, or the administrator."
    ))


def not_passed_on(by: User | None, office: str, area: Area, at: datetime) -> Refusal | None:
    """A power held by delegation only is not passed on."""
    if by is None or by.is_superuser or not holds(by, APPOINTERS[office], area, at):
        return None  # `may_appoint` says the rest
    over = [one for one in offices_at(by, at) if one.office in APPOINTERS[office] and one.area.contains(area)]
    if any(one.kind != AppointmentKind.DELEGATED for one in over):
        return None
    return refuse("delegated_only", N_(
        "You hold this office by delegation, and what was delegated is not passed on. Ask the one who delegated it to you."
    ))


def may_keep_appointment(by: User | None, office: str, area: Area, user: User, at: datetime) -> list[Refusal | None]:
    """Everything that must be true of who gives, ends or corrects the office of `user` in `area`."""
    return [may_appoint(by, office, area, at), not_passed_on(by, office, area, at), not_himself(by, user)]


def lead_fits(office: str, leads: bool) -> Refusal | None:
    """Only the offices of an amphoe, a province and the centre have a head."""
    if not leads or office in LED:
        return None
    return refuse("office_without_head", N_("A %(office)s heads no office. Take the tick away."), field="leads",
                  office=Office(office).label)


def head_is_free(held: Appointment) -> Refusal | None:
    """One person of an origin heads an office at a time; the refusal names who does."""
    if not held.leads or held.acting:
        return None
    rows = Appointment.objects.filter(
        area=held.area, office=held.office, leads=True, kind=AppointmentKind.SUBSTANTIVE, origin=held.origin
    )
    other = rows.touching(held.starts_on, held.ends_on).exclude(pk=held.pk).select_related("user").first()
    if other is None:
        return None
    if other.ends_on is None:
        return refuse("office_headed", N_(
            "%(name)s heads this office. End that appointment first, or record somebody who acts for the holder."
        ), field="leads", name=other.user.full_name)
    return refuse("office_headed", N_(
        "%(name)s heads this office from %(first)s to %(last)s. Choose days before or after."
    ), field="starts_on", name=other.user.full_name, first=other.starts_on, last=other.ends_on)


def held_once(held: Appointment) -> Refusal | None:
    """Nobody holds the same office of the same place twice in the same way and days."""
    same = held.user.appointments.filter(office=held.office, area=held.area, kind=held.kind)
    if not same.touching(held.starts_on, held.ends_on).exclude(pk=held.pk).exists():
        return None
    return refuse("office_held", N_(
        "%(name)s holds this office in those days already. End that appointment first, or choose other days."
    ), field="user", name=held.user.full_name)


def stands_in_rightly(held: Appointment) -> list[Refusal | None]:
    """Who stands in names for whom and why; for a vacant post nobody, and it is vacant."""
    if not held.acting:
        return []
    return [_reason_fits(held), _somebody_named(held), _named_one_holds(held), _is_vacant(held)]


def _reason_fits(held: Appointment) -> Refusal | None:
    if held.kind not in STANDS_IN or held.reason:
        return None
    return refuse("acting_reason_missing", N_("Say why somebody else acts: the post is vacant, or the holder is away."),
                  field="reason")


def _somebody_named(held: Appointment) -> Refusal | None:
    vacant = held.reason in (ActingReason.VACANT, ActingReason.UNSAID)
    if held.stands_for is None and (vacant or (held.kind in STANDS_IN and not held.reason)):
        return None
    if held.stands_for is None:
        return refuse("stands_for_missing", N_("Choose for whom the office is held, or say that the post is vacant."),
                      field="stands_for")
    if held.stands_for_id == held.user_id:
        return refuse("stands_for_himself", N_("Nobody stands in for himself. Choose the holder of the office."),
                      field="stands_for")
    if held.reason == ActingReason.VACANT:
        return refuse("vacant_with_holder", N_("A vacant post has no holder. Leave the name empty, or choose another reason."),
                      field="stands_for")
    return None


def _named_one_holds(held: Appointment) -> Refusal | None:
    """Who is stood in for holds that office himself, in the whole of the term but for days without an end."""
    if held.stands_for is None or held.stands_for_id == held.user_id:
        return None
    own = held.stands_for.appointments.filter(office=held.office, area=held.area, kind=AppointmentKind.SUBSTANTIVE)
    if own.touching(held.starts_on, held.ends_on).exists():
        return None
    return refuse("stands_for_no_holder", N_(
        "%(name)s does not hold this office in %(area)s in those days. Choose the one who does, or say that the post is vacant."
    ), field="stands_for", name=held.stands_for.full_name, area=place(held.area))


def _is_vacant(held: Appointment) -> Refusal | None:
    if held.reason != ActingReason.VACANT or not held.leads:
        return None
    heads = Appointment.objects.filter(area=held.area, office=held.office, leads=True, kind="substantive", origin=held.origin)
    holder = heads.touching(held.starts_on, held.starts_on).select_related("user").first()
    if holder is None:
        return None
    return refuse("post_not_vacant", N_(
        "The post is not vacant on %(day)s: %(name)s holds it. Name the holder and why he is away, or end that appointment first."
    ), field="reason", day=held.starts_on, name=holder.user.full_name)


def ends_sooner(held: Appointment, last: date) -> Refusal | None:
    """An end that stands already is brought forward, not put off: that is a new order."""
    if held.ends_on is None or last <= held.ends_on:
        return None
    return refuse("ends_later", N_(
        "This appointment ends on %(day)s already. To go on longer, appoint anew by the new order, or correct the slip."
    ), field="ends_on", day=held.ends_on)


def order_dated(order_on: date | None, first: date) -> Refusal | None:
    """An order may be signed after the day it is from, but by no more than a year: else a year was mistyped."""
    if order_on is None or abs((order_on - first).days) <= 366:
        return None
    return refuse("order_day_odd", N_(
        "The order of %(order)s and the first day, %(first)s, lie more than a year apart. Look at the years again."
    ), field="order_on", order=order_on, first=first)


def may_give_code(by: User | None, user: User, at: datetime) -> Refusal | None:
    """Who may let somebody set a new password: who could give him all that he holds, or who made his still empty login.

    A code opens the whole login, so an office above one of his offices is not enough.
    """
    if by is None or by.is_superuser or (by.pk != user.pk and _is_over(by, user, at)):
        return None
    return refuse("may_not_give_code", N_(
        "A new code for this login is given by an office above everything its owner holds, or by the administrator."
    ))


def _is_over(by: User, user: User, at: datetime) -> bool:
    if user.origin != by.origin:
        return False
    if any(one.office == Office.ADMINISTRATOR and not one.acting for one in offices_at(by, at)):
        return not user.is_superuser
    if user.is_superuser or user.is_staff:
        return False
    offices, bodies = list(_offices_of(user, at)), list(_bodies_of(user, at))
    if not offices and not bodies:
        return user.created_by_id == by.pk
    ends = [refusal for one in offices for refusal in may_keep_appointment(by, one.office, one.area, user, at) if refusal]
    return not ends and all(may_seat(by, body.area, at) is None for body in bodies)


def _offices_of(user: User, at: datetime) -> list[Appointment]:
    """What the user holds now or will hold."""
    return list(user.appointments.touching(bangkok_day(at), None).select_related("area"))


def _bodies_of(user: User, at: datetime) -> list[Committee]:
    rows = user.seats.filter(ends_on=None) | user.seats.filter(ends_on__gte=bangkok_day(at))
    return [seat.committee for seat in rows.select_related("committee__area")]


def code_holds(code: LoginCode | None, digest: str, at: datetime) -> bool:
    """True when this is the newest code of the login, unused and not older than CODE_DAYS."""
    if code is None or code.used_at is not None or code.digest != digest:
        return False
    return (at - code.at).days < CODE_DAYS

