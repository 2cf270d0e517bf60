"""What a stage's rules must be before its round may open: rules that could not be carried out are refused here."""

from collections.abc import Iterator

from registry.refusal import N_, Refusal, refuse
from selection.models import OrderBy, PromotionKind, Scope, Stage

ORDERS: dict[int, tuple[OrderBy, ...]] = {
    1: (OrderBy.FORUM,),
    2: (OrderBy.COMMITTEE,),
    3: (OrderBy.COMMITTEE, OrderBy.TOTAL),
    4: (OrderBy.TOTAL,),
    5: (OrderBy.TOTAL,),
}
WITH_QUOTA = (PromotionKind.QUOTA, PromotionKind.QUOTA_AND_LEAST)
WITH_LEAST = (PromotionKind.LEAST, PromotionKind.QUOTA_AND_LEAST)


def stage_refusals(stage: Stage, *, first_scored: int, last_scored: int) -> Iterator[Refusal]:
    """Everything in the rules of one stage that keeps its round from opening; the parts are scored between those two."""
    yield from _order(stage)
    yield from _scope(stage)
    yield from _stars(stage, last_scored)
    if stage.promotion in WITH_LEAST and stage.number < first_scored:
        yield refuse(
            "least_before_scored",
            N_("Stage %(number)s has a least total, but nothing is scored by then."),
            number=stage.number,
        )


def _order(stage: Stage) -> Iterator[Refusal]:
    allowed = ORDERS[stage.number]
    if stage.order_by not in allowed:
        yield refuse(
            "order_elsewhere",
            N_("Stage %(number)s cannot be ordered by “%(order)s”. Choose: %(orders)s."),
            number=stage.number, order=OrderBy(stage.order_by).label,
            orders=" · ".join(str(order.label) for order in allowed),
        )


def _scope(stage: Stage) -> Iterator[Refusal]:
    if stage.number == 4 and stage.scope == Scope.ALL:
        yield refuse(
            "panels_by_category",
            N_("Stage 4 is assessed by category panels: set its scope to each category by itself."),
        )
    if stage.number in (1, 5) and stage.scope == Scope.CATEGORY:
        yield refuse(
            "one_panel_for_all",
            N_("Stage %(number)s considers all products together: set its scope so."),
            number=stage.number,
        )


def _stars(stage: Stage, last_scored: int) -> Iterator[Refusal]:
    if stage.award_up_to and stage.number < last_scored:
        yield refuse(
            "award_before_scored",
            N_("Stage %(number)s cannot leave stars: parts are scored until stage %(last)s. Set its stars to 0."),
            number=stage.number, last=last_scored,
        )
    if stage.number == 5 and not stage.award_up_to:
        yield refuse("nothing_awarded", N_("Stage 5 gives the stars: say up to how many."))
