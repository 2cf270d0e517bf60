"""One notice to many: the recipients are found once and stored, approved together, and released chunk by chunk by the worker."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from registry.actions.acts import moment, note, save_version
from registry.actions.jobs import enqueue, progress
from registry.actions.notice_words import made, words_for
from registry.actions.notices import ask_for_mail, released
from registry.clock import bangkok_day, year_be_at
from registry.models import (
    Appointment,
    Area,
    BatchState,
    Channel,
    Committee,
    Conformity,
    Job,
    Notice,
    NoticeAct,
    NoticeBatch,
    NoticeEvent,
    NoticeKind,
    NoticeState,
    OfficeTitle,
    Producer,
    Seat,
    User,
    free_public_id,
    free_public_ids,
    lies_in,
    unasked,
)
from registry.refusal import require
from registry.rules import REGISTRARS
from registry.rules.notices import (
    batch_fits,
    batch_is_draft,
    holds_no_numbers,
    may_approve_notice,
    may_deal_with,
    may_write_notice,
    may_write_to,
    notice_is_worded,
    somebody_found,
    somebody_sits,
    way_is_open,
)
from registry.thai import normalise, paragraphs

JOB = "notice_batch"
CHUNK = 200


@transaction.atomic
def draft_batch(
    *, by: User, area: Area, kind: str, channel: str, within_days: int = 90, title: str = "", words: str = "",
    reference: str = "", language: str = "th", committee: Committee | None = None, at: datetime | None = None,
) -> NoticeBatch:
    """A sending with its recipients as drafts, all in one language; nothing leaves before it is approved.

    Letters go to the producers of the area whom the matter concerns, messages to the officers of the area and below, or
    to who sits today on a `committee` of the area; of its members one without a mail address gets it on the site.
    Drafts of the same matter that lie there already join it; one whose words a person changed keeps them and their
    language. Refuses when nobody is found.
    """
    now = moment(at)
    require(may_write_to(by, committee, now) if committee else may_write_notice(by, area, now), batch_fits(kind, channel))
    if kind == NoticeKind.MESSAGE:
        require(notice_is_worded(title, words), holds_no_numbers(channel, title, words))
    batch = NoticeBatch.objects.create(
        public_id=free_public_id(NoticeBatch), kind=kind, channel=channel, area=area, within_days=within_days,
        title=normalise(title), words=paragraphs(words), reference=normalise(reference)[:60], origin=by.origin,
        language=language or "th", committee=committee,
        created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    total = _recipients(batch, by, now)
    require(somebody_found(total))
    NoticeBatch.objects.filter(pk=batch.pk).update(total=total)
    batch.total = total
    note("notices_drafted", batch, by=by, at=now, after={"kind": kind, "channel": channel, "total": total})
    return batch


def _recipients(batch: NoticeBatch, by: User, now: datetime) -> int:
    if batch.committee is not None:
        return _seated(batch, batch.committee, by, now)
    return _officers(batch, by, now) if batch.kind == NoticeKind.MESSAGE else _producers(batch, by, now)


def _seated(batch: NoticeBatch, committee: Committee, by: User, now: datetime) -> int:
    """A draft for everybody who sits on the committee today and has none yet; gives how many there are then."""
    there = Notice.objects.filter(batch=batch)
    seats = committee.seats.active_on(bangkok_day(now)).exclude(user__in=there.values("user")).select_related("user").order_by("id")
    without = Channel.IN_APP  # where who has no mail address finds it
    rows = [
        Notice(
            user=seat.user, area=batch.area, title=batch.title, words=batch.words,
            channel=without if batch.channel == Channel.MAIL and not seat.user.email else batch.channel,
        )
        for seat in seats
    ]  # fmt: skip
    found: int = there.count() + len(rows)
    require(somebody_sits(found, committee))
    if rows:
        _store(batch, rows, by, now)
    return found


def _officers(batch: NoticeBatch, by: User, now: datetime) -> int:
    """Drafts for the officers of the area and below, but for who writes it; by mail only those with an address."""
    held = Appointment.objects.active_on(bangkok_day(now)).within(batch.area).filter(
        office__in=REGISTRARS, user__is_active=True, user__origin=batch.origin,
    ).exclude(user=by)
    if batch.channel == Channel.MAIL:
        held = held.exclude(user__email="")
    homes = dict(held.order_by("-area__lft").values_list("user", "area"))
    rows = [Notice(user_id=user, area_id=area, title=batch.title, words=batch.words) for user, area in homes.items()]
    return _store(batch, rows, by, now)


def _producers(batch: NoticeBatch, by: User, now: datetime) -> int:
    """The drafts that lie there join, one a producer; the others whom the matter concerns get one."""
    there = Notice.objects.filter(
        lies_in(batch.area.lft, batch.area.rght), kind=batch.kind, channel=Channel.LETTER, state=NoticeState.DRAFT, batch=None,
        origin=batch.origin, producer__isnull=False,
    )
    newest = there.order_by("producer_id", "-id").distinct("producer_id")
    joining = list(newest.values_list("pk", flat=True))
    others = made(Notice.objects.filter(pk__in=joining).exclude(language=batch.language))
    Notice.objects.filter(pk__in=list(others.values_list("pk", flat=True))).update(
        language=batch.language, title="", words="",  # worded when it leaves
    )  # fmt: skip
    joined = Notice.objects.filter(pk__in=joining).update(batch=batch)
    concerned = _concerned(batch, now)
    if concerned is None:
        return joined
    fresh = concerned.exclude(pk__in=Notice.objects.filter(batch=batch).values("producer"))
    rows = [Notice(producer_id=pk, area_id=area) for pk, area in fresh.order_by("area__lft", "name_sort").values_list("pk", "area")]
    require(somebody_found(joined + len(rows)))
    return joined + _store(batch, rows, by, now)


def _concerned(batch: NoticeBatch, now: datetime) -> QuerySet[Producer] | None:
    """The producers of the area whom the matter concerns today; None when only drafts that lie there can tell."""
    producers = Producer.objects.active().within(batch.area).filter(origin=batch.origin)
    if batch.kind == NoticeKind.STILL_PRODUCING:
        return producers.filter(unasked(year_be_at(now)))
    if batch.kind == NoticeKind.PAPERS_END:
        last = bangkok_day(now) + timedelta(days=batch.within_days)
        papers = Conformity.objects.watched().filter(product__producer=OuterRef("pk"), valid_to__lte=last)
        return producers.filter(Exists(papers))
    return None


def _store(batch: NoticeBatch, rows: Sequence[Notice], by: User, now: datetime) -> int:
    require(somebody_found(max(len(rows), 1)))
    for row, public_id in zip(rows, free_public_ids(Notice, len(rows)), strict=True):
        row.public_id, row.batch, row.kind, row.origin, row.language = public_id, batch, batch.kind, batch.origin, batch.language
        row.channel = row.channel or batch.channel
        row.reference, row.created_by, row.changed_by, row.created_at, row.changed_at = batch.reference, by, by, now, now
    Notice.objects.bulk_create(rows, batch_size=1000)
    NoticeEvent.objects.bulk_create(
        [NoticeEvent(notice=row, act=NoticeAct.WRITTEN, by=by, at=now) for row in rows], batch_size=1000
    )
    return len(rows)


@transaction.atomic
def approve_batch(*, by: User | None, batch: NoticeBatch, at: datetime | None = None) -> NoticeBatch:
    """Lets all drafts of the sending leave; the worker words and releases them chunk by chunk.

    Who took a seat on the committee since it was written is among the recipients; who left it is spared on release.
    """
    now = moment(at)
    locked = NoticeBatch.objects.select_for_update(of=("self",)).select_related("area", "committee").get(pk=batch.pk)
    require(may_approve_notice(by, locked.area, now), batch_is_draft(locked), way_is_open(locked.channel, None))
    assert by is not None, "the rule lets no one but a person approve"
    total = _seated(locked, locked.committee, by, now) if locked.committee else locked.total
    save_version(
        locked, version=locked.version, by=by, at=now, state=BatchState.APPROVED, approved_by=by, approved_at=now, total=total,
    )  # fmt: skip
    note("notices_approved", locked, by=by, at=now, after={"total": locked.total})
    enqueue(JOB, locked.public_id, by=by, at=at)
    return locked


@transaction.atomic
def withdraw_batch(*, by: User | None, batch: NoticeBatch, at: datetime | None = None) -> NoticeBatch:
    """Gives a sending up before it is approved, and all its drafts with it."""
    now = moment(at)
    locked = NoticeBatch.objects.select_for_update(of=("self",)).select_related("area").get(pk=batch.pk)
    require(may_deal_with(by, locked, now), batch_is_draft(locked))
    save_version(locked, version=locked.version, by=by, at=now, state=BatchState.WITHDRAWN)
    drafts = list(Notice.objects.select_for_update().filter(batch=locked, state=NoticeState.DRAFT))
    Notice.objects.filter(pk__in=[row.pk for row in drafts]).update(state=NoticeState.WITHDRAWN, changed_at=now, changed_by=by)
    NoticeEvent.objects.bulk_create([NoticeEvent(notice=row, act=NoticeAct.WITHDRAWN, by=by, at=now) for row in drafts], batch_size=1000)
    note("notices_withdrawn", locked, by=by, at=now)
    return locked


def run_batch(job: Job) -> dict[str, Any]:
    """The job: releases what is still a draft; after a crash it goes on where it stopped, for what is released is no draft."""
    batch = NoticeBatch.objects.select_related("area", "approved_by").get(public_id=job.subject)
    if batch.state != BatchState.APPROVED:
        return {"released": 0}
    done = 0
    while count := release_some(batch):
        done += count
        left = Notice.objects.filter(batch=batch, state=NoticeState.DRAFT).count()
        progress(job, batch.total - left, batch.total)
    if batch.channel == Channel.MAIL:
        ask_for_mail(by=batch.approved_by)
    return {"released": done}


@transaction.atomic
def release_some(batch: NoticeBatch, *, at: datetime | None = None) -> int:
    """Words and releases the next drafts of an approved sending; gives how many. Whom the matter left meanwhile is spared."""
    now = moment(at)
    rows = Notice.objects.select_for_update(of=("self",)).filter(batch=batch, state=NoticeState.DRAFT)
    drafts = list(rows.select_related("area", "user", "producer", "batch").order_by("id")[:CHUNK])
    approver = batch.approved_by
    assert approver is not None, "a sending is approved by somebody"
    left = _left_the_committee(batch, drafts)
    titles = OfficeTitle.objects.worded()
    for row in drafts:
        told = _words_now(row, left, now)
        changes = {"state": NoticeState.WITHDRAWN} if told is None else released(row, approver, now, titles)
        row.title, row.words = told or (row.title, row.words)
        for field, value in changes.items():
            setattr(row, field, value)
        row.changed_at = now
    Notice.objects.bulk_update(drafts, [
        "title", "words", "state", "sent_at", "approved_by", "approved_at", "position", "sender", "due_at", "message_id", "changed_at",
    ])
    acts = {NoticeState.WITHDRAWN: NoticeAct.WITHDRAWN}
    NoticeEvent.objects.bulk_create(
        [NoticeEvent(notice=row, act=acts.get(NoticeState(row.state), NoticeAct.APPROVED), by=approver, at=now) for row in drafts]
    )
    return len(drafts)


def _left_the_committee(batch: NoticeBatch, drafts: Sequence[Notice]) -> set[int | None]:
    """Of the recipients of `drafts` those who sat on the committee no more on the day it was approved."""
    if batch.committee_id is None or batch.approved_at is None:
        return set()
    seats = Seat.objects.active_on(bangkok_day(batch.approved_at)).filter(committee=batch.committee_id)
    return {row.user_id for row in drafts} - set(seats.values_list("user", flat=True))


def _words_now(row: Notice, left: set[int | None], now: datetime) -> tuple[str, str] | None:
    """What a recipient is told now; None when there is nothing to tell him any more."""
    if row.user_id is not None and row.user_id in left:
        return None
    return (row.title, row.words) if row.words else words_for(row, bangkok_day(now))
