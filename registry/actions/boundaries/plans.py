"""From orders to a plan: which areas begin, change and end, and everything that stands against it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from registry.actions.boundaries.orders import Orders, Part
from registry.levels import Level, level_of_code, parent_code
from registry.models import Area, ChangeKind
from registry.refusal import Refusal
from registry.rules import boundaries as rules


@dataclass(slots=True)
class Fate:
    """One area and what becomes of it. `area` is None for one that begins; `heirs` are codes that follow, its own too."""

    code: str
    level: str
    name_th: str
    name_en: str
    area: Area | None = None
    heirs: tuple[str, ...] = ()
    ends: bool = False

    @property
    def differs(self) -> bool:
        """True when something of an existing area changes, if only its boundary."""
        area = self.area
        assert area is not None  # asked of existing areas only
        said = (area.code, area.name_th, area.name_en) != (self.code, self.name_th, self.name_en)
        return self.ends or said or len(self.heirs) > 1


@dataclass(slots=True)
class Plan:
    """What a change does. `asked` are divided tambons whose producers and products cannot be placed without asking."""

    orders: Orders
    on: date
    roots: list[Area] = field(default_factory=list)
    begins: list[Fate] = field(default_factory=list)
    changes: list[Fate] = field(default_factory=list)
    ends: list[Fate] = field(default_factory=list)
    asked: list[Area] = field(default_factory=list)
    problems: list[Refusal | None] = field(default_factory=list)

    @property
    def belonging(self) -> bool:
        """Whether it changes what belongs where; a new name alone does not."""
        return self.orders.kind != ChangeKind.RENAME


def plan_of(orders: Orders, on: date, at: datetime) -> Plan:
    """The whole plan with all its problems; a plan with problems is never carried out."""
    plan = Plan(orders, on)
    found = {area.code: area for area in Area.objects.current().with_path().filter(code__in=orders.areas)}
    plan.roots = [found[code] for code in orders.areas if code in found]
    plan.problems += [rules.no_such_area(code) for code in orders.areas if code not in found]
    plan.problems += [rules.is_changeable(area) for area in plan.roots]
    if not plan.roots or any(plan.problems):
        return plan
    steps = _steps(plan)
    plan.changes = [step for step in steps if step.area is not None and step.differs and not step.ends]
    plan.ends = [step for step in steps if step.ends]
    plan.asked = [area for area in plan.roots if area.level == Level.TAMBON and orders.kind == ChangeKind.SPLIT]
    _check(plan, at)
    return plan


def _steps(plan: Plan) -> list[Fate]:
    """The steps of everything in the subtrees that are touched, what lies above before what lies in it."""
    orders = plan.orders
    moves, steps = dict(orders.moves), []
    heads = {ChangeKind.SPLIT.value: _divided, ChangeKind.MERGE.value: _united}.get(orders.kind, _said_anew)(plan)
    inside = [area for root in plan.roots for area in Area.objects.current().within(root)]
    codes: dict[int, str] = {}  # by area: the code that what lies in it begins with
    for area in sorted(inside, key=lambda area: (len(area.code), area.code)):
        head = heads.get(area.code)
        above = codes.get(area.parent_id or 0)
        new = moves.pop(area.code, None) or (above + area.code[-2:] if above is not None else area.code)
        step = head or Fate(new, area.level, area.name_th, area.name_en, area, (new,))
        if step.code != area.code or (step.ends and orders.kind == ChangeKind.MERGE):
            codes[area.pk] = step.heirs[0] if step.ends else step.code
        steps.append(step)
    plan.problems += [rules.no_such_area(code) for code in moves]
    return steps


def _said_anew(plan: Plan) -> dict[str, Fate]:
    """A new name or a new code of one area."""
    root, orders = plan.roots[0], plan.orders
    code = orders.code if orders.kind == ChangeKind.RECODE and orders.code else root.code
    names = (orders.name_th or root.name_th, orders.name_en or root.name_en)
    if len(plan.roots) > 1 or (code, *names) == (root.code, root.name_th, root.name_en):
        plan.problems.append(rules.nothing_changes())
    return {root.code: Fate(code, root.level, *names, root, (code,))}


def _divided(plan: Plan) -> dict[str, Fate]:
    """One area that gives parts away, and goes on or ends."""
    root, orders = plan.roots[0], plan.orders
    plan.begins = [_begun(part, root.level) for part in orders.parts]
    own = (root.code,) if orders.keeps else ()
    heirs = own + tuple(part.code for part in orders.parts)
    if len(plan.roots) > 1 or not orders.parts or len(heirs) < 2:
        plan.problems.append(rules.parts_needed())
    return {root.code: Fate(root.code, root.level, root.name_th, root.name_en, root, heirs, ends=not orders.keeps)}


def _united(plan: Plan) -> dict[str, Fate]:
    """Several areas that become one: one of them, or one that begins."""
    orders, into = plan.orders, plan.orders.code
    if len(plan.roots) < 2 or len({area.level for area in plan.roots}) > 1:
        plan.problems.append(rules.several_needed())
    heads = {
        area.code: Fate(area.code, area.level, area.name_th, area.name_en, area, (into,), ends=area.code != into)
        for area in plan.roots
    }
    if into in heads:
        going_on = heads[into]
        going_on.name_th, going_on.name_en = orders.name_th or going_on.name_th, orders.name_en or going_on.name_en
        going_on.heirs = (into, into)  # its boundary grows: its past state is kept though nothing else changes
    else:
        plan.begins = [_begun(Part(into, orders.name_th, orders.name_en), plan.roots[0].level)]
    return heads


def _begun(part: Part, level: str) -> Fate:
    return Fate(part.code, level, part.name_th, part.name_en)


def _check(plan: Plan, at: datetime) -> None:
    """Everything about codes, days and what stands in the way; adds what it finds to the plan's problems."""
    said = plan.begins + plan.changes
    plan.problems += [rules.code_fits(step.code, step.level) for step in said]
    plan.problems += [rules.name_of_area_fits(step.code, step.name_th, step.name_en) for step in said]
    if any(plan.problems):
        return
    plan.problems += _codes_hold(said, _areas(plan.changes + plan.ends))
    plan.problems += [rules.follows_the_last(area, plan.on) for area in _areas(plan.changes + plan.ends)]
    plan.problems += _left_over(plan)
    plan.problems += rules.places_settled(plan.roots)
    plan.problems += rules.registrations_decided(_areas(plan.ends))
    if plan.belonging:
        plan.problems += rules.objections(plan.roots, at)


