"""Handing an office over: begun, the list fixed by the giver's word, taken by the other's, drafts passed on."""

import json
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from registry.actions.acts import moment, note, save_version, unless_taken
from registry.models import Appointment, Draft, Handover, HandoverRecord, User
from registry.refusal import N_, Refusal, refuse, require
from registry.rules import order_number_given
from registry.rules.handovers import (
    is_given,
    is_giver,
    is_taker,
    may_hand_over,
    not_taken,
    same_list,
    still_runs,
    takes_rightly,
)
from registry.thai import normalise


def digest_of(body: str) -> str:
    """SHA-256 of a list as it is kept, in hex."""
    return sha256(body.encode()).hexdigest()


@transaction.atomic
def begin_handover(
    *, by: User | None, appointment: Appointment, taker: User, order_no: str, held_on: date, at: datetime | None = None
) -> Handover:
    """Opens the handover of an office that runs to `taker`, who is appointed to it too; one at a time to one person."""
    now = moment(at)
    require(
        may_hand_over(by, appointment, now), still_runs(appointment, now), takes_rightly(appointment, taker, now),
        order_number_given(order_no),
    )
    handover = Handover(
        appointment=appointment, taker=taker, order_no=normalise(order_no), held_on=held_on, created_by=by, changed_by=by,
        created_at=now, changed_at=now,
    )
    with unless_taken(lambda: _open_one(handover)):
        handover.save()
    note("handover_begun", handover, by=by, at=now, after={"appointment": appointment.public_id, "taker": taker.public_id})
    return handover


def _open_one(handover: Handover) -> Refusal | None:
    rows = Handover.objects.filter(appointment=handover.appointment, taker=handover.taker, taken_at=None)
    if not rows.exists():
        return None
    return refuse("handover_open", N_("A handover of this office to %(name)s is open already. Open that one."), field="taker",
                  name=handover.taker.full_name)


def _locked(handover: Handover) -> Handover:
    rows = Handover.objects.select_for_update(of=("self",)).select_related("appointment__user", "appointment__area", "taker")
    found: Handover = rows.get(pk=handover.pk)
    return found


@transaction.atomic
def give_over(*, by: User | None, handover: Handover, body: str, shown: str, at: datetime | None = None) -> Handover:
    """The giver's word: fixes `body`, the list as it stands now; `shown` is the digest of the one he read.

    Until it is taken he may fix a newer list. Refuses when the list changed meanwhile.
    """
    now, row = moment(at), _locked(handover)
    require(is_giver(by, row), not_taken(row), still_runs(row.appointment, now), same_list(shown, digest_of(body)))
    save_version(row, version=row.version, by=by, at=now, body=body, given_at=now)
    note("handover_given", row, by=by, at=now, after={"digest": digest_of(body)})
    return row


@transaction.atomic
def take_over(*, by: User | None, handover: Handover, shown: str, at: datetime | None = None) -> HandoverRecord:
    """The taker's word: what both confirmed becomes a record that nobody changes."""
    now, row = moment(at), _locked(handover)
    require(is_taker(by, row), not_taken(row), is_given(row), same_list(shown, digest_of(row.body)))
    assert row.given_at is not None
    save_version(row, version=row.version, by=by, at=now, taken_at=now)
    words = {**json.loads(row.body), "given_at": row.given_at.isoformat(), "taken_at": now.isoformat()}
    body = json.dumps(words, ensure_ascii=False, sort_keys=True)
    record = HandoverRecord.objects.create(handover=row, body=body, digest=digest_of(body), at=now)
    note("handover_taken", row, by=by, at=now, after={"digest": record.digest})
    return record


@transaction.atomic
def pass_drafts(*, by: User | None, handover: Handover, at: datetime | None = None) -> int:
    """Gives the giver's unsent drafts to the taker, as the giver himself says; gives how many went.

    A page on which the taker typed already keeps his draft, and the giver's stays where it is.
    """
    now, row = moment(at), _locked(handover)
    require(is_giver(by, row))
    pages = Draft.objects.filter(user=row.taker).values("page")
    passed = Draft.objects.filter(user=row.appointment.user).exclude(page__in=pages).update(user=row.taker, at=now)
    note("drafts_passed", row, by=by, at=now, after={"drafts": passed})
    return passed
