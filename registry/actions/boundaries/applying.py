"""Carrying out a plan: past states, new codes, what ends, successor links, fresh numbers, and what moves with it."""

from collections.abc import Sequence
from datetime import datetime

from django.core.cache import cache
from django.db import connection, transaction

from registry.actions.boundaries.after import tell_all
from registry.actions.boundaries.placing import ask_places, move_all
from registry.actions.boundaries.plans import Fate, Plan
from registry.levels import Level, parent_code
from registry.models import Area, AreaChange, AreaSuccession, User, number_tree
from registry.thai import place_key, sort_key


def lock_tree() -> None:
    """One change of the tree at a time; readers are not kept waiting."""
    Area.objects.select_for_update().get(parent=None)


def apply_plan(plan: Plan, change: AreaChange, *, by: User | None, at: datetime) -> dict[str, int]:
    """Writes everything the plan says; gives the numbers of areas, rows moved and places to ask. Call it under lock_tree()."""
    if plan.ends or plan.asked:
        with connection.cursor() as cursor:  # whoever registers meanwhile waits, and then meets the areas as they are
            cursor.execute("LOCK TABLE registry_producer, registry_product IN SHARE ROW EXCLUSIVE MODE")
    source = change.gazette[:200]
    pasts = _keep_pasts(plan, change)
    ids = _begin(plan.begins, plan, source)
    _restate(plan.changes, plan, source)
    for step in plan.ends:
        Area.objects.filter(pk=_pk(step)).update(valid_to=plan.on)
    ids |= {step.code: _pk(step) for step in plan.changes}
    _set_parents(plan, ids)
    _link(plan, change, pasts, ids)
    number_tree()
    moved = sum(move_all(step.area, ids[step.heirs[0]], change, by=by, at=at) for step in plan.ends
                if step.area is not None and step.level == Level.TAMBON and len(set(step.heirs)) == 1)
    asked = sum(ask_places(area, change, by=by, at=at) for area in plan.asked)
    _told_everywhere(plan, by, at)
    return {"areas_begun": len(plan.begins), "areas_changed": len(plan.changes), "areas_ended": len(plan.ends),
            "rows_moved": moved, "places_asked": asked}


def _pk(step: Fate) -> int:
    assert step.area is not None  # changes and ends are of areas that exist
    return int(step.area.pk)


def _row(code: str, step: Fate, plan: Plan, **rest: object) -> Area:
    """A row that is not numbered yet, at the place of a root of the plan."""
    root = plan.roots[0]
    return Area(code=code, level=step.level, lft=root.lft, rght=root.rght, tree_id=root.tree_id, depth=root.depth, **rest)


def _keep_pasts(plan: Plan, change: AreaChange) -> dict[int, int]:
    """A row for what each area was until the day; gives its id by the area's. What ends is its own past."""
    rows = [
        _row(area.code, step, plan, name_th=area.name_th, name_en=area.name_en, name_sort=area.name_sort,
             name_key=area.name_key, parent_id=area.parent_id, valid_from=area.valid_from, valid_to=plan.on,
             source=area.source, state_of_id=area.pk)
        for step in plan.changes if (area := step.area) is not None
    ]  # fmt: skip
    Area.objects.bulk_create(rows, batch_size=1000)
    return {int(row.state_of_id or 0): int(row.pk) for row in rows}


def _begin(steps: Sequence[Fate], plan: Plan, source: str) -> dict[str, int]:
    """The new areas, by code; the area above is set when all codes are."""
    rows = [
        _row(f"+{place}", step, plan, name_th=step.name_th, name_en=step.name_en, name_sort=sort_key(step.name_th),
             name_key=place_key(step.name_th), valid_from=plan.on, source=source, parent_id=plan.roots[0].parent_id)
        for place, step in enumerate(steps)
    ]  # fmt: skip
    Area.objects.bulk_create(rows, batch_size=1000)
    return {step.code: int(row.pk) for step, row in zip(steps, rows, strict=True)}


def _restate(steps: Sequence[Fate], plan: Plan, source: str) -> None:
    """Names, days and source; codes are freed first, because one may take the code of another."""
    for step in steps:
        Area.objects.filter(pk=_pk(step)).update(
            code=f"~{_pk(step):x}"[:8], name_th=step.name_th, name_en=step.name_en, name_sort=sort_key(step.name_th),
            name_key=place_key(step.name_th), valid_from=plan.on, source=source,
        )


def _set_parents(plan: Plan, ids: dict[str, int]) -> None:
    """Each area that began or changed gets its code and the area that bears the first figures of it."""
    above = {str(parent_code(code)) for code in ids} - ids.keys()
    known = dict(Area.objects.current().filter(code__in=above).values_list("code", "pk")) | ids
    for code, pk in ids.items():
        Area.objects.filter(pk=pk).update(code=code, parent_id=known[str(parent_code(code))])


def _link(plan: Plan, change: AreaChange, pasts: dict[int, int], ids: dict[str, int]) -> None:
    """From every row that ended to every area that took its place, whole or in part."""
    AreaSuccession.objects.bulk_create(
        AreaSuccession(old_id=pasts.get(_pk(step), _pk(step)), new_id=ids[code], on=plan.on, source=change.gazette[:200])
        for step in [*plan.changes, *plan.ends]
        for code in dict.fromkeys(step.heirs)
    )


def _told_everywhere(plan: Plan, by: User | None, at: datetime) -> None:
    """What other rooms keep of areas is brought up to date; names kept for an hour are forgotten after the commit."""
    touched = list(Area.objects.filter(pk__in=[_pk(step) for step in [*plan.changes, *plan.ends]]))
    tell_all(touched, by, at)
    transaction.on_commit(lambda: cache.delete_many(["province-names-th", "province-names-en"]))
