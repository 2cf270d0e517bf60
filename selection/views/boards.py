"""What the page of each stage shows of the work: the order and its edge, sheets on their way, the plan."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.clock import bangkok_day
from registry.models import Area, Conformity, lapsed_among, reaches
from selection import rules, scoring
from selection.actions import category_panels, rankings
from selection.forms.rankings import OrderLineForm, SupportForm, order_forms
from selection.models import Entry, OrderBy, Panel, PanelState, PromotionKind, RankLine, Stage, SupportLine
from selection.views.edge import edge_at, edge_form
from selection.views.national_board import national_board
from selection.views.sealed import sample_numbers, sheets_of
from selection.views.unsent import carried, changed_since, order_stood, put_back

UP, STOP = "up", "stay"


@dataclass(slots=True)
class Row:
    """One line of the order. `state` is a glyph's name, `words` what it means; `theirs` is what another has saved."""

    entry: Entry
    place: int | None
    state: str
    words: str
    total: int | None = None
    reason: str = ""
    edge_reason: str = ""
    barred: str = ""
    lapsed: Sequence[Conformity] = ()
    overtaken: str = ""
    left: int = 0
    sample: int | None = None
    form: OrderLineForm | None = None
    theirs: RankLine | None = None


@dataclass(slots=True)
class Group:
    """Rows that share a place; `edge` says the rule where the line of those who go up falls below them."""

    rows: list[Row]
    edge: str = ""

    @property
    def tied(self) -> bool:
        return len(self.rows) > 1 and self.rows[0].place is not None


@dataclass(slots=True)
class Plan:
    """Lines of one area with their sum (whole baht)."""

    area: Area
    lines: list[SupportLine] = field(default_factory=list)

    @property
    def baht(self) -> int:
        return sum(line.amount_baht for line in self.lines)


def board(user: Any, panel: Panel, at: datetime, said: Mapping[str, Any]) -> tuple[str, dict[str, Any], list[Entry]]:
    """The template of the panel's stage, what it shows beside the frame, and the entries before the panel."""
    if panel.stage.number == 5:
        return national_board(user, panel, at, said)
    if panel.stage.number == 4:
        return scoring_board(user, panel, at, said)
    return ranking_board(user, panel, at, said)


def ranking_board(user: Any, panel: Panel, at: datetime, said: Mapping[str, Any]) -> tuple[str, dict[str, Any], list[Entry]]:
    """Stages 2 and 3."""
    leads = not any((rules.panel_open(panel), rules.may_lead(user, panel, at), rules.stage_open(panel.stage, at)))
    plan, below = plan_of(panel), plans_below(panel)
    shown = {
        "plan": plan, "plans_below": below, "joined_baht": plan.baht + sum(other.baht for other in below),
        "sheets": sheets_of(user, panel, leads),
    }  # fmt: skip
    if panel.state == PanelState.SETTLED:
        entries = scoring.considered(panel)
        return "selection/ranking_show.html", {**shown, **settled_order(panel)}, entries
    seen = rankings.outlook(panel, at=at)
    typing = leads and not said.get("read_only")
    forms = said.get("order_forms") or (order_forms(seen.entries, seen.lines) if typing else {})
    draft = said.get("drafts", {}).get("order") if typing and "order_forms" not in said else None
    for form in forms.values():
        put_back(form, draft)
    stood = order_stood(panel)
    others = changed_since(draft, stood)
    rows = open_rows(panel, seen, forms, conflict=said.get("conflict", others))
    names = {entry.public_id: entry.product.name for entry in seen.entries}
    tied = {entry.public_id: entry.product.name for entry in seen.entries if entry.pk in seen.tied}
    shown |= {
        "groups": grouped(rows, panel.stage, seen.up | seen.tied, cut=bool(seen.tied), room=seen.room),
        "rows": rows, "refusals": seen.refusals, "totals_known": bool(seen.totals),
        "order_version": said.get("order_version", carried(draft, "version", panel.version)), "conflict": said.get("conflict", False),
        "order_stood": said.get("order_stood", carried(draft, "stood", stood)), "order_draft": draft, "order_changed": others,
        "order_errors": said.get("order_errors", []), "line_errors": line_errors(rows), "tied": bool(seen.tied), "room": seen.room,
        **(edge_at(panel, seen.entries, seen, said) if tied and leads else {"edge_form": None}),
        "tied_names": list(tied.values()), "undecided": bool(seen.edge),
        "support_form": SupportForm(entries=names) if leads else None,
    }  # fmt: skip
    if leads:
        put_back(shown["support_form"], said.get("drafts", {}).get("plan"))
    return "selection/ranking_show.html", shown, seen.entries


