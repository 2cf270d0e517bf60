"""Lines about terms that end soon: for the officer himself, and for the office that appoints."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.clock import bangkok_day
from registry.models import Appointment, AppointmentKind, Office, User, lies_in
from registry.rules import offices_at, place
from registry.worklist.lines import CAP, FEW, Group, Line, how_many, provider

AHEAD = timedelta(days=30)
# whose terms an office watches: those it appoints itself, not what lies deeper
WATCHED: dict[str, tuple[Office, ...]] = {
    Office.AMPHOE_OFFICER: (Office.RECORDER,),
    Office.PROVINCE_OFFICER: (Office.AMPHOE_OFFICER,),
    Office.CENTRAL_OFFICER: (Office.PROVINCE_OFFICER,),
    Office.ADMINISTRATOR: (Office.CENTRAL_OFFICER, Office.ADMINISTRATOR),
}


@provider
def own_terms(user: User, at: datetime) -> Iterable[Line]:
    """A line for each office of the user that ends within 30 days; the last day still counts."""
    today = bangkok_day(at)
    for held in offices_at(user, at):
        if held.ends_on is not None and held.ends_on <= today + AHEAD:
            yield Line(
                what=_("Your office ends: %(office)s, %(area)s") % {"office": held.get_office_display(), "area": place(held.area)},
                why=_("Hand over what is open, or ask the office above yours for a new order."),
                url=reverse("registry:officer-show", args=[user.public_id]), due=held.ends_on, group=Group.MINE, where=_("Officers"),
            )


@provider
def terms_below(user: User, at: datetime) -> Iterable[Line]:
    """The terms that end within 30 days of those whom the user's offices appoint: a few by name, many by their number."""
    today, below = bangkok_day(at), Q()
    for held in offices_at(user, at):
        if held.kind != AppointmentKind.DELEGATED and held.office in WATCHED:
            below |= Q(lies_in(held.area.lft, held.area.rght), office__in=WATCHED[held.office])
    if not below:
        return
    rows = _ending(user, today).filter(below).select_related("user", "area").order_by("ends_on", "id")[: CAP + 1]
    found = list(rows)
    if len(found) > FEW:
        yield Line(
            what=_("Terms of officers that end within 30 days: %(count)s") % {"count": how_many(len(found))},
            why=_("Appoint anew by a new order, or let them hand over."), due=found[0].ends_on, group=Group.MINE, where=_("Officers"),
            url=reverse("registry:officer-list") + "?state=ending", count=len(found),
        )
        return
    for held in found:
        yield Line(
            what=_("The term of %(name)s ends: %(office)s, %(area)s")
            % {"name": held.user.full_name, "office": held.get_office_display(), "area": place(held.area)},
            why=_("Appoint anew by a new order, or let them hand over."), due=held.ends_on, group=Group.MINE, where=_("Officers"),
            url=reverse("registry:officer-show", args=[held.user.public_id]),
        )


def _ending(user: User, today: date) -> QuerySet[Appointment]:
    """Running terms of others of the user's origin that end in time and are not followed by another of the same person."""
    follows = Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=OuterRef("ends_on")), user=OuterRef("user"), office=OuterRef("office"), area=OuterRef("area"),
    )
    running = Appointment.objects.active_on(today).filter(origin=user.origin, ends_on__lte=today + AHEAD)
    return running.exclude(user=user).exclude(Exists(follows))
