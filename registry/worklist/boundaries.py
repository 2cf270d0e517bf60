"""Lines about changes of areas: places to settle after a division, and changes that something stands against."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from registry.clock import bangkok_day
from registry.models import AreaChange, ChangeKind, PlaceQuestion, User
from registry.rules.boundaries import may_change_areas
from registry.worklist.lines import Ask, Group, Line, how_many, provider


@provider
def places_to_settle(user: User, _at: datetime) -> Iterable[Ask]:
    """One line for all places of divided tambons of the user's areas that are not settled."""
    yield Ask(
        rows=PlaceQuestion.objects.visible_to(user).open().filter(origin=user.origin), area="area",
        many=lambda count: Line(
            what=_("Places to settle: %(count)s") % {"count": how_many(count)},
            why=_("The tambon was divided or united; only somebody who knows the place can say which part it is."),
            url=reverse("registry:place-list"), group=Group.QUESTION, where=_("Register"), count=count,
        ),
    )  # fmt: skip


@provider
def changes_that_wait(user: User, at: datetime) -> Iterable[Ask]:
    """For the central office the changes whose day has come and which something still stands against."""
    if may_change_areas(user, at) is not None:
        return
    why = _("Its day has come and something stands against it. Open it to see what.")

    def line(row: Mapping[str, Any]) -> Line:
        said = {"kind": ChangeKind(row["kind"]).label, "areas": ", ".join(row["orders"]["areas"])}
        return Line(
            what=_("Change of areas that waits: %(kind)s, %(areas)s") % said, why=why, group=Group.MINE,
            url=reverse("registry:areachange-show", args=[row["id"]]),
        )

    yield Ask(
        rows=AreaChange.objects.planned().filter(on__lte=bangkok_day(at)).order_by("on"), day="on", one=line,
        told={"kind": "kind", "orders": "orders", "id": "public_id"},
        many=lambda count: Line(
            what=_("Changes of areas that wait: %(count)s") % {"count": how_many(count)}, why=why, group=Group.MINE,
            url=reverse("registry:areachange-list"), count=count,
        ),
    )  # fmt: skip
