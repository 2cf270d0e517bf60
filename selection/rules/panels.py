"""Rules of panels on the way up: which entries are before a panel, and when it may finish."""

from collections.abc import Collection, Iterator

from registry.models import Category, Seat
from registry.refusal import N_, Refusal, refuse
from selection import scoring
from selection.models import Entry, EntryState, Panel, PanelState, Scope, Stage
from selection.rules.rounds import entry_stands_at


def before_panel(entry: Entry, panel: Panel) -> Refusal | None:
    """A panel acts on the entries that stand at its stage, in its area, of its category."""
    if entry_stands_at(entry, panel.stage):
        return entry_stands_at(entry, panel.stage, scoring.public_name(panel, entry))
    if panel.area.contains(entry.area) and panel.category_id in (None, entry.category_id):
        return None
    return refuse("entry_of_another_panel", N_("%(name)s is not before this panel."), name=scoring.public_name(panel, entry))


def category_of_panel(stage: Stage, category: Category | None) -> Refusal | None:
    """One panel for all products, or one for each category, as the stage's scope says."""
    if (category is not None) == (stage.scope == Scope.CATEGORY):
        return None
    if category is None:
        return refuse(
            "category_wanted",
            N_("Stage %(number)s considers each category by itself. Choose the category."),
            field="category", number=stage.number,
        )
    return refuse(
        "no_category_wanted", N_("Stage %(number)s considers all products together."), field="category",
        number=stage.number,
    )


def nothing_left_below(panel: Panel) -> Refusal | None:
    """A panel settles (judges begin) when nothing that could come up to it waits at an earlier stage."""
    waiting = Entry.objects.within(panel.area).filter(
        round=panel.stage.round_id, stage__lt=panel.stage.number, state=EntryState.COMPETING
    )
    if panel.category_id is not None:
        waiting = waiting.filter(category=panel.category_id)
    stages = list(waiting.order_by("stage").values_list("stage", flat=True))
    if not stages:
        return None
    return refuse(
        "waiting_below",
        N_("%(count)s products still wait at stage %(below)s. Settle or close that stage first."),
        count=len(stages), below=stages[0],
    )


def way_up_open(panel: Panel, above: Collection[Panel]) -> Refusal | None:
    """Nothing goes up to a body that has finished, or to judges whose samples are numbered already."""
    if all(other.state == PanelState.OPEN and other.stage.number != 4 for other in above):
        return None
    return refuse(
        "finished_above",
        N_(
            "Stage %(above)s has settled its order or numbered its samples without these products."
            " They can enter the next round."
        ),
        above=panel.stage.number + 1,
    )


def signers_stay(panel: Panel, present: Collection[Seat]) -> Iterator[Refusal]:
    """Whoever signed a sheet was there."""
    there = {seat.pk for seat in present}
    signed = Seat.objects.filter(sheets__panel=panel).exclude(pk__in=there)
    for seat in signed.select_related("user").distinct():
        yield refuse(
            "signer_was_there",
            N_("%(name)s has signed score sheets at this meeting. Leave the mark “present” as it is."),
            field="present", name=seat.user.full_name,
        )
