"""Support plans: lines of help a panel writes beside its order, joined upward."""

from datetime import datetime

from django.db import transaction

from registry.actions.acts import moment, note
from registry.models import User
from registry.refusal import require
from registry.thai import normalise
from selection import rules
from selection.actions.locks import lock_panel
from selection.models import Entry, Panel, SupportLine


@transaction.atomic
def add_support(
    *,
    panel: Panel,
    entry: Entry,
    help: str,  # noqa: A002 - the field's name
    budget: str,
    amount_baht: int,
    by: User,
    at: datetime | None = None,
) -> SupportLine:
    """Adds a line to the panel's plan: what help, from which budget, how many whole baht."""
    now = moment(at)
    locked = lock_panel(panel)
    require(
        rules.may_lead(by, locked, now),
        rules.panel_open(locked),
        rules.stage_open(locked.stage, now),
        rules.before_panel(entry, locked),
    )
    line = SupportLine.objects.create(
        panel=locked,
        area=locked.area,
        entry=entry,
        help=normalise(help),
        budget=normalise(budget),
        amount_baht=amount_baht,
        created_by=by,
        created_at=now,
    )
    note("add_support", line, by=by, at=now, after={"amount_baht": amount_baht})
    return line


@transaction.atomic
def drop_support(*, line: SupportLine, by: User, at: datetime | None = None) -> None:
    """Takes a line out of a plan that is not settled yet; the history keeps what it was."""
    now = moment(at)
    locked = lock_panel(line.panel)
    require(rules.may_lead(by, locked, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    note(
        "drop_support",
        line,
        by=by,
        at=now,
        before={"help": line.help, "budget": line.budget, "amount_baht": line.amount_baht},
    )
    SupportLine.objects.filter(pk=line.pk).delete()
