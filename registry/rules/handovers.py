"""What must be true before an office is handed over, and before either of the two gives his word."""

from datetime import datetime

from registry.clock import bangkok_day
from registry.models import Appointment, Handover, User
from registry.refusal import N_, Refusal, refuse
from registry.rules.appointments import may_keep_appointment


def may_hand_over(by: User | None, held: Appointment, at: datetime) -> Refusal | None:
    """Who holds the office, or an office that appoints to it."""
    if by is None or by.pk == held.user_id:
        return None
    if not [refusal for refusal in may_keep_appointment(by, held.office, held.area, held.user, at) if refusal]:
        return None
    return refuse("not_yours_to_hand_over", N_("An office is handed over by who holds it, or by the office above that appoints to it."))


def still_runs(held: Appointment, at: datetime) -> Refusal | None:
    """The list is drawn from the office, so it runs yet."""
    day = bangkok_day(at)
    if held.starts_on <= day and (held.ends_on is None or held.ends_on >= day):
        return None
    return refuse("office_runs_not", N_(
        "This office does not run today, so no list can be drawn from it. What is open stands on the work list of who follows."
    ))


def takes_rightly(held: Appointment, taker: User, at: datetime) -> Refusal | None:
    """The taker is somebody else who holds, or will hold, the same office of the same place."""
    if taker.pk == held.user_id:
        return refuse("hands_to_himself", N_("Nobody hands over to himself. Write the user name of who follows."), field="taker")
    same = taker.appointments.filter(office=held.office, area=held.area).touching(bangkok_day(at), None)
    if taker.origin == held.origin and same.exists():
        return None
    return refuse("taker_without_office", N_(
        "%(name)s is not appointed to this office yet. Record that appointment first; it may begin later."
    ), field="taker", name=taker.full_name)


def is_giver(by: User | None, handover: Handover) -> Refusal | None:
    """Only he himself says that the list is whole."""
    if by is None or by.pk == handover.appointment.user_id:
        return None
    return refuse("only_giver", N_("Only %(name)s confirms that this list is whole."), name=handover.appointment.user.full_name)


def is_taker(by: User | None, handover: Handover) -> Refusal | None:
    """Only he himself says that he takes it."""
    if by is None or by.pk == handover.taker_id:
        return None
    return refuse("only_taker", N_("Only %(name)s confirms that he takes it over."), name=handover.taker.full_name)


def is_given(handover: Handover) -> Refusal | None:
    """The giver speaks first."""
    if handover.given_at is not None:
        return None
    return refuse("not_given_yet", N_("%(name)s has not confirmed the list yet."), name=handover.appointment.user.full_name)


def not_taken(handover: Handover) -> Refusal | None:
    """What both confirmed stays."""
    if handover.taken_at is None:
        return None
    return refuse("taken_already", N_("Both confirmed this on %(day)s. It stays as it is."), day=bangkok_day(handover.taken_at))


def same_list(shown: str, stands: str) -> Refusal | None:
    """What is confirmed is what was read."""
    if shown == stands:
        return None
    return refuse("list_changed", N_("The list has changed since you opened the page. Read it again, then confirm."))
