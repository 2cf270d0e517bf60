"""What a change moves, counted before anybody confirms it; other rooms add what they know of."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.actions.boundaries.orders import Orders
from registry.actions.boundaries.plans import Plan, plan_of
from registry.models import Appointment, Area, Committee, Producer, Product, Registration, lies_in
from registry.models.registrations import OPEN_STATES


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of something stand in the areas of a change, and what happens to them."""

    what: str | Promise
    count: int
    fate: str | Promise


Counter_ = Callable[[Sequence[Area], datetime], Iterable[Tally]]
COUNTERS: list[Counter_] = []
FOLLOW = _("follow their area by themselves")


def tally(function: Counter_) -> Counter_:
    """Adds lines to every preview; it gets the areas changed, each with all in it."""
    COUNTERS.append(function)
    return function


def inside(areas: Sequence[Area], field: str = "area") -> Q:
    """Rows whose `field` lies in one of the areas."""
    condition = Q(pk__in=[])
    for area in areas:
        condition |= lies_in(area.lft, area.rght, field)
    return condition


def preview_of(orders: Orders, on: date, at: datetime) -> tuple[Plan, list[Tally]]:
    """The plan, and what stands in its areas; nothing is written."""
    plan = plan_of(orders, on, at)
    if not plan.roots:
        return plan, []
    rows = inside(plan.roots)
    asked = inside(plan.asked)
    ended = [step.area for step in plan.ends if step.area is not None]
    tallies = [
        Tally(_("Producers"), Producer.objects.active().filter(rows).exclude(asked).count(), FOLLOW),
        Tally(_("Products"), Product.objects.active().filter(rows).exclude(asked).count(), FOLLOW),
        Tally(_("Producers of a divided tambon"), Producer.objects.active().filter(asked).count(),
              _("become questions in the work list of the tambon's officer; nothing is guessed")),
        Tally(_("Registrations that are not decided"), Registration.objects.filter(rows, state__in=OPEN_STATES).count(), FOLLOW),
        Tally(_("Appointments in force"), Appointment.objects.active_today().filter(rows).count(), FOLLOW),
        Tally(_("Appointments to areas that end"), Appointment.objects.active_today().filter(area__in=ended).count(),
              _("stay for what is still to settle there; appoint anew to the area that follows")),
        Tally(_("Committees"), Committee.objects.filter(rows).count(), FOLLOW),
        Tally(_("Committees of areas that end"), Committee.objects.filter(area__in=ended).count(),
              _("stay with their past; a new committee is made for the area that follows")),
    ]
    return plan, [*tallies, *(line for count in COUNTERS for line in count(plan.roots, at))]
