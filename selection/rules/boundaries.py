"""No change of what belongs where while a round runs with products from there."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from registry.models import Area, lies_in
from registry.refusal import N_, Refusal, refuse
from registry.rules import place
from registry.rules.boundaries import objection
from selection.models import Entry, EntryState, Panel, PanelState, RoundState

RUNNING = (RoundState.OPEN, RoundState.ANNOUNCED)


@objection
def no_round_runs_there(areas: Sequence[Area], _at: datetime) -> Iterable[Refusal | None]:
    """A panel that sits, or a product still in a running round, keeps its tambon, amphoe and province until the end.

    A new name alone disturbs nobody and may be recorded at any time.
    """
    for area in areas:
        competing = Entry.objects.within(area).filter(round__state__in=RUNNING, state=EntryState.COMPETING)
        sitting = Panel.objects.filter(
            lies_in(area.lft, area.rght), stage__round__state__in=RUNNING, state=PanelState.OPEN
        )
        found = competing.select_related("round").first()
        panel = None if found else sitting.select_related("stage__round").first()
        if found or panel:
            yield refuse("round_runs_there", N_(
                "Round %(round)s runs with products or panels of %(area)s."
                " Take a day after its end; a new name alone may be recorded at any time."
            ), field="area", round=found.round.key if found else panel.stage.round.key if panel else "", area=place(area))
