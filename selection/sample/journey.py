"""Takes the sample's products through a round, stage by stage, by the acts of the people who do it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from registry.models import Area, Category, Committee, CommitteeKind, Origin, SeatRole, User
from selection import scoring
from selection.actions import awards, category_panels, forum, plans, rankings, rounds, sheets
from selection.models import CriteriaSet, DecisionOutcome, Entry, Panel, Part, Round
from selection.sample.calendar import Season, noon
from selection.sample.criteria import sample_bands
from selection.sample.marks import Marker
from selection.sample.people import leader, seats_of
from selection.sample.products import Good
from selection.sample.register import ACCEPTED, Register

TESTED = {
    "wisdom": True, "wisdom_evidence": "ครูภูมิปัญญาในหมู่บ้านสืบทอดและสอนอยู่", "material": True,
    "material_evidence": "วัตถุดิบหลักมาจากในตำบล มีภาพถ่ายแหล่งที่มา", "plan": True,
    "plan_evidence": "อยู่ในแผนพัฒนาตำบล หัวข้อเศรษฐกิจชุมชน",
}  # fmt: skip
REASONS = (
    "คุณภาพสม่ำเสมอและมีตลาดประจำ", "ใช้วัตถุดิบในพื้นที่เกือบทั้งหมด", "ฝีมือประณีตและมีคนรุ่นใหม่สืบทอด",
    "กลุ่มเข้มแข็ง บัญชีเป็นปัจจุบัน", "มีโอกาสพัฒนาบรรจุภัณฑ์ต่อ",
)  # fmt: skip
HELP = (
    ("อบรมการออกแบบบรรจุภัณฑ์", "งบพัฒนาจังหวัด", 45_000), ("ทดสอบอายุการเก็บในห้องปฏิบัติการ", "งบกรมการพัฒนาชุมชน", 18_000),
    ("จัดหาเครื่องมือลดแรงงาน", "กองทุนพัฒนาบทบาทสตรี", 60_000), ("ถ่ายภาพและเขียนเรื่องราวผลิตภัณฑ์", "งบองค์การบริหารส่วนตำบล", 12_000),
)  # fmt: skip


class Journey:
    """One round of the sample and the goods that enter it, with the stars each is meant to win."""

    def __init__(self, season: Season, register: Register, areas: dict[str, Area], criteria: Mapping[str, CriteriaSet]) -> None:
        self.season, self.register, self.areas, self.criteria = season, register, areas, criteria
        self.users, self.central = register.people.users, register.people.users["central"]
        self.wanted: dict[str, int] = {}
        self.goods: list[Good] = []
        self.round: Round
        self._leaders: dict[tuple[int, str], User] = {}
        self._drawn: dict[int, dict[str, list[dict[str, int]]]] = {}
        self._parts = {
            (made.category_id, part.letter): part for made in criteria.values() for part in made.parts.all()
        }
        self._markers = {
            made.category_id: Marker(list(made.parts.all()), sample_bands()) for made in criteria.values()
        }

    # --- the round ------------------------------------------------------------------------------------------------

    def open(self, goods: Mapping[Good, int], **stage_two: int) -> Round:
        """Makes and opens the round for these goods (with the stars each is meant to win; 0: stops on the way)."""
        season, at = self.season, noon(self.season.prepared)
        self.goods, self.wanted = list(goods), {good.name: stars for good, stars in goods.items()}
        self.round = rounds.create_round(
            key=season.key, year_be=season.year_be, name_th=season.name_th, name_en=season.name_en,
            register_closes_on=season.register_closes, calendar=season.stages, by=self.central, at=at,
            source_note_th="กติกาตัวอย่างเพื่อสาธิต ไม่ใช่กติกาทางการ", source_note_en="Sample rules for demonstration, not official",
        )  # fmt: skip
        for made in self.criteria.values():
            rounds.use_criteria(round_=self.round, criteria_set=made, by=self.central, at=at)
        for code, accepted in ACCEPTED.items():
            for standard in accepted:
                rounds.accept_standard(
                    round_=self.round, category=self.register.categories[code], standard=self.register.standards[standard],
                    by=self.central, at=at,
                )  # fmt: skip
        if stage_two:
            rounds.change_stage(stage=self.round.stages.get(number=2), by=self.central, at=at, **stage_two)
        self.round = rounds.open_round(round_=self.round, by=self.central, at=at + timedelta(days=1))
        return self.round

    def committee(self, kind: str, area: Area, category: Category | None = None) -> Committee:
        return Committee.objects.get(kind=kind, area=area, category=category, origin=Origin.SAMPLE)

    def leader(self, committee: Committee, role: str = SeatRole.CHAIR) -> User:
        """Who holds the chair (or another role) of a committee."""
        key = (committee.pk, role)
        if key not in self._leaders:
            self._leaders[key] = leader(committee, role)
        return self._leaders[key]

    # --- stage 1 --------------------------------------------------------------------------------------------------

    def begin_forum(self, tambon: str, *, by: User | None = None, present: int = 84) -> Panel:
        """Convenes a forum and records who was there."""
        day, officer = self.season.acts[1], by or self.users[tambon[:4]]
        panel = forum.convene_forum(round_=self.round, area=self.areas[tambon], by=officer, at=noon(day, 8))
        return forum.record_forum(
            panel=panel, version=panel.version, held_on=day, present=present, place="ศาลาประชาคมตำบล",
            minutes="ที่ประชุมพิจารณาผลิตภัณฑ์ทีละรายการ ซักถามผู้ผลิต แล้วลงคะแนนโดยยกมือ", by=officer, at=noon(day, 9),
        )  # fmt: skip

    def bring(self, panel: Panel, good: Good, place: int) -> None:
        """Brings a product and records tests and votes; one meant to stop fails the test of material."""
        officer, at = self.users[good.tambon[:4]], noon(self.season.acts[1], 10, place)
        line = forum.bring(panel=panel, product=self.register.products[good.name], by=officer, at=at)
        stays = self.wanted[good.name] == 0
        said = {**TESTED, "votes": 70 - 9 * place, "chosen": not stays}
        if stays:
            said |= {"material": False, "material_evidence": "วัตถุดิบหลักซื้อจากนอกจังหวัด"}
        forum.record_line(line=line, version=line.version, by=officer, at=at, **said)

    def hold_forums(self, tambons: Sequence[str] | None = None) -> None:
        """Holds and settles the forum of every tambon that has goods (or of those named)."""
        for tambon in tambons if tambons is not None else sorted({good.tambon for good in self.goods}):
            panel = self.begin_forum(tambon)
            for place, good in enumerate(good for good in self.goods if good.tambon == tambon):
                self.bring(panel, good, place)
            forum.settle_forum(panel=panel, by=self.users[tambon[:4]], at=noon(self.season.acts[1], 15))

    def close(self, number: int) -> None:
        """Closes a stage on the day after its last one, as the centre does."""
        stage = self.round.stages.get(number=number)
        rounds.close_stage(stage=stage, by=self.central, at=noon(stage.closes_on + timedelta(days=1), 9))

    # --- stages 2 and 3 -------------------------------------------------------------------------------------------

    def sit(self, number: int, area: Area, kind: str) -> Panel:
        """Convenes a committee's panel and records its meeting, all present."""
        committee, day = self.committee(kind, area), self.season.acts[number]
        by = self.leader(committee, SeatRole.SECRETARY)
        panel = rankings.convene_panel(round_=self.round, stage_number=number, area=area, by=by, at=noon(day, 8))
        return rankings.record_meeting(
            panel=panel, version=panel.version, number=f"1/{self.season.year_be}", notice_on=day - timedelta(days=7),
            held_on=day, present=seats_of(committee), place="ห้องประชุมศาลากลางจังหวัด" if number > 2 else "ห้องประชุมที่ว่าการอำเภอ",
            by=by, at=noon(day, 9),
        )  # fmt: skip

    def rank(self, panel: Panel, places: Mapping[Entry, int] | None = None) -> Panel:
        """Writes the working order: as given, else the best marks (else the best stars meant) first; with a line of support."""
        entries, day = scoring.standing(panel), self.season.acts[panel.stage.number]
        totals = scoring.totals(entries, up_to_stage=panel.stage.number)
        ordered = sorted(entries, key=lambda entry: (-(totals[entry.pk] or 0), -self.wanted.get(entry.product.name, 0), entry.pk))
        order = places or {entry: place for place, entry in enumerate(ordered, 1)}
        by = self.leader(panel.committee, SeatRole.SECRETARY) if panel.committee else self.central
        said = [rankings.Said(entry, place, reason=REASONS[(place - 1) % len(REASONS)]) for entry, place in order.items()]
        panel = rankings.rank(panel=panel, version=panel.version, said=said, by=by, at=noon(day, 13))
        for entry, (help_, budget, amount) in zip(ordered[:2], (HELP[panel.pk % 4], HELP[(panel.pk + 1) % 4]), strict=False):
            plans.add_support(panel=panel, entry=entry, help=help_, budget=budget, amount_baht=amount, by=by, at=noon(day, 14))
        return panel

    def settle_amphoe(self, code: str) -> None:
        panel = self.rank(self.sit(2, self.areas[code], CommitteeKind.AMPHOE))
        rankings.settle_ranking(panel=panel, by=self._chair(panel), at=noon(self.season.acts[2], 15))

    def settle_province(self, code: str) -> None:
        panel = self.sit(3, self.areas[code], CommitteeKind.PROVINCE)
        for entry in scoring.standing(panel):
            self.score(panel, entry, "กข")
        rankings.settle_ranking(panel=self.rank(panel), by=self._chair(panel), at=noon(self.season.acts[3], 15))

    def _chair(self, panel: Panel) -> User:
        return self.leader(panel.committee) if panel.committee else self.central

    # --- score sheets ---------------------------------------------------------------------------------------------

    def score(self, panel: Panel, entry: Entry, letters: str, *, judges: Sequence[int] = (0, 1, 2)) -> None:
        """The members with these numbers sign their sheets of these parts for one entry."""
        seats = scoring.scorers(panel, [entry])[entry.pk]
        for letter in letters:
            for number in judges:
                marks = self.marks(entry)[letter][number]
                self.sign(panel, entry, self.part(entry, letter), marks, by=seats[number].user)

    def sign(self, panel: Panel, entry: Entry, part: Part, marks: Mapping[str, int], *, by: User) -> None:
        at = noon(self.season.acts[panel.stage.number], 10)
        sheets.sign_sheet(panel=panel, entry=entry, part=part, marks=marks, by=by, at=at)

    def part(self, entry: Entry, letter: str) -> Part:
        return self._parts[entry.category_id, letter]

    def marks(self, entry: Entry) -> dict[str, list[dict[str, int]]]:
        """The marks of all members for an entry, by part letter."""
        if entry.pk not in self._drawn:
            wanted = self.wanted.get(entry.product.name) or 3
            name = f"{self.season.key}/{entry.product.name}"
            self._drawn[entry.pk] = self._markers[entry.category_id].sheets(name, wanted, {"ก": 3, "ข": 3, "ค": 3})
        return self._drawn[entry.pk]

    # --- stages 4 and 5 -------------------------------------------------------------------------------------------

    def convene_judges(self, code: str) -> Panel:
        committee = self.committee(CommitteeKind.JUDGES, self.areas["TH"], self.register.categories[code])
        at = noon(self.season.acts[4], 8)
        return category_panels.convene_category_panel(round_=self.round, committee=committee, by=self.central, at=at)

    def settle_judges(self, code: str) -> None:
        panel = self.convene_judges(code)
        for entry in scoring.standing(panel):
            self.score(panel, entry, "ค")
        category_panels.settle_scoring(panel=panel, by=self._chair(panel), at=noon(self.season.acts[4], 16))

    def decide(self, panel: Panel, entries: Sequence[Entry]) -> None:
        for entry in entries:
            awards.decide(
                panel=panel, entry=entry, outcome=DecisionOutcome.CERTIFY, by=self._chair(panel),
                at=noon(self.season.acts[5], 13),
            )  # fmt: skip

    def finish(self) -> None:
        """From the judges to the announcement."""
        for code in sorted({good.category for good in self.goods}):
            self.settle_judges(code)
        self.close(4)
        panel = self.sit(5, self.areas["TH"], CommitteeKind.NATIONAL)
        self.decide(panel, scoring.standing(panel))
        awards.certify(panel=panel, by=self._chair(panel), at=noon(self.season.acts[5], 15))
        awards.announce(round_=self.round, by=self.central, at=noon(self.season.acts[6], 11))
        self.close(5)
