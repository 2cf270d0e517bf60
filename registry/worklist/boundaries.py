"""Lines about changes of areas: places to settle after a division, and changes that something stands against."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.clock import bangkok_day
from registry.models import Area, AreaChange, PlaceQuestion, User
from registry.rules.boundaries import may_change_areas
from registry.worklist.lines import Group, Line, provider


@provider
def places_to_settle(user: User, _at: datetime) -> Iterable[Line]:
    """One line for each divided tambon of the user's areas in which places are not settled."""
    rows = PlaceQuestion.objects.visible_to(user).open().filter(origin=user.origin).order_by()
    counted = rows.values_list("area__code", "area__name_th", "area__level").annotate(count=Count("pk"))[:20]
    for code, name_th, level, count in counted:
        area = Area(code=code, name_th=name_th, level=level)
        yield Line(
            what=_("Places to settle in %(area)s: %(count)s") % {"area": area.short_name, "count": f"{count:,}"},
            why=_("The tambon was divided or united; only somebody who knows the place can say which part it is."),
            url=reverse("registry:place-list"), group=Group.QUESTION, where=area.short_name, count=count,
        )


@provider
def changes_that_wait(user: User, at: datetime) -> Iterable[Line]:
    """For the central office the changes whose day has come and which something still stands against."""
    if may_change_areas(user, at) is not None:
        return
    for change in AreaChange.objects.planned().filter(on__lte=bangkok_day(at)).order_by("on")[:20]:
        yield Line(
            what=_("Change of areas that waits: %(kind)s, %(areas)s") % {
                "kind": change.get_kind_display(), "areas": ", ".join(change.orders["areas"]),
            },
            why=_("Its day has come and something stands against it. Open it to see what."),
            url=reverse("registry:areachange-show", args=[change.public_id]), group=Group.MINE, due=change.on,
        )
