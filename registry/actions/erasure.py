"""Erasing the data of a person, on request or at the end of their term, and sealing all of them anew with the newest key."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from registry.actions.acts import moment, note, save_version
from registry.actions.imports import forget_files
from registry.actions.jobs import enqueue, progress
from registry.clock import bangkok_day
from registry.models import SEALED, Consent, Draft, Job, Person, RetentionRule, User
from registry.personal import is_current
from registry.refusal import require
from registry.rules import (
    is_due,
    law_lets_go,
    may_answer_for_persons,
    may_run_retention,
    not_erased,
    retention_of,
    same_origin,
    words_given,
)
from registry.thai import normalise

KIND = "retention"
AT_END = "retention"


@transaction.atomic
def erase_person(
    *, by: User | None, person: Person, version: int, words: str, at: datetime | None = None
) -> Person:
    """Empties every personal value of `person` and ends his consents; the row and the producer stay.

    Refuses, with the ground and the day, while the law demands keeping; and words that say nothing.
    """
    now = moment(at)
    require(
        may_answer_for_persons(by, person.producer, now), same_origin(person.producer, by), not_erased(person),
        law_lets_go(person, retention_of(person), now), words_given(words),
    )
    _empty(person, version, by, now, normalise(words))
    return person


def due_persons(at: datetime) -> Iterator[Person]:
    """Persons whose term of keeping is over."""
    rules = {rule.kind: rule for rule in RetentionRule.objects.all()}
    today = bangkok_day(at)
    ended = Person.objects.kept().exclude(left_on=None, producer__ended_on=None)
    for person in ended.select_related("producer").order_by("id").iterator():
        if person.role in rules and is_due(person, rules[person.role], today):
            yield person


@transaction.atomic
def ask_for_retention(*, by: User | None, at: datetime | None = None) -> Job:
    """Enqueues the erasing of what is over its term; once a day is enough, and asking twice does no harm."""
    now = moment(at)
    require(may_run_retention(by, now))
    return enqueue(KIND, bangkok_day(now).isoformat(), by=by, at=at)


def run_retention(job: Job) -> dict[str, Any]:
    """The job: erases each due person in a transaction of its own."""
    return apply_retention(job=job)


def apply_retention(*, at: datetime | None = None, job: Job | None = None) -> dict[str, int]:
    """Erases the data of every person whose term is over and drops drafts past theirs; gives how many of each."""
    now = moment(at)
    due = list(due_persons(now))
    for done, person in enumerate(due, 1):
        _erase_due(person.pk, now)
        if job is not None:
            progress(job, done, len(due))
    days = RetentionRule.objects.get(kind="draft").erase_after_days
    dropped, _rows = Draft.objects.filter(at__lt=now - timedelta(days=days)).delete()
    return {"persons": len(due), "drafts": dropped, "files": forget_files(at=now)}


@transaction.atomic
def _erase_due(pk: int, now: datetime) -> None:
    person = Person.objects.select_for_update(of=("self",)).select_related("producer").get(pk=pk)
    if person.erased_at is None:
        _empty(person, person.version, None, now, AT_END)


def _empty(person: Person, version: int, by: User | None, now: datetime, why: str) -> None:
    blank = dict.fromkeys([*SEALED, "national_id_key", "phone_key", "title"], "")
    save_version(person, version=version, by=by, at=now, **blank, erased_at=now, erased_why=why[:200])
    for name, value in {**blank, "erased_at": now, "erased_why": why[:200]}.items():
        setattr(person, name, value)
    for consent in Consent.objects.filter(person=person, withdrawn_on=None):
        day = max(bangkok_day(now), consent.given_on)
        save_version(consent, version=consent.version, by=by, at=now, withdrawn_on=day)
    note("person_erased", person.producer, by=by, at=now, after={"person": person.public_id, "role": str(person.role)})


def seal_anew() -> int:
    """Seals every value that has an older key with the newest one; gives how many rows were written.

    Safe to run while people work: a row that changes in between keeps its new value, and an interrupted run is
    finished by the next.
    """
    count = 0
    for pk in Person.objects.kept().values_list("pk", flat=True).iterator():
        count += _sealed_anew(pk)
    return count


@transaction.atomic
def _sealed_anew(pk: int) -> bool:
    person = Person.objects.select_for_update().get(pk=pk)
    old = [field for field in SEALED if not is_current(getattr(person, field))]
    for field in old:
        person.tell(field, person.told(field))
    if old:
        person.save(update_fields=old)
    return bool(old)
