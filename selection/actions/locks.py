"""The order of locks, everywhere: round, stage, panel (lower before higher), entry, ledger head (last, in ledger.append)."""

from django.db import connection

from selection.models import Entry, Panel, Stage


def share_stage(stage: Stage) -> Stage:
    """Holds the stage against closing while something is signed or settled in it (FOR SHARE), re-read."""
    _hold_stage(stage.pk)
    return Stage.objects.select_related("round").get(pk=stage.pk)


def _hold_stage(stage_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM selection_stage WHERE id = %s FOR SHARE", [stage_id])


def share_panel(panel: Panel) -> Panel:
    """Holds stage and panel against closing and settling while a sheet is signed (FOR SHARE), re-read."""
    _hold_stage(panel.stage_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM selection_panel WHERE id = %s FOR SHARE", [panel.pk])
    return Panel.objects.select_related("stage__round", "area", "category", "committee", "meeting").get(pk=panel.pk)


def lock_panel(panel: Panel) -> Panel:
    """The panel for this act alone, re-read after its stage was held."""
    _hold_stage(panel.stage_id)
    return (
        Panel.objects.select_for_update(of=("self",))
        .select_related("stage__round", "area", "category", "committee", "meeting")
        .get(pk=panel.pk)
    )


def hold_above(panel: Panel, categories: set[int]) -> list[Panel]:
    """The panels of the next stage to which entries of these categories rise from here, held against settling (FOR SHARE)."""
    number = panel.stage.number + 1
    found = Panel.objects.filter(
        stage__round=panel.stage.round_id, stage__number=number, area__lft__lte=panel.area.lft, area__rght__gte=panel.area.rght
    )
    above = [row for row in found.order_by("pk") if row.category_id is None or row.category_id in categories]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM selection_panel WHERE id = ANY(%s) ORDER BY id FOR SHARE", [[row.pk for row in above]])
    return list(Panel.objects.filter(pk__in=[row.pk for row in above]).select_related("stage"))


def lock_entries(ids: list[int]) -> list[Entry]:
    """The entries for this act alone, in the order of their ids so that two acts never wait for each other crosswise."""
    return list(Entry.objects.select_for_update(of=("self",)).filter(pk__in=ids).for_list().order_by("pk"))
