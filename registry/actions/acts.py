"""What every action shares: the moment, the line of history, the save that never overwrites somebody else's."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from registry.models import Area, EditableRow, History, Origin, User
from registry.personal import CLASSES, FieldClass
from registry.refusal import N_, Conflict, Refusal, refuse, require
from registry.rules import signs_as

Row = TypeVar("Row", bound=EditableRow)
UNTOLD = (FieldClass.PERSONAL, FieldClass.SECRET)


def moment(at: datetime | None) -> datetime:
    """`at` itself, or the database's clock as the transaction opened (aware, UTC)."""
    if at is not None:
        return at
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        found: datetime = cursor.fetchone()[0]
    return found


def origin_for(by: User | None, origin: str | None) -> str:
    """The origin of a new row: the writer's own; only the system itself (no user) may choose."""
    return by.origin if by is not None else origin or Origin.REAL


def note(act: str, row: EditableRow, *, by: User | None, at: datetime, before: Any = None, after: Any = None) -> None:
    """Adds one line of history about `row`, and whom `by` stood in for; of personal fields only that they changed."""
    held = signs_as(by, _area_of(row), at)
    History.objects.create(
        act=act, kind=row._meta.model_name or "", row=row.public_id, by=by, at=at, acting_as=held if held and held.acting else None,
        before=_impersonal(row, before), after=_impersonal(row, after),
    )


def _area_of(row: object) -> Area | None:
    """Where the row lies, by itself or by what it belongs to."""
    for name in ("area", "product", "producer", "committee"):
        there = getattr(row, name, None)
        if there is not None:
            return there if isinstance(there, Area) else _area_of(there)
    return None


def _impersonal(row: EditableRow, values: Any) -> Any:
    """The values without those of fields that are personal or secret."""
    if not isinstance(values, Mapping):
        return values
    classes = CLASSES.get(row._meta.label, {})
    return {field: None if classes.get(field) in UNTOLD else value for field, value in values.items()}


def saved_by_another() -> Refusal:
    """What is said when a form was opened with an older version than the stored one."""
    return refuse(
        "saved_by_another",
        N_(
            "Somebody else saved this while you were typing."
            " Your text is kept below: compare it with theirs and save again."
        ),
    )


def save_version(row: Row, *, version: int, by: User | None, at: datetime, **changes: Any) -> Row:
    """Saves `changes` if `row` still has the `version` the form was opened with.

    Refuses with Conflict (409) when somebody else saved in between; then nothing is changed.
    """
    model = type(row)
    for field, value in changes.items():
        setattr(row, field, value)
    if hasattr(row, "set_keys") and "name" in changes:
        row.set_keys()
        changes |= {key: getattr(row, key) for key in ("name", "name_key", "name_sort")}
    matched = model._default_manager.filter(pk=row.pk, version=version).update(
        **changes, version=F("version") + 1, changed_at=at, changed_by=by
    )
    if not matched:
        raise Conflict((saved_by_another(),))
    row.version = version + 1
    return row


def save_over(row: Row, *, version: int, by: User | None, at: datetime, **changes: Any) -> Row:
    """`save_version`, whose Conflict carries both texts: what was sent and what is stored now."""
    try:
        return save_version(row, version=version, by=by, at=at, **changes)
    except Conflict as conflict:
        stored = type(row)._default_manager.get(pk=row.pk)
        theirs = {field: getattr(stored, field) for field in changes}
        raise Conflict(conflict.refusals, yours=changes, theirs={**theirs, "version": stored.version}) from conflict


def difference(row: EditableRow, changes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that `changes` alters, before and after, as plain values that history can keep."""
    altered = {field: value for field, value in changes.items() if getattr(row, field) != value}
    return {field: plain(getattr(row, field)) for field in altered}, {f: plain(v) for f, v in altered.items()}


def plain(value: Any) -> str | int | None:
    """The value as history keeps it: codes for areas and categories, ISO days, decimals as text."""
    if value is None or isinstance(value, int):
        return value
    return str(getattr(value, "code", value))


@contextmanager
def unless_taken(why: Callable[[], Refusal | None]) -> Iterator[None]:
    """A write that a unique constraint may stop when two people act at once; then `why` says the sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        require(why())
        raise
