"""Writing to a committee: one letter to the body, or a notice to each who sits on it, as drafts."""

from datetime import datetime

from django.db import transaction

from registry.actions.acts import moment
from registry.actions.batches import draft_batch
from registry.actions.notices import draft_notice
from registry.clock import bangkok_day
from registry.models import Channel, Committee, Notice, NoticeBatch, NoticeKind, User
from registry.refusal import require
from registry.rules.notices import may_write_to, somebody_sits


@transaction.atomic
def write_to_committee(
    *, by: User, committee: Committee, channel: str, title: str, words: str, language: str = "th", reference: str = "",
    at: datetime | None = None,
) -> Notice | NoticeBatch:
    """A letter to the committee, or a sending on the site or by mail to everybody with a seat in force; waits for approval.

    A letter is for the file and for the body as such; only what goes to each person tells who opened it. Refuses who does
    not keep the committee, and a committee on which nobody sits.
    """
    now = moment(at)
    require(may_write_to(by, committee, now))
    if channel != Channel.LETTER:
        return draft_batch(
            by=by, area=committee.area, kind=NoticeKind.MESSAGE, channel=channel, title=title, words=words, reference=reference,
            language=language, committee=committee, at=at,
        )
    require(somebody_sits(committee.seats.active_on(bangkok_day(now)).count(), committee))
    letter = draft_notice(
        by=by, to=committee, area=committee.area, channel=channel, kind=NoticeKind.MESSAGE, title=title, words=words,
        origin=committee.origin, about=("committee", committee.public_id), language=language, reference=reference, at=at,
    )
    assert letter is not None, "without a key nobody was told before"
    return letter
