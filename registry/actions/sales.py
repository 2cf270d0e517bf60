"""Recording what producers sold, and whether they still produce."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from registry.actions.acts import moment, saved_by_another
from registry.models import Area, History, Producer, Sale, SalesChannel, SaleSource, User
from registry.refusal import Conflict, require
from registry.rules import amount_fits, may_register_in, month_has_come, same_origin, was_there_in


class SaleLine(NamedTuple):
    """One cell of a grid: what was told in satang (None for not told), and the row that stood there when it was opened.

    `seen` is that row's id, None when the cell was empty; `field` names the cell in refusals.
    """

    producer: Producer
    channel: SalesChannel
    satang: int | None
    seen: int | None = None
    field: str = ""


class Recorded(NamedTuple):
    """How many amounts were told anew, corrected, and taken back."""

    told: int
    corrected: int
    taken_back: int

    @property
    def changed(self) -> int:
        return sum(self)


Cell = tuple[int, int]


@transaction.atomic
def record_sales(
    *, by: User | None, month: date, lines: Iterable[SaleLine], source: str = SaleSource.OFFICER, at: datetime | None = None,
) -> Recorded:
    """Records a whole grid of one month (its first day): every line that differs from what is stored becomes a new row.

    A line that still says what its seen row said was not touched and writes nothing, so two people may fill one grid.
    Sending the same grid again changes nothing. Refuses places outside the writer's areas, months to come or before a
    producer was registered, amounts out of range; and, with Conflict, cells in which somebody else told something else
    since they were seen: then nothing at all is written, and both texts are told.
    """
    now, told = moment(at), list(lines)
    producers = {line.producer.pk: line.producer for line in told}
    require(
        month_has_come(month, now), may_register_in(by, _areas(producers.values()), now),
        [same_origin(row, by) for row in producers.values()],
        [was_there_in(line.producer, month, line.field) for line in told],
        [amount_fits(line.satang, line.field) for line in told],
    )
    _lock(producers)
    stored, before = _stored(month, producers), _seen(month, told)
    changed = [line for line in told if line.satang != before.get(line.seen or 0) and _differs(line, stored)]
    _require_unchanged(changed, stored)
    rows = Sale.objects.bulk_create([_row(line, month, stored, by, now, source) for line in changed])
    _remember(rows, month, by, now)
    return Recorded(
        told=sum(row.supersedes_id is None or _was_empty(row, stored) for row in rows if row.satang is not None),
        corrected=sum(row.supersedes_id is not None and not _was_empty(row, stored) for row in rows if row.satang is not None),
        taken_back=sum(row.satang is None for row in rows),
    )


def _areas(producers: Iterable[Producer]) -> list[Area | None]:
    return list({row.area_id: row.area for row in producers}.values())


def _lock(producers: Iterable[int]) -> None:
    """One grid at a time for a producer, always in the same order, so that two grids never wait for each other."""
    list(Producer.objects.select_for_update(no_key=True).filter(pk__in=producers).order_by("pk").values_list("pk"))


def _stored(month: date, producers: Iterable[int]) -> dict[Cell, Sale]:
    rows = Sale.objects.live().filter(month=month, producer__in=producers)
    return {(row.producer_id, row.channel_id): row for row in rows}


def _seen(month: date, lines: Iterable[SaleLine]) -> dict[int, int | None]:
    """What each seen row said, by its id, if it is a row of its line's own cell; an empty cell said nothing."""
    cells = {line.seen: _cell(line) for line in lines if line.seen}
    rows = Sale.objects.filter(pk__in=cells, month=month)
    return {row.pk: row.satang for row in rows if cells[row.pk] == (row.producer_id, row.channel_id)}


def _cell(line: SaleLine) -> Cell:
    return line.producer.pk, line.channel.pk


def _differs(line: SaleLine, stored: dict[Cell, Sale]) -> bool:
    there = stored.get(_cell(line))
    return line.satang != (there.satang if there else None)


def _require_unchanged(changed: Sequence[SaleLine], stored: dict[Cell, Sale]) -> None:
    """Conflict when a cell to be written holds another row than the one that was seen."""
    stale = [line for line in changed if line.seen != (stored[_cell(line)].pk if _cell(line) in stored else None)]
    if stale:
        raise Conflict(
            (saved_by_another(),), yours={line.field: line.satang for line in stale},
            theirs={line.field: there.satang if (there := stored.get(_cell(line))) else None for line in stale},
        )


def _was_empty(row: Sale, stored: dict[Cell, Sale]) -> bool:
    there = stored.get((row.producer_id, row.channel_id))
    return there is None or there.satang is None


def _row(
    line: SaleLine, month: date, stored: dict[Cell, Sale], by: User | None, now: datetime, source: str
) -> Sale:
    there = stored.get(_cell(line))
    return Sale(
        producer=line.producer, area_id=there.area_id if there else line.producer.area_id, month=month,
        channel=line.channel, satang=line.satang, source=SaleSource(source), supersedes=there, by=by, at=now,
    )


def _remember(rows: Sequence[Sale], month: date, by: User | None, now: datetime) -> None:
    """One line of history for each producer; the amounts are its own and stay out."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.producer.public_id] = counts.get(row.producer.public_id, 0) + 1
    History.objects.bulk_create(
        History(act="sales_recorded", kind="producer", row=key, by=by, at=now, after={"month": month.isoformat(), "cells": count})
        for key, count in counts.items()
    )

