"""Saying what the columns of a file mean: asked where it cannot be read off, remembered for the sender's next file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from registry.actions.acts import moment
from registry.actions.imports.files import move
from registry.actions.jobs import enqueue
from registry.models import ColumnMap, ImportFile, ImportState, User
from registry.refusal import N_, Refusal, refuse, require
from registry.rules import may_import


@transaction.atomic
def ask_for_columns(
    *, by: User | None, file: ImportFile, table: dict[str, Any], why: Refusal, at: datetime | None = None
) -> ImportFile:
    """The file waits until its sender has said what its columns mean; nothing of it is lost."""
    locked = ImportFile.objects.select_for_update().get(pk=file.pk)
    if locked.state != ImportState.CHECKING:
        return locked
    locked.table = table
    locked.problem_th, locked.problem_en = why.in_language("th"), why.in_language("en")
    return move(locked, ImportState.COLUMNS, by, moment(at))


@transaction.atomic
def choose_columns(
    *, by: User, file: ImportFile, fields: Sequence[str], check: bool = True, at: datetime | None = None
) -> ImportFile:
    """The sender's word on each column: remembered for his next file with these headings, and the file checked anew.

    What an earlier check said of the rows is dropped: nothing of it was taken in. Refuses a file that does not wait.
    """
    now = moment(at)
    locked = ImportFile.objects.select_for_update().get(pk=file.pk)
    require(may_import(by, now), may_be_named(locked))
    locked.columns, locked.problem_th, locked.problem_en, locked.rows, locked.notice = list(fields), "", "", 0, []
    locked.import_rows.all().delete()
    ColumnMap.objects.update_or_create(
        user=by, digest=(locked.table or {}).get("digest", ""), defaults={"fields": list(fields), "at": now}
    )
    locked.job = enqueue("import_check", locked.public_id, by=by, at=at) if check else None
    return move(locked, ImportState.CHECKING, by, now)


def may_be_named(file: ImportFile) -> Refusal | None:
    """Columns are named before anything is taken in: while the file waits for that, or for the sender's word."""
    if file.table and file.erased_at is None and file.state in (ImportState.COLUMNS, ImportState.CHECKED):
        return None
    return refuse("columns_settled", N_("The columns of this file are settled. Send the file again to name them otherwise."))
