"""Score sheets: who signs what, second sheets, marks that lie apart, and totals that stay exact through the database."""

import pytest

from registry.models import Leaf
from selection import scoring
from selection.actions import awards, rankings, sheets
from selection.models import PanelDecision, Sheet, SheetDraft
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


@pytest.fixture
def done():
    way.province(members=3)
    return way.through(2)


@pytest.fixture
def panel(done):
    return way.convened(done.round, 3, done.province)


def sign(panel, entry, by, letter="ก", mark=2700, **rest):
    return way.signed(panel, entry, letter, mark, by=by, **rest)


# --- who ---------------------------------------------------------------------------------------------------------------


def test_a_sheet_is_signed_by_a_member_who_was_there(done, panel):
    entry = scoring.standing(panel)[0]
    with way.refused("not_a_judge"):
        sign(panel, entry, done.amphoe.chair)
    with way.refused("not_a_judge"):
        sign(panel, entry, way.central())
    panel = way.meeting(panel, done.province, present=done.province.seats[:3])
    with way.refused("not_present"):
        sign(panel, entry, done.province.members[-1])
    sheet = sign(panel, entry, done.province.members[0])
    assert (sheet.total, sheet.turn, sheet.marks) == (2700, 1, {"a1.1": 2700})


def test_whoever_signed_stays_recorded_as_present(done, panel):
    sign(panel, scoring.standing(panel)[0], done.province.chair)
    with way.refused("signer_was_there"):
        way.meeting(panel, done.province, present=done.province.seats[1:])


def test_a_member_who_left_does_not_score_and_his_earlier_sheet_does_not_count(done, panel):
    entry = scoring.standing(panel)[0]
    seat = done.province.seats[0]
    sign(panel, entry, seat.user)
    rankings.recuse(panel=panel, entry=entry, seat=seat, reason="ผู้ผลิตเป็นญาติ", by=seat.user)
    with way.refused("recused"):
        sign(panel, entry, seat.user, letter="ข")
    with way.refused("recused"):
        sheets.save_sheet_draft(
            panel=panel, entry=entry, part=way.part(done.round, entry.category, "ข"), marks={}, by=seat.user
        )
    assert scoring.counted_sheets([entry]) == {entry.pk: []}
    assert seat not in way.scorers(panel, entry)


def test_a_sheet_is_of_an_entry_and_a_part_before_this_panel(done, panel):
    entry = scoring.standing(panel)[0]
    with way.refused("part_of_another_stage"):
        sign(panel, entry, done.province.chair, letter="ค", mark=4000)
    with way.refused("part_of_another_stage"):
        sheets.sign_sheet(
            panel=panel, entry=entry, part=way.part(done.round, make.category("food"), "ก"), marks={"a1.1": 2700}, by=done.province.chair
        )
    other = way.province(make.OTHER_PROVINCE)
    elsewhere = way.convened(done.round, 3, other)
    with way.refused("entry_of_another_panel"):
        sign(elsewhere, entry, other.chair)
    with way.refused("entry_of_another_panel"):
        sheets.save_sheet_draft(panel=elsewhere, entry=entry, part=way.part(done.round, entry.category, "ก"), marks={}, by=other.chair)


@pytest.mark.parametrize(
    ("marks", "codes"),
    [
        ({}, ["mark_missing"]),
        ({"a1.1": 3001}, ["mark_above_maximum"]),
        ({"a1.1": 2699}, ["mark_not_a_level"]),
        ({"a1.1": -100}, ["mark_not_a_level"]),
        ({"a1.1": 2700, "a9.9": 1}, ["unknown_item"]),
        ({"b1.1": 2700}, ["mark_missing", "unknown_item"]),
    ],
)
def test_marks_are_described_levels_of_the_parts_items(done, panel, marks, codes):
    entry = scoring.standing(panel)[0]
    part = way.part(done.round, entry.category, "ก")
    with way.refused(*codes):
        sheets.sign_sheet(panel=panel, entry=entry, part=part, marks=marks, by=done.province.chair)
    assert not Sheet.objects.exists()


# --- drafts and second sheets --------------------------------------------------------------------------------------------


def test_a_draft_keeps_every_touch_until_the_sheet_is_signed(done, panel):
    entry, chair = scoring.standing(panel)[0], done.province.chair
    part = way.part(done.round, entry.category, "ก")
    for mark in (900, 1500):
        draft = sheets.save_sheet_draft(panel=panel, entry=entry, part=part, marks={"a1.1": mark}, comment="ดี", by=chair)
    assert SheetDraft.objects.get() == draft
    assert draft.marks == {"a1.1": 1500}
    sign(panel, entry, chair)
    assert not SheetDraft.objects.exists()


def test_a_second_sheet_needs_a_reason_names_the_old_and_both_are_kept(done, panel):
    entry, chair = scoring.standing(panel)[0], done.province.chair
    first = sign(panel, entry, chair)
    with way.refused("second_sheet_reason"):
        sign(panel, entry, chair, mark=3000)
    second = sign(panel, entry, chair, mark=3000, reason="กดผิดข้อ")
    third = sign(panel, entry, chair, mark=2400, reason="กดผิดอีกครั้ง")
    assert (second.supersedes, third.supersedes, third.turn) == (first, second, 1)
    assert list(Sheet.objects.live()) == [third]
    assert [sheet.total for sheet in scoring.counted_sheets([entry])[entry.pk]] == [2400]


