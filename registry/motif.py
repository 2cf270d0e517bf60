"""Khit cloth drawn from codes: a province is a family, a product one cloth of it; the same codes, the same cloth."""

from functools import cache, lru_cache
from hashlib import sha256
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

REPEAT = 24
MIDDLE = 12
DYES = ("kram", "dip", "maklua", "kram-on")
RINGS = (
    "111001101100", "101101110110", "110110011011", "100111011100",
    "111011001101", "101110110011", "110011101101", "100110111011",
)  # fmt: skip
CORNERS = ("1000", "1100", "0110", "1011", "1101", "1110")
STRIPS = ("1000", "1100", "1010", "1001", "1110", "1011")
CHEVRONS = (
    "100110001100", "110010010011", "101100100110", "110001100100",
    "100100110110", "101001100011", "110011001100", "100010011001",
)  # fmt: skip
Row = list[bool]


class Weave(NamedTuple):
    """One repeat: the path of its picks, the path of its border strip, the dye (a class of the style sheet)."""

    field: str
    strip: str
    dye: str


@lru_cache(maxsize=4096)
def weave(product: str, province: str) -> Weave:
    """The repeat of a product's code in a province's family, which gives dye, corner and strip."""
    family, own = sha256(province.encode()).digest(), sha256(product.encode()).digest()
    ring, corner = RINGS[own[0] % len(RINGS)], CORNERS[family[1] % len(CORNERS)]
    rows = [[_woven(i, j, ring, corner, own[1] % 4, own[2] % 4) for i in range(REPEAT)] for j in range(REPEAT)]
    strip = STRIPS[family[2] % len(STRIPS)]
    teeth = [[strip[(i + shift) % 4] == "1" for i in range(4)] for shift in (0, 2)]
    return Weave(_strokes(rows), _strokes(teeth), DYES[family[0] % len(DYES)])


def _woven(i: int, j: int, ring: str, corner: str, core: int, hook: int) -> bool:
    """Whether the cell is a pick: core, rings of the lozenge, corner of the next one, or the hooks between them."""
    x, y = abs(i - MIDDLE), abs(j - MIDDLE)
    near, far = x + y, 2 * MIDDLE - x - y
    if near <= 2:
        return (near == 0, x == 0 or y == 0, near == 2, near == 2 and x == y)[core]
    if near < MIDDLE:
        return ring[near] == "1"
    if far <= 3:
        return corner[far] == "1"
    return (
        False,
        near == 13 and x % 2 == 0,
        near == 13 or (near == 15 and (x - y) % 4 == 0),
        near == 14 and x % 3 == 0,
    )[hook]


def _strokes(rows: list[Row]) -> str:
    """Each run of picks as one stroke along the middle of its row; the gaps between rows are the weft."""
    path = []
    for j, row in enumerate(rows):
        edges = [i for i in range(len(row) + 1) if (i > 0 and row[i - 1]) != (i < len(row) and row[i])]
        path += [f"M{start} {j}.5h{end - start}" for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return "".join(path)


def cloth(product: str, province: str, *, title: str = "", key: str = "") -> SafeString:
    """A cloth of 96 by 72 cells, which stands where a photograph is missing.

    `title` makes it a picture with a name, otherwise it is decoration. `key` must differ where the same cloth stands
    twice on a page.
    """
    field, strip, dye = weave(product, province)
    ident = "c" + sha256(f"{product} {province} {key}".encode()).hexdigest()[:8]
    name = format_html('role="img" aria-label="{}"', title) if title else mark_safe('aria-hidden="true"')
    edge = mark_safe(  # noqa: S308 (drawn from digits and our own words)
        f'<path class="pick" d="M0 .5h96M0 5.5h96"/><path fill="url(#{ident}s)" d="M0 2h96v2H0z"/>'
    )
    return format_html(
        '<svg class="cloth cloth-{dye}" viewBox="0 0 96 72" preserveAspectRatio="xMidYMid slice" {name}><defs>'
        '<pattern id="{id}f" width="24" height="24" patternUnits="userSpaceOnUse">'
        '<path class="pick" d="{field}"/></pattern>'
        '<pattern id="{id}s" width="4" height="2" patternUnits="userSpaceOnUse">'
        '<path class="pick" d="{strip}"/></pattern></defs>'
        '<path class="ground" d="M0 0h96v72H0z"/><path fill="url(#{id}f)" d="M0 7h96v58H0z"/>'
        '{edge}<g transform="translate(0 66)">{edge}</g></svg>',
        dye=dye, name=name, id=ident, field=field, strip=strip, edge=edge,
    )  # fmt: skip


@cache
def band(code: str = "TH", key: str = "") -> SafeString:
    """The thin band that is a page's only ornament, 12 pixels high, from a province's code or TH.

    `key` must differ where the same band stands twice on a page.
    """
    teeth = CHEVRONS[sha256(code.encode()).digest()[3] % len(CHEVRONS)]
    rows = [[True] * REPEAT if j in (0, 8) else _chevrons(j, teeth) for j in range(9)]
    ident = "k" + sha256(f"{code} {key}".encode()).hexdigest()[:8]
    return format_html(
        '<div class="khit" aria-hidden="true"><svg height="12"><defs><pattern id="{id}" width="32" height="12" '
        'patternUnits="userSpaceOnUse"><path transform="scale(1.3333)" d="{path}" fill="none" stroke="currentColor" '
        'stroke-width=".84"/></pattern></defs><rect width="100%" height="12" fill="url(#{id})"/></svg></div>',
        id=ident, path=_strokes(rows),
    )  # fmt: skip


def _chevrons(j: int, teeth: str) -> Row:
    if j in (1, 7):
        return [False] * REPEAT
    return [teeth[(abs(i - MIDDLE) + abs(j - 4)) % len(teeth)] == "1" for i in range(REPEAT)]