def open_rows(panel: Panel, seen: rankings.Outlook, forms: Mapping[int, OrderLineForm], *, conflict: bool) -> list[Row]:
    """The working order, placed ones first; those without a place in the order they came."""
    left = Counter(panel.recusals.values_list("entry_id", flat=True))
    papers = lapsed_among((entry.product_id for entry in seen.entries), bangkok_day(timezone.now()))
    rows = []
    for entry in seen.entries:
        line = seen.lines.get(entry.pk)
        state, words = row_state(panel.stage, seen, entry, line)
        form = forms.get(entry.pk)
        rows.append(
            Row(
                entry=entry, place=line.place if line else None, state=state, words=words, total=seen.totals.get(entry.pk),
                reason=line.reason if line else "", edge_reason=line.edge_reason if line else "",
                barred=seen.barred.get(entry.pk, ""), lapsed=papers.get(entry.product_id, ()),
                overtaken=overtaken_by(entry, seen, panel.stage),
                left=left[entry.pk], form=form, theirs=line if conflict and form and differs(form, line) else None,
            )
        )
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0))


def line_errors(rows: Iterable[Row]) -> list[dict[str, str]]:
    """Every fault of a typed line: the product's name, the sentence, the id of its field."""
    return [
        {"name": row.entry.product.name, "words": words, "target": bound.id_for_label}
        for row in rows if row.form is not None and row.form.is_bound
        for bound in row.form for words in bound.errors
    ]  # fmt: skip


def differs(form: OrderLineForm, line: RankLine | None) -> bool:
    """Whether what was typed is something else than what is stored now."""
    stored = (line.place, line.reason, line.edge_reason) if line else (None, "", "")
    typed = form.cleaned_data if form.is_bound else form.initial
    return [str(said or "") for said in stored] != [str(typed.get(name) or "") for name in ("place", "reason", "edge_reason")]


def row_state(stage: Stage, seen: rankings.Outlook, entry: Entry, line: RankLine | None) -> tuple[str, str]:
    """What would become of the entry if the order were settled now."""
    if line is None or not line.place:
        return "not", _("no place yet")
    if entry.pk in seen.barred:
        return "late", _("lacks a standard")
    if entry.pk in seen.edge:
        return "late", _("to be decided")
    return up_words(stage) if entry.pk in seen.up else stop_words(stage)


def up_words(stage: Stage) -> tuple[str, str]:
    words = {2: _("up to the province"), 3: _("up to the centre"), 4: _("up to the national committee")}
    return UP, words[stage.number]


def stop_words(stage: Stage) -> tuple[str, str]:
    words = {2: _("stops at the amphoe"), 3: _("stops at the province"), 4: _("stops at stage 4")}
    return STOP, words[stage.number]


def overtaken_by(entry: Entry, seen: rankings.Outlook, stage: Stage) -> str:
    """The name of a product with more marks that stands below this one, where that asks for a reason."""
    line = seen.lines.get(entry.pk)
    if stage.order_by != OrderBy.COMMITTEE or line is None or not line.place or entry.pk not in seen.totals:
        return ""
    below = [
        other for other in seen.lines.values()
        if (other.place or 0) > line.place and seen.totals.get(other.entry_id, 0) > seen.totals[entry.pk]
    ]  # fmt: skip
    return below[0].entry.product.name if below else ""


def grouped(rows: Iterable[Row], stage: Stage, up: Iterable[int], *, cut: bool, room: int) -> list[Group]:
    """Rows by place, with the rule of the stage under the last group that goes up."""
    groups: list[Group] = []
    for row in rows:
        if groups and row.place is not None and groups[-1].rows[0].place == row.place:
            groups[-1].rows.append(row)
        else:
            groups.append(Group([row]))
    rising = set(up)
    last = next((group for group in reversed(groups) if any(row.entry.pk in rising for row in group.rows)), None)
    if last is not None:
        last.edge = edge_words(stage, cut=cut, room=room)
    return groups


