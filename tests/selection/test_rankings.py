"""Stages 2 and 3: meetings, order, reasons, ties at the edge, eligibility, support, recusal, and orders worked out again."""

from datetime import timedelta

import pytest

from registry.models import Attendance, SeatRole
from registry.refusal import Conflict
from selection import scoring
from selection.actions import plans, rankings, rounds
from selection.models import EntryState, OrderBy, Ranking, RankLine, Scope, SupportLine, TieRule
from selection.recount import recount
from tests import make
from tests.selection import make as way

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def at_amphoe(**stages):
    """Five products before the amphoe's committee, with the stage's rules changed by `stages`."""
    return way.through(1, round_=way.open_round(stages={2: stages} if stages else None))


# --- who and when ------------------------------------------------------------------------------------------------------


def test_only_members_convene_and_only_leaders_record_and_settle():
    done = at_amphoe()
    with way.refused("not_a_member"):
        rankings.convene_panel(round_=done.round, stage_number=2, area=make.area(make.PARENT), by=make.amphoe_officer())
    panel = way.convened(done.round, 2, done.amphoe)
    assert rankings.convene_panel(
        round_=done.round, stage_number=2, area=make.area(make.PARENT), by=done.amphoe.members[0]
    ) == panel
    member = done.amphoe.members[0]
    entry = scoring.standing(panel)[0]
    with way.refused("not_a_leader"):
        way.meeting(panel, done.amphoe, by=member)
    with way.refused("not_a_leader"):
        rankings.rank(panel=panel, version=panel.version, said=[], by=member)
    with way.refused("not_a_leader"):
        rankings.settle_ranking(panel=panel, by=member)
    with way.refused("not_a_leader"):
        plans.add_support(panel=panel, entry=entry, help="อบรม", budget="งบจังหวัด", amount_baht=1, by=member)


def test_an_area_without_a_committee_says_so():
    done = at_amphoe()
    with way.refused("committee_missing"):
        rankings.convene_panel(round_=done.round, stage_number=2, area=make.area("4604"), by=done.amphoe.chair)


def test_a_category_is_asked_for_as_the_stages_scope_says():
    done = at_amphoe()
    with way.refused("no_category_wanted"):
        way.convened(done.round, 2, done.amphoe, category=make.category())
    other = way.through(1, round_=way.open_round("2570", stages={2: {"scope": Scope.CATEGORY}}))
    with way.refused("category_wanted"):
        way.convened(other.round, 2, other.amphoe)
    panel = way.convened(other.round, 2, other.amphoe, category=make.category("food"))
    assert scoring.standing(panel) == []


# --- the meeting --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"held_on": None}, "meeting_missing"),
        ({"notice_on": None}, "notice_too_short"),
        ({"notice_on": "2 days"}, "notice_too_short"),
        ({"held_on": "tomorrow"}, "meeting_in_future"),
    ],
)
def test_a_meeting_needs_its_day_and_notice(changes, code):
    done = at_amphoe()
    day = way.today()
    days = {"2 days": day - timedelta(days=2), "tomorrow": day + timedelta(days=1), None: None}
    panel = way.meeting(way.convened(done.round, 2, done.amphoe), done.amphoe, **{k: days[v] for k, v in changes.items()})
    way.ranked(panel, done.amphoe)
    with way.refused(code):
        rankings.settle_ranking(panel=panel, by=done.amphoe.chair)


def test_three_days_notice_is_enough():
    done = at_amphoe()
    panel = way.meeting(way.convened(done.round, 2, done.amphoe), done.amphoe, notice_on=way.today() - timedelta(days=3))
    assert rankings.settle_ranking(panel=way.ranked(panel, done.amphoe), by=done.amphoe.chair)


def test_a_quorum_is_half_of_the_members_with_the_chair_or_a_deputy():
    done = at_amphoe()
    chair, secretary, *members = done.amphoe.seats
    panel = way.ranked(way.convened(done.round, 2, done.amphoe), done.amphoe)

    def settle(present):
        way.meeting(panel.__class__.objects.for_list().get(pk=panel.pk), done.amphoe, present=present)
        return rankings.settle_ranking(panel=panel, by=done.amphoe.chair)

    with way.refused("no_quorum"):
        settle([chair, secretary])
    with way.refused("chair_absent"):
        settle([secretary, *members])
    with way.refused("no_quorum", "chair_absent"):
        settle([])
    assert settle([chair, secretary, members[0]]).panel == panel  # 3 of 5


