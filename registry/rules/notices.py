"""Who may write, approve and hand over a notice, and what a notice still lacks before it leaves."""

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings

from registry.clock import bangkok_day
from registry.models import (
    Appointment,
    Area,
    BatchState,
    Channel,
    Committee,
    Notice,
    NoticeBatch,
    NoticeKind,
    NoticeState,
    User,
)
from registry.personal import without_numbers
from registry.refusal import N_, Named, Refusal, refuse
from registry.rules.offices import REGISTRARS, SEATERS, holds, may_seat, place, signs_as
from registry.rules.register import same_origin

LONGEST_TITLE, LONGEST_WORDS = 200, 4000
MOST_RECIPIENTS = 20_000
TO_PRODUCERS = (NoticeKind.PAPERS_END, NoticeKind.STILL_PRODUCING, NoticeKind.REGISTRATION)
# act → the states in which it is possible, by way
POSSIBLE: dict[str, dict[str, tuple[str, ...]]] = {
    "change": dict.fromkeys(Channel.values, ("draft",)),
    "approve": dict.fromkeys(Channel.values, ("draft",)),
    "withdraw": {"in_app": ("draft",), "mail": ("draft", "ready", "failed"), "letter": ("draft", "ready", "sent", "failed")},
    "print": {"letter": ("ready", "sent")},
    "deliver": {"letter": ("sent", "delivered")},
    "again": {"mail": ("maybe", "failed"), "letter": ("failed",)},
    "arrived": {"mail": ("maybe",)},
}


def may_write_notice(user: User | None, area: Area, at: datetime) -> Refusal | None:
    """An officer of the place, or the system itself."""
    if user is None or holds(user, REGISTRARS, area, at):
        return None
    return refuse("not_your_notice", N_(
        "Notices about %(area)s are written by its own officers. Ask the office that looks after the place."
    ), area=place(area))


def may_write_to(user: User | None, committee: Committee, at: datetime) -> list[Refusal | None]:
    """Who keeps a committee writes to it: an officer of its area's office, or of one above; samples to samples."""
    return [may_seat(user, committee.area, at), same_origin(committee, user)]


def may_deal_with(user: User | None, notice: Notice | NoticeBatch, at: datetime) -> Refusal | None:
    """Who changes, prints, withdraws a notice and records how it fared: of one to a committee only who keeps that."""
    to_committee = notice.to_committee if isinstance(notice, Notice) else notice.committee_id is not None
    return (may_seat if to_committee else may_write_notice)(user, notice.area, at)


def somebody_sits(count: int, committee: Committee) -> Refusal | None:
    """Nobody writes to an empty room."""
    if count:
        return None
    return refuse("nobody_sits", N_("Nobody sits on %(committee)s today, so nobody would get this. Give seats first."),
                  committee=Named(committee.name_th, committee.name_en or committee.name_th))


def may_approve_notice(user: User | None, area: Area, at: datetime) -> Refusal | None:
    """An officer of the amphoe or above, never the system: nothing leaves before a person has seen it."""
    if user is not None and holds(user, SEATERS, area, at):
        return None
    return refuse("not_approver", N_(
        "An officer of %(area)s or of an office above it approves what leaves. Ask him: the draft is on his work list."
    ), area=place(area))


def can_undergo(notice: Notice, act: str) -> Refusal | None:
    """Its way and state allow the act; the sentence names the state."""
    if notice.state in POSSIBLE[act].get(notice.channel, ()):
        return None
    return refuse("notice_moved_on", N_(
        "This notice goes %(way)s and is: %(state)s. So this cannot be done with it now. Open it again to see what can."
    ), way=Channel(notice.channel).label, state=NoticeState(notice.state).label)


def not_of_a_sending(notice: Notice) -> Refusal | None:
    """What belongs to a sending that is not approved yet is approved and worded with it."""
    if notice.batch_id is None or notice.words:
        return None
    return refuse("notice_of_a_sending", N_("This draft belongs to a sending to many. Approve the whole sending on its page."))


