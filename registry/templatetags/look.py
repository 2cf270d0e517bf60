"""What templates say to draw and to write: marks, cloth, maps, plots, days, numbers, addresses."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.core.cache import cache
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from registry import marks, motif, plots, tiles
from registry.clock import BANGKOK, bangkok_day
from registry.levels import Level
from registry.models import Area
from registry.thai import MONTHS_EN, MONTHS_TH_SHORT, baht_words, date_words, juristic_words, to_thai_digits, year_be

register = template.Library()
N_ = gettext_noop
register.simple_tag(marks.state)
register.simple_tag(marks.picks)
register.simple_tag(marks.stars)
register.simple_tag(marks.star_shapes)
register.simple_tag(motif.cloth, name="motif")
register.simple_tag(motif.band, name="khit")

PAGE_KEYS = ("page", "after", "before")
FLASH = {"success": "done", "info": "done", "debug": "done", "warning": "question", "error": "blocked"}
PUBLIC_LINKS = (
    ("selection:home", N_("Search")),
    ("selection:catalogue-list", N_("Products")),
    ("selection:area-list", N_("Areas")),
    ("selection:report-list", N_("Statistics")),
)
OFFICER_LINKS = (
    ("registry:worklist", N_("My work")),
    ("registry:producer-list", N_("Producers")),
    ("registry:product-list", N_("Products")),
    ("registry:sales-home", N_("Sales")),
    ("selection:round-list", N_("Rounds")),
    ("registry:import-list", N_("Imports")),
    ("selection:report-list", N_("Reports")),
)


@register.simple_tag
def glyph(name: str, css: str = "") -> SafeString:
    """{% glyph "late" %}: the shape of a state; words must stand beside it."""
    return marks.glyph(name, f"glyph {css}".strip())


@register.filter
def flash_kind(level_tag: str) -> str:
    """done, question or blocked: what a message's level means to the reader."""
    return FLASH.get(level_tag, "done")


@register.simple_tag
def form_key() -> SafeString:
    """The hidden field that lets a form act once however often it is sent."""
    return format_html('<input type="hidden" name="form_key" value="{}">', uuid.uuid4())


def _thai() -> bool:
    return (get_language() or "th").startswith("th")


def _day(value: date | datetime) -> date:
    return bangkok_day(value) if isinstance(value, datetime) else value


@register.filter
def be_date(value: date | datetime | None, form: str = "") -> str:
    """19 พฤศจิกายน 2569; with "short" 19 พ.ย. 2569; with "day" 19 พ.ย. without the year; a moment by its Bangkok day."""
    if not value:
        return "–"
    day = _day(value)
    if not form:
        return date_words(day, get_language() or "th")
    month = MONTHS_TH_SHORT[day.month - 1] if _thai() else MONTHS_EN[day.month - 1][:3]
    return f"{day.day} {month}" + (f" {year_be(day)}" if form == "short" else "")


@register.filter
def be_time(value: datetime | None) -> str:
    """14.32 น. in Thai, 14:32 in English, Bangkok time."""
    if not value:
        return "–"
    local = value.astimezone(BANGKOK)
    return f"{local:%H.%M} น." if _thai() else f"{local:%H:%M}"


@register.filter
def be_datetime(value: datetime | None, form: str = "") -> str:
    """The day as `be_date` writes it, then the time in Bangkok."""
    return f"{be_date(value, form)} {be_time(value)}" if value else "–"


@register.filter
def be_year(value: date | datetime | int | None) -> str:
    """The Buddhist Era year of a day or a moment; a number is taken as one already."""
    if value is None:
        return "–"
    return str(value if isinstance(value, int) else year_be(_day(value)))


@register.simple_tag
def when(value: date | datetime | None, form: str = "") -> SafeString | str:
    """{% when row.at "short" %}: a <time> with the day, and the hour when `value` has one."""
    if not value:
        return "–"
    hour = format_html(' <span class="nb">{}</span>', be_time(value)) if isinstance(value, datetime) else ""
    day = be_date(value, form)
    return format_html('<time datetime="{}"><span class="nb">{}</span>{}</time>', value.isoformat(), day, hour)


@register.filter
def points(value: int | None) -> str:
    """Hundredths as people read marks: 9143 → 91.43."""
    if value is None:
        return "–"
    return f"{'-' if value < 0 else ''}{abs(value) // 100:,}.{abs(value) % 100:02}"


@register.filter
def number(value: int | None) -> str:
    """A whole number with its thousands apart."""
    return "–" if value is None else f"{value:,}"


@register.filter
def baht(satang: int | None) -> str:
    """Satang as people read baht: 1,250 or 1,250.50; a dash where nothing was told."""
    return "–" if satang is None else baht_words(satang)


