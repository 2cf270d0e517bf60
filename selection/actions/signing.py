"""Who signs the minutes of a panel and as what: worded in the moment it settles or certifies, and kept as it was worded."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from registry.clock import bangkok_day
from registry.models import Appointment, OfficeTitle, Seat, SeatRole, User
from registry.rules import nearest
from selection import rules
from selection.models import Panel, Signing

RECORDER = "recorder"


def sign(panel: Panel, *, by: User, at: datetime) -> Signing:
    """Keeps who signs the minutes; `by` settled or certified. The caller holds the panel's lock and has asked the rules."""
    return Signing.objects.create(panel=panel, lines=worded(panel, by, at), by=by, at=at)


def worded(panel: Panel, by: User, at: datetime) -> list[dict[str, Any]]:
    """The lines below each signature in both languages, in the order in which the rules name who leads; three queries.

    Each signs by his office that is nearest to the panel's area; without one by his name alone.
    """
    meeting = panel.meeting
    day = (meeting.held_on if meeting else None) or bangkok_day(at)
    signers = list(_signers(panel, by, at))
    held: dict[int, list[Appointment]] = {}
    rows = Appointment.objects.active_on(day).filter(user__in=[user.pk for _role, user in signers])
    for one in rows.select_related("user", "stands_for", "area"):
        held.setdefault(one.user_id, []).append(one)
    titles, found = OfficeTitle.objects.worded(), []
    for role, user in signers:
        office = nearest(held.get(user.pk, ()), panel.area)
        lines = {
            language: list(office.signature(language, titles).lines) if office else [f"({user.name_in(language)})"]
            for language in ("th", "en")
        }
        found.append({"role": role, **lines})
    return found


def _signers(panel: Panel, by: User, at: datetime) -> Iterator[tuple[str, User]]:
    """Who led and who recorded: the chair, or the deputy in the chair's place, then the secretary, or else who settled it."""
    there = _leaders(panel, at)
    first = next((seat for role in rules.LEADERS[:2] for seat in there if seat.role == role), None)
    secretary = next((seat for seat in there if seat.role == SeatRole.SECRETARY), None)
    if first is not None:
        yield first.role, first.user
    if secretary is not None:
        yield secretary.role, secretary.user
    elif first is None or first.user_id != by.pk:
        yield RECORDER, by


def _leaders(panel: Panel, at: datetime) -> list[Seat]:
    """The seats that lead, of those who were there; of all on that day where nobody's coming is recorded."""
    if panel.committee is None:
        return []
    meeting = panel.meeting
    day = (meeting.held_on if meeting else None) or bangkok_day(at)
    seats = list(panel.committee.seats.active_on(day).filter(role__in=rules.LEADERS).select_related("user").order_by("pk"))
    present = set(meeting.attendances.values_list("seat_id", flat=True)) if meeting else set()
    return [seat for seat in seats if not present or seat.pk in present]
