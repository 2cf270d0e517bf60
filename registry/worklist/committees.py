"""A line about committees of the user's areas that nobody chairs."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.clock import bangkok_day
from registry.models import Committee, SeatRole, User, lies_in
from registry.refusal import Named
from registry.rules import SEATERS, offices_at
from registry.worklist.lines import Ask, Group, Line, how_many, provider


@provider
def unchaired(user: User, at: datetime) -> Iterable[Ask]:
    """The committees without a chair today for which the user's offices keep the seats."""
    kept = Q()
    for held in offices_at(user, at):
        if held.office in SEATERS:
            kept |= lies_in(held.area.lft, held.area.rght)
    if not kept:
        return
    why = _("A meeting needs the chair or a deputy present. Give the seat by the order of appointment.")

    def line(row: Mapping[str, Any]) -> Line:
        name = str(Named(row["name_th"], row["name_en"]))
        url = reverse("registry:committee-show", args=[row["id"]])
        return Line(what=_("No chair: %(name)s") % {"name": name}, why=why, url=url, group=Group.MINE, where=_("Committees"))

    rows = Committee.objects.filter(kept, origin=user.origin).lacking(SeatRole.CHAIR, bangkok_day(at))
    yield Ask(
        rows=rows.order_by("area__lft", "id"), area="area", narrows=True, one=line,
        told={"name_th": "name_th", "name_en": "name_en", "id": "public_id"},
        many=lambda count: Line(
            what=_("Committees without a chair: %(count)s") % {"count": how_many(count)}, why=why, group=Group.MINE,
            url=reverse("registry:committee-list") + "?lacks=chair", count=count, where=_("Committees"),
        ),
    )  # fmt: skip
