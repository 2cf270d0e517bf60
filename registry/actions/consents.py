"""Consent to be named in public, and taking it back; the public page reads what holds at that moment."""

from datetime import date, datetime

from django.db import transaction

from registry.actions.acts import moment, note, save_version, unless_taken
from registry.clock import bangkok_day
from registry.models import Consent, ConsentKind, ConsentWay, Person, User, free_public_id
from registry.refusal import require
from registry.rules import can_consent, consent_is_live, in_order, may_keep_persons, not_after, same_origin, words_given
from registry.thai import normalise


@transaction.atomic
def give_consent(
    *, by: User | None, person: Person, kind: str, way: str, paper: str, given_on: date | None = None,
    at: datetime | None = None,
) -> Consent:
    """Records that `person` agreed that his name or number is public, by which paper or words, from `given_on` on.

    Refuses what is not recorded, who has left, a consent that is live, a day to come, and words that name no paper.
    """
    now = moment(at)
    day = given_on or bangkok_day(now)
    require(
        may_keep_persons(by, person.producer, now), same_origin(person.producer, by), can_consent(person, kind),
        words_given(paper, "paper"), not_after(day, now, "given_on"),
    )
    consent = Consent(
        public_id=free_public_id(Consent), person=person, kind=ConsentKind(kind), way=ConsentWay(way),
        paper=normalise(paper), given_on=day, created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    with unless_taken(lambda: next(filter(None, can_consent(person, kind)), None)):
        consent.save()
    note("consent_given", person.producer, by=by, at=now, after={"person": person.public_id, "consent": kind})
    return consent


@transaction.atomic
def withdraw_consent(
    *, by: User | None, consent: Consent, withdrawn_on: date | None = None, at: datetime | None = None
) -> Consent:
    """Takes a consent back; the public page stops naming the person with this transaction, whatever day is written."""
    now = moment(at)
    person, day = consent.person, withdrawn_on or bangkok_day(now)
    require(
        may_keep_persons(by, person.producer, now), same_origin(person.producer, by), consent_is_live(consent),
        not_after(day, now, "withdrawn_on"), in_order(consent.given_on, day, "withdrawn_on"),
    )
    save_version(consent, version=consent.version, by=by, at=now, withdrawn_on=day)
    note("consent_withdrawn", person.producer, by=by, at=now, after={"person": person.public_id, "consent": consent.kind})
    return consent
