"""Ordering a change of areas, calling it off, and carrying out what waited for its day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from registry.actions.acts import moment, note, save_version
from registry.actions.boundaries.applying import apply_plan, lock_tree
from registry.actions.boundaries.orders import Orders
from registry.actions.boundaries.plans import plan_of
from registry.actions.jobs import enqueue
from registry.clock import bangkok_day
from registry.models import AreaChange, ChangeState, Job, JobState, User
from registry.refusal import Refused, require
from registry.rules import boundaries as rules
from registry.thai import normalise

KIND = "area_changes"


@transaction.atomic
def change_areas(
    *, by: User | None, orders: Orders, on: date, gazette: str, source_note: str = "", at: datetime | None = None
) -> AreaChange:
    """Carries out `orders` as from the day `on`, or keeps them until that day comes.

    Refuses anybody but the central office, a change without its ground, codes that would not be unique or would hang
    in the air, a day not after the last change of the area, a belonging that changes while a round runs there, open
    registrations in what ends, and areas in which an earlier division is not settled.
    """
    now = moment(at)
    lock_tree()
    plan = plan_of(orders, on, now)
    require(rules.may_change_areas(by, now), rules.ground_given(gazette), plan.problems)
    change = AreaChange.objects.create(
        kind=orders.kind, on=on, gazette=normalise(gazette), source_note=source_note.strip(), orders=orders.kept(),
        created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    told: dict[str, object] = {"kind": change.kind, "on": on.isoformat(), "areas": " ".join(orders.areas)}
    if on <= bangkok_day(now):
        told |= apply_plan(plan, change, by=by, at=now)
        _done(change, by, now)
    note("areas_changed" if change.state == ChangeState.DONE else "areas_planned", change, by=by, at=now, after=told)
    return change


@transaction.atomic
def call_off(*, by: User | None, change: AreaChange, version: int, at: datetime | None = None) -> AreaChange:
    """Calls off a change that still waits for its day."""
    now = moment(at)
    require(rules.may_change_areas(by, now), rules.still_planned(change))
    save_version(change, version=version, by=by, at=now, state=ChangeState.CANCELLED)
    note("areas_called_off", change, by=by, at=now)
    return change


def carry_out_due(*, by: User | None, at: datetime | None = None) -> dict[str, int]:
    """Carries out every planned change whose day has come, each by itself, oldest first; what is refused goes on waiting."""
    now = moment(at)
    counted = {"done": 0, "refused": 0}
    due = AreaChange.objects.planned().filter(on__lte=bangkok_day(now)).order_by("on", "pk")
    for pk in list(due.values_list("pk", flat=True)):
        try:
            counted["done"] += _carry_out(pk, by, now)
        except Refused:
            counted["refused"] += 1
    return counted


@transaction.atomic
def _carry_out(pk: int, by: User | None, now: datetime) -> int:
    """One planned change; 0 when another worker has done it."""
    lock_tree()
    change = AreaChange.objects.select_for_update().get(pk=pk)
    if change.state != ChangeState.PLANNED:
        return 0
    plan = plan_of(Orders.of(change.orders), change.on, now)
    require(plan.problems)
    told = apply_plan(plan, change, by=by, at=now)
    _done(change, by, now)
    note("areas_changed", change, by=by, at=now, after={"kind": change.kind, "on": change.on.isoformat(), **told})
    return 1


def _done(change: AreaChange, by: User | None, now: datetime) -> None:
    save_version(change, version=change.version, by=by, at=now, state=ChangeState.DONE, done_at=now)


def ask_for_due(*, by: User | None, at: datetime | None = None) -> Job | None:
    """The planned changes of today as a job, when there are any and they were not tried today."""
    subject = bangkok_day(moment(at)).isoformat()
    waits = AreaChange.objects.planned().filter(on__lte=bangkok_day(moment(at))).exists()
    if not waits or Job.objects.filter(kind=KIND, subject=subject, state=JobState.DONE).exists():
        return None
    return enqueue(KIND, subject, by=by, at=at)


def run_due(job: Job) -> dict[str, Any]:
    """What the worker does with the job of a day."""
    return carry_out_due(by=job.created_by)
