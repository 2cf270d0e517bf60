"""Public pages of areas: where a place lies, what lies in it, and its listed products."""

from collections import Counter
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _
from django.views import View

from registry.clock import last_day_of_year_be
from registry.levels import CENTRE_CODE, REGION_CODES, Level, province_of, region_of_province
from registry.marks import area_name
from registry.models import Area, Listing, boundaries_of
from registry.thai import parse_year_be, year_be
from registry.tiles import TILES
from selection.figures import PLACED, count_places
from selection.listed import KEEP_SECONDS, ListState, list_state, shown, stamp, stars_rows, with_photos

SHOWN = 12
EARLIEST_YEAR = 2500
CODE_OF_CHILD = {
    Level.CENTRAL: "region_code",
    Level.REGION: "province_code",
    Level.PROVINCE: "amphoe_code",
    Level.AMPHOE: "tambon_code",
}

CHILD_WORDS = {
    Level.REGION: gettext_lazy("Provinces"),
    Level.PROVINCE: gettext_lazy("Amphoes"),
    Level.AMPHOE: gettext_lazy("Tambons"),
}
MEASURE = gettext_noop("%(count)s products")


class AreaList(View):
    """All of Thailand: the map, and every province under its region with its number of products in force."""

    def get(self, request: HttpRequest) -> HttpResponse:
        state = list_state(request.user)
        rows = Area.objects.current().filter(level__in=[Level.REGION, Level.PROVINCE]).order_by("name_sort")
        areas = {area.code: area for area in rows}
        regions = [
            {
                "area": areas[code],
                "provinces": [
                    {"area": area, "count": state.by_province.get(area.code, 0)}
                    for area in areas.values()
                    if area.level == Level.PROVINCE and region_of_province(area.code) == code
                ],
            }
            for code in REGION_CODES
            if code in areas
        ]
        for region in regions:
            region["count"] = sum(row["count"] for row in region["provinces"])
        context = {"state": state, "sample": state.is_sample, "regions": regions, "measure": _(MEASURE)}
        return render(request, "selection/area_list.html", context)


