"""Small marks that pages draw beside words: glyphs of states, stars, the five stages, the path of an area."""

from functools import cache
from typing import Protocol

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.levels import Level, long_name, long_name_en, short_name, short_name_en

_SQUARE = '<path d="M.8.8h14.4v14.4H.8z" fill="none" stroke="currentColor" stroke-width="1.6"{}/>'
_RING = '<circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_LINE = '<path d="{}" fill="none" stroke="currentColor" stroke-width="2.2"/>'
GLYPHS = {
    "done": '<path d="M0 0h16v16H0z" fill="currentColor"/><path class="cut" d="M3.6 8.4l3 3 5.8-6.6"/>',
    "open": _SQUARE.format("") + '<path d="M1 15V8h14v7z" fill="currentColor"/>',
    "wait": _RING + '<path d="M8 8V1a7 7 0 0 1 7 7z" fill="currentColor"/>',
    "not": _SQUARE.format(' stroke-dasharray="3 2.6"'),
    "late": '<path d="M8 .6L15.8 15H.2z" fill="currentColor"/><path class="cut" d="M8 5.6v4.4M8 12v1.4"/>',
    "question": '<path d="M.2.4h15.6v11.4H9.4L5 15.8v-4H.2z" fill="currentColor"/>'
    '<path class="cut" d="M6 4.4a2 2 0 1 1 2.7 1.9c-.5.2-.7.4-.7.9M8 8.8v1.5"/>',
    "back": _LINE.format("M6.5 2L2 6.5 6.5 11M2 6.5h8a4 4 0 0 1 0 8H6.5"),
    "up": '<path d="M8 1l7 8H1z" fill="currentColor"/><path d="M8 8v7.5" stroke="currentColor" stroke-width="3"/>',
    "stay": '<path d="M1 8h14" stroke="currentColor" stroke-width="3"/>',
    "recused": _SQUARE.format("") + '<path d="M1.5 14.5l13-13" stroke="currentColor" stroke-width="2.2"/>',
    "close": _LINE.format("M2 2l12 12M14 2L2 14"),
}
STATES = {"late": "late", "back": "back", "done": "done", "open": "open", "up": "open", "question": "question"}
_POINTS = "l2.5 6.1 6.6.5-5 4.3 1.5 6.5-5.6-3.5-5.6 3.5 1.5-6.5-5-4.3 6.6-.5z"


class Place(Protocol):
    """What a path needs of an area; `parent` is followed up to the province."""

    level: str
    code: str
    name_th: str
    name_en: str
    parent: "Place | None"


@cache
def glyph(name: str, css: str = "glyph") -> SafeString:
    """The 16-unit drawing of a state (a name of GLYPHS, else KeyError); words must stand beside it."""
    drawn = mark_safe(GLYPHS[name])  # noqa: S308 (ours)
    return format_html('<svg class="{}" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', css, drawn)


def state(name: str, words: str) -> SafeString:
    """A state as shape and words; the colour follows the shape."""
    return format_html(
        '<span class="state state-{}">{}<span>{}</span></span>', STATES.get(name, "plain"), glyph(name), words
    )


@cache
def star_shapes(count: int, of: int = 5) -> SafeString:
    """`of` stars in a row, `count` of them filled, 22 units high; words must stand beside them."""
    drawn = "".join(
        f'<path class="st-{"on" if place < count else "off"}" d="M{11 + 22.4 * place:g} 2.4{_POINTS}"/>'
        for place in range(of)
    )
    width = 22.4 * of
    return mark_safe(f'<svg viewBox="0 0 {width:g} 22" aria-hidden="true">{drawn}</svg>')  # noqa: S308 (numbers only)


def stars(count: int | None, of: int = 5, *, short: bool = False, big: bool = False, at: str = "") -> SafeString:
    """Stars as words first, shapes second, then `at`: the round or level they were won at.

    None and 0 are said in words alone. Refuses a count outside 0 to `of` with ValueError.
    """
    if count and not 0 < count <= of:
        raise ValueError(f"{count} stars out of {of}")
    words = star_words(count or 0) if short or not count else _("%(count)s of %(of)s stars") % {"count": count, "of": of}
    css = "stars stars-big" if big else "stars"
    shapes = star_shapes(count, of) if count else ""
    beside = format_html('<span class="at">{}</span>', at) if at else ""
    return format_html('<span class="{}"><b>{}</b>{}{}</span>', css, words, shapes, beside)


def star_words(count: int) -> str:
    """5 stars, 1 star, no stars."""
    if count == 1:
        return _("1 star")
    return _("%(count)s stars") % {"count": count} if count else _("no stars")


def picks(stage: int, words: str = "", of: int = 5) -> SafeString:
    """Five upright threads, `stage` of them taken up, then the words."""
    bars = "".join(
        f'<rect class="pk-{"on" if place < stage else "off"}" x="{1 + 4.4 * place:g}" y="1" width="3" height="14"/>'
        for place in range(of)
    )
    drawn = mark_safe(f'<svg viewBox="0 0 23 16" aria-hidden="true">{bars}</svg>')  # noqa: S308 (numbers only)
    return format_html('<span class="picks">{}{}</span>', drawn, words)


def area_path(area: Place | None, *, long: bool = False) -> str:
    """The whole path in the reader's language: ต.หนองบัว อ.นามน จ.กาฬสินธุ์; Tambon Nong Bua, Amphoe Na Mon, Kalasin.

    Reads `parent`s, so load them with the area. Regions and the centre stand alone; no area gives an empty text.
    """
    thai = (get_language() or "th").startswith("th")
    names: list[str] = []
    node = area
    while node is not None:
        names.append(area_name(node, thai=thai, long=long))
        node = node.parent if Level(node.level).rank > Level.PROVINCE.rank else None
    return (" " if thai else ", ").join(names)


def area_name(area: Place, *, thai: bool, long: bool = False) -> str:
    """One area's name with the prefix of its level."""
    if thai:
        return (long_name if long else short_name)(area.level, area.name_th, area.code)
    return (long_name_en if long else short_name_en)(area.level, area.name_en or area.name_th, area.code)