def test_a_deputy_may_lead_where_the_chair_is_away():
    done = at_amphoe()
    deputy = make.seat(done.amphoe.committee, role=SeatRole.DEPUTY)
    panel = way.ranked(way.convened(done.round, 2, done.amphoe), done.amphoe)
    panel = way.meeting(panel, done.amphoe, present=[deputy, *done.amphoe.seats[1:]])
    assert rankings.settle_ranking(panel=panel, by=deputy.user)


def test_only_seats_of_the_committee_count_as_present():
    done = at_amphoe()
    panel = way.convened(done.round, 2, done.amphoe)
    panel = way.meeting(panel, done.amphoe, present=[*done.amphoe.seats[:2], *done.province.seats])
    assert Attendance.objects.filter(meeting=panel.meeting).count() == 2
    panel.meeting.refresh_from_db()
    assert panel.meeting.present == 2


# --- the order ----------------------------------------------------------------------------------------------------------


def test_places_reasons_and_gaps():
    done = at_amphoe()
    panel = way.convened(done.round, 2, done.amphoe)
    first, second, *rest = scoring.standing(panel)
    with way.refused("place_missing"):
        rankings.settle_ranking(panel=panel, by=done.amphoe.chair)
    said = [rankings.Said(entry, place) for place, entry in enumerate([first, second, *rest], 1)]
    panel = rankings.rank(panel=panel, version=panel.version, said=said, by=done.amphoe.chair)
    with way.refused("reason_missing"):
        rankings.settle_ranking(panel=panel, by=done.amphoe.chair)
    panel = way.ranked(panel, done.amphoe, {first: 1, second: 1, **{entry: 2 + n for n, entry in enumerate(rest)}})
    with way.refused("places_with_gaps"):
        rankings.settle_ranking(panel=panel, by=done.amphoe.chair)
    panel = way.ranked(panel, done.amphoe, {first: 1, second: 1, **{entry: 3 + n for n, entry in enumerate(rest)}})
    ranking = rankings.settle_ranking(panel=panel, by=done.amphoe.chair)
    assert sorted(ranking.placements.values_list("place", flat=True)) == [1, 1, 3, 4, 5]


def test_two_secretaries_saving_at_once_lose_nothing():
    done = at_amphoe()
    panel = way.convened(done.round, 2, done.amphoe)
    stale = panel.version
    way.ranked(panel, done.amphoe)
    with pytest.raises(Conflict):
        rankings.rank(panel=panel, version=stale, said=[], by=done.amphoe.chair)
    with pytest.raises(Conflict):
        rankings.record_meeting(
            panel=panel, version=stale, number="9", notice_on=None, held_on=None, present=[], by=done.amphoe.chair
        )
    assert RankLine.objects.filter(panel=panel).count() == 5


def test_a_committee_ranks_and_helps_only_what_is_before_it():
    done = at_amphoe()
    other = way.amphoe(make.OTHER_AMPHOE)
    panel = way.convened(done.round, 2, other)
    entry = done.entries[0]
    with way.refused("entry_of_another_panel"):
        rankings.rank(panel=panel, version=panel.version, said=[rankings.Said(entry, 1, "ดี")], by=other.chair)
    with way.refused("entry_of_another_panel"):
        plans.add_support(panel=panel, entry=entry, help="อบรม", budget="งบจังหวัด", amount_baht=1, by=other.chair)
    with way.refused("nothing_to_rank"):
        rankings.settle_ranking(panel=panel, by=other.chair)
    province = way.convened(done.round, 3, done.province)
    with way.refused("entry_elsewhere"):
        rankings.rank(panel=province, version=province.version, said=[rankings.Said(entry, 1, "ดี")], by=done.province.chair)


def test_a_committee_waits_for_what_may_still_come_up():
    round_ = way.open_round()
    done = way.Way(round_, way.five_products())
    done.take(1)
    officer = make.recorder("460202")
    way.brought(way.convened_forum(round_, "460202", by=officer), make.product(code="460202"), by=officer)
    panel = done.ranked_amphoe()
    with way.refused("waiting_below"):
        rankings.settle_ranking(panel=panel, by=done.amphoe.chair)
    rounds.close_stage(stage=way.stage(round_, 1), by=way.central())
    assert rankings.settle_ranking(panel=panel, by=done.amphoe.chair)


# --- ties and quotas ----------------------------------------------------------------------------------------------------