def _areas(steps: Iterable[Fate]) -> list[Area]:
    return [step.area for step in steps if step.area is not None]


def _codes_hold(said: list[Fate], gone: list[Area]) -> list[Refusal]:
    """Afterwards every code has one area, and every area one above it."""
    new = Counter(step.code for step in said)
    above = {str(parent_code(step.code)) for step in said}
    freed = [area.pk for area in gone]
    others = Area.objects.current().exclude(pk__in=freed)
    kept = set(others.filter(code__in=[*new, *above]).values_list("code", flat=True))
    twice = [code for code, count in new.items() if count > 1 or code in kept]
    orphans = [step.code for step in said if parent_code(step.code) not in kept | set(new)]
    return [rules.code_taken(code) for code in twice] + [rules.area_above_missing(code) for code in orphans]


def _left_over(plan: Plan) -> list[Refusal | None]:
    """An area whose code ends, and one that ends, keep nothing below them that has not moved."""
    moved: Mapping[int, Fate] = {step.area.pk: step for step in plan.changes if step.area is not None}
    found = []
    for step in [*plan.ends, *plan.changes]:
        area = step.area
        if area is None or (not step.ends and step.code == area.code) or level_of_code(area.code) == Level.TAMBON:
            continue
        below = Area.objects.current().filter(parent=area).values_list("pk", "code")
        stays = [pk for pk, _code in below if pk not in moved or (step.ends and parent_code(moved[pk].code) == area.code)]
        found.append(rules.areas_left_over(area, len(stays)))
    return found