class AreaShow(View):
    """One area of any level: path, the areas in it with their counts, and its best listed products. Eight queries at most."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        if code == CENTRE_CODE:
            return redirect("selection:area-list", permanent=True)
        area = Area.objects.current().with_path().filter(code=code).first()
        if area is None:
            return _of_the_past(request, code)
        state, thai = list_state(request.user), get_language() != "en"
        rows = shown(request.user, state).within(area).in_force(state.today)
        by_child, by_stars = counts_of(area, rows)
        listed = with_photos(rows.order_by("-stars", "name_sort", "pk")[:SHOWN])
        context = {
            "area": area,
            "crumbs": crumbs_of(area),
            "title": title_of(area, thai=thai),
            "other_name": title_of(area, thai=not thai),
            "other_lang": "en" if thai else "th",
            "province": province_of(area.code),
            "measure": _(MEASURE),
            "child_words": CHILD_WORDS.get(Level(area.level), ""),
            "state": state,
            "sample": state.is_sample,
            "children": children_of(area, by_child),
            "count": by_stars.total(),
            "stars_rows": stars_rows(by_stars),
            "area_query": f"area={area.code}&",
            "listed": listed,
            "map_values": map_values(area, state),
            "namesakes": namesakes(area),
            "before": came_from(area),
            "then": then_of(area, request.GET.get("year"), state.origin, state.today),
        }
        return render(request, "selection/area_show.html", context)


def _of_the_past(request: HttpRequest, code: str) -> HttpResponse:
    """The page of an area, or of a code, that is no more: what it was, until when, and what it became."""
    rows = Area.objects.exclude(valid_to=None).with_path().filter(code=code).order_by("-valid_to")
    area = rows.first()
    if area is None:
        raise Http404
    thai = get_language() != "en"
    links = area.successions.select_related("new__parent__parent__parent").order_by("new__code")
    return render(request, "selection/area_was.html", {
        "area": area, "title": title_of(area, thai=thai), "other_name": title_of(area, thai=not thai),
        "other_lang": "en" if thai else "th", "links": links,
    })


def came_from(area: Area) -> list[Area]:
    """What the area was called, coded or part of before, newest first; no query for one that never changed."""
    if area.valid_from is None:
        return []
    links = area.predecessions.select_related("old__parent__parent__parent").order_by("-on", "old__code")
    return [link.old for link in links]


def then_of(area: Area, typed: str | None, origin: str, today: date) -> dict[str, Any] | None:
    """The area by the boundaries of the end of the year asked for: its areas of then with their counts; None unasked."""
    if not typed:
        return None
    try:
        year = parse_year_be(typed[:20])
    except ValueError:
        return {"typed": typed[:20], "wrong": True}
    if not EARLIEST_YEAR <= year <= year_be(today):
        return {"typed": typed[:20], "wrong": True}
    day = last_day_of_year_be(year)
    code = boundaries_of(day).code_of(area)
    place = Area.objects.at(day).with_path().filter(code=code).first()
    key = f"then-{connection.settings_dict['NAME']}-{code}-{year}-{origin}-{stamp()[0]}"
    counts = cache.get_or_set(key, lambda: count_places(code, year, origin), KEEP_SECONDS) if place else {}
    below = Area.objects.at(day).filter(parent=place.state_of_id or place.pk).order_by("name_sort", "code") if place else []
    kinds = [kind for kind, _rows in PLACED]
    return {
        "typed": str(year), "year": year, "place": place, "same": code == area.code,
        "rows": [(child, [counts.get(child.code, {}).get(kind, 0) for kind in kinds]) for child in below],
        "sums": [sum(row.get(kind, 0) for row in counts.values()) for kind in kinds],
    }


def counts_of(area: Area, rows: QuerySet[Listing]) -> tuple[Counter[str], Counter[int]]:
    """The number of `rows` by code of the areas one level below, and by stars; one query for both."""
    by_child, by_stars = Counter[str](), Counter[int]()
    field = CODE_OF_CHILD.get(Level(area.level), "tambon_code")
    for code, stars, count in rows.order_by().values_list(field, "stars").annotate(count=Count("pk")):
        by_child[code] += count
        by_stars[stars] += count
    return by_child, by_stars


def children_of(area: Area, counts: Counter[str]) -> list[dict[str, Any]]:
    """The areas one level below in Thai order, each with its number of products; one query, none for a tambon."""
    if Level(area.level) not in CODE_OF_CHILD:
        return []
    below = area.children.filter(valid_to=None).order_by("name_sort", "code")
    return [{"area": child, "count": counts[child.code]} for child in below]


def crumbs_of(area: Area) -> list[tuple[str, str]]:
    """The way down to the area: all of Thailand, its region, and what lies above it."""
    above: list[Area] = []
    node = area.parent
    while node is not None and node.level != Level.CENTRAL:
        above.append(node)
        node = node.parent
    crumbs = [(_("Thailand"), reverse("selection:area-list"))]
    return crumbs + [(said(one), reverse("selection:area-show", args=[one.code])) for one in reversed(above)]


def title_of(area: Area, *, thai: bool) -> str:
    """The area's name as a heading, with the whole word for its level."""
    return area_name(area, thai=thai, long=True)


def said(area: Area) -> str:
    """The area's name with the short prefix of its level, in the reader's language."""
    return area_name(area, thai=get_language() != "en")


def map_values(area: Area, state: ListState) -> dict[str, int] | None:
    """For a region the numbers of its own provinces, to be drawn; a smaller area is only marked on the map."""
    if area.level != Level.REGION:
        return None
    return {
        tile.code: state.by_province.get(tile.code, 0) for tile in TILES if region_of_province(tile.code) == area.code
    }


def namesakes(area: Area) -> int:
    """How many areas of this level bear the same name today, itself included; one query."""
    if area.level != Level.TAMBON:
        return 1
    found: int = Area.objects.current().filter(level=area.level, name_key=area.name_key).count()
    return found
