"""Thailand as 77 tiles, one a province, and the picture of one number for each."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

UNIT, SIDE = 33, 31
STEPS = 5


class Tile(NamedTuple):
    """Where a province stands and the letters on its tile."""

    code: str
    th: str
    en: str
    column: int
    row: int


_ROWS = """
57 ชร CRI 3
58 มส MSN 1|50 ชม CMI 2|56 พย PYO 3|55 นน NAN 4
51 ลพ LPN 2|52 ลป LPG 3|54 พร PRE 4|43 นค NKI 6|38 บก BKN 7
63 ตก TAK 2|64 สท STI 3|53 อต UTD 4|42 ลย LEI 5|41 อด UDN 6|47 สน SNK 7|48 นพ NPM 8
62 กพ KPT 2|65 พล PLK 3|67 พช PNB 4|39 นภ NBP 5|40 ขก KKN 6|46 กส KSN 7|49 มห MDH 8
60 นว NSN 2|66 พจ PCT 3|16 ลบ LRI 4|36 ชย CPM 5|44 มค MKM 6|45 รอ RET 7|35 ยส YST 8|37 อจ ACR 9
61 อน UTI 2|18 ชน CNT 3|19 สบ SRI 4|30 นม NMA 5|31 บร BRM 6|32 สร SRN 7|33 ศก SSK 8|34 อบ UBN 9
71 กจ KRI 1|72 สพ SPB 2|17 สห SBR 3|15 อท ATG 4|26 นย NYK 5|25 ปจ PRI 6
70 รบ RBR 1|73 นฐ NPT 2|14 อย AYA 3|13 ปท PTE 4|24 ฉช CCO 5|27 สก SKW 6
75 สส SKM 1|74 สค SKN 2|12 นบ NBI 3|10 กทม BKK 4|20 ชบ CBI 5|22 จบ CTI 6
76 พบ PBI 1|11 สป SPK 4|21 รย RYG 5|23 ตร TRT 6
77 ปข PKN 1
85 รน RNG 0|86 ชพ CPN 1
82 พง PNA 0|84 สฎ SNI 1|80 นศ NRT 2
83 ภก PKT 0|81 กบ KBI 1|92 ตง TRG 2|93 พท PLG 3
91 สต STN 2|90 สข SKA 3|94 ปน PTN 4
95 ยล YLA 4|96 นธ NWT 5
"""


def _laid() -> tuple[Tile, ...]:
    tiles = []
    for row, line in enumerate(_ROWS.split("\n")[1:-1]):
        for words in line.split("|"):
            code, thai, english, column = words.split()
            tiles.append(Tile(code, thai, english, int(column), row))
    return tuple(tiles)


TILES = _laid()


def edges(values: Sequence[int]) -> list[int]:
    """The least value of each class above zero, at most five, rising from 1: equal shares of the values, cut nicely."""
    found = sorted(value for value in values if value > 0)
    if not found:
        return []
    return sorted({1, *(_nice(found[len(found) * step // STEPS]) for step in range(1, STEPS))})


def _nice(value: int) -> int:
    """The value with two digits kept: 1234 → 1200, 187 → 180, 42 → 42."""
    unit = int(10 ** max(len(str(value)) - 2, 0))
    return value // unit * unit


def tile_map(
    values: Mapping[str, int],
    names: Mapping[str, str],
    *,
    label: str,
    measure: str = "%(count)s",
    heading: str = "",
    link: str = "",
    starts: Sequence[int] | None = None,
) -> SafeString:
    """The map of one whole number for each province, by code; provinces missing from `values` have 0.

    `names` gives the names to speak; `label` names the picture; `measure` says a number in words with a place
    `%(count)s`; `heading` stands above the legend; `link` is an address with `{code}` in it, or empty for a picture
    without links; `starts` are the least values of the classes, found from the values when None.
    """
    starts = edges(list(values.values())) if starts is None else starts
    drawn = [_tile(tile, values.get(tile.code, 0), names, measure, link, starts) for tile in TILES]
    return format_html(
        '<svg class="tiles{}" viewBox="0 0 330 561" role="{}" aria-label="{}">{}'
        '<text class="sea" x="76" y="386" aria-hidden="true">{}</text>{}</svg>',
        "" if _thai() else " tiles-en", "group" if link else "img", label, _joined(drawn), _("Gulf of Thailand"),
        _legend(starts, heading),
    )  # fmt: skip


def tile_mark(here: str, *, label: str) -> SafeString:
    """The small map on which the province with code `here` is marked; `label` says it in words."""
    drawn = [
        format_html(
            '<g class="{}">{}{}</g>', "here" if tile.code == here else "t0", _square(tile),
            _letters(tile) if tile.code == here else "",
        )
        for tile in TILES
    ]  # fmt: skip
    return format_html(
        '<svg class="tiles tiles-mini" viewBox="0 0 330 561" role="img" aria-label="{}">{}</svg>', label, _joined(drawn)
    )


def _tile(
    tile: Tile, value: int, names: Mapping[str, str], measure: str, link: str, starts: Sequence[int]
) -> SafeString:
    step = sum(value >= start for start in starts) if value > 0 else 0
    said = f"{names.get(tile.code, tile.th)} {measure % {'count': f'{value:,}'}}"
    inside = format_html("<title>{}</title>{}{}", said, _square(tile), _letters(tile))
    if not link:
        return format_html('<g class="t{}">{}</g>', step, inside)
    address = link.replace("{code}", tile.code)
    return format_html('<a class="t{}" href="{}" aria-label="{}">{}</a>', step, address, said, inside)


def _square(tile: Tile) -> SafeString:
    x, y = tile.column * UNIT + 1, tile.row * UNIT + 1
    return format_html('<rect x="{}" y="{}" width="{}" height="{}"/>', x, y, SIDE, SIDE)


def _letters(tile: Tile) -> SafeString:
    x, y = tile.column * UNIT + 16.5, tile.row * UNIT + 21
    return format_html('<text x="{}" y="{}">{}</text>', x, y, tile.th if _thai() else tile.en)


def _legend(starts: Sequence[int], heading: str) -> SafeString:
    """The classes with their edges printed, zero apart, in the sea to the east of the peninsula."""
    words = [_("none")]
    for start, following in zip_longest(starts, starts[1:]):
        if following is None:
            words.append(_("%(count)s and more") % {"count": f"{start:,}"})
        else:
            words.append(f"{start:,}" if following - start == 1 else f"{start:,}–{following - 1:,}")
    top = 561 - 22 * len(words) - 22
    rows = format_html_join(
        "",
        '<g class="t{}"><rect x="203" y="{}" width="18" height="18"/><text class="key" x="229" y="{}">{}</text></g>',
        ((step, top + 22 * step, top + 22 * step + 14, said) for step, said in enumerate(words)),
    )
    above = format_html('<text class="keyh" x="203" y="{}">{}</text>', top - 10, heading)
    return format_html('<g aria-hidden="true">{}{}</g>', above, rows)


def _joined(parts: Sequence[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 (each part is safe)


def _thai() -> bool:
    return (get_language() or "th").startswith("th")
