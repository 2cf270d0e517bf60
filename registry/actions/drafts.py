"""Keeping what somebody has typed and not yet sent."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from registry.actions.acts import moment
from registry.models import Draft, RetentionRule, User

MOST_DRAFTS = 100


def days_kept() -> int:
    """For how many days a draft is kept: the retention rule of drafts, which is data."""
    return RetentionRule.objects.get(kind="draft").erase_after_days


@transaction.atomic
def keep_draft(*, by: User, page: str, typed: Mapping[str, str | list[str]], at: datetime | None = None) -> Draft:
    """Keeps what `by` has typed on `page` (a path) in place of what was kept before; old drafts of his go."""
    now = moment(at)
    draft, _fresh = Draft.objects.update_or_create(user=by, page=page, defaults={"typed": dict(typed), "at": now})
    mine = Draft.objects.filter(user=by)
    mine.filter(at__lt=now - timedelta(days=days_kept())).delete()
    newest = mine.order_by("-at", "-id").values("pk")[:MOST_DRAFTS]
    mine.exclude(pk__in=newest).delete()
    return draft


def drop_draft(*, by: User, page: str) -> None:
    """Forgets the draft of `page`; done by the act that the form leads to, or when the writer says so."""
    Draft.objects.filter(user=by, page=page).delete()
