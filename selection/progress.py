"""How far a round has come, stage by stage and place by place, within what a user may see."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from registry.levels import Level
from registry.models import Area, User, lies_in, reach, within_reach
from registry.models.areas import AreaQuerySet
from selection.models import Entry, EntryState, Panel, PanelState, Round, RoundState, Stage, StageState

LEVEL_OF_STAGE: dict[int, Level] = {1: Level.TAMBON, 2: Level.AMPHOE, 3: Level.PROVINCE}
CODE_LENGTH: dict[Level, int] = {Level.PROVINCE: 2, Level.AMPHOE: 4, Level.TAMBON: 6}
EVERYWHERE = ""


class Face(StrEnum):
    """How a stage stands, by the name of its glyph."""

    DONE = "done"
    OPEN = "open"
    LATE = "late"
    OFF = "not"


@dataclass(frozen=True, slots=True)
class Cell:
    """`done` of `of` things of one stage in one place; things are panels of `level`, or products where it is None."""

    done: int
    of: int
    face: Face
    level: Level | None

    @property
    def share(self) -> int:
        """Whole percent, for the drawn bar."""
        return 100 * self.done // self.of if self.of else 0

    @property
    def words(self) -> str:
        """What it is a part of: of 5 tambons, of 12 products."""
        said = {
            Level.TAMBON: _("of %(of)s tambons"), Level.AMPHOE: _("of %(of)s amphoes"),
            Level.PROVINCE: _("of %(of)s provinces"), None: _("of %(of)s products"),
        }  # fmt: skip
        return said[self.level] % {"of": f"{self.of:,}"}


@dataclass(frozen=True, slots=True)
class Row:
    """One place and its five cells."""

    area: Area
    cells: list[Cell]

    @property
    def is_late(self) -> bool:
        return any(cell.face is Face.LATE for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Board:
    """The stages as a whole, and by place: rows of the widest level that divides what the user sees, by the area above."""

    totals: list[tuple[Stage, Cell]]
    level: Level
    groups: list[tuple[Area, list[Row]]]

    @property
    def late(self) -> list[Row]:
        return [row for _above, rows in self.groups for row in rows if row.is_late]


def face(stage: Stage, today: date, *, finished: bool = False) -> Face:
    """How a stage stands on a day: done once it is closed or nothing is left, late while something is left after it."""
    if stage.round.state in (RoundState.DRAFT, RoundState.CANCELLED) or today < stage.opens_on:
        return Face.OFF
    if finished or stage.state == StageState.CLOSED:
        return Face.DONE
    return Face.OPEN if today <= stage.closes_on else Face.LATE


def areas_of(user: User) -> AreaQuerySet:
    """The areas, of today, within the user's reach."""
    condition = Q(pk=None)
    for lft, rght in reach(user):
        condition |= lies_in(lft, rght, "")
    found: AreaQuerySet = Area.objects.current().filter(condition)
    return found


def board(round_: Round, stages: Iterable[Stage], user: User, today: date) -> Board | None:
    """The board of a round for one user, in five queries; None where he reaches no area, as a judge does."""
    here = areas_of(user)
    by_level = dict(here.order_by().values_list("level").annotate(n=Count("pk")))
    level = next((level for level in CODE_LENGTH if by_level.get(level, 0) > 1), Level.TAMBON)
    if not by_level.get(level):
        return None
    count = _Counts(round_, user, here, CODE_LENGTH[level])
    count.asked |= {(EVERYWHERE, kind): number for kind, number in by_level.items()}
    rows = [
        Row(area, [count.cell(stage, area.code, today) for stage in stages])
        for area in here.of_level(level).select_related("parent")
    ]
    return Board(
        totals=[(stage, count.cell(stage, EVERYWHERE, today)) for stage in stages], level=level,
        groups=[(above, list(found)) for above, found in groupby(rows, lambda row: row.area.parent)],
    )  # fmt: skip


class _Counts:
    """Areas, settled panels and products by place; a place is the beginning of an area's code."""

    def __init__(self, round_: Round, user: User, here: AreaQuerySet, length: int) -> None:
        place = Substr("code", 1, length)
        areas = here.filter(level__in=CODE_LENGTH).annotate(place=place).order_by().values_list("place", "level")
        self.asked = {(code, level): number for code, level, number in areas.annotate(n=Count("pk"))}
        self.settled: Counter[tuple[str, int]] = Counter()
        self.reached: Counter[tuple[str, int]] = Counter()
        self.moved: Counter[tuple[str, int]] = Counter()
        panels = within_reach(Panel.objects.filter(stage__round=round_, state=PanelState.SETTLED), user, "area")
        by_panel = panels.annotate(place=Substr("area__code", 1, length)).order_by().values_list("place", "stage__number")
        for code, number, many in by_panel.annotate(n=Count("pk")):
            self.settled[code, number] += many
            self.settled[EVERYWHERE, number] += many
        entries = within_reach(Entry.objects.in_round().filter(round=round_), user, "area")
        by_entry = entries.annotate(place=Substr("area__code", 1, length)).order_by().values_list("place", "stage", "state")
        for code, number, state, many in by_entry.annotate(n=Count("pk")):
            self._add(code, number, state, many)
            self._add(EVERYWHERE, number, state, many)

    def _add(self, place: str, stage: int, state: str, many: int) -> None:
        for number in range(1, stage + 1):
            self.reached[place, number] += many
            if number < stage or state != EntryState.COMPETING:
                self.moved[place, number] += many

    def cell(self, stage: Stage, place: str, today: date) -> Cell:
        """Panels where the place holds areas of the stage's level, else the products that came so far."""
        level = LEVEL_OF_STAGE.get(stage.number)
        asked = self.asked.get((place, level), 0) if level else 0
        if asked:
            done, of = self.settled[place, stage.number], asked
        else:
            level, done, of = None, self.moved[place, stage.number], self.reached[place, stage.number]
        finished = done >= of and (of > 0 or today > stage.closes_on)
        return Cell(done, of, face(stage, today, finished=finished) if of or not place else Face.OFF, level)
