"""Reading personal data unmasked, giving the access copy, and searching by a number: each is logged and has a daily limit."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from registry.actions.acts import moment
from registry.clock import BANGKOK, bangkok_day
from registry.models import (
    FOUND_BY,
    SEALED,
    Person,
    ReadKind,
    ReadReason,
    RevealLog,
    User,
)
from registry.personal import read_national_id, read_phone
from registry.refusal import require
from registry.rules import (
    budget_left,
    may_answer_for_persons,
    may_keep_persons,
    national_id_fits,
    not_erased,
    opens,
    phone_fits,
    same_origin,
    something_asked,
    words_given,
)
from registry.thai import normalise

READS = {"national_id": read_national_id, "phone": read_phone}
NAME = ("first_name", "last_name")


@transaction.atomic
def reveal(
    *, by: User | None, person: Person, fields: Collection[str], reason: str, words: str, at: datetime | None = None
) -> dict[str, str]:
    """The values of `fields` unmasked, for this one answer; the reading is logged before it is given.

    Refuses an office outside the area, words that say nothing, and a user whose limit of the day is reached.
    """
    now = _reader(by, at)
    wanted = [field for field in SEALED if field in fields]
    require(
        may_keep_persons(by, person.producer, now), same_origin(person.producer, by), not_erased(person),
        something_asked(person, wanted), opens(person, wanted), words_given(words), budget_left(by, ReadKind.REVEAL, now),
    )
    _log(ReadKind.REVEAL, by, now, person, wanted, reason, words)
    return {field: person.told(field) for field in wanted}


@transaction.atomic
def access_copy(
    *, by: User | None, person: Person, words: str, at: datetime | None = None
) -> dict[str, Any]:
    """All that is held on a person, as plain values for a page or a JSON file; logged, and counted as a reading."""
    now = _reader(by, at)
    require(
        may_answer_for_persons(by, person.producer, now), same_origin(person.producer, by), not_erased(person),
        opens(person, SEALED), words_given(words), budget_left(by, ReadKind.COPY, now),
    )
    _log(ReadKind.COPY, by, now, person, SEALED, ReadReason.REQUEST, words)
    producer = person.producer
    return {
        "number": person.public_id, "as_at": _day(now), "role": person.role, "title": person.title,
        **{field: person.told(field) for field in SEALED},
        "producer": {"number": producer.public_id, "name": producer.name, "area": producer.area.code},
        "recorded_on": _day(person.created_at), "left_on": _day(person.left_on),
        "consents": [
            {"kind": one.kind, "way": one.way, "paper": one.paper, "given_on": _day(one.given_on),
             "withdrawn_on": _day(one.withdrawn_on)}
            for one in person.consents.all()
        ],
        "reads": [
            {"at": one.at.astimezone(BANGKOK).isoformat(timespec="minutes"), "kind": one.kind, "fields": one.field_list,
             "reason": one.reason}
            for one in person.reads.all()
        ],
    }  # fmt: skip


@transaction.atomic
def look_up(*, by: User, field: str, number: str, at: datetime | None = None) -> list[Person]:
    """The people within the user's offices whose `field` (of FOUND_BY) is this number; logged without the number.

    A number of somebody elsewhere and one of nobody give the same answer by the same work. Refuses a number that
    cannot be one, and a user whose limit of the day is reached.
    """
    now = _reader(by, at)
    wrong = national_id_fits(number) if field == "national_id" else phone_fits(number)
    require(wrong)
    require(budget_left(by, ReadKind.LOOKUP, now))
    assert field in FOUND_BY
    _log(ReadKind.LOOKUP, by, now, None, [field], ReadReason.CONTACT, "")
    found = Person.objects.visible_to(by).kept().with_number(field, READS[field](number) if number.strip() else "")
    return list(found.select_related("producer__area__parent__parent__parent").order_by("id")[:50])


def _reader(by: User | None, at: datetime | None) -> datetime:
    """The moment; the reader's row is locked, so that two tabs do not share the last place of a day."""
    if by is not None:
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
    return moment(at)


def _log(
    kind: str, by: User | None, now: datetime, person: Person | None, fields: Collection[str], reason: str, words: str
) -> None:
    RevealLog.objects.create(
        kind=kind, person=person, fields=",".join(fields), reason=ReadReason(reason), words=normalise(words), by=by, at=now
    )


def _day(value: datetime | date | None) -> str | None:
    if isinstance(value, datetime):
        value = bangkok_day(value)
    return value.isoformat() if value else None
