"""Writing to a committee of one's areas: as a letter to the body, or to each who sits on it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from registry.actions.committee_notices import write_to_committee
from registry.clock import bangkok_day
from registry.forms.notices import CommitteeNoticeForm
from registry.models import Committee, NoticeBatch, User
from registry.refusal import Refusal
from registry.rules.notices import may_write_to
from registry.views.committees import committees_seen_by, kept_by
from registry.views.writing import Writing


def committees_written_to_by(user: User, at: datetime) -> QuerySet[Committee]:
    """The committees to which the user may write, those nearest the top of his areas first."""
    mine = committees_seen_by(user).filter(kept_by(user, at), origin=user.origin)
    rows: QuerySet[Committee] = mine.order_by("area__lft", "kind", "id")
    return rows


class CommitteeWrite(Writing):
    """One message to one committee; the answer is the draft with its recipients."""

    template_name = "registry/committee_write.html"
    form_class = CommitteeNoticeForm
    called = gettext_lazy("A message to a committee")
    step = 0

    def load(self) -> None:
        self.row = get_object_or_404(committees_seen_by(self.request.user), public_id=self.kwargs["public_id"])
        seats = self.row.seats.active_on(bangkok_day(self.at)).select_related("user").order_by("id")
        self.context |= {
            "committee": self.row, "seated": len(seats), "without_mail": [seat.user.full_name for seat in seats if not seat.user.email],
            "steps": [], "sample": self.row.origin == "sample",
        }

    def against(self) -> Iterable[Refusal | None]:
        return may_write_to(self.request.user, self.row, self.at)

    def values(self) -> dict[str, Any]:
        return {"language": "th"}

    def act(self, data: dict[str, Any]) -> str:
        written = write_to_committee(by=self.request.user, committee=self.row, **data)
        page = "registry:batch-show" if isinstance(written, NoticeBatch) else "registry:notice-show"
        return reverse(page, args=[written.public_id])
