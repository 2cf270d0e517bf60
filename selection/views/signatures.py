"""The signatures below the minutes of a panel, worded as on the day it settled or certified."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.models import SeatRole
from selection.actions.signing import RECORDER, worded
from selection.models import Panel, PanelState, Signing


@dataclass(frozen=True, slots=True)
class SignMark:
    """The role in which somebody signs, and the lines below the signature."""

    role: str
    lines: Sequence[str]


def newest_signing(panel: Panel) -> Signing | None:
    """What was kept when the panel settled or certified; nothing before, and for panels of before it was kept."""
    return panel.signings.first()


def sign_marks(panel: Panel, signing: Signing | None) -> list[SignMark]:
    """The signatures in the language of the page; of a panel that settled before they were kept, as they are worded today."""
    if signing is not None:
        return [_mark(one) for one in signing.lines]
    if panel.state != PanelState.SETTLED:
        return []
    return [_mark(one) for one in worded(panel, panel.ranking.by, panel.ranking.at)]


def _mark(kept: dict[str, Any]) -> SignMark:
    role = _("Recorded by") if kept["role"] == RECORDER else str(SeatRole(kept["role"]).label)
    return SignMark(role, kept["en" if get_language() == "en" else "th"])
