"""Lines about registrations: to complete, to check, to renew, to decide."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.clock import bangkok_day
from registry.models import CommitteeKind, Registration, RegistrationWindow, User
from registry.models.registrations import OPEN_STATES
from registry.rules import SEATERS, offices_at
from registry.rules.registrations import LEADERS
from registry.worklist.lines import CAP, Group, Line, capped, how_many, provider, registers


@provider
def registrations_to_act_on(user: User, at: datetime) -> Iterable[Line]:
    """One line for each thing that registrations of the user's areas wait for: completing, the check, a renewal."""
    if not registers(user, at):
        return
    day = bangkok_day(at)
    counts = _waiting(Registration.objects.visible_to(user).filter(origin=user.origin), day)
    told = {"returned": (_("Registrations sent back: %(count)s"), _("Complete them and file them again."))}
    if any(held.office in SEATERS for held in offices_at(user, at)):
        told["filed"] = (_("Registrations to check: %(count)s"), _("They were filed and wait for the officer's check."))
    told["registered"] = (
        _("Registrations to renew: %(count)s"),
        _("The open window asks for it. Begin the renewal on the page of the producer."),
    )
    for state, (what, why) in told.items():
        if count := counts[state]:
            yield Line(
                what=what % {"count": how_many(count)}, why=why, url=f"{reverse('registry:registration-list')}?state={state}",
                group=Group.MINE, where=_("Registrations"), count=count,
                due=RegistrationWindow.objects.open_on(day).get().closes_on if state == "registered" else None,
            )


def _waiting(rows: QuerySet[Registration], day: date) -> Counter[str]:
    """How many were sent back, wait for the check, and are to be renewed in the open window, each to CAP; one query."""
    under_way = Registration.objects.filter(state__in=OPEN_STATES).values("producer")
    before = RegistrationWindow.objects.open_on(day).values("renew_before")[:1]
    due = rows.filter(state="registered", filed_on__lt=Subquery(before)).exclude(producer__in=under_way)
    kinds = [rows.filter(state="returned"), rows.filter(state="filed"), due]
    first, *others = [kind.order_by().values_list("state", flat=True)[: CAP + 1] for kind in kinds]
    return Counter(first.union(*others, all=True))


@provider
def registrations_to_decide(user: User, at: datetime) -> Iterable[Line]:
    """A line for each amphoe committee that the user leads and before which checked registrations lie."""
    led = user.seats.active_on(bangkok_day(at)).filter(role__in=LEADERS, committee__kind=CommitteeKind.AMPHOE)
    for seat in led.select_related("committee__area"):
        area, origin = seat.committee.area, seat.committee.origin
        rows = Registration.objects.filter(state="checked", origin=origin, area__lft__gte=area.lft, area__rght__lte=area.rght)
        if count := capped(rows):
            yield Line(
                what=_("Registrations to decide: %(count)s") % {"count": how_many(count)},
                why=_("They were checked and wait for the committee's meeting."),
                url=reverse("registry:registration-decide", args=[seat.committee.public_id]), group=Group.MINE,
                where=seat.committee.name, count=count,
            )
