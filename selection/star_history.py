"""What a listed product has won, round by round, and the explanation of the star it bears now."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.models import Listing
from registry.refusal import Named
from selection.actions.listing import LEVEL_OF_STAGE
from selection.explain import Explanation, Mismatch, explain
from selection.models import Award, Certificate

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One announced star: its round, the level reached, the total (hundredths), and what was missing to the next star."""

    year_be: int
    round_name: Named
    round_key: str
    stars: int
    level: str
    total: int
    missing: int | None
    certificate_no: str
    announced_on: date
    valid_to: date
    is_current: bool


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """The stars of a listed product, oldest first; `explanation` is None when the stored sheets do not give its star."""

    lines: tuple[HistoryLine, ...]
    explanation: Explanation | None


def public_record(listing: Listing) -> PublicRecord:
    """The announced stars of a listed product and why it bears the present one; five queries."""
    certificates = _certificates(listing)
    current = next((row for row in certificates if row.number == listing.certificate_no), None)
    return PublicRecord(
        lines=tuple(_line(row, row is current) for row in certificates),
        explanation=_explained(current.award) if current else None,
    )


def current_award(listing: Listing) -> Award | None:
    """The award behind the star that stands on the list, loaded for `explain`."""
    certificate = next((row for row in _certificates(listing) if row.number == listing.certificate_no), None)
    return certificate.award if certificate else None


def _certificates(listing: Listing) -> Sequence[Certificate]:
    rows = Certificate.objects.filter(award__entry__product=listing.product_id, origin=listing.origin)
    loaded = rows.select_related(
        "announcement", "award__round", "award__panel__stage", "award__entry__product", "award__entry__category"
    )
    return list(loaded.prefetch_related("award__round__bands").order_by("announcement__announced_on", "pk"))


def _explained(award: Award) -> Explanation | None:
    try:
        return explain(award)
    except Mismatch:
        logger.exception("an award cannot be computed again from its sheets: %s", award.pk)
        return None


def _line(row: Certificate, is_current: bool) -> HistoryLine:
    award, round_ = row.award, row.award.round
    above = [band.least - award.total for band in round_.bands.all() if band.stars == award.stars + 1]
    return HistoryLine(
        year_be=round_.year_be, round_name=Named(round_.name_th, round_.name_en), round_key=round_.key, stars=award.stars,
        level=LEVEL_OF_STAGE[award.stage], total=award.total,
        missing=above[0] if above and above[0] > 0 else None, certificate_no=row.number,
        announced_on=row.announcement.announced_on, valid_to=row.valid_to, is_current=is_current,
    )  # fmt: skip
