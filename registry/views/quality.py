"""What the data lack: counts by check and area, the way from one row to the next, and how it went week by week."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from registry.levels import Level
from registry.models import Area, Producer, Product, User, reaches
from registry.models.quality import OF_PRODUCTS, QualityCheck, QualityCount, lacking, stale
from registry.plots import Series, line
from registry.refusal import require
from registry.rules import may_register_somewhere, offices_at, thresholds
from registry.thai import date_words
from registry.views.gate import Gated
from registry.views.sales import area_within_reach

WEEKS = 26
MENDED_AT = {
    QualityCheck.NO_PHOTO: "registry:photo-list", QualityCheck.NO_ORIGIN: "registry:product-making",
    QualityCheck.PAPER_EXPIRED: "registry:conformity-new", QualityCheck.STALE: "registry:producer-confirm",
}  # fmt: skip


class QualityHome(Gated, View):
    """Counts of one area: all of it and one level below; every figure opens its rows."""

    def get(self, request: HttpRequest, code: str = "") -> HttpResponse:
        at = timezone.now()
        require(may_register_somewhere(request.user, at))
        area = area_within_reach(request.user, code or offices_at(request.user, at)[0].area.code)
        rows = counts_below(area, request.user, at)
        check = request.GET.get("check", "")
        chosen = QualityCheck(check if check in QualityCheck.values else QualityCheck.NO_PHOTO)
        whole = [sum(row["cells"][place][1] for row in rows) for place in range(len(QualityCheck))]
        return render(request, "registry/quality_show.html", {
            "area": area, "chosen": chosen, "rows": rows, "trend": trend(area, chosen, request.user),
            "whole": [(one, count, list_url(one, area)) for one, count in zip(QualityCheck, whole, strict=True)],
            "next": f"{reverse('registry:quality-next')}?{urlencode({'check': chosen, 'area': area.code})}",
            "above": area.parent if area.parent is not None and reaches(request.user, area.parent) else None,
            "deeper": area.level != Level.TAMBON and Level(area.level).rank + 1 < Level.TAMBON.rank,
            "days": thresholds().get("stale_days", 365), "sample": request.user.origin == "sample",
        })


def counts_below(area: Area, user: User, at: datetime) -> list[dict[str, Any]]:
    """For each area one level below (of a tambon: itself) the checks with count and address; four queries at any size."""
    level = Level(area.level)
    key = "area" + "__parent" * max(Level.TAMBON.rank - level.rank - 1, 0) + "__code"
    products = Product.objects.active().visible_to(user).within(area).filter(origin=user.origin)
    of_products = _grouped(products, key, {check.value: lacking(check, at) for check in OF_PRODUCTS})
    producers = Producer.objects.active().visible_to(user).within(area).filter(origin=user.origin)
    of_producers = _grouped(producers, key, {"stale": stale(at, thresholds().get("stale_days", 365))})
    below = Area.objects.current()
    places = below.filter(pk=area.pk) if level == Level.TAMBON else below.filter(parent=area)
    return [
        {"area": place, "cells": [
            (check, {**of_products.get(place.code, {}), **of_producers.get(place.code, {})}.get(check.value, 0), list_url(check, place))
            for check in QualityCheck
        ]} for place in places.order_by("name_sort", "code")
    ]  # fmt: skip


def _grouped(rows: QuerySet[Any], key: str, checks: dict[str, Q]) -> dict[str, dict[str, int]]:
    counted = rows.order_by().values(key).annotate(**{check: Count("pk", filter=fails) for check, fails in checks.items()})
    return {row.pop(key): row for row in counted}


def list_url(check: QualityCheck, area: Area) -> str:
    """The list of the rows of an area that fail a check."""
    name = "registry:producer-list" if check is QualityCheck.STALE else "registry:product-list"
    return f"{reverse(name)}?{urlencode({'check': check.value, 'area': area.code, 'area_typed': area.name})}"


def trend(area: Area, check: QualityCheck, user: User) -> str:
    """A plot of the last weeks; nothing before there are two of them."""
    kept = QualityCount.objects.filter(area=area, check_name=check, origin=user.origin).order_by("-week")[:WEEKS]
    told = list(kept.values_list("week", "count"))[::-1]
    if len(told) < 2:
        return ""
    weeks = [" ".join(date_words(week, get_language() or "th").split()[:2]) for week, _count in told]
    label = _("Week by week: %(check)s") % {"check": check.label}
    return line(weeks, [Series(str(check.label), [count for _week, count in told])], label=label)


class QualityNext(Gated, View):
    """Leads to the page on which the next row that fails a check is mended; at the end back to the counts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        require(may_register_somewhere(request.user, at))
        asked = request.GET.get("check", "")
        check = QualityCheck(asked if asked in QualityCheck.values else QualityCheck.NO_PHOTO)
        area = Area.objects.current().filter(code=request.GET.get("area", "")[:8]).first()
        row = next_row(check, area, request.GET.get("after", "")[:8], request.user, at)
        if row is None:
            messages.success(request, _("No other row fails this check here: %(check)s.") % {"check": check.label})
            mine = area is not None and reaches(request.user, area)
            home = reverse("registry:quality-area", args=[area.code]) if area and mine else reverse("registry:quality")
            return redirect(f"{home}?check={check.value}")
        page = reverse(MENDED_AT.get(check, "registry:product-edit"), args=[row])
        return redirect(f"{page}?{urlencode({'mend': check.value, 'in': area.code if area else ''})}")


def next_row(check: QualityCheck, area: Area | None, after: str, user: User, at: datetime) -> str | None:
    """The public id of the next row in Thai order, from the beginning again where none follows; never the one left."""
    rows: Any = Producer.objects.all() if check is QualityCheck.STALE else Product.objects.all()
    fails = stale(at, thresholds().get("stale_days", 365)) if check is QualityCheck.STALE else lacking(check, at)
    seen = rows.visible_to(user)
    found = seen.active().filter(fails, origin=user.origin).exclude(public_id=after)
    found = found.within(area) if area else found
    left = seen.filter(public_id=after).values_list("name_sort", "id").first() if after else None
    behind = Q(name_sort__gt=left[0]) | Q(name_sort=left[0], id__gt=left[1]) if left else Q()
    keys = found.order_by("name_sort", "id").values_list("public_id", flat=True)
    key: str | None = keys.filter(behind).first() or keys.first()
    return key
