"""Lines about producers: the yearly question whether they still produce."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from registry.clock import bangkok_day, first_day_of_year_be, year_be_at
from registry.models import Producer, User, unasked
from registry.rules import thresholds
from registry.worklist.lines import Ask, Group, Line, how_many, provider, registers


@provider
def unasked_producers(user: User, at: datetime) -> Iterable[Ask]:
    """One line for all producers of the user's areas that nobody asked this year whether they still produce."""
    if not registers(user, at):
        return
    year, bounds = year_be_at(at), thresholds()
    first = first_day_of_year_be(year)
    if bangkok_day(at) < first + timedelta(days=bounds.get("confirm_from_day", 1) - 1):
        return
    yield Ask(
        rows=Producer.objects.visible_to(user).active().filter(unasked(year), origin=user.origin), area="area", narrows=True,
        many=lambda count: Line(
            what=_("Ask whether they still produce: %(count)s producers") % {"count": how_many(count)},
            why=_("Every producer is asked once a year."), url=reverse("registry:confirm-list"), group=Group.MINE,
            where=_("Register"), due=first + timedelta(days=bounds.get("confirm_by_day", 90) - 1), count=count,
        ),
    )  # fmt: skip
