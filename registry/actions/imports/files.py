"""The way of a file: received, checked, confirmed (or cancelled), taken in chunk by chunk, finished; or refused whole."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import connection, transaction
from django.db.models import Count, Q

from registry.actions.acts import moment, note, origin_for
from registry.actions.imports.plans import RowPlan
from registry.actions.imports.writing import BATCH, WRITTEN, Writer, write_outcomes, write_plans, write_questions
from registry.actions.jobs import enqueue
from registry.actions.statistics import MUCH, refresh_statistics
from registry.models import ImportFile, ImportRow, ImportState, JobState, Outcome, Question, User
from registry.refusal import N_, Refusal, refuse, require
from registry.rules import may_import

ONE_IMPORT_AT_A_TIME = 7_304_201  # the number of the advisory lock under which chunks are written
BAD = (Outcome.QUESTION, Outcome.REFUSED)
Decide = Callable[[Sequence[ImportRow]], Sequence[RowPlan]]


@transaction.atomic
def receive_file(
    *, by: User | None, name: str, content: "File[bytes]", check: bool = True, at: datetime | None = None
) -> ImportFile:
    """Keeps the file in private storage and starts the check of its rows as a job (unless the caller checks it himself).

    Refuses somebody without an office that registers.
    """
    now = moment(at)
    require(may_import(by, now))
    digest = hashlib.sha256()
    for piece in content.chunks():
        digest.update(piece)
    content.seek(0)
    file = ImportFile(
        name=name[-200:], digest=digest.hexdigest(), origin=origin_for(by, None), created_by=by, changed_by=by,
        created_at=now, changed_at=now,
    )  # fmt: skip
    file.file.save(f"{digest.hexdigest()[:16]}.bin", content, save=False)
    file.save()
    if check:
        file.job = enqueue("import_check", file.public_id, by=by, at=at)
        file.save(update_fields=["job"])
    return file


@transaction.atomic
def refuse_file(*, by: User | None, file: ImportFile, why: Refusal, at: datetime | None = None) -> ImportFile:
    """The file cannot be read: it ends with the sentence that says what to do. Nothing else has been written."""
    file.problem_th, file.problem_en = why.in_language("th"), why.in_language("en")
    return move(file, ImportState.REFUSED, by, moment(at))


@transaction.atomic
def record_check(
    *,
    by: User | None,
    file: ImportFile,
    plans: Sequence[RowPlan],
    notices: Sequence[Refusal],
    table: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> ImportFile:
    """Keeps every row with what would become of it; the register itself is not touched. A second check changes nothing."""
    now = moment(at)
    locked = ImportFile.objects.select_for_update().get(pk=file.pk)
    if locked.state != ImportState.CHECKING:
        return locked
    ImportRow.objects.bulk_create([
        ImportRow(
            file=locked, number=plan.number, source=plan.source, source_ref=plan.source_ref, said=dict(plan.said),
            outcome=plan.outcome, reason=plan.reason, field=plan.field, message_th=plan.message("th"), message_en=plan.message("en"),
            area_code=plan.area_code, product_id=plan.product.id if plan.product else None,
            producer_id=plan.producer.id if plan.producer else None, changes=list(plan.changes),
        )
        for plan in plans
    ], batch_size=BATCH)  # fmt: skip
    locked.rows, locked.table, locked.columns = len(plans), table, table and table.get("fields")
    locked.notice = [{"th": notice.in_language("th"), "en": notice.in_language("en")} for notice in notices]
    return move(locked, ImportState.CHECKED, by, now)


@transaction.atomic
def confirm_file(
    *, by: User | None, file: ImportFile, run: bool = True, whole: bool = False, at: datetime | None = None
) -> ImportFile:
    """The sender's word: the checked rows are taken in by a job (unless the caller runs them himself).

    With `whole` all of them or none: refused while a row is asked about or refused. Otherwise the good ones come in and the
    others wait. Said again of a file whose job has failed, it goes on where that one stopped.
    """
    now = moment(at)
    locked = ImportFile.objects.select_for_update().get(pk=file.pk)
    whole = whole or locked.whole
    require(may_import(by, now), may_go_on(locked, ImportState.RUNNING), rows_are_good(locked) if whole else None)
    locked.whole = whole
    if run:
        locked.job = enqueue("import_run", locked.public_id, by=by, at=at)
    return move(locked, ImportState.RUNNING, by, now)


@transaction.atomic
def cancel_file(*, by: User | None, file: ImportFile, at: datetime | None = None) -> ImportFile:
    """The sender thinks better of it: nothing of a checked file (or of one whose check has failed) is taken in."""
    now = moment(at)
    locked = ImportFile.objects.select_for_update().get(pk=file.pk)
    require(may_go_on(locked, ImportState.CHECKING))
    return move(locked, ImportState.CANCELLED, by, now)


def rows_are_good(file: ImportFile) -> Refusal | None:
    """All rows or none is for a file none of whose rows is asked about or refused."""
    if file.state != ImportState.CHECKED:
        return None
    bad = file.import_rows.filter(outcome__in=BAD)
    count = bad.count()
    return _not_whole(count, bad.order_by("number").values_list("number", flat=True)[0]) if count else None


def none_is_bad(plans: Sequence[RowPlan]) -> Refusal | None:
    """The same when the rows are decided anew, with the register as it is then."""
    bad = [plan.number for plan in plans if plan.outcome in BAD]
    return _not_whole(len(bad), bad[0]) if bad else None


def _not_whole(count: int, first: int) -> Refusal:
    return refuse(
        "not_whole",
        N_(
            "Not all rows are good: %(count)s are asked about or refused, the first is row %(row)s. Correct them and send the "
            "file again, or take only the good rows in."
        ),
        count=count,
        row=first,
    )


def may_go_on(file: ImportFile, stuck_in: str) -> Refusal | None:
    """The file is checked, or it is stuck in the state `stuck_in`: its job has failed, or a command left it there."""
    failed = file.job is None or file.job.state == JobState.FAILED
    if file.state == ImportState.COLUMNS and stuck_in == ImportState.CHECKING:
        return None
    if file.state == ImportState.CHECKED or (file.state == stuck_in and failed):
        return None
    return refuse("not_waiting", N_("This file is not waiting for your word any more. Open it to see how far it is."))


@transaction.atomic
def take_rows(*, by: User | None, file: ImportFile, count: int, decide: Decide, at: datetime | None = None) -> int:
    """Takes in the next `count` rows of a running file, all or none; gives how many rows are taken in altogether.

    `decide` is asked inside the transaction, under a lock that lets only one import write at a time, so it sees the
    register as the rows before left it. A second call after a crash goes on with the row after the last one taken.
    """
    now = moment(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])
    locked = ImportFile.objects.select_for_update().get(pk=file.pk)
    if locked.state != ImportState.RUNNING:
        return locked.taken
    rows = list(locked.import_rows.order_by("number")[locked.taken : locked.taken + count])
    plans = decide(rows)
    if locked.whole:
        require(none_is_bad(plans))
    writer = Writer(by, now, locked.origin)
    write_plans(plans, writer, locked)
    write_questions(locked, plans, {row.number: row.pk for row in rows}, writer)
    write_outcomes(locked, plans)
    locked.taken += len(rows)
    locked.save(update_fields=["taken"])
    return locked.taken


@transaction.atomic
def finish_file(*, by: User | None, file: ImportFile, at: datetime | None = None) -> ImportFile:
    """Ends a file whose rows are all taken in, with one line of history if it brought anything. Doing it twice changes nothing."""
    now = moment(at)
    locked = ImportFile.objects.select_for_update().get(pk=file.pk)
    if locked.state != ImportState.RUNNING or locked.taken < locked.rows:
        return locked
    if _brought_anything(locked):
        note(
            "file_imported",
            locked,
            by=by,
            at=now,
            after={"file": locked.name, "digest": locked.digest, **counts_of(locked)},
        )
        if locked.rows >= MUCH:
            refresh_statistics(WRITTEN)
    return move(locked, ImportState.DONE, by, now)


def _brought_anything(file: ImportFile) -> bool:
    """Whether a row made or filled something, or asked what had not been asked before."""
    news = Q(outcome=Outcome.CREATED) | Q(reason="filled") | Q(pk__in=Question.objects.values("first_row"))
    return bool(file.import_rows.filter(news).exists())


def counts_of(file: ImportFile) -> dict[str, int]:
    """How many rows of the file came to each outcome."""
    found = dict(file.import_rows.order_by().values_list("outcome").annotate(count=Count("pk")))
    return {outcome: found.get(outcome, 0) for outcome in Outcome.values}


def move(file: ImportFile, state: str, by: User | None, now: datetime) -> ImportFile:
    file.state, file.changed_at, file.changed_by = state, now, by
    file.version += 1
    file.save()
    return file
