"""Lines about papers of standards that lapsed or end soon."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.clock import bangkok_day
from registry.models import WATCH_DAYS, Conformity, User
from registry.refusal import Named
from registry.worklist.lines import CAP, Group, Line, how_many, provider, registers

FEW = 5  # papers up to so many have a line each
RENEW = gettext_lazy("Ask the producer for the new paper and record it, or end the product if it is no longer made.")


Ending = tuple[str, str, str, str, str, date, int | None]  # what `_endings` reads of a paper


def _endings(rows: QuerySet[Conformity]) -> list[Ending]:
    """Address, product, standard in both languages, last day and nearest threshold told of papers, the next to end first."""
    told = Min("notices__days", filter=Q(notices__valid_to=F("valid_to")))
    found = rows.annotate(told=told).order_by("valid_to", "product__name_sort").values_list(
        "product__public_id", "public_id", "product__name", "standard__name_th", "standard__name_en", "valid_to", "told"
    )
    return list(found[: CAP + 1])


@provider
def papers_that_end(user: User, at: datetime) -> Iterable[Line]:
    """Papers that lapsed, and those told of 90, 30 or 7 days ahead: a few each by itself, many by how soon they end."""
    if not registers(user, at):
        return
    today, watched = bangkok_day(at), Conformity.objects.visible_to(user).watched()
    told = watched.filter(valid_to__gte=today, notices__valid_to=F("valid_to")).values("pk")
    lapsed, ending = _endings(watched.lapsed(today)), _endings(Conformity.objects.filter(pk__in=told))
    if len(lapsed) + len(ending) <= FEW:
        yield from (_paper_line(row, today) for row in lapsed + ending)
        return
    if lapsed:
        yield _papers_line(_("Papers of standards that lapsed: %(count)s"), "lapsed", lapsed)
    for days in WATCH_DAYS:
        if rows := [row for row in ending if row[-1] == days]:
            yield _papers_line(_("Papers of standards that end within %(days)s days: %(count)s"), str(days), rows)


def _paper_line(row: Ending, today: date) -> Line:
    product, paper, name, th, en, last, _told = row
    words = _("%(standard)s of %(name)s lapsed") if last < today else _("%(standard)s of %(name)s ends")
    return Line(
        what=words % {"standard": Named(th, en), "name": name}, why=RENEW, due=last, group=Group.MINE, where=_("Standards"),
        url=reverse("registry:conformity-edit", args=[product, paper]),
    )


def _papers_line(words: str, within: str, rows: list[Ending]) -> Line:
    return Line(
        what=words % {"days": within, "count": how_many(len(rows))}, why=RENEW, due=rows[0][5], group=Group.MINE,
        where=_("Standards"), url=reverse("registry:expiring-list") + f"?within={within}", count=len(rows),
    )
