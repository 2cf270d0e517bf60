"""What notices add to the work list: drafts that wait for approval, letters to print, and what did not arrive."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from registry.models import Channel, Notice, NoticeState, User
from registry.rules import REGISTRARS, SEATERS, offices_at
from registry.worklist import CAP, Group, Line, how_many, provider


@provider
def notices_that_wait(user: User, at: datetime) -> Iterable[Line]:
    """One line for drafts to approve (who may), for letters to print, and for what failed or is in doubt."""
    held = {office.office for office in offices_at(user, at)}
    if not held & set(REGISTRARS):
        return
    rows = Notice.objects.desk_of(user).filter(origin=user.origin)
    kinds = {
        "draft": rows.filter(state=NoticeState.DRAFT), "failed": rows.filter(state__in=[NoticeState.FAILED, NoticeState.MAYBE]),
        "ready": rows.filter(state=NoticeState.READY, channel=Channel.LETTER),
    }  # fmt: skip
    told = {
        "failed": (
            _("Notices that did not arrive: %(count)s"), _("Refused by the mail server, in doubt, or come back. See each and decide."),
        ),
        "ready": (_("Letters to print: %(count)s"), _("They are approved. Print them, then record how they were handed over.")),
    }
    if held & set(SEATERS):
        told["draft"] = (_("Notices to approve: %(count)s"), _("Nothing leaves before a person has read and approved it."))
    for kind, (what, why) in told.items():
        if count := kinds[kind].order_by().values("pk")[: CAP + 1].count():
            yield Line(
                what=what % {"count": how_many(count)}, why=why, url=f"{reverse('registry:notice-desk')}?state={kind}",
                group=Group.MINE, where=_("Notices"), count=count,
            )