def test_a_tie_at_the_edge_is_decided_by_the_committee_with_a_reason():
    done = at_amphoe(quota=3)
    panel = way.convened(done.round, 2, done.amphoe)
    entries = scoring.standing(panel)
    places = dict(zip(entries, [1, 2, 3, 3, 5], strict=True))
    panel = way.ranked(panel, done.amphoe, places)
    with way.refused("tie_at_the_edge"):
        rankings.settle_ranking(panel=panel, by=done.amphoe.chair)

    def choose(chosen, reason):
        fresh = panel.__class__.objects.get(pk=panel.pk)
        said = [
            rankings.Said(entry, place, "ดี", chosen_at_edge=entry in chosen, edge_reason=reason if entry in chosen else "")
            for entry, place in places.items()
        ]
        return rankings.rank(panel=fresh, version=fresh.version, said=said, by=done.amphoe.chair)

    with way.refused("edge_reason_missing"):
        rankings.settle_ranking(panel=choose(entries[3:4], ""), by=done.amphoe.chair)
    with way.refused("tie_at_the_edge"):
        rankings.settle_ranking(panel=choose(entries[2:4], "เลือกทั้งสอง"), by=done.amphoe.chair)
    ranking = rankings.settle_ranking(panel=choose(entries[3:4], "กลุ่มมีคนรุ่นใหม่"), by=done.amphoe.chair)
    up = {row.entry: row.up for row in ranking.placements.select_related("entry")}
    assert up == dict(zip(entries, [True, True, False, True, False], strict=True))
    assert "กลุ่มมีคนรุ่นใหม่" in ranking.placements.get(entry=entries[3]).reason
    assert recount(bytes(ranking.inputs)) == bytes(ranking.inputs)


def test_all_that_tie_go_up_where_the_round_says_so():
    done = at_amphoe(quota=3, tie_rule=TieRule.ALL_UP)
    panel = way.convened(done.round, 2, done.amphoe)
    entries = scoring.standing(panel)
    ranking = rankings.settle_ranking(
        panel=way.ranked(panel, done.amphoe, dict(zip(entries, [1, 2, 3, 3, 5], strict=True))), by=done.amphoe.chair
    )
    assert ranking.placements.filter(up=True).count() == 4
    stopped = done.entries[4]
    assert (stopped.state, stopped.stage) == (EntryState.STOPPED, 2)
    assert recount(bytes(ranking.inputs)) == bytes(ranking.inputs)


# --- eligibility --------------------------------------------------------------------------------------------------------


def test_a_product_without_a_valid_accepted_standard_stops_and_leaves_its_room_to_the_next():
    round_ = way.open_round(standards={"apparel": ["tcps", "peacock"]}, stages={2: {"quota": 2}})
    none, other, expired, valid, late, undated = products = [*way.five_products(), make.product(code=make.SISTER)]
    day = round_.register_closes_on
    make.conformity(other, "halal", number="1")
    make.conformity(expired, "tcps", number="2/2560", valid_to=day - timedelta(days=1))
    make.conformity(valid, "tcps", number="3/2560", valid_to=day)
    make.conformity(late, "peacock", number="4", valid_from=day)
    make.conformity(undated, "tcps", number="5/2560", valid_from=None, valid_to=None)
    done = way.Way(round_, products)
    done.take(1)
    ranking = rankings.settle_ranking(panel=done.ranked_amphoe(), by=done.amphoe.chair)
    up = {row.entry.product: row.up for row in ranking.placements.select_related("entry__product")}
    assert up == {none: False, other: False, expired: False, valid: True, late: True, undated: False}
    reason = ranking.placements.get(entry=done.entry(none)).reason
    assert none.name in reason
    assert "มผช." in ranking.placements.get(entry=done.entry(undated)).reason
    assert recount(bytes(ranking.inputs)) == bytes(ranking.inputs)


# --- support and recusal -------------------------------------------------------------------------------------------------


def test_support_lines_come_and_go_until_the_panel_settles():
    done = at_amphoe()
    panel = done.ranked_amphoe()
    line = SupportLine.objects.get()
    assert (line.area.code, line.amount_baht) == (make.PARENT, 50_000)
    plans.drop_support(line=line, by=done.amphoe.secretary)
    assert not SupportLine.objects.exists()
    kept = plans.add_support(
        panel=panel, entry=scoring.standing(panel)[0], help="อบรม", budget="งบจังหวัด", amount_baht=9, by=done.amphoe.chair
    )
    rankings.settle_ranking(panel=panel, by=done.amphoe.chair)
    with way.refused("panel_settled"):
        plans.drop_support(line=kept, by=done.amphoe.secretary)


