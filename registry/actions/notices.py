"""Writing a notice as a draft, letting it leave, taking it back, opening it; and what the system puts up by itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from registry.actions.acts import moment, save_over, save_version
from registry.actions.jobs import enqueue
from registry.actions.notice_words import made, words_for
from registry.clock import bangkok_day
from registry.models import (
    Area,
    Channel,
    Committee,
    LetterCode,
    Notice,
    NoticeAct,
    NoticeEvent,
    NoticeKind,
    NoticeState,
    OfficeTitle,
    Person,
    Producer,
    User,
    free_public_id,
    free_public_ids,
)
from registry.refusal import require
from registry.rules.notices import (
    can_undergo,
    holds_no_numbers,
    may_approve_notice,
    may_deal_with,
    may_write_notice,
    not_of_a_sending,
    notice_is_worded,
    signing_office,
    way_is_open,
)
from registry.signature import Titles, office_name
from registry.thai import normalise, paragraphs

MAIL_JOB = "notice_mail"
MAIL_SUBJECT = "outbox"
Recipient = User | Producer | Person | Committee


def tell(notice: Notice, act: NoticeAct, *, by: User | None, at: datetime, **rest: Any) -> NoticeEvent:
    """Adds what happened to the notice."""
    return NoticeEvent.objects.create(notice=notice, act=act, by=by, at=at, **rest)


def recipient_field(to: Recipient) -> str:
    """The column that holds a recipient of this kind."""
    return {User: "user", Producer: "producer", Person: "person", Committee: "committee"}[type(to)]


@transaction.atomic
def draft_notice(
    *, by: User | None, to: Recipient, area: Area, channel: str, kind: str, title: str, words: str, origin: str,
    about: tuple[str, str] = ("", ""), key: str = "", language: str = "th", reference: str = "",
    at: datetime | None = None,
) -> Notice | None:
    """A notice that waits for a person's approval; `about` is a model's name and a public id.

    With a `key` a recipient is told once: None when he was told (or a draft lies there) already. Refuses a writer from
    elsewhere and a mail with numbers of people in it.
    """
    now = moment(at)
    require(may_write_notice(by, area, now), notice_is_worded(title, words), holds_no_numbers(channel, title, words))
    field = recipient_field(to)
    if key and Notice.objects.filter(**{field: to}, key=key).exists():
        return None
    notice = Notice.objects.create(
        public_id=free_public_id(Notice), kind=kind, channel=channel, area=area, **{field: to}, title=normalise(title),
        words=paragraphs(words), about_kind=about[0], about=about[1], key=key, language=language or "th", origin=origin,
        reference=normalise(reference)[:60],
        created_by=by, changed_by=by, created_at=now, changed_at=now,
    )
    tell(notice, NoticeAct.WRITTEN, by=by, at=now)
    return notice


@transaction.atomic
def change_notice(
    *, by: User | None, notice: Notice, version: int, title: str, words: str, reference: str = "", language: str = "",
    at: datetime | None = None,
) -> Notice:
    """Other words for a draft, or another language of it ("" keeps the one it has).

    Words that the register made and nobody changed are made anew in the other language. Refuses what has been approved,
    and a version that is not the stored one.
    """
    now = moment(at)
    require(may_deal_with(by, notice, now), can_undergo(notice, "change"), not_of_a_sending(notice))
    require(notice_is_worded(title, words), holds_no_numbers(notice.channel, title, words))
    language = language or notice.language
    typed = (normalise(title), paragraphs(words))
    if language != notice.language and typed == (notice.title, notice.words) and made(Notice.objects.filter(pk=notice.pk)).exists():
        notice.language = language
        typed = words_for(notice, bangkok_day(now)) or typed
    saved = save_over(
        notice, version=version, by=by, at=now, title=typed[0], words=typed[1], reference=normalise(reference)[:60], language=language,
    )
    tell(saved, NoticeAct.CHANGED, by=by, at=now)
    return saved


@transaction.atomic
def approve_notice(*, by: User | None, notice: Notice, at: datetime | None = None) -> Notice:
    """Lets one draft leave: on the site at once, by mail through the worker, as a letter when it is printed."""
    now = moment(at)
    locked = lock(notice)
    require(
        may_approve_notice(by, locked.area, now), can_undergo(locked, "approve"), not_of_a_sending(locked),
        way_is_open(locked.channel, locked.user),
    )
    require(notice_is_worded(locked.title, locked.words), holds_no_numbers(locked.channel, locked.title, locked.words))
    assert by is not None, "the rule lets no one but a person approve"
    save_version(locked, version=locked.version, by=by, at=now, **released(locked, by, now, OfficeTitle.objects.worded()))
    tell(locked, NoticeAct.APPROVED, by=by, at=now)
    if locked.channel == Channel.MAIL:
        ask_for_mail(by=by, at=at)
    return locked


def released(notice: Notice, by: User, now: datetime, titles: Titles) -> dict[str, Any]:
    """What approval writes into a notice: who, when, in which office (in its language), and where it goes next."""
    office = signing_office(by, notice.area, now)
    position = sender = ""
    if office is not None:
        seat = office.area
        position = office.signature(notice.language, titles).office
        sender = office_name(seat.level, seat.name_th, seat.name_en, seat.code, notice.language)
    on_site, mail = notice.channel == Channel.IN_APP, notice.channel == Channel.MAIL
    return {
        "state": NoticeState.SENT if on_site else NoticeState.READY, "sent_at": now if on_site else None,
        "approved_by": by, "approved_at": now, "position": position, "sender": sender,
        "due_at": now if mail else None,
        "message_id": f"<{notice.public_id}.notice@{urlsplit(settings.OTOP_PUBLIC_URL).hostname}>" if mail else "",
    }  # fmt: skip


@transaction.atomic
def withdraw_notice(*, by: User | None, notice: Notice, at: datetime | None = None) -> Notice:
    """Takes a notice back before it leaves; of a printed letter, its code opens nothing any more."""
    now = moment(at)
    locked = lock(notice)
    require(may_deal_with(by, locked, now), can_undergo(locked, "withdraw"))
    save_version(locked, version=locked.version, by=by, at=now, state=NoticeState.WITHDRAWN)
    LetterCode.objects.filter(notice=locked, ended_at=None).update(ended_at=now)
    tell(locked, NoticeAct.WITHDRAWN, by=by, at=now)
    return locked


@transaction.atomic
def send_again(*, by: User | None, notice: Notice, at: datetime | None = None) -> Notice:
    """Another try for what failed or perhaps left; a mail keeps its Message-ID, so that a double can be recognised."""
    now = moment(at)
    locked = lock(notice)
    require(may_approve_notice(by, locked.area, now), can_undergo(locked, "again"), way_is_open(locked.channel, locked.user))
    save_version(
        locked, version=locked.version, by=by, at=now, state=NoticeState.READY, attempts=0,
        due_at=now if locked.channel == Channel.MAIL else None, delivered_at=None,
    )
    tell(locked, NoticeAct.AGAIN, by=by, at=now)
    if locked.channel == Channel.MAIL:
        ask_for_mail(by=by, at=at)
    return locked


@transaction.atomic
def found_arrived(*, by: User | None, notice: Notice, at: datetime | None = None) -> Notice:
    """Somebody asked, and the mail that perhaps left has arrived."""
    now = moment(at)
    locked = lock(notice)
    require(may_approve_notice(by, locked.area, now), can_undergo(locked, "arrived"))
    save_version(locked, version=locked.version, by=by, at=now, state=NoticeState.SENT, sent_at=now)
    tell(locked, NoticeAct.ARRIVED, by=by, at=now)
    return locked


@transaction.atomic
def open_notice(*, by: User, notice: Notice, at: datetime | None = None) -> Notice:
    """Its recipient opened it on the site: delivered, once."""
    now = moment(at)
    opened = Notice.objects.unread().filter(pk=notice.pk, user=by).update(
        state=NoticeState.DELIVERED, delivered_at=now, changed_at=now, changed_by=by
    )
    if opened:
        notice.state, notice.delivered_at = NoticeState.DELIVERED, now
        tell(notice, NoticeAct.OPENED, by=by, at=now)
    return notice


@transaction.atomic
def put_up(reminders: Iterable[Notice], *, at: datetime) -> int:
    """The system's own reminders, on the site at once; who was told under the same key is not told again. Gives how many.

    The rows come with kind, area, user, key, title and words; the rest is set here.
    """
    rows = list(reminders)
    there = Notice.objects.filter(key__in={row.key for row in rows}, user__in=[row.user for row in rows])
    told = set(there.values_list("user_id", "key"))
    fresh = list({(row.user_id, row.key): row for row in rows if (row.user_id, row.key) not in told}.values())
    for row, public_id in zip(fresh, free_public_ids(Notice, len(fresh)), strict=True):
        row.public_id, row.channel, row.state, row.sent_at, row.created_at, row.changed_at = (
            public_id, Channel.IN_APP, NoticeState.SENT, at, at, at,
        )  # fmt: skip
    Notice.objects.bulk_create(fresh, batch_size=1000)
    NoticeEvent.objects.bulk_create([NoticeEvent(notice=row, act=NoticeAct.PUT_UP, at=at) for row in fresh], batch_size=1000)
    return len(fresh)


def reminder(user: User, area: Area, kind: NoticeKind, key: str, told: tuple[str, str], about: tuple[str, str] = ("", "")) -> Notice:
    """A row for `put_up`."""
    return Notice(
        user=user, area=area, kind=kind, key=key, title=told[0], words=told[1], origin=user.origin, about_kind=about[0], about=about[1]
    )


def ask_for_mail(*, by: User | None, at: datetime | None = None) -> None:
    """Wakes the worker that hands mails to the server."""
    enqueue(MAIL_JOB, MAIL_SUBJECT, by=by, at=at)


def lock(notice: Notice) -> Notice:
    """The notice as it stands now, held until the transaction ends."""
    rows = Notice.objects.select_for_update(of=("self",))
    return rows.select_related("area", "user", "producer", "person__producer", "committee", "batch").get(pk=notice.pk)