def test_a_sheets_leaf_is_private_and_names_no_judge(done, panel):
    chair = done.province.chair
    sign(panel, scoring.standing(panel)[0], chair)
    leaf = Leaf.objects.filter(kind="sheet").get()
    body = bytes(leaf.body).decode()
    assert not leaf.public
    assert chair.username not in body
    assert chair.public_id not in body


# --- marks that lie apart -------------------------------------------------------------------------------------------------


def spread(done, panel, entry, first):
    """Every member signs both parts for the entry: the first with `first`, the others with 27.00 each."""
    for number, seat in enumerate(way.scorers(panel, entry)):
        for letter in "กข":
            sign(panel, entry, seat.user, letter, first if number == 0 else 2700)
    return scoring.spreads(panel)[entry]


def test_exactly_the_limit_is_together_and_a_step_more_is_apart(done, panel):
    entry, other = scoring.standing(panel)[:2]
    assert spread(done, panel, entry, 2400) == scoring.TOGETHER  # 48.00 against 54.00 of 60.00 is ten percent
    assert spread(done, panel, other, 2100) == scoring.SECOND_ASKED


def test_nothing_is_asked_before_every_first_sheet_is_signed(done, panel):
    entry = scoring.standing(panel)[0]
    first, second, *_rest = way.scorers(panel, entry)
    for seat, mark in ((first, 900), (second, 3000)):
        for letter in "กข":
            sign(panel, entry, seat.user, letter, mark)
    assert scoring.spreads(panel)[entry] == scoring.TOGETHER
    assert sign(panel, entry, first.user, mark=1500, reason="แก้ที่กดผิด").turn == 1


def test_a_wide_spread_asks_every_member_for_a_second_sheet_then_for_a_decision(done, panel):
    entry, chair = scoring.standing(panel)[0], done.province.chair
    assert spread(done, panel, entry, 900) == scoring.SECOND_ASKED
    with way.refused("nothing_to_decide"):
        sheets.decide_apart(panel=panel, entry=entry, reason="ยุติ", by=chair)
    seats = way.scorers(panel, entry)
    for letter in "กข":
        assert sign(panel, entry, seats[0].user, letter, 2400, reason="ดูตัวอย่างอีกครั้ง").turn == 2
    assert scoring.spreads(panel)[entry] == scoring.SECOND_ASKED  # together again, but the others owe theirs
    for seat in seats[1:]:
        for letter in "กข":
            sign(panel, entry, seat.user, letter, 2700, reason="ยืนยัน")
    assert scoring.spreads(panel)[entry] == scoring.TOGETHER


def test_marks_still_apart_are_closed_by_a_recorded_decision_and_stay_then(done, panel):
    entry, chair, member = scoring.standing(panel)[0], done.province.chair, done.province.members[0]
    spread(done, panel, entry, 900)
    for seat in way.scorers(panel, entry):
        for letter in "กข":
            sign(panel, entry, seat.user, letter, 900 if seat.user == chair else 2700, reason="ยืนยัน")
    assert scoring.spreads(panel)[entry] == scoring.DECISION_ASKED
    with way.refused("decision_reason"):
        sheets.decide_apart(panel=panel, entry=entry, reason=" ", by=chair)
    with way.refused("not_a_leader"):
        sheets.decide_apart(panel=panel, entry=entry, reason="ยุติ", by=member)
    decision = sheets.decide_apart(panel=panel, entry=entry, reason="ประธานเห็นว่าบรรจุภัณฑ์ชำรุดจริง", by=chair)
    assert sheets.decide_apart(panel=panel, entry=entry, reason=decision.reason, by=chair) == decision
    with way.refused("decided_already"):
        sheets.decide_apart(panel=panel, entry=entry, reason="อีกครั้ง", by=chair)
    assert PanelDecision.objects.count() == 1
    assert scoring.spreads(panel)[entry] == scoring.DECIDED
    with way.refused("decided_apart"):
        sign(panel, entry, member, mark=3000, reason="เปลี่ยนใจ")


# --- exact all the way -----------------------------------------------------------------------------------------------------

# The sheets of settled question 4: 68.50 over three, 85.75 over three, 462.94 over twelve.
A, B, C = [2250, 2300, 2300], [2850, 2875, 2850], [3850] * 6 + [3866] * 5


@pytest.mark.parametrize(("last", "total", "stars"), [(3864, 9000, 5), (3863, 8999, 4)])
def test_ninety_points_are_ninety_points_after_the_database(last, total, stars):
    c = [*C, last]
    levels = {"ก": sorted({3000, *A}), "ข": sorted({3000, *B}), "ค": sorted({4000, *c})}
    product = make.product()
    done = way.through(2, round_=way.open_round(levels=levels), products=[product])
    three = done.province.seats
    panel = way.convened(done.round, 3, done.province)
    entry = scoring.standing(panel)[0]
    for seat, a, b in zip(three, A, B, strict=True):
        sign(panel, entry, seat.user, "ก", a)
        sign(panel, entry, seat.user, "ข", b)
    rankings.settle_ranking(panel=way.ranked(panel, done.province), by=done.province.chair)
    way.judges("apparel", members=10)
    bench = way.judges("apparel")
    panel = way.category_panels.convene_category_panel(round_=done.round, committee=bench.committee, by=way.central())
    for seat, mark in zip(way.scorers(panel, entry), c, strict=True):
        sign(panel, done.entry(product), seat.user, "ค", mark)
    way.category_panels.settle_scoring(panel=panel, by=bench.chair)
    award = awards.certify(panel=done.decided(), by=done.national.chair)[0]
    assert (award.total, award.stars) == (total, stars)
    panel.refresh_from_db()
    assert panel.ranking.placements.get().total == total
