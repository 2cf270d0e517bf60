"""Letters on paper: printing with a fresh one-time code, how they arrived, and the code that opens what they are about."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from registry.actions.acts import moment, save_version
from registry.actions.notices import lock, tell
from registry.models import REGISTERED_WAYS, LetterCode, LoginTry, Notice, NoticeAct, NoticeState, User
from registry.public_ids import ALPHABET, check_letter, clean_public_id
from registry.refusal import N_, Refusal, refuse, require
from registry.rules import thresholds
from registry.rules.notices import can_undergo, day_of_delivery, may_deal_with
from registry.thai import normalise

RANDOM_LETTERS = 13  # of 32: 65 bits
CODE_LENGTH = RANDOM_LETTERS + 1
WINDOW = timedelta(minutes=10)
MOST_TRIES, MOST_TRIES_IN_ALL = 10, 2000  # wrong codes in ten minutes: from one address, and from everywhere
EVERYWHERE = "everywhere"
POSTED = (NoticeAct.POSTED, *REGISTERED_WAYS)
WAYS = {
    NoticeAct.HANDED: NoticeState.DELIVERED, **dict.fromkeys(POSTED, NoticeState.SENT),
    NoticeAct.ARRIVED: NoticeState.DELIVERED, NoticeAct.RETURNED: NoticeState.FAILED,
}  # fmt: skip


def new_code() -> str:
    """Thirteen random letters that can be read out and typed from paper, and a check letter."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LETTERS))
    return letters + check_letter(letters)


def grouped(code: str) -> str:
    """The code as it is printed: 7KQ2M4X-D9F3HTN."""
    return f"{code[:7]}-{code[7:]}"


@transaction.atomic
def print_letters(*, by: User | None, notices: Sequence[Notice], at: datetime | None = None) -> list[tuple[Notice, str]]:
    """Each letter with the code to print on it, told this once ("" on a letter to a committee); earlier codes of it end.

    A printed letter is sent; printing again is noted as well. Refuses all when one is not approved.
    """
    now = moment(at)
    expires = now + timedelta(days=thresholds().get("letter_code_days", 90))
    printed = []
    for notice in sorted(notices, key=lambda row: row.pk):
        locked = lock(notice)
        require(may_deal_with(by, locked, now), can_undergo(locked, "print"))
        code = ""
        if locked.of_producer is not None:
            code = new_code()
            LetterCode.objects.filter(notice=locked, ended_at=None).update(ended_at=now)
            LetterCode.objects.create(notice=locked, digest=_digest(code), expires_at=expires)
        if locked.state == NoticeState.READY:
            save_version(locked, version=locked.version, by=by, at=now, state=NoticeState.SENT, sent_at=now)
        tell(locked, NoticeAct.PRINTED, by=by, at=now)
        printed.append((locked, code))
    return printed


@transaction.atomic
def record_delivery(
    *, by: User | None, notice: Notice, way: str, on: date, item: str = "", at: datetime | None = None
) -> Notice:
    """How a printed letter fared: handed over, posted, received or come back (values of NoticeAct), on which day.

    `item` is the number of the registered letter at the post office. Of two postings the later word counts, so a wrong day
    is mended by telling it again; what came back was not posted. Refuses an arrival before the posting.
    """
    now, act = moment(at), NoticeAct(way)
    locked = lock(notice)
    left = locked.events.filter(act__in=POSTED, on__isnull=False).order_by("-id").first() if act not in POSTED else None
    require(
        may_deal_with(by, locked, now), can_undergo(locked, "deliver"), day_of_delivery(on, locked, now, left.on if left else None),
    )
    late = act in POSTED and locked.state == NoticeState.DELIVERED  # told of the posting after the arrival
    save_version(
        locked, version=locked.version, by=by, at=now, state=locked.state if late else WAYS[act],
        delivered_at=locked.delivered_at if late else now if WAYS[act] == NoticeState.DELIVERED else None,
        **({"posted_as": act, "posted_on": on} if act in REGISTERED_WAYS else {}),
        **({"posted_as": "", "posted_on": None} if act in (NoticeAct.RETURNED, NoticeAct.POSTED) else {}),
    )
    tell(locked, act, by=by, at=now, on=on, queue_id=normalise(item)[:80])
    return locked


@transaction.atomic
def open_with_code(*, code: str, address: str, device: str = "", at: datetime | None = None) -> tuple[Notice, str] | Refusal:
    """The letter that a typed code opens, and the secret of the device that opened it first; else the one sentence.

    A code opens on one device only: `device` is the secret that this one was given before, if it was. Malformed, unknown,
    expired, ended and used codes cost the same and are told the same. Wrong ones are counted by address and in all.
    """
    now = moment(at)
    if refusal := _braked(address, now):
        return refusal
    row = LetterCode.objects.select_for_update(of=("self",)).live_at(now).filter(digest=_digest(clean_public_id(code[:60]))).first()
    if row is not None and (row.used_at is None or constant_time_compare(row.bound, _bound(device))):
        notice = Notice.objects.for_list().get(pk=row.notice_id)
        if row.used_at is None:
            device = device or secrets.token_urlsafe(24)
            row.used_at, row.bound = now, _bound(device)
            row.save(update_fields=["used_at", "bound"])
            tell(notice, NoticeAct.CODE_USED, by=None, at=now)
        return notice, device
    LoginTry.objects.bulk_create([LoginTry(pair=_who(address), at=now), LoginTry(pair=_who(EVERYWHERE), at=now)])
    return refuse("code_opens_nothing", N_(
        "This code opens nothing. Compare it with the letter. A code works on the device that used it first and for a"
        " limited time: ask your amphoe office for a new letter."
    ), field="code")


def opened_by(*, notice: Notice, device: str, at: datetime | None = None) -> bool:
    """Whether the device with this secret opened the letter, and its code still lives."""
    row = LetterCode.objects.live_at(moment(at)).filter(notice=notice).exclude(bound="").first()
    return row is not None and constant_time_compare(row.bound, _bound(device))


def _braked(address: str, now: datetime) -> Refusal | None:
    """Too many wrong codes from this address, or from everywhere, in ten minutes."""
    LoginTry.objects.filter(at__lte=now - WINDOW).delete()
    for who, most in ((address, MOST_TRIES), (EVERYWHERE, MOST_TRIES_IN_ALL)):
        if LoginTry.objects.filter(pair=_who(who))[:most].count() >= most:
            return refuse("too_many_codes", N_(
                "There were too many wrong codes. Wait %(minutes)s minutes, then try again."
            ), field="code", minutes=int(WINDOW.total_seconds() // 60))
    return None


def _who(address: str) -> str:
    return salted_hmac("letter code try", address, algorithm="sha256").hexdigest()


def _digest(code: str) -> str:
    """The keyed digest under which a code is kept."""
    return salted_hmac("letter code", code, secret=settings.PERSONAL_INDEX_KEY, algorithm="sha256").hexdigest()


def _bound(device: str) -> str:
    return hashlib.sha256(device.encode()).hexdigest()
