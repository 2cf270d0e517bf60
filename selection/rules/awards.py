"""Rules of stage 5: who certifies, who announces, and what must be there before."""

from collections.abc import Collection, Iterator
from datetime import datetime

from registry.models import User
from registry.refusal import N_, Refusal, refuse
from selection.models import Award, DecisionLine, DecisionOutcome, Entry, Panel, Round, RoundKind
from selection.rules.rankings import may_lead
from selection.rules.rounds import may_run_rounds


def may_certify(user: User | None, panel: Panel, at: datetime) -> Refusal | None:
    """The chair, a deputy or the secretary of the national committee certifies for it."""
    if panel.stage.number != 5:
        return refuse("not_the_last_stage", N_("Only the national committee at stage 5 certifies."))
    return may_lead(user, panel, at)


def is_standard(round_: Round) -> Refusal | None:
    """A rehearsal gives no award."""
    if round_.kind == RoundKind.STANDARD:
        return None
    return refuse("rehearsal", N_("%(round)s is a rehearsal: it ends here, without awards."), round=round_.name)


def has_decision(lines: Collection[DecisionLine], entries: Collection[Entry]) -> Iterator[Refusal]:
    """Every entry has the committee's word before it certifies."""
    if not entries:
        yield refuse("nothing_to_certify", N_("Nothing waits for the committee's decision."))
    decided = {line.entry_id for line in lines}
    for entry in entries:
        if entry.pk not in decided:
            yield refuse("decision_missing", N_("Decide on %(name)s first."), name=entry.product.name)


def only_held(lines: Collection[DecisionLine], entries: Collection[Entry]) -> Refusal | None:
    """Certifying gives a star or refuses one; holding everything needs no act."""
    words = {line.entry_id: line.outcome for line in lines}
    if not entries or any(words.get(entry.pk) != DecisionOutcome.HOLD for entry in entries):
        return None
    return refuse(
        "all_held", N_("Every product is held for a later announcement. Choose at least one to certify or to refuse.")
    )


def total_is_known(entry: Entry, total: int | None, called: str = "") -> Refusal | None:
    """A star follows from a total of all parts."""
    if total is not None:
        return None
    return refuse("total_missing", N_("%(name)s has not been scored in every part."), name=called or entry.product.name)


def may_announce(user: User | None, at: datetime) -> Refusal | None:
    """A central officer announces what was certified."""
    return may_run_rounds(user, at)


def something_to_announce(awards: Collection[Award]) -> Refusal | None:
    """An announcement publishes at least one award."""
    return None if awards else refuse("nothing_to_announce", N_("Nothing certified waits to be announced."))
