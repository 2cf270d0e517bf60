"""Yearly reports: counted, kept as canonical bytes, frozen once the year is over, restated only as a new edition."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction

from registry.actions import jobs, ledger
from registry.actions.acts import moment
from registry.models import Job, Origin, User
from registry.refusal import require
from selection import rules
from selection.figures import Count, count_year, is_over
from selection.models import Figure, YearlyReport

KIND = "yearly_report"


def body_of(year_be: int, origin: str, counts: Sequence[Count]) -> bytes:
    """The report's bytes: the same facts give the same bytes, whenever they are counted."""
    rows = [[count.measure, count.split, count.key, count.key2, count.value, count.unit] for count in sorted(counts)]
    body = {"v": 1, "year_be": year_be, "origin": origin, "figures": rows}
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def ask_for_report(*, year_be: int, by: User | None, at: datetime | None = None) -> Job:
    """Queues the counting of a year; asked twice while it runs it is the same job. By a central officer, or the timetable (None)."""
    now = moment(at)
    require(rules.report_year(year_be, now), rules.may_run_rounds(by, now) if by is not None else None)
    return jobs.enqueue(KIND, str(year_be), by=by, at=at)


def build_reports(
    *, year_be: int, by: User | None = None, at: datetime | None = None, tell: Callable[[int, int], None] | None = None
) -> list[YearlyReport]:
    """Counts and keeps the year for both origins, which are never added together."""
    now = moment(at)
    require(rules.report_year(year_be, now))
    found = []
    for index, origin in enumerate(Origin.values):
        counts = count_year(year_be, origin, tell=_shifted(tell, index))
        found.append(keep_report(year_be=year_be, origin=origin, counts=counts, by=by, at=at))
    return found


def _shifted(tell: Callable[[int, int], None] | None, index: int) -> Callable[[int, int], None] | None:
    """Progress of one origin as a share of both."""
    if tell is None:
        return None
    return lambda done, total: tell(index * total + done, len(Origin.values) * total)


@transaction.atomic
def keep_report(
    *, year_be: int, origin: str, counts: Sequence[Count], by: User | None, at: datetime | None = None
) -> YearlyReport:
    """Keeps the counts of a year: nothing new when the bytes are the same; a running year is overwritten; a frozen one is restated."""
    now = moment(at)
    with connection.cursor() as cursor:  # two counts of one year take turns
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{KIND}/{year_be}/{origin}"])
    body = body_of(year_be, origin, counts)
    over = is_over(year_be, now)
    last = YearlyReport.objects.filter(year_be=year_be, origin=origin).order_by("-edition").first()
    if last is not None and last.frozen and bytes(last.body) == body:
        return last
    report = (
        last
        if last is not None and not last.frozen
        else YearlyReport(year_be=year_be, origin=origin, edition=last.edition + 1 if last else 1, created_by=by)
    )
    report.body, report.digest, report.as_at, report.frozen, report.changed_at, report.changed_by = (
        body,
        sha256(body).hexdigest(),
        now,
        over,
        now,
        by,
    )
    report.save()
    Figure.objects.filter(report=report).delete()
    Figure.objects.bulk_create(
        Figure(
            report=report,
            measure=count.measure,
            split=count.split,
            key=count.key,
            key2=count.key2,
            value=count.value,
            unit=count.unit,
        )
        for count in counts
    )
    if over:
        ledger.append(
            "report",
            {"v": 1, "year_be": year_be, "origin": origin, "edition": report.edition, "digest": report.digest},
            at=now,
        )
    return report


def run_report(job: Job) -> dict[str, object]:
    """The job: counts the year its subject names; doing it twice does no harm."""
    reports = build_reports(year_be=int(job.subject), tell=lambda done, total: jobs.progress(job, done, total))
    return {"reports": [report.public_id for report in reports]}
