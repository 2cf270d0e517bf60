"""The daily watch over papers that end: each threshold is told once, and a missed day is made good."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from registry.actions.acts import moment
from registry.actions.jobs import enqueue
from registry.actions.notice_words import ending_words
from registry.actions.notices import put_up, reminder
from registry.actions.reminders import keepers_of
from registry.clock import bangkok_day
from registry.models import WATCH_DAYS, Conformity, ExpiryNotice, Job, JobState, NoticeKind, User

KIND = "expiry_watch"
BATCH = 1000


@transaction.atomic
def tell_of_endings(*, by: User | None, at: datetime | None = None) -> int:
    """Tells of every paper that ends within 90, 30 or 7 days and was not told of at that threshold yet; gives how many.

    Only the nearest threshold is told: after days without a watch nobody is told of the farther ones as well.
    """
    now = moment(at)
    today, told = bangkok_day(now), 0
    ending: dict[int, list[int]] = {}
    for threshold, nearer in pairwise((*WATCH_DAYS, -1)):
        span = (today + timedelta(days=nearer + 1), today + timedelta(days=threshold))
        there = ExpiryNotice.objects.filter(conformity=OuterRef("pk"), valid_to=OuterRef("valid_to"), days=threshold)
        rows = Conformity.objects.watched().filter(~Exists(there), valid_to__range=span).order_by("pk")
        fresh = [
            ExpiryNotice(conformity_id=pk, valid_to=last, days=threshold, by=by, at=now)
            for pk, last in rows.values_list("pk", F("valid_to"))
        ]
        ExpiryNotice.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
        told += len(fresh)
        ending[threshold] = [row.conformity_id for row in fresh]
    _remind_officers(ending, now)
    return told


def _remind_officers(ending: Mapping[int, Sequence[int]], now: datetime) -> None:
    """One notice on the site a threshold and day to each recorder and amphoe officer of the places, with their count."""
    day, reminders = bangkok_day(now), []
    for threshold, papers in ending.items():
        for keeper, area, count in keepers_of(Conformity.objects.filter(pk__in=papers), "product__area", "product__origin", day):
            told = ending_words(count, threshold, "th")
            key = f"ending:{day.isoformat()}:{threshold}"
            reminders.append(reminder(keeper, area, NoticeKind.PAPERS_END, key, told))
    put_up(reminders, at=now)


def ask_for_watch(*, by: User | None, at: datetime | None = None) -> Job | None:
    """The watch of today as a job, unless it was done already; beat asks every hour, so that a late start misses nothing."""
    subject = bangkok_day(moment(at)).isoformat()
    if Job.objects.filter(kind=KIND, subject=subject, state=JobState.DONE).exists():
        return None
    return enqueue(KIND, subject, by=by, at=at)


def run_watch(job: Job) -> dict[str, Any]:
    """What the worker does with the job of a day."""
    return {"told": tell_of_endings(by=job.created_by)}
