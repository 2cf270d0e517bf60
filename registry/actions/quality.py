"""Counting once a week, for every area, how many rows fail each check."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from registry.actions.acts import moment
from registry.actions.jobs import enqueue
from registry.models import Area, Job, JobState, Producer, Product, User
from registry.models.quality import OF_PRODUCTS, QualityCheck, QualityCount, lacking, stale, week_of
from registry.rules import thresholds

KIND = "quality"
BATCH = 5000


@transaction.atomic
def take_counts(*, by: User | None, at: datetime | None = None) -> int:
    """Writes the counts of this week for every area that has rows, whole tree upward; a second time changes nothing.

    Gives how many rows were written.
    """
    now = moment(at)
    above = dict(Area.objects.values_list("pk", "parent"))
    failed: Counter[tuple[int, str, str]] = Counter()
    rows: Counter[tuple[int, str, str]] = Counter()
    for area, origin, check, bad, there in _counted(now):
        place: int | None = area
        while place is not None:
            failed[place, origin, check] += bad
            rows[place, origin, check] += there
            place = above[place]
    week = week_of(now)
    there_already = QualityCount.objects.filter(week=week).exists()
    fresh = [] if there_already else [
        QualityCount(week=week, area_id=area, origin=origin, check_name=check, count=failed[key], rows=there, by=by, at=now)
        for key, there in rows.items() for area, origin, check in [key]
    ]  # fmt: skip
    QualityCount.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
    return len(fresh)


def _counted(now: datetime) -> list[tuple[int, str, str, int, int]]:
    """Tambon, origin, check, how many fail and how many there are; two queries."""
    found = []
    counts = {check.value: Count("pk", filter=lacking(check, now)) for check in OF_PRODUCTS}
    products: Any = Product.objects.active().order_by().values("area", "origin")
    for row in products.annotate(there=Count("pk"), **counts):
        found += [(row["area"], row["origin"], check.value, row[check.value], row["there"]) for check in OF_PRODUCTS]
    old = Count("pk", filter=stale(now, thresholds().get("stale_days", 365)))
    for row in Producer.objects.active().order_by().values("area", "origin").annotate(there=Count("pk"), old=old):
        found.append((row["area"], row["origin"], QualityCheck.STALE.value, row["old"], row["there"]))
    return found


def ask_for_counts(*, by: User | None, at: datetime | None = None) -> Job | None:
    """The counts of this week as a job, unless they were taken; beat asks every day, so that a late start misses no week."""
    subject = week_of(moment(at)).isoformat()
    if Job.objects.filter(kind=KIND, subject=subject, state=JobState.DONE).exists():
        return None
    return enqueue(KIND, subject, by=by, at=at)


def run_counts(job: Job) -> dict[str, Any]:
    """What the worker does with the job of a week."""
    return {"counts": take_counts(by=job.created_by)}
