"""Registering producers, correcting them, and ending them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from registry.actions.acts import difference, moment, note, origin_for, save_over, save_version, unless_taken
from registry.actions.duplicates import note_distinct
from registry.clock import bangkok_day
from registry.models import Area, Producer, ProducerFact, ProducerType, User
from registry.refusal import require
from registry.rules import (
    in_order,
    is_tambon,
    may_register_in,
    name_fits,
    not_after,
    producer_is_new,
    products_ended,
    same_origin,
    still_open,
)
from registry.thai import normalise


@transaction.atomic
def register_producer(
    *, by: User | None, name: str, area: Area | None, type: str = ProducerType.GROUP, village: str = "",  # noqa: A002
    registered_on: date | None = None, origin: str | None = None, not_any_of: Sequence[Producer] = (), at: datetime | None = None,
) -> Producer:
    """A new producer in the tambon `area`, with its first dated fact; `type` is a value of ProducerType.

    `not_any_of` are those that somebody was shown and said it is none of; that word is kept.
    Refuses a place outside the writer's areas, a missing tambon or name, a day to come, and a name the tambon has.
    """
    now = moment(at)
    day, origin = registered_on or bangkok_day(now), origin_for(by, origin)
    require(is_tambon(area), may_register_in(by, [area], now), name_fits(name), not_after(day, now, "registered_on"))
    assert area is not None  # is_tambon refuses it
    require(producer_is_new(name, area, origin))
    producer = Producer(
        type=ProducerType(type), name=name, area=area, village=normalise(village), registered_on=day, origin=origin,
        created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    with unless_taken(lambda: producer_is_new(name, area, origin)):
        producer.save()
    _remember(producer, by, now, day)
    note("producer_registered", producer, by=by, at=now, after={
        "type": producer.type, "area": area.code, "registered_on": day.isoformat(),
    })
    note_distinct(producer, not_any_of, by=by, now=now)
    return producer


@transaction.atomic
def change_producer(
    *, by: User | None, producer: Producer, version: int, name: str, type: str, area: Area | None,  # noqa: A002
    village: str = "", at: datetime | None = None,
) -> Producer:
    """Corrects a producer if it still has the `version` the form was opened with.

    A new type or tambon is a new dated fact from today on. Refuses what `register_producer` refuses, and, with
    Conflict, a producer that somebody else saved in between.
    """
    now = moment(at)
    require(
        is_tambon(area), may_register_in(by, [producer.area, area], now), same_origin(producer, by),
        still_open(producer, now), name_fits(name),
    )
    assert area is not None  # is_tambon refuses it
    require(producer_is_new(name, area, producer.origin, but=producer))
    changes: dict[str, Any] = {
        "name": normalise(name), "type": ProducerType(type), "area": area, "village": normalise(village),
    }
    before, after = difference(producer, changes)
    with unless_taken(lambda: producer_is_new(name, area, producer.origin, but=producer)):
        save_over(producer, version=version, by=by, at=now, **changes)
    if not after:
        return producer
    if {"type", "area"} & after.keys():
        _remember(producer, by, now, bangkok_day(now))
    if type == ProducerType.OWNER:  # a single owner's name is a person's name
        before, after = _without_name(before), _without_name(after)
    note("producer_changed", producer, by=by, at=now, before=before, after=after)
    return producer


@transaction.atomic
def end_producer(
    *, by: User | None, producer: Producer, version: int, ended_on: date | None = None, at: datetime | None = None
) -> Producer:
    """Ends a producer from the day `ended_on` on (default: today in Bangkok); its products must have ended."""
    now = moment(at)
    day = ended_on or bangkok_day(now)
    require(
        may_register_in(by, [producer.area], now), same_origin(producer, by), still_open(producer, now),
        products_ended(producer), in_order(producer.registered_on, day, "ended_on"), not_after(day, now, "ended_on"),
    )
    save_version(producer, version=version, by=by, at=now, ended_on=day)
    _remember(producer, by, now, day, active=False)
    note("producer_ended", producer, by=by, at=now, after={"ended_on": day.isoformat()})
    return producer


def _remember(producer: Producer, by: User | None, now: datetime, day: date, *, active: bool = True) -> None:
    ProducerFact.objects.create(
        producer=producer, on=day, type=producer.type, area=producer.area, active=active, by=by, at=now
    )


def _without_name(values: dict[str, Any]) -> dict[str, Any]:
    return {field: None if field == "name" else value for field, value in values.items()}