def test_a_member_leaves_for_one_entry_by_himself_or_by_the_chair_with_a_reason():
    done = at_amphoe()
    panel = way.convened(done.round, 2, done.amphoe)
    entry, seat = scoring.standing(panel)[0], done.amphoe.seats[2]
    with way.refused("recusal_reason"):
        rankings.recuse(panel=panel, entry=entry, seat=seat, reason=" ", by=seat.user)
    with way.refused("not_a_leader"):
        rankings.recuse(panel=panel, entry=entry, seat=seat, reason="ญาติ", by=done.amphoe.members[1])
    with way.refused("not_a_member"):
        rankings.recuse(panel=panel, entry=entry, seat=done.province.seats[0], reason="ญาติ", by=done.amphoe.chair)
    first = rankings.recuse(panel=panel, entry=entry, seat=seat, reason="ผู้ผลิตเป็นญาติ", by=seat.user)
    assert rankings.recuse(panel=panel, entry=entry, seat=seat, reason="อีกครั้ง", by=done.amphoe.chair) == first


# --- stage 3 --------------------------------------------------------------------------------------------------------------


def test_the_province_waits_for_every_sheet():
    done = way.through(2)
    panel = way.ranked(way.convened(done.round, 3, done.province), done.province)
    with way.refused("sheets_missing"):
        rankings.settle_ranking(panel=panel, by=done.province.chair)


def test_departing_from_the_marks_needs_its_own_reason():
    done = way.through(2)
    worse, better = done.products[:2]
    done.marks = {worse.name: {"ก": 2400, "ข": 2400}, better.name: {"ก": 3000, "ข": 3000}}
    panel = done.scored_province()
    entries = scoring.standing(panel)
    panel = way.ranked(panel, done.province, {entry: place for place, entry in enumerate(entries, 1)})
    with way.refused("departs_from_marks"):
        rankings.settle_ranking(panel=panel, by=done.province.chair)
    panel = way.ranked(panel, done.province, {entry: place for place, entry in enumerate(entries, 1)}, edge_reason="ตลาดรองรับมากกว่า")
    ranking = rankings.settle_ranking(panel=panel, by=done.province.chair)
    assert ranking.placements.get(entry=done.entry(worse)).total == 4800
    assert recount(bytes(ranking.inputs)) == bytes(ranking.inputs)


def test_a_stage_ordered_by_totals_takes_no_other_places():
    done = way.through(2, round_=way.open_round(stages={3: {"order_by": OrderBy.TOTAL}}))
    worse, better = done.products[:2]
    done.marks = {worse.name: {"ก": 2400, "ข": 2400}, better.name: {"ก": 3000, "ข": 3000}}
    panel = done.scored_province()
    entries = scoring.standing(panel)
    with way.refused("not_the_place_of_the_total"):
        rankings.settle_ranking(
            panel=way.ranked(panel, done.province, {entry: n for n, entry in enumerate(entries, 1)}), by=done.province.chair
        )
    right = {done.entry(worse): 5, done.entry(better): 1, **{done.entry(product): 2 for product in done.products[2:]}}
    ranking = rankings.settle_ranking(panel=way.ranked(panel, done.province, right), by=done.province.chair)
    assert ranking.placements.get(entry=done.entry(better)).place == 1


def test_a_least_total_keeps_the_weaker_down():
    done = way.through(2, round_=way.open_round(stages={3: {"promotion": "least", "least_total": 5000}}))
    weak = done.products[0]
    done.marks = {weak.name: {"ก": 2400, "ข": 2400}}
    ranking = rankings.settle_ranking(panel=done.scored_province(), by=done.province.chair)
    assert {row.entry.product_id for row in ranking.placements.filter(up=False).select_related("entry")} == {weak.pk}
    assert recount(bytes(ranking.inputs)) == bytes(ranking.inputs)


def test_a_settled_order_is_only_followed():
    done = way.through(3)
    panel = done.panel(3)
    for act in (
        lambda: rankings.settle_ranking(panel=panel, by=done.province.chair),
        lambda: rankings.rank(panel=panel, version=panel.version, said=[], by=done.province.chair),
        lambda: way.meeting(panel, done.province),
    ):
        with way.refused("panel_settled"):
            act()
    assert Ranking.objects.filter(panel=panel).count() == 1