def notice_is_worded(title: str, words: str) -> list[Refusal | None]:
    """Subject and words, no longer than there is room for."""
    long = len(title) > LONGEST_TITLE or len(words) > LONGEST_WORDS
    return [
        None if title.strip() else refuse("notice_untitled", N_("Write the subject in one line."), field="title"),
        None if words.strip() else refuse("notice_empty", N_("Write what the recipient is told."), field="words"),
        refuse("notice_long", N_("A notice has at most %(title)s letters in its subject and %(words)s in its text. Shorten it."),
               field="words", title=LONGEST_TITLE, words=LONGEST_WORDS) if long else None,
    ]  # fmt: skip


def holds_no_numbers(channel: str, title: str, words: str) -> Refusal | None:
    """A mail passes through strange hands, so it tells no national ID and no telephone number."""
    text = f"{title}\n{words}"
    if channel != Channel.MAIL or without_numbers(text) == text:
        return None
    return refuse("number_in_mail", N_(
        "A mail may hold no national ID and no telephone number. Take the number out: the recipient finds it on the site."
    ), field="words")


def way_is_open(channel: str, user: User | None) -> Refusal | None:
    """Mail needs a server and an address."""
    if channel != Channel.MAIL:
        return None
    if not settings.MAIL_ON:
        return refuse("mail_off", N_(
            "No mail server is set, so mails stay drafts. The administrator sets it with EMAIL_URL;"
            " until then choose a notice on the site or a letter."
        ))
    if user is not None and not user.email:
        return refuse("no_address", N_("%(name)s has no mail address. Choose a notice on the site instead."), name=user.full_name)
    return None


def signing_office(user: User, area: Area, at: datetime) -> Appointment | None:
    """The office by which the user approves for the area: the nearest one that may."""
    return signs_as(user, area, at, SEATERS)


def day_of_delivery(on: date, notice: Notice, at: datetime, posted: date | None = None) -> Refusal | None:
    """Not before it was printed, nor `posted` when this is about its arrival, and no day to come."""
    if on > bangkok_day(at):
        return refuse("day_to_come", N_("%(day)s has not come yet. Write a day up to today."), field="on", day=on)
    if posted is not None and on < posted:
        return refuse("before_posting", N_("The letter was posted on %(day)s. Write that day or a later one."), field="on", day=posted)
    if notice.sent_at is not None and on < bangkok_day(notice.sent_at):
        return refuse("before_printing", N_("The letter was printed on %(day)s. Write that day or a later one."),
                      field="on", day=bangkok_day(notice.sent_at))
    return None


def batch_is_draft(batch: NoticeBatch) -> Refusal | None:
    """A sending is approved or withdrawn once."""
    if batch.state == BatchState.DRAFT:
        return None
    return refuse("sending_decided", N_("This sending is %(state)s already. Begin a new one for whom it missed."),
                  state=BatchState(batch.state).label)


def batch_fits(kind: str, channel: str) -> Refusal | None:
    """Producers have no login: they get letters; messages go to officers, on the site or by mail."""
    if (kind in TO_PRODUCERS) == (channel == Channel.LETTER):
        return None
    return refuse("way_unfit", N_(
        "Notices to producers go by letter, messages to officers on the site or by mail. Choose the way that fits."
    ), field="channel")


def somebody_found(recipients: Collection[object] | int) -> Refusal | None:
    """A sending has recipients, and not more than one can look after."""
    count = recipients if isinstance(recipients, int) else len(recipients)
    if count == 0:
        return refuse("nobody_found", N_("Nobody there has to be told this now. Choose another area or another matter."))
    if count > MOST_RECIPIENTS:
        return refuse("too_many_found", N_(
            "This would go to more than %(most)s recipients at once. Choose a smaller area."
        ), field="area", most=MOST_RECIPIENTS)
    return None
