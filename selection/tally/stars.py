"""From a total to stars, by the round's bands."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from registry.refusal import N_, Refusal, refuse

FULL_MARKS = 10_000
MOST_STARS = 5


@dataclass(frozen=True, slots=True)
class Band:
    """The least total, in hundredths, for a number of stars."""

    stars: int
    least: int


def bands_refusal(bands: Collection[Band]) -> Refusal | None:
    """Why these bands cannot decide stars, or None: 1 to 5 each once, 1 from 0.00, strictly rising, up to 100.00."""
    ordered = sorted(bands, key=lambda band: band.stars)
    if [band.stars for band in ordered] != list(range(1, MOST_STARS + 1)):
        return refuse("bands-not-five", N_("Give the least total for each of 1 to 5 stars, once."), field="bands")
    if ordered[0].least != 0:
        return refuse(
            "bands-start",
            N_("The band of 1 star must begin at 0.00, so that every total has a star."),
            field="bands",
        )
    if any(lower.least >= higher.least for lower, higher in pairwise(ordered)):
        return refuse(
            "bands-order", N_("Each further star must need a higher total than the one before."), field="bands"
        )
    if ordered[-1].least > FULL_MARKS:
        return refuse("bands-above-full", N_("No band may begin above 100.00."), field="bands")
    return None


def check_bands(bands: Collection[Band]) -> None:
    """Refuse bands that cannot decide stars (ValueError; `bands_refusal` has the sentence)."""
    if refusal := bands_refusal(bands):
        raise ValueError(refusal.code)


def stars(total: int, bands: Collection[Band]) -> int:
    """The stars, 1 to 5, of a total in hundredths from 0 to 10,000: the highest band whose least it reaches."""
    check_bands(bands)
    if not 0 <= total <= FULL_MARKS:
        raise ValueError(f"not a total: {total}")
    return max(band.stars for band in bands if band.least <= total)


def capped(stars: int, award_up_to: int) -> int:
    """The stars an entry keeps where a stage awards up to `award_up_to` (0: none)."""
    if not (0 <= stars <= MOST_STARS and 0 <= award_up_to <= MOST_STARS):
        raise ValueError("stars lie between 0 and 5")
    return min(stars, award_up_to)
