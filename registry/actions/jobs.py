"""Starting, claiming and finishing long work; the Job row in the business transaction is the outbox."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from registry.actions.acts import moment
from registry.models import Job, JobState, User, free_public_id

Runner = Callable[[Job], dict[str, Any]]
Nudge = Callable[[int], None]

RUNNERS: dict[str, Runner] = {}
NUDGES: list[Nudge] = []
ATTEMPTS = 5


def register(kind: str, runner: Runner) -> None:
    """Names the function that does jobs of `kind`; called from an app's `ready()`."""
    RUNNERS[kind] = runner


@transaction.atomic
def enqueue(kind: str, subject: str, *, by: User | None, at: datetime | None = None) -> Job:
    """The open job of this kind and subject, made if there is none; the worker is nudged after commit."""
    now = moment(at)
    try:
        with transaction.atomic():
            job = Job.objects.create(
                public_id=free_public_id(Job), kind=kind, subject=subject, created_by=by, changed_by=by, due_at=now
            )
    except IntegrityError:
        open_job = Job.objects.open().filter(kind=kind, subject=subject).first()
        return open_job if open_job is not None else enqueue(kind, subject, by=by, at=at)
    for nudge in NUDGES:
        transaction.on_commit(lambda nudge=nudge: nudge(job.pk), robust=True)  # type: ignore[misc]
    return job


@transaction.atomic
def claim(job_id: int) -> Job | None:
    """Takes the job for this worker: queued, or running without a heartbeat for half a minute. None when another has it."""
    silent = Q(state=JobState.RUNNING, heartbeat_at__lt=Now() - timedelta(seconds=settings.JOB_SILENT_SECONDS))
    job = (
        Job.objects.select_for_update(skip_locked=True)
        .filter(Q(state=JobState.QUEUED, due_at__lte=Now()) | silent, pk=job_id)
        .first()
    )
    if job is None:
        return None
    if job.attempts >= ATTEMPTS:
        _end(job, JobState.FAILED)
        return None
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat_at=Now(), attempts=F("attempts") + 1)
    job.refresh_from_db()
    return job


def progress(job: Job, done: int, total: int) -> None:
    """Writes how far the work is, and that it lives. Call outside the transaction of the work itself to be seen."""
    job.done, job.total = done, total
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(done=done, total=total, heartbeat_at=Now())


def touch(job_id: int) -> None:
    """Writes that the job lives."""
    Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(heartbeat_at=Now())


def finish(job: Job, result: dict[str, Any]) -> None:
    Job.objects.filter(pk=job.pk).update(result=result)
    _end(job, JobState.DONE)


def fail(job: Job, *, note_th: str, note_en: str, again: bool) -> None:
    """Ends the job with a sentence, or lets it be tried again after a growing pause."""
    if again and job.attempts < ATTEMPTS:
        due = Now() + timedelta(seconds=5 * 2**job.attempts)
        Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED, due_at=due, note_th=note_th, note_en=note_en)
        return
    Job.objects.filter(pk=job.pk).update(note_th=note_th, note_en=note_en)
    _end(job, JobState.FAILED)


def due() -> list[int]:
    """Ids of jobs that wait for a worker: due and queued, or fallen silent."""
    silent = Q(state=JobState.RUNNING, heartbeat_at__lt=Now() - timedelta(seconds=settings.JOB_SILENT_SECONDS))
    rows = Job.objects.filter(Q(state=JobState.QUEUED, due_at__lte=Now()) | silent)
    return list(rows.order_by("due_at").values_list("pk", flat=True)[:100])


def _end(job: Job, state: JobState) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=Now(), heartbeat_at=Now())
