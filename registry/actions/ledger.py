"""Appends leaves to the ledger; called last in every action of selection, because its head is the last lock."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from registry.merkle import canonical


def append(kind: str, body: Mapping[str, Any], *, at: datetime, public: bool = True) -> int:
    """Adds one leaf and gives its index (dense, from 0). `body` as `merkle.canonical` wants it: no floats, nothing personal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_append(%s, %s, %s, %s)", [kind, canonical(body), public, at])
        index: int = cursor.fetchone()[0]
    return index


def append_many(leaves: Iterable[tuple[str, Mapping[str, Any]]], *, at: datetime, public: bool = True) -> list[int]:
    """Adds leaves in their order under one lock of the head; gives their indexes."""
    kinds, bodies = [], []
    for kind, body in leaves:
        kinds.append(kind)
        bodies.append(canonical(body))
    if not kinds:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_append(kind, body, %s, %s) FROM unnest(%s::text[], %s::bytea[]) WITH ORDINALITY AS t(kind, body, n)"
            " ORDER BY n",
            [public, at, kinds, bodies],
        )
        return [row[0] for row in cursor.fetchall()]
