"""Stars for entries that stopped below stage 5, at a stage of the round that may leave some."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from registry.models import User
from selection import tally
from selection.models import Award, EntryState, Panel, Placement


def awards_of_stopped(panel: Panel, bands: Sequence[tally.Band], *, by: User, at: datetime) -> list[Award]:
    """Unsaved awards for entries that an earlier stage stopped with a total, up to the stars that stage may leave.

    The total is the one their own ranking settled; the round could open only if every part was scored by that stage.
    """
    placements = Placement.objects.filter(
        up=False, total__isnull=False, ranking__stage__round=panel.stage.round_id, ranking__stage__award_up_to__gt=0,
        ranking__stage__number=F("entry__stage"), entry__state=EntryState.STOPPED, entry__award=None,
    ).exclude(ranking__stage__number=panel.stage.number)
    return [
        Award(
            entry=row.entry, round=panel.stage.round, origin=row.entry.origin, panel=panel, total=row.total,
            stars=tally.capped(tally.stars(row.total, bands), row.ranking.stage.award_up_to),
            stage=row.ranking.stage.number, by=by, at=at,
        )
        for row in placements.select_related("entry__product", "ranking__stage").order_by("entry_id")
        if row.total is not None
    ]
