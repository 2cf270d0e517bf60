"""Handing approved mails to the mail server, one message a recipient, so that none is lost and no doubt is hidden.

A mail is `sending` from the moment the server is ready for its text until its answer is stored. A process that dies in
between leaves it so, and the next one calls it `maybe`: only a person decides whether it is sent again.
"""

import re
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from registry.actions.acts import moment
from registry.actions.notices import ask_for_mail, tell
from registry.models import Channel, Job, Notice, NoticeAct, NoticeState

PAUSES = (60, 300, 900, 3600, 14_400)  # seconds before each next try; after the last one it is given up
AT_ONCE = 2000  # mails of one run; beat begins the next
UNREACHED = timedelta(minutes=5)
_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")
_QUEUED = re.compile(r"queued as:?\s+<?([\w.\-]{1,80})", re.IGNORECASE)
_DOT = re.compile(rb"^\.", re.MULTILINE)
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one mail: the event to note, the state it leads to, and the server's words without any address."""

    act: NoticeAct
    state: NoticeState
    reply: str = ""
    queue_id: str = ""


class Line:
    """One open line to the mail server, used for mail after mail and opened again when it broke."""

    def __init__(self) -> None:
        self.backend = EmailBackend(fail_silently=False)

    def open(self) -> smtplib.SMTP:
        """The line, opened if need be; OSError (of which smtplib's errors are) when the server cannot be reached."""
        self.backend.open()
        line = self.backend.connection
        assert line is not None, "open() gives a line or raises"
        return line

    def drop(self) -> None:
        """Forgets the line; nothing more is said on it."""
        line, self.backend.connection = self.backend.connection, None
        if line is not None:
            line.close()

    def leave(self) -> None:
        """Says goodbye."""
        if self.backend.connection is not None:
            self.backend.close()


def run_mail(job: Job) -> dict[str, Any]:
    """The job: sends what is due. It alone runs, so what is still `sending` was left by one that died."""
    return send_due()


def mail_is_due(*, at: datetime | None = None) -> bool:
    """Beat's question: asks for the job when a mail is due."""
    due = settings.MAIL_ON and _due(moment(at)).exists()
    if due:
        ask_for_mail(by=None)
    return bool(due)


def send_due(*, at: datetime | None = None, most: int = AT_ONCE) -> dict[str, int]:
    """Hands every mail that is due to the server, oldest first; gives how many ended in which way.

    Stops when the server cannot be reached: that is no fault of the mail, which keeps its tries.
    """
    counts: dict[str, int] = {}
    if not settings.MAIL_ON:
        return counts
    _doubt_what_was_left(moment(at))
    line = Line()
    try:
        for _turn in range(most):
            notice = _take(moment(at))
            if notice is None:
                break
            answer = _hand_over(line, notice, at)
            counts[str(answer.act)] = counts.get(str(answer.act), 0) + 1
            if answer.act == NoticeAct.BROKEN:
                break
    finally:
        line.leave()
    return counts


def _due(now: datetime) -> Any:
    return Notice.objects.filter(channel=Channel.MAIL, state=NoticeState.READY, due_at__lte=now)


def _doubt_what_was_left(now: datetime) -> None:
    for notice in Notice.objects.filter(channel=Channel.MAIL, state=NoticeState.SENDING):
        _settle(notice, Answer(NoticeAct.DOUBTFUL, NoticeState.MAYBE), now)


@transaction.atomic
def _take(now: datetime) -> Notice | None:
    """The next mail that is due; it is not due again before its next pause is over, whatever happens to this process."""
    notice = _due(now).select_for_update(skip_locked=True, of=("self",)).select_related("user").order_by("due_at", "id").first()
    if notice is None:
        return None
    pause = PAUSES[min(notice.attempts, len(PAUSES) - 1)]
    notice.attempts, notice.due_at = notice.attempts + 1, now + timedelta(seconds=pause)
    Notice.objects.filter(pk=notice.pk).update(attempts=notice.attempts, due_at=notice.due_at)
    found: Notice = notice
    return found


def _hand_over(line: Line, notice: Notice, at: datetime | None) -> Answer:
    """One mail to the server, and what came of it stored."""
    try:
        smtp = line.open()
    except OSError as fault:
        answer = Answer(NoticeAct.BROKEN, NoticeState.READY, type(fault).__name__)
        line.drop()
        Notice.objects.filter(pk=notice.pk).update(attempts=notice.attempts - 1, due_at=moment(at) + UNREACHED)
    else:
        answer = _talk(line, smtp, notice, at)
    _settle(notice, answer, moment(at))
    return answer


