"""Recording the people of a producer and correcting what is recorded; values go in sealed and into no history."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from registry.actions.acts import moment, note, save_version, unless_taken
from registry.models import SEALED, Person, PersonRole, Producer, User, free_public_id
from registry.personal import read_national_id, read_phone
from registry.refusal import Conflict, Refusal, require
from registry.rules import (
    chair_is_free,
    in_order,
    may_keep_persons,
    not_after,
    not_erased,
    person_fits,
    person_is_new,
    same_origin,
    still_open,
)
from registry.thai import normalise, paragraphs


@transaction.atomic
def add_person(
    *, by: User | None, producer: Producer, role: str, told: Mapping[str, str], title: str = "", at: datetime | None = None
) -> Person:
    """A new person of `producer`; `told` maps fields of SEALED to what was typed, empty ones may be left out.

    Refuses an office outside the area, numbers that cannot be right, a second chair and the same national ID twice.
    """
    now = moment(at)
    require(
        may_keep_persons(by, producer, now), same_origin(producer, by), still_open(producer, now),
        person_fits(told, fresh=True), chair_is_free(producer, role),
    )
    values = stored(told)
    require(person_is_new(producer, values.get("national_id", "")))
    person = Person(
        public_id=free_public_id(Person), producer=producer, role=PersonRole(role), title=normalise(title),
        created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    for field, text in values.items():
        person.tell(field, text)
    with unless_taken(lambda: _taken(producer, role, values)):
        person.save()
    note("person_added", producer, by=by, at=now, after=_line(person, values))
    return person


@transaction.atomic
def correct_person(
    *, by: User | None, person: Person, version: int, told: Mapping[str, str], drop: Collection[str] = (),
    role: str | None = None, title: str | None = None, left_on: date | None = None, at: datetime | None = None,
) -> Person:
    """Corrects what is told and empties what is in `drop`; fields neither told nor dropped stay as they are.

    `left_on` is the day the person left the producer. Refuses what `add_person` refuses, and, with Conflict, a person
    whom somebody else saved in between.
    """
    now = moment(at)
    producer, role = person.producer, role or person.role
    require(
        may_keep_persons(by, producer, now), same_origin(producer, by), not_erased(person), person_fits(told, fresh=False),
        chair_is_free(producer, role, but=person) if left_on is None else None,
        in_order(producer.registered_on, left_on, "left_on"),
        not_after(left_on, now, "left_on") if left_on else None,
    )
    values = stored(told) | {field: "" for field in drop if field in SEALED and field != "first_name"}
    require(person_is_new(producer, values.get("national_id", ""), but=person) if left_on is None else None)
    changed = {field: text for field, text in values.items() if person.readable(field) != text}
    columns = _columns(person, changed) | {"role": PersonRole(role), "left_on": left_on}
    if title is not None:
        columns["title"] = normalise(title)
    altered = [field for field in ("role", "title", "left_on") if columns.get(field, "") != getattr(person, field)]
    with unless_taken(lambda: _taken(producer, role, values, person)):
        _save(person, version, by, now, columns)
    if changed or altered:
        note("person_corrected", producer, by=by, at=now, after=_line(person, [*changed, *altered]))
    return person


def stored(told: Mapping[str, str]) -> dict[str, str]:
    """What was typed, in its stored form; empty fields left out. Numbers must have passed `person_fits`."""
    reads = {"national_id": read_national_id, "phone": read_phone, "address": paragraphs}
    return {field: reads.get(field, normalise)(told[field]) for field in SEALED if told.get(field, "").strip()}


def _columns(person: Person, values: Mapping[str, str]) -> dict[str, object]:
    """The sealed columns for these values, and their indexes."""
    for field, text in values.items():
        person.tell(field, text)
    names = [name for field in values for name in (field, f"{field}_key") if hasattr(person, name)]
    return {name: getattr(person, name) for name in names}


def _save(person: Person, version: int, by: User | None, now: datetime, columns: Mapping[str, object]) -> None:
    """Saves unless somebody else did; what is stored now is not shown beside what was typed, since it is masked."""
    try:
        save_version(person, version=version, by=by, at=now, **columns)
    except Conflict as conflict:
        now_stored = Person.objects.get(pk=person.pk).version
        raise Conflict(conflict.refusals, theirs={"version": now_stored}) from conflict


def _taken(
    producer: Producer, role: str, values: Mapping[str, str], person: Person | None = None
) -> Refusal | None:
    """Which of the two things that stand once was taken by somebody at the same moment."""
    return person_is_new(producer, values.get("national_id", ""), person) or chair_is_free(producer, role, person)


def _line(person: Person, fields: Collection[str]) -> dict[str, object]:
    """What history keeps: whose row, in which role, and which fields, without a value."""
    return {"person": person.public_id, "role": str(person.role), "told": ",".join(fields)}
