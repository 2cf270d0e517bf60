"""Lines about papers of standards that lapsed or end soon."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.clock import bangkok_day
from registry.models import WATCH_DAYS, Conformity, User
from registry.refusal import Named
from registry.worklist.lines import Ask, Group, Line, how_many, provider, registers

RENEW = gettext_lazy("Ask the producer for the new paper and record it, or end the product if it is no longer made.")
TOLD = {
    "product": "product__public_id", "paper": "public_id", "name": "product__name",
    "th": "standard__name_th", "en": "standard__name_en",
}  # fmt: skip


@provider
def papers_that_end(user: User, at: datetime) -> Iterable[Ask]:
    """Papers that lapsed, and those told of 90, 30 or 7 days ahead: a few each by itself, many by how soon they end."""
    if not registers(user, at):
        return
    today, watched = bangkok_day(at), Conformity.objects.visible_to(user).watched()
    yield _papers(watched.lapsed(today), "lapsed")
    for days in WATCH_DAYS:
        soon = watched.filter(valid_to__range=(today, today + timedelta(days=days)))
        told = soon.annotate(told=Min("notices__days", filter=Q(notices__valid_to=F("valid_to"))))
        yield _papers(told.filter(told=days), str(days))


def _papers(rows: QuerySet[Conformity], within: str) -> Ask:
    over = within == "lapsed"
    group = Group.MINE if over else Group.EXPIRING
    one = _("%(standard)s of %(name)s lapsed") if over else _("%(standard)s of %(name)s ends")
    many = _("Papers of standards that lapsed: %(count)s") if over else _(
        "Papers of standards that end within %(days)s days: %(count)s"
    )

    def line(row: Mapping[str, Any]) -> Line:
        return Line(
            what=one % {"standard": Named(row["th"], row["en"]), "name": row["name"]}, why=RENEW, group=group,
            where=_("Standards"), url=reverse("registry:conformity-edit", args=[row["product"], row["paper"]]),
        )

    return Ask(
        rows=rows.order_by("valid_to", "product__name_sort"), area="product__area", day="valid_to", told=TOLD, one=line,
        narrows=True, many=lambda count: Line(
            what=many % {"days": within, "count": how_many(count)}, why=RENEW, group=group, where=_("Standards"),
            url=reverse("registry:expiring-list") + f"?within={within}", count=count,
        ),
    )  # fmt: skip