def edge_words(stage: Stage, *, cut: bool, room: int) -> str:
    """The stage's rule of who goes up, in words."""
    points = f"{(stage.least_total or 0) / 100:.2f}"
    words = {
        PromotionKind.ALL: _("All that meet the conditions go up"),
        PromotionKind.QUOTA: _("Quota of %(quota)s") % {"quota": stage.quota},
        PromotionKind.LEAST: _("At least %(points)s points") % {"points": points},
        PromotionKind.QUOTA_AND_LEAST: _("Quota of %(quota)s, at least %(points)s points") % {
            "quota": stage.quota, "points": points,
        },
    }  # fmt: skip
    said = words[PromotionKind(stage.promotion)]
    return f"{said} · " + _("the line cuts through products that tie, room for %(room)s") % {"room": room} if cut else said


def settled_order(panel: Panel) -> dict[str, Any]:
    """The order as it was settled, with the totals, the reasons and the digest that were frozen."""
    left = Counter(panel.recusals.values_list("entry_id", flat=True))
    numbers = sample_numbers(panel)
    placements = panel.ranking.placements.select_related("entry__product__producer", "entry__area__parent__parent")
    rows = []
    for placement in placements:
        state, words = up_words(panel.stage) if placement.up else stop_words(panel.stage)
        rows.append(Row(placement.entry, placement.place, state, words, placement.total, placement.reason,
                        left=left[placement.entry_id], sample=numbers.get(placement.entry_id)))  # fmt: skip
    rows.sort(key=lambda row: (row.place or 0, row.sample or 0))
    up = {placement.entry_id for placement in placements if placement.up}
    return {
        "groups": grouped(rows, panel.stage, up, cut=False, room=0), "rows": rows, "ranking": panel.ranking,
        "totals_known": any(row.total is not None for row in rows), "up_count": len(up),
    }  # fmt: skip


def plan_of(panel: Panel) -> Plan:
    """The panel's own lines of support."""
    return Plan(panel.area, list(panel.support_lines.select_related("entry__product")))


def plans_below(panel: Panel) -> list[Plan]:
    """At stage 3 the lines of the amphoes for the products that came up from them, by amphoe."""
    if panel.stage.number != 3:
        return []
    lines = (
        SupportLine.objects.within(panel.area)
        .filter(panel__stage__round=panel.stage.round_id, panel__stage__number=2, entry__placements__ranking__stage__number=2,
                entry__placements__up=True)
        .select_related("entry__product", "area")
        .order_by("area__name_sort", "id")
    )  # fmt: skip
    plans: dict[int, Plan] = {}
    for line in lines:
        plans.setdefault(line.area_id, Plan(line.area)).lines.append(line)
    return list(plans.values())


def scoring_board(user: Any, panel: Panel, at: datetime, said: Mapping[str, Any]) -> tuple[str, dict[str, Any], list[Entry]]:
    """Stage 4: progress for those who lead, one's own sheets for the judges, the order once it is settled."""
    leads = not any((rules.panel_open(panel), rules.may_lead(user, panel, at), rules.stage_open(panel.stage, at)))
    settled, entries = panel.state == PanelState.SETTLED, scoring.considered(panel)
    shown: dict[str, Any] = {"sheets": sheets_of(user, panel, leads), "samples": len(entries)}
    if settled:
        shown |= {**settled_order(panel), "names_shown": reaches(user, panel.area)}
        return "selection/panel_show.html", shown, entries
    seen = category_panels.outlook(panel)
    form = edge_form(panel, entries, seen)
    shown |= {
        "refusals": seen.refusals if leads else [], "complete": bool(seen.totals),
        "tied": bool(seen.tied), "room": seen.room, "undecided": bool(seen.edge),
        "tied_names": [name for _key, name in form.fields["chosen"].choices], "edge_form": None,
    }  # fmt: skip
    if seen.tied and leads:
        shown |= edge_at(panel, entries, seen, said)
    return "selection/panel_show.html", shown, entries
