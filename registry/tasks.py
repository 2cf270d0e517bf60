"""Celery's side of jobs: a task takes an id, claims the row, runs what its kind names, and leaves the truth in the row."""

import logging
import threading

from celery import shared_task
from django.db import close_old_connections
from kombu.exceptions import OperationalError

from registry.actions import batches, boundaries, duplicates, erasure, expiry, jobs, mail, notices, quality, reminders
from registry.intake import work
from registry.refusal import Refused

logger = logging.getLogger(__name__)
BEAT_SECONDS = 5


@shared_task(name="registry.tasks.run_job")
def run_job(job_id: int) -> None:
    """Does one job if it is this worker's to do; doing it twice does no harm."""
    job = jobs.claim(job_id)
    if job is None:
        return
    stop = threading.Event()
    pulse = threading.Thread(target=_pulse, args=(job.pk, stop), daemon=True)
    pulse.start()
    try:
        result = jobs.RUNNERS[job.kind](job)
    except Refused as refused:
        first = refused.refusals[0]
        jobs.fail(job, note_th=first.in_language("th"), note_en=first.in_language("en"), again=False)
    except Exception:
        logger.exception("job %s failed", job.public_id)
        jobs.fail(
            job,
            again=True,
            note_th="งานนี้ขัดข้อง ระบบจะลองใหม่เอง หากไม่สำเร็จให้แจ้งผู้ดูแลพร้อมรหัสงาน",
            note_en="This work met a fault. It is tried again by itself; if it keeps failing, tell the administrator its code.",
        )
    else:
        jobs.finish(job, result)
    finally:
        stop.set()
        pulse.join()


def _pulse(job_id: int, stop: threading.Event) -> None:
    """Writes the heartbeat from its own connection while the work runs in a long transaction."""
    while not stop.wait(BEAT_SECONDS):
        try:
            jobs.touch(job_id)
        finally:
            close_old_connections()
    close_old_connections()


@shared_task(name="registry.tasks.sweep")
def sweep() -> int:
    """Sends every due or silent job to a worker again; gives their number."""
    waiting = jobs.due()
    for job_id in waiting:
        run_job.delay(job_id)
    return len(waiting)


@shared_task(name="registry.tasks.expiry_watch_due")
def expiry_watch_due() -> str:
    """Asks for today's watch over papers that end; gives the job's public id, or nothing when it was done already."""
    job = expiry.ask_for_watch(by=None)
    return job.public_id if job else ""


@shared_task(name="registry.tasks.area_changes_due")
def area_changes_due() -> str:
    """Asks for the changes of areas whose day has come; gives the job's public id, or nothing."""
    job = boundaries.ask_for_due(by=None)
    return job.public_id if job else ""


def nudge(job_id: int) -> None:
    """Tells a worker at once; when the broker is down the sweep will do it later."""
    try:
        run_job.apply_async((job_id,), retry=False)
    except (OperationalError, OSError):
        logger.warning("broker not reachable; job %s waits for the sweep", job_id)


@shared_task(name="registry.tasks.retention_due")
def retention_due() -> str:
    """Asks for the erasing of what is over its term of keeping; gives the job's public id."""
    return erasure.ask_for_retention(by=None).public_id


@shared_task(name="registry.tasks.notices_due")
def notices_due() -> None:
    """Wakes the sender when a mail is due."""
    mail.mail_is_due()


@shared_task(name="registry.tasks.reminders_due")
def reminders_due() -> int:
    """Puts up the yearly reminder on its day; gives how many were told."""
    return reminders.remind_to_ask()


@shared_task(name="registry.tasks.duplicates_due")
def duplicates_due(whole: bool = False) -> str:
    """Asks for the finding of rows that may be one and the same; gives the job's public id."""
    return duplicates.ask_for_finding(by=None, whole=whole).public_id


@shared_task(name="registry.tasks.quality_due")
def quality_due() -> str:
    """Asks for this week's counts of what the data lack; gives the job's public id, or nothing when they were taken."""
    job = quality.ask_for_counts(by=None)
    return job.public_id if job else ""


jobs.NUDGES[:] = [nudge]
jobs.register(duplicates.KIND, duplicates.run_finding)
jobs.register(quality.KIND, quality.run_counts)
jobs.register(erasure.KIND, erasure.run_retention)
jobs.register(expiry.KIND, expiry.run_watch)
jobs.register(notices.MAIL_JOB, mail.run_mail)
jobs.register(batches.JOB, batches.run_batch)
jobs.register(boundaries.KIND, boundaries.run_due)
jobs.register("import_check", work.check_job)
jobs.register("import_run", work.run_job)