def _talk(line: Line, smtp: smtplib.SMTP, notice: Notice, at: datetime | None) -> Answer:
    assert notice.user is not None, "mails go to users"
    try:
        sender = sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8")
        smtp.ehlo_or_helo_if_needed()
        for code, reply in _asked(smtp, sender, sanitize_address(notice.user.email, "utf-8")):
            if code not in (250, 251, 354):
                smtp.rset()
                return _refused(notice, code, reply)
    except OSError:
        line.drop()
        return _later(notice, Answer(NoticeAct.BROKEN, NoticeState.READY))
    if not _begin(notice, moment(at)):  # withdrawn, or another worker has it: nothing of its text was said
        line.drop()
        return Answer(NoticeAct.WITHDRAWN, NoticeState.WITHDRAWN)
    try:
        smtp.send(as_sent(notice))
        code, reply = smtp.getreply()
    except OSError:
        line.drop()
        return Answer(NoticeAct.DOUBTFUL, NoticeState.MAYBE)
    if code == 250:
        queued = _QUEUED.search(_said(reply))
        return Answer(NoticeAct.ACCEPTED, NoticeState.SENT, _said(reply), queued[1] if queued else "")
    return _refused(notice, code, reply)


def _asked(smtp: smtplib.SMTP, sender: str, to: str) -> Any:
    """The server's answers to the three questions before the text, one after the other."""
    yield smtp.mail(sender)
    yield smtp.rcpt(to)
    yield smtp.docmd("DATA")


def _begin(notice: Notice, now: datetime) -> bool:
    """Notes, before the first letter of the text leaves, that it is leaving; false when it is not ours to send any more."""
    with transaction.atomic():
        ours = Notice.objects.filter(pk=notice.pk, state=NoticeState.READY, attempts=notice.attempts).update(state=NoticeState.SENDING)
        if ours:
            tell(notice, NoticeAct.HANDING, by=None, at=now)
    return bool(ours)


@transaction.atomic
def _settle(notice: Notice, answer: Answer, now: datetime) -> None:
    """Stores what came of it; what is known for sure (sent) also takes the place of a doubt."""
    if answer.act == NoticeAct.WITHDRAWN:
        return
    changes: dict[str, Any] = {"state": answer.state, "changed_at": now}
    if answer.state == NoticeState.SENT:
        changes["sent_at"] = now
    from_states = ["sending", "maybe"] if answer.state == NoticeState.SENT else ["ready", "sending"]
    if Notice.objects.filter(pk=notice.pk, state__in=from_states).update(**changes):
        tell(notice, answer.act, by=None, at=now, reply=answer.reply, queue_id=answer.queue_id)


def _refused(notice: Notice, code: int, reply: bytes) -> Answer:
    """421 to 499: later. 500 and more: never."""
    if code >= 500:
        return Answer(NoticeAct.REFUSED, NoticeState.FAILED, f"{code} {_said(reply)}"[:200])
    return _later(notice, Answer(NoticeAct.LATER, NoticeState.READY, f"{code} {_said(reply)}"[:200]))


def _later(notice: Notice, answer: Answer) -> Answer:
    """`answer`, unless this was the last try."""
    if notice.attempts <= len(PAUSES):
        return answer
    return Answer(NoticeAct.GIVEN_UP, NoticeState.FAILED, answer.reply)


def _said(reply: bytes) -> str:
    """The server's words in one line, without the address of anybody."""
    return _ADDRESS.sub("…", " ".join(reply.decode("utf-8", "replace").split()))[:200]


def as_sent(notice: Notice) -> bytes:
    """The whole message as it goes over the line, the final dot included."""
    lines = message_of(notice).message().as_bytes().splitlines()
    raw = b"\r\n".join([*lines, b""])
    return _DOT.sub(b"..", raw) + b".\r\n"


def message_of(notice: Notice) -> EmailMultiAlternatives:
    """Plain text and simple HTML in the recipient's language: his name, the words, and where to read on. Nobody else's name."""
    assert notice.user is not None, "mails go to users"
    with override(notice.language):
        site = f"{settings.OTOP_PUBLIC_URL}/en/" if notice.language == "en" else settings.OTOP_PUBLIC_URL
        told = {"notice": notice, "name": notice.user.full_name, "url": site}
        message = EmailMultiAlternatives(
            subject=notice.title, body=render_to_string("registry/notice_mail.txt", told), to=[notice.user.email],
            headers={"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(render_to_string("registry/notice_mail.html", told), "text/html")
    return message


