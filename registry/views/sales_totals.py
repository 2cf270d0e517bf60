"""What areas sold in a closed year, for everybody; and what one producer sold, for the officers of its place."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views import View

from registry import plots
from registry.clock import bangkok_day, end_of_year_be, year_be_at
from registry.levels import CENTRE_CODE, Level
from registry.models import Area, Origin, Producer, Sale, SalesChannel, User
from registry.rules import LEAST_TOLD, Part, sees_sales, shown_parts, thresholds
from registry.thai import month_words, months_before

MONTHS_SHOWN, MONTHS_PLOTTED = 24, 12
FIRST_YEAR = 2544  # the register's programme began


def sales_of(producer: Producer, user: User, at: datetime) -> dict[str, Any] | None:
    """The last months of a producer by channel, as plot and table; None for who may not see them. Two queries."""
    if not sees_sales(user, producer.area, at):
        return None
    newest = bangkok_day(at).replace(day=1)
    months = [months_before(newest, count) for count in range(MONTHS_SHOWN)]
    found: dict[Any, dict[int, int]] = {}
    for row in Sale.objects.told().filter(producer=producer, month__gte=months[-1]):
        found.setdefault(row.month, {})[row.channel_id] = row.satang
    channels = [channel for channel in SalesChannel.objects.all() if any(channel.pk in told for told in found.values())]
    rows = [
        (month, [found.get(month, {}).get(channel.pk) for channel in channels], sum(found[month].values()))
        for month in months
        if month in found
    ]
    language = get_language() or "th"
    plotted = months[:MONTHS_PLOTTED][::-1]
    places = [month_words(month, language, short=True) for month in plotted]
    told = plots.Series(gettext("baht"), [sum(found[month].values()) // 100 if month in found else None for month in plotted])
    label = gettext("Sales of %(name)s by month, in baht") % {"name": producer.name}
    return {
        "channels": channels, "rows": [(month_words(month, language), cells, whole) for month, cells, whole in rows],
        "plot": plots.line(places, [told], label=label) if any(month in found for month in plotted) else "",
    }


def closes_at(year_be: int) -> datetime:
    """When the figures of a year are counted, once and for all: so many days after its end."""
    return end_of_year_be(year_be) + timedelta(days=thresholds().get("sales_closed_days", 90))


def parts_of(area: Area, year_be: int, at: datetime, origin: str) -> list[Part]:
    """How many producers of each area below `area` told anything for the year, and the sum; one query for the level."""
    steps = Level.TAMBON.rank - Level(area.level).rank - 1
    key = "area" + "__parent" * steps + "__code"
    rows = Sale.objects.told(at).of_year(year_be).within_any([area]).filter(producer__origin=origin).order_by()
    counted = rows.values(key).annotate(told=Count("producer", distinct=True), whole=Sum("satang"))
    return [Part(row[key], row["told"], int(row["whole"])) for row in counted]


def way_down(area: Area) -> list[Area]:
    """From the centre down to the area."""
    chain, node = [], area
    while node is not None:
        chain.append(node)
        node = node.parent
    return chain[::-1]


class SalesArea(View):
    """The sums of a closed year, area by area down the tree; a sum stands here only as `shown_parts` allows."""

    def get(self, request: HttpRequest, code: str, year: int) -> HttpResponse:
        area = get_object_or_404(Area.objects.current().select_related("parent__parent__parent__parent"), code=code)
        if not FIRST_YEAR <= year <= year_be_at(timezone.now()):
            raise Http404
        closes, origin = closes_at(year), getattr(request.user, "origin", Origin.REAL)
        context: dict[str, Any] = {
            "area": area, "year": year, "way": way_down(area)[:-1], "closes": closes, "least": LEAST_TOLD,
            "sample": origin == Origin.SAMPLE, "closed": closes <= timezone.now(),
        }
        if context["closed"]:
            context |= self._figures(area, year, closes, origin)
        return render(request, "registry/sales_area.html", context)

    def _figures(self, area: Area, year: int, at: datetime, origin: str) -> dict[str, Any]:
        """The whole and the parts; every level from the centre down decides what may be seen of the next."""
        way = way_down(area)
        parts = parts_of(way[0], year, at, origin)
        whole: Part = Part(CENTRE_CODE, sum(part.told for part in parts), sum(part.satang for part in parts))
        seen = whole.told >= LEAST_TOLD
        for below in way[1:]:
            by_code, shown = {part.code: part for part in parts}, shown_parts(parts, seen)
            whole, seen = by_code.get(below.code, Part(below.code, 0, 0)), below.code in shown
            parts = parts_of(below, year, at, origin) if below.level != Level.TAMBON else []
        by_code, shown = {part.code: part for part in parts}, shown_parts(parts, seen)
        children = Area.objects.current().filter(parent=area).order_by("name_sort", "code")
        rows = [(child, by_code.get(child.code), child.code in shown) for child in children]
        label = gettext("Sales of the year by area, in baht")
        bars = [plots.Bar(child.name, part.satang // 100) for child, part, may in rows if part and may]
        return {
            "whole": whole, "seen": seen, "rows": rows,
            "plot": plots.bars(sorted(bars, key=lambda bar: -bar.value)[:12], label=label) if len(bars) > 1 else "",
        }
