"""Lines about notices: drafts that wait for approval, letters to print, and what did not arrive."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.models import Channel, Notice, NoticeState, User
from registry.worklist.lines import Ask, Group, Line, how_many, provider, registers
from registry.worklist.registrations import seats_people

OUTAGE = timedelta(hours=1)  # an approved mail that is still here after so long has not found the mail server


@provider
def notices_that_wait(user: User, at: datetime) -> Iterable[Ask]:
    """One line for drafts to approve (who may), for letters to print, and for what failed or is in doubt."""
    if not registers(user, at):
        return
    rows = Notice.objects.desk_of(user).filter(origin=user.origin)
    yield _counted(rows.filter(state__in=[NoticeState.FAILED, NoticeState.MAYBE]), "failed", _("Notices that did not arrive: %(count)s"),
                   _("Refused by the mail server, in doubt, or come back. See each and decide."))  # fmt: skip
    yield _counted(rows.filter(state=NoticeState.READY, channel=Channel.LETTER), "ready", _("Letters to print: %(count)s"),
                   _("They are approved. Print them, then record how they were handed over."))  # fmt: skip
    stuck = rows.filter(state=NoticeState.READY, channel=Channel.MAIL, approved_at__lt=at - OUTAGE)
    yield _counted(stuck, "ready", _("Mails that wait for the mail server: %(count)s"),
                   _("They leave by themselves once it can be reached. If this lasts, tell the administrator."), Group.OTHERS)  # fmt: skip
    if seats_people(user, at):
        yield _counted(rows.filter(state=NoticeState.DRAFT), "draft", _("Notices to approve: %(count)s"),
                       _("Nothing leaves before a person has read and approved it."))  # fmt: skip


def _counted(rows: QuerySet[Notice], state: str, what: str, why: str, group: Group = Group.MINE) -> Ask:
    return Ask(rows=rows, area="area", many=lambda count: Line(
        what=what % {"count": how_many(count)}, why=why, url=f"{reverse('registry:notice-desk')}?state={state}",
        group=group, where=_("Notices"), count=count,
    ))  # fmt: skip
