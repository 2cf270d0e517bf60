"""Rounds, committees and products on their way through a selection, made by the actions with plain defaults.

`open_round()` opens a round whose five stages all run today. `through(stage=3)` takes five products of two tambons of
one amphoe through stages 1 to 3 and gives a Way, whose functions take the next steps.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from registry.actions.acts import moment
from registry.clock import bangkok_day
from registry.models import Category, Committee, CommitteeKind, Origin, Product, Seat, SeatRole, User
from registry.refusal import Refused
from selection import scoring
from selection.actions import awards, category_panels, criteria, forum, plans, rankings, rounds, sheets
from selection.models import (
    Announcement,
    Award,
    CriteriaSet,
    DecisionOutcome,
    Entry,
    ForumLine,
    Panel,
    Part,
    Ranking,
    Round,
    RoundCriteria,
    Sheet,
    Stage,
)
from selection.tally import Band
from tests import make

BANDS = [Band(5, 9000), Band(4, 8000), Band(3, 7000), Band(2, 5000), Band(1, 0)]
# The marks that the one item of each part may get, in hundredths; the first is the whole part.
LEVELS: dict[str, tuple[int, ...]] = {
    "ก": (3000, 2700, 2400, 2100, 1500, 900, 0), "ข": (3000, 2700, 2400, 2100, 1500, 900, 0),
    "ค": (4000, 3600, 3200, 2800, 2000, 1200, 0),
}
STAGE_OF = {"ก": 3, "ข": 3, "ค": 4}
CODES = {"ก": "a1.1", "ข": "b1.1", "ค": "c1.1"}


def today() -> date:
    return bangkok_day(moment(None))


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """Inside the block something is refused for exactly these reasons."""
    with pytest.raises(Refused) as caught:
        yield
    assert sorted(set(caught.value.codes)) == sorted(codes)
    assert all(sentence and "%(" not in sentence for sentence in caught.value.sentences)


def central() -> User:
    """The central officer of these tests, the same at every call."""
    return User.objects.filter(username="central.tests").first() or make.central_officer(username="central.tests")


def criteria_set(
    category: Category | str = "apparel", *, levels: Mapping[str, Sequence[int]] = LEVELS, active: bool = True
) -> CriteriaSet:
    """A set of parts ก, ข (stage 3) and ค (stage 4), each of one item with `levels`, proved by one example."""
    kind = make.category(category) if isinstance(category, str) else category
    made = criteria.enter_criteria(
        category=kind, name_th=f"หลักเกณฑ์ทดสอบ {kind.name_th}", name_en=f"Test criteria {kind.name_en}", official=False,
        parts=[part_spec(letter, points) for letter, points in levels.items()],
        examples=[criteria.ExampleSpec({"a": [3000], "b": [3000], "c": [3000]}, 9000, 5)],
        source_note_th="ตัวอย่างสำหรับทดสอบ", source_note_en="An example for tests", by=central(),
    )
    return criteria.activate_criteria(criteria_set=made, bands=BANDS, by=central()) if active else made


def part_spec(letter: str, points: Sequence[int]) -> criteria.PartSpec:
    levels = tuple(criteria.LevelSpec(mark, f"ระดับ {mark}", f"Level {mark}") for mark in points)
    item = criteria.ItemSpec(f"ข้อของส่วน {letter}", f"Item of {letter}", levels)
    group = criteria.GroupSpec(f"หมวดของส่วน {letter}", f"Group of {letter}", (item,))
    return criteria.PartSpec(letter, STAGE_OF[letter], f"ส่วน {letter}", f"Part {letter}", (group,))


def draft_round(
    key: str = "2569", *, by: User | None = None, levels: Mapping[str, Sequence[int]] = LEVELS,
    stages: Mapping[int, Mapping[str, Any]] | None = None, standards: Mapping[str, Sequence[str]] | None = None,
    days: Mapping[int, tuple[date, date]] | None = None, criteria_sets: bool = True, **rest: Any,
) -> Round:
    """A draft round with everything it needs to open; `stages` overrides fields of a stage by its number.

    `standards` holds the codes of accepted standards by category code; without it every product is eligible.
    """
    who, day = by or central(), today()
    calendar = {number: (day - timedelta(days=30), day + timedelta(days=60)) for number in range(1, 6)}
    round_ = rounds.create_round(**{
        "key": key, "year_be": int(key[:4]), "name_th": f"รอบทดสอบ {key}", "name_en": f"Test round {key}",
        "register_closes_on": day, "calendar": {**calendar, **(days or {})}, "by": who, **rest,
    })
    for number, changes in (stages or {}).items():
        rounds.change_stage(stage=round_.stages.get(number=number), by=who, **changes)
    for category in Category.objects.all() if criteria_sets else []:
        kept = CriteriaSet.objects.filter(category=category).order_by("-edition").first()
        usable = kept if kept and levels is LEVELS else criteria_set(category, levels=levels)
        rounds.use_criteria(round_=round_, criteria_set=usable, by=who)
    for code, accepted in (standards or {}).items():
        for standard in accepted:
            rounds.accept_standard(round_=round_, category=make.category(code), standard=make.standard(standard), by=who)
    return round_


def open_round(key: str = "2569", *, by: User | None = None, **rest: Any) -> Round:
    """`draft_round`, opened."""
    return rounds.open_round(round_=draft_round(key, by=by, **rest), by=by or central())


def stage(round_: Round, number: int) -> Stage:
    return round_.stages.get(number=number)


@dataclass
class Body:
    """A committee with its people: `chair`, `secretary` and `members`, each a user with a seat."""

    committee: Committee
    chair: User
    secretary: User
    members: list[User]

    @property
    def users(self) -> list[User]:
        return [self.chair, self.secretary, *self.members]

    @property
    def seats(self) -> list[Seat]:
        return list(self.committee.seats.order_by("pk"))

    def seat(self, user: User) -> Seat:
        return self.committee.seats.get(user=user)


def body(kind: str, code: str, *, members: int = 3, category: str | None = None, origin: str = Origin.REAL) -> Body:
    """The committee of `kind` in the area `code` with chair, secretary and `members` more; the same one if it is there."""
    of = {"category": make.category(category)} if category else {}
    committee = make.committee(kind, code, origin=origin, **of)
    if not committee.seats.exists():
        for role in [SeatRole.CHAIR, SeatRole.SECRETARY, *[SeatRole.MEMBER] * members]:
            make.seat(committee, role=role)
    users = {role: [seat.user for seat in committee.seats.filter(role=role).order_by("pk")] for role in SeatRole.values}
    return Body(committee, users["chair"][0], users["secretary"][0], users["member"])


def amphoe(code: str = make.PARENT, **rest: Any) -> Body:
    return body(CommitteeKind.AMPHOE, code, **rest)


def province(code: str = make.PROVINCE, *, members: int = 1, **rest: Any) -> Body:
    return body(CommitteeKind.PROVINCE, code, members=members, **rest)


def national(*, members: int = 1, **rest: Any) -> Body:
    return body(CommitteeKind.NATIONAL, make.CENTRE, members=members, **rest)


def judges(category: str = "apparel", *, members: int = 1, **rest: Any) -> Body:
    """Three judges of a category unless more `members` are asked."""
    return body(CommitteeKind.JUDGES, make.CENTRE, category=category, members=members, **rest)


# --- stage 1 --------------------------------------------------------------------------------------------------------

PASSED: dict[str, Any] = {
    "wisdom": True, "wisdom_evidence": "สืบทอดจากปู่ย่า", "material": True, "material_evidence": "ฝ้ายในตำบล",
    "plan": True, "plan_evidence": "แผนพัฒนาตำบล หน้า 12",
}


def convened_forum(round_: Round, code: str = make.HOME, *, by: User | None = None, present: int = 60, **rest: Any) -> Panel:
    """A forum of today with its attendance."""
    who = by or make.recorder(code)
    panel = forum.convene_forum(round_=round_, area=make.area(code), by=who)
    return forum.record_forum(panel=panel, version=panel.version, by=who, **{"held_on": today(), "present": present, **rest})


def brought(panel: Panel, product: Product, *, by: User, **said: Any) -> ForumLine:
    """A product before the forum with its line: all tests passed, chosen, unless `said` differs."""
    line = forum.bring(panel=panel, product=product, by=by)
    return forum.record_line(line=line, version=line.version, by=by, **{**PASSED, "votes": 10, "chosen": True, **said})


def settled_forum(round_: Round, products: Sequence[Product], code: str = make.HOME, **rest: Any) -> Ranking:
    """A forum that sent all of `products` up."""
    who = make.recorder(code)
    panel = convened_forum(round_, code, by=who)
    for place, product in enumerate(products):
        brought(panel, product, by=who, votes=50 - place, **rest)
    return forum.settle_forum(panel=panel, by=who)


# --- stages 2, 3 and 5: committees ----------------------------------------------------------------------------------


def convened(round_: Round, number: int, of: Body, *, category: Category | None = None, met: bool = True) -> Panel:
    """The panel of a committee at a stage, with a meeting in order (all present) unless `met` is false."""
    panel = rankings.convene_panel(
        round_=round_, stage_number=number, area=of.committee.area, category=category, by=of.secretary
    )
    return meeting(panel, of) if met else panel


def meeting(panel: Panel, of: Body, *, present: Sequence[Seat] | None = None, **rest: Any) -> Panel:
    day = today()
    return rankings.record_meeting(**{
        "panel": panel, "version": panel.version, "number": "1/2569", "notice_on": day - timedelta(days=5),
        "held_on": day, "present": of.seats if present is None else present, "place": "ห้องประชุม", "by": of.secretary,
        **rest,
    })


def ranked(panel: Panel, of: Body, places: Mapping[Entry, int] | None = None, **rest: Any) -> Panel:
    """A working order with reasons: as given, else in the order the entries came."""
    order = places or {entry: place for place, entry in enumerate(scoring.standing(panel), 1)}
    said = [rankings.Said(entry, place, reason="คุณภาพดี ตลาดรองรับ", **rest) for entry, place in order.items()]
    panel.refresh_from_db()
    return rankings.rank(panel=panel, version=panel.version, said=said, by=of.secretary)


def part(round_: Round, category: Category, letter: str) -> Part:
    used = RoundCriteria.objects.get(round=round_, category=category)
    return used.criteria_set.parts.get(letter=letter)


def signed(panel: Panel, entry: Entry, letter: str, mark: int, *, by: User, **rest: Any) -> Sheet:
    """A sheet of a test criteria set, whose parts have one item each."""
    return sheets.sign_sheet(
        panel=panel, entry=entry, part=part(panel.stage.round, entry.category, letter), marks={CODES[letter]: mark}, by=by,
        **rest,
    )


def all_signed(panel: Panel, letters: str, marks: Mapping[Entry, Mapping[str, int]] | None = None) -> None:
    """Every scorer signs every part for every entry; without `marks` the whole of each part but a tenth."""
    entries = scoring.standing(panel)
    for entry in entries:
        for seat in scorers(panel, entry):
            for letter in letters:
                mark = (marks or {}).get(entry, {}).get(letter, LEVELS[letter][1])
                signed(panel, entry, letter, mark, by=seat.user)


def scorers(panel: Panel, entry: Entry) -> list[Seat]:
    return scoring.scorers(panel, [entry])[entry.pk]


# --- the whole way --------------------------------------------------------------------------------------------------


@dataclass
class Way:
    """A round with products on their way: five of one amphoe, three of HOME and two of SISTER."""

    round: Round
    products: list[Product]
    category: str = "apparel"
    marks: dict[str, dict[str, int]] = field(default_factory=dict)  # product name → letter → mark

    def __post_init__(self) -> None:
        origin = self.round.origin
        self.amphoe, self.province, self.national = amphoe(origin=origin), province(origin=origin), national(origin=origin)

    @property
    def judges(self) -> Body:
        return judges(self.category, origin=self.round.origin)

    @property
    def entries(self) -> list[Entry]:
        return list(Entry.objects.filter(round=self.round).for_list().order_by("pk"))

    def entry(self, product: Product) -> Entry:
        return Entry.objects.for_list().get(round=self.round, product=product)

    def panel(self, number: int) -> Panel:
        """The panel at a stage above the forum (of this way's one amphoe, province, category)."""
        return Panel.objects.for_list().get(stage__round=self.round, stage__number=number)

    def forums(self) -> list[Ranking]:
        by_tambon: dict[str, list[Product]] = {}
        for product in self.products:
            by_tambon.setdefault(product.area.code, []).append(product)
        return [settled_forum(self.round, made, code) for code, made in by_tambon.items()]

    def ranked_amphoe(self) -> Panel:
        """The amphoe's panel, ready to settle, with a line of support."""
        panel = ranked(convened(self.round, 2, self.amphoe), self.amphoe)
        plans.add_support(
            panel=panel, entry=scoring.standing(panel)[0], help="อบรมการออกแบบลายผ้า", budget="งบพัฒนาจังหวัด",
            amount_baht=50_000, by=self.amphoe.secretary,
        )
        return panel

    def scored_province(self) -> Panel:
        """The province's panel with parts ก and ข signed by all, ordered by marks and ready to settle."""
        panel = convened(self.round, 3, self.province)
        all_signed(panel, "กข", self._marks())
        totals = scoring.totals(scoring.standing(panel), up_to_stage=3)
        best = sorted(scoring.standing(panel), key=lambda entry: (-(totals[entry.pk] or 0), entry.pk))
        return ranked(panel, self.province, {entry: place for place, entry in enumerate(best, 1)})

    def judged(self) -> Panel:
        """The category's panel with part ค signed by all three judges."""
        committee = self.judges.committee
        panel = category_panels.convene_category_panel(round_=self.round, committee=committee, by=central())
        all_signed(panel, "ค", self._marks())
        return panel

    def decided(self, outcomes: Mapping[str, str] | None = None) -> Panel:
        """The national panel with a decision on each entry: certify, unless `outcomes` (by product name) differ."""
        panel = convened(self.round, 5, self.national)
        for entry in scoring.standing(panel):
            outcome = (outcomes or {}).get(entry.product.name, DecisionOutcome.CERTIFY)
            awards.decide(panel=panel, entry=entry, outcome=outcome, by=self.national.chair,
                          reason="" if outcome == DecisionOutcome.CERTIFY else "รอผลตรวจ")
        return panel

    def certified(self, outcomes: Mapping[str, str] | None = None) -> list[Award]:
        return awards.certify(panel=self.decided(outcomes), by=self.national.chair)

    def announced(self) -> Announcement:
        return awards.announce(round_=self.round, by=central())

    def take(self, number: int) -> None:
        """Settles stage `number`; 5 certifies, 6 announces."""
        if number == 1:
            self.forums()
        elif number in (2, 3):
            panel = self.ranked_amphoe() if number == 2 else self.scored_province()
            rankings.settle_ranking(panel=panel, by=(self.amphoe if number == 2 else self.province).chair)
        elif number == 4:
            category_panels.settle_scoring(panel=self.judged(), by=self.judges.chair)
        elif number == 5:
            self.certified()
        else:
            self.announced()

    def _marks(self) -> dict[Entry, dict[str, int]]:
        return {entry: self.marks[entry.product.name] for entry in self.entries if entry.product.name in self.marks}


def five_products(**rest: Any) -> list[Product]:
    """Three products of one producer in HOME and two of another in SISTER."""
    here, there = make.producer(make.HOME), make.producer(make.SISTER)
    return [make.product(of, **rest) for of in (here, here, here, there, there)]


def through(stage: int = 5, *, round_: Round | None = None, products: list[Product] | None = None, **rest: Any) -> Way:
    """Five products through the stages up to and including `stage`, each settled (0: nothing; 5 certified; 6 announced)."""
    way = Way(round_ or open_round(), products or five_products(), **rest)
    for number in range(1, stage + 1):
        way.take(number)
    return way
