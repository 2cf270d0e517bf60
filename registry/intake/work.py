"""The work on a file from its bytes to its last row: checking, taking in, and a trial that writes nothing."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from registry.actions.acts import moment
from registry.actions.imports import RowPlan, ask_for_columns, finish_file, record_check, refuse_file, take_rows
from registry.actions.jobs import progress
from registry.clock import bangkok_day
from registry.intake.columns import is_producer_list
from registry.intake.hearing import Heard, Listener, shared_numbers
from registry.intake.matching import Book, shared_of
from registry.intake.outcome import Decider, Scope
from registry.intake.producers import ProducerDecider
from registry.intake.reader import ColumnsUnsure, NamedBefore, opened
from registry.intake.stars import StarDecider, is_star_list
from registry.models import ColumnMap, ImportFile, ImportRow, ImportState, Job, Office, User
from registry.refusal import Refusal, Refused
from registry.rules import REGISTRARS, offices_at

CHUNK = 2_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Tried:
    """A trial of a file: what would become of each row, what its sender is told, and how its columns were read."""

    plans: list[RowPlan]
    notices: tuple[Refusal, ...]
    table: dict[str, Any]


def scope_of(user: User | None, at: datetime) -> Scope:
    """Where the user may bring rows: the areas of his registering offices; the centre and the system itself everywhere."""
    if user is None:
        return Scope()
    held = [office for office in offices_at(user, at) if office.office in REGISTRARS]
    if any(office.office == Office.CENTRAL_OFFICER for office in held):
        return Scope()
    return Scope(tuple((office.area.lft, office.area.rght) for office in held))


def trial(
    path: Path, *, by: User | None, origin: str, tell: Progress | None = None, named: NamedBefore | None = None,
    name: str = "",
) -> Tried:
    """What would become of every row of the file at `path`, the notices for its sender, its headings; nothing is written.

    Refuses, with Refused, a file that cannot be read.
    """
    at = moment(None)
    listener = Listener.load(bangkok_day(at))
    with opened(path, named or named_by(by)) as table:
        lines = list(table.lines)
    shared = shared_numbers(line.said for line in lines)
    heard = [listener.hear(line.number, line.said, shared) for line in lines]
    decider = decider_of(table.headings.columns, heard, listener, origin, scope_of(by, at), name or path.name)
    plans = []
    for done, row in enumerate(heard, start=1):
        plans.append(decider.decide(row))
        if tell is not None and done % CHUNK == 0:
            tell(done, len(heard))
    return Tried(plans, table.notices, table.shown)


def named_by(user: User | None) -> NamedBefore:
    """What this sender said such headings mean, the last time he was asked."""

    def known(digest: str) -> Sequence[str] | None:
        found = ColumnMap.objects.filter(user=user, digest=digest).values_list("fields", flat=True).first()
        return found if isinstance(found, list) else None

    return known


def check_file(file: ImportFile, tell: Progress | None = None) -> ImportFile:
    """Reads a received file and keeps what would become of each row; a file that cannot be read ends refused, with a sentence."""
    if file.state != ImportState.CHECKING:
        return file
    named = (lambda _digest: file.columns) if file.columns else None
    try:
        tried = trial(Path(file.file.path), by=file.created_by, origin=file.origin, tell=tell, named=named, name=file.name)
    except ColumnsUnsure as unsure:
        if file.created_by is not None:
            return ask_for_columns(by=file.created_by, file=file, table=unsure.table, why=unsure.refusals[0])
        return refuse_file(by=None, file=file, why=unsure.refusals[0])
    except Refused as refused:
        return refuse_file(by=file.created_by, file=file, why=refused.refusals[0])
    return record_check(by=file.created_by, file=file, plans=tried.plans, notices=tried.notices, table=tried.table)


def run_file(file: ImportFile, tell: Progress | None = None, chunk: int = CHUNK) -> ImportFile:
    """Takes in the rows of a confirmed file, chunk by chunk; after a crash it goes on where it stopped."""
    decide = _decider(Listener.load(bangkok_day(moment(None))), file)
    taken = file.taken
    while taken < file.rows:
        file.refresh_from_db()
        if file.state != ImportState.RUNNING:
            return file
        count = file.rows if file.whole else chunk
        try:
            taken = take_rows(by=file.created_by, file=file, count=count, decide=decide)
        except Refused as refused:  # all or none, and the register is no longer what it was at the check
            return refuse_file(by=file.created_by, file=file, why=refused.refusals[0])
        if tell is not None:
            tell(taken, file.rows)
    return finish_file(by=file.created_by, file=file)


def _decider(listener: Listener, file: ImportFile) -> Callable[[Sequence[ImportRow]], list[RowPlan]]:
    """How a chunk is decided once its transaction stands: with the register as it is then."""
    shared = shared_of(file)

    def decide(rows: Sequence[ImportRow]) -> list[RowPlan]:
        heard: list[Heard] = [listener.hear(row.number, row.said, shared) for row in rows]
        scope = scope_of(file.created_by, moment(None))
        decider = decider_of(file.columns or (), heard, listener, file.origin, scope, file.name, file)
        return [decider.decide(row) for row in heard]

    return decide


def decider_of(
    fields: Collection[str], heard: Sequence[Heard], listener: Listener, origin: str, scope: Scope, name: str,
    file: ImportFile | None = None,
) -> Decider | StarDecider:
    """Who decides the rows of a file with these columns: a star list quotes, a list of producers or products registers."""
    if is_star_list(fields):
        return StarDecider(heard, places=listener.places, origin=origin, scope=scope, file_name=name)
    book = Book.load(heard, origin, file)
    return ProducerDecider(listener, book, scope) if is_producer_list(fields) else Decider(listener, book, scope)


def tallied(rows: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
    """How many rows came to each outcome and reason."""
    return Counter(rows)


def check_job(job: Job) -> dict[str, Any]:
    """The job that checks the file whose public id is the job's subject."""
    file = ImportFile.objects.select_related("created_by").get(public_id=job.subject)
    return _result(check_file(file, lambda done, total: progress(job, done, total)))


def run_job(job: Job) -> dict[str, Any]:
    """The job that takes in the file whose public id is the job's subject."""
    file = ImportFile.objects.select_related("created_by").get(public_id=job.subject)
    return _result(run_file(file, lambda done, total: progress(job, done, total)))


def _result(file: ImportFile) -> dict[str, Any]:
    return {"file": file.public_id, "state": file.state, "rows": file.rows}