@register.filter
def thai_digits(value: object) -> str:
    """The same text with ๐–๙, for formal papers."""
    return to_thai_digits(str(value))


@register.filter
def juristic(number: str) -> str:
    """A juristic number in its official groups; a dash when there is none."""
    return juristic_words(number) or "–"


@register.filter
def area_path(area: Area | None) -> str:
    """ต.หนองบัว อ.นามน จ.กาฬสินธุ์, in the reader's language; load the area with its parents."""
    return marks.area_path(area)


@register.filter
def area_path_long(area: Area | None) -> str:
    """ตำบลหนองบัว อำเภอนามน จังหวัดกาฬสินธุ์: the path as papers write it."""
    return marks.area_path(area, long=True)


@register.filter
def area_name(area: Area) -> str:
    """The area's own name with the short prefix of its level."""
    return marks.area_name(area, thai=_thai())


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """{% query_with stars=5 %}: this page's query with the changes; None takes a key away; paging starts anew."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for key in PAGE_KEYS:
        query.pop(key, None)
    for key, value in changes.items():
        query.pop(key, None)
        if value not in (None, ""):
            query.setlist(key, [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)])
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def query_without(context: template.Context, key: str, value: object) -> str:
    """This page's query without one of the values of a key: what the cross on a chosen filter leads to."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.setlist(key, [one for one in query.getlist(key) if one != str(value)])
    for page_key in PAGE_KEYS:
        query.pop(page_key, None)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def language_path(context: template.Context, code: str) -> str:
    """The address of this page in the other language, with its query; the home page when this address is unknown."""
    request: HttpRequest | None = context.get("request")
    home = "/" if code == "th" else f"/{code}/"
    if request is None or request.method != "GET":
        return home
    here = request.get_full_path()
    there = translate_url(here, code)
    return there if there != here or code == get_language() else home


@register.simple_tag(takes_context=True)
def nav_links(context: template.Context, officer: bool = False) -> list[dict[str, Any]]:
    """The main ways of this reader: `url`, `words`, and `here` for the one this page lies under."""
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    found = []
    for name, words in OFFICER_LINKS if officer else PUBLIC_LINKS:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        found.append({"url": url, "words": _(words), "here": False})
    under = [link for link in found if _lies_under(path, link["url"])]
    if under:
        max(under, key=lambda link: len(link["url"]))["here"] = True
    return found


def _lies_under(path: str, url: str) -> bool:
    """Whether the page at `path` belongs to that link; only the home page belongs to its own."""
    return path == url or (url.strip("/") not in ("", "en") and path.startswith(url))


def province_names() -> dict[str, str]:
    """The 77 names by code in the reader's language, kept for an hour."""
    key = f"province-names-{get_language()}"

    def read() -> dict[str, str]:
        return {area.code: area.name for area in Area.objects.current().of_level(Level.PROVINCE)}

    return cache.get_or_set(key, read, 3600)


@register.simple_tag
def tile_map(
    values: Mapping[str, int], label: str, measure: str = "%(count)s", heading: str = "", link: str = ""
) -> SafeString:
    """The map of one number for each province; `link` has {code} in it; see registry.tiles."""
    return tiles.tile_map(values, province_names(), label=label, measure=measure, heading=heading, link=link)


@register.simple_tag
def tile_mark(code: str) -> SafeString:
    """The small map that shows where one province lies."""
    name = province_names().get(code, code)
    return tiles.tile_mark(code, label=_("%(province)s on the map of Thailand") % {"province": name})


@register.simple_tag
def bars(rows: Iterable[Mapping[str, Any]], label: str, was: str = "") -> SafeString:
    """Bars of one number by star: rows with `stars`, `value`, and `was` for the round before; see registry.plots."""
    named = [
        plots.Bar(marks.star_words(row["stars"]), row["value"], row.get("was"))
        for row in rows
    ]
    return plots.bars(named, label=label, was=was, kind="star")


@register.filter
def get(values: Mapping[str, Any], key: str) -> Any:
    """The value under a key that a template cannot write with a dot; nothing when it is missing."""
    return values.get(key)


@register.simple_tag
def error_lines(form: BaseForm | None, forms: Iterable[BaseForm] | None = None) -> list[dict[str, str]]:
    """Every error of one form or several, with its field's label and the id its link leads to."""
    lines = []
    for one in forms or ([form] if form else []):
        lines += [{"words": words, "target": "", "label": ""} for words in one.non_field_errors()]
        for bound in one:
            target = "" if bound.is_hidden else (bound.id_for_label or bound.auto_id)
            label = "" if bound.is_hidden else str(bound.label)
            lines += [{"words": words, "target": target, "label": label} for words in bound.errors]
    return lines
