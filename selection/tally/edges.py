"""Worked examples that stand on the edges of the bands, suggested from the parts' maxima."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from selection.tally.stars import Band, check_bands

SHEETS = 3


class Edge(NamedTuple):
    """Sheet totals by part code, the total they give and its stars; all points are hundredths."""

    sheets: dict[str, list[int]]
    total: int
    stars: int


def edges(maxima: Mapping[str, int], bands: Collection[Band]) -> list[Edge]:
    """Full marks, each band's least total and the hundredth below it, two that round half up and three thirds, and 0.

    `maxima` gives the most points of each part by its code. Empty where a part can give nothing at all.
    """
    check_bands(bands)
    full = sum(maxima.values())
    if not maxima or min(maxima.values()) <= 0:
        return []
    found = [_even(maxima, full, bands)] if full > bands_top(bands) else []
    for band in sorted(bands, key=lambda band: -band.least):
        if not 0 < band.least <= full:
            continue
        found += [_even(maxima, band.least, bands), _even(maxima, band.least - 1, bands)]
        if band.least == bands_top(bands):
            found += _rounded(maxima, band.least, bands)
    return [*found, _even(maxima, 0, bands)]


def bands_top(bands: Collection[Band]) -> int:
    """The least total of the most stars."""
    return max(band.least for band in bands)


def _stars(total: int, bands: Collection[Band]) -> int:
    return max(band.stars for band in bands if band.least <= total)


def _shares(maxima: Mapping[str, int], total: int) -> dict[str, int]:
    """`total` divided over the parts as their maxima are to each other; what is left over goes where there is room."""
    full = sum(maxima.values())
    shares = {code: total * most // full for code, most in maxima.items()}
    for code, most in maxima.items():
        more = min(total - sum(shares.values()), most - shares[code])
        shares[code] += more
    return shares


def _even(maxima: Mapping[str, int], total: int, bands: Collection[Band]) -> Edge:
    shares = _shares(maxima, total)
    return Edge({code: [share] * SHEETS for code, share in shares.items()}, total, _stars(total, bands))


def _rounded(maxima: Mapping[str, int], least: int, bands: Collection[Band]) -> list[Edge]:
    """Totals that reach `least` only when nothing is rounded before the end, and only when a half goes up."""
    shares = _shares(maxima, least - 1)
    first, *others = shares
    if shares[first] >= maxima[first] or least < 1:
        return []
    half = {first: [shares[first], shares[first] + 1]} | {code: [shares[code]] * 2 for code in others}
    found = [Edge(half, least, _stars(least, bands))]
    if len(shares) == SHEETS and all(shares[code] < most for code, most in maxima.items()):
        thirds = {code: [share, share, share + 1] for code, share in shares.items()}
        found.append(Edge(thirds, least, _stars(least, bands)))
    return found
