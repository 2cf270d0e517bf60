"""Stage 1: who records a forum, what it may choose, and what its settled order was made from."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from registry.actions import products as register
from registry.models import Origin, Product
from registry.refusal import Conflict
from selection.actions import forum
from selection.models import Entry, EntryState, ForumLine, RoundKind
from selection.recount import recount
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return way.open_round()


# --- who -------------------------------------------------------------------------------------------------------------


def test_the_recorder_or_his_amphoe_officer_records_and_nobody_else(round_):
    panel = forum.convene_forum(round_=round_, area=make.area(), by=make.amphoe_officer())
    assert forum.convene_forum(round_=round_, area=make.area(), by=make.recorder()) == panel
    product = make.product()
    for stranger in (make.recorder(make.SISTER), make.amphoe_officer(make.OTHER_AMPHOE), make.province_officer(), make.user()):
        with way.refused("not_the_recorder"):
            forum.convene_forum(round_=round_, area=make.area(), by=stranger)
        with way.refused("not_the_recorder"):
            forum.bring(panel=panel, product=product, by=stranger)
        with way.refused("not_the_recorder"):
            forum.settle_forum(panel=panel, by=stranger)


def test_a_forum_is_of_a_tambon(round_):
    with way.refused("not_the_recorder"):
        forum.convene_forum(round_=round_, area=make.area(make.PARENT), by=make.amphoe_officer())


# --- what may enter ---------------------------------------------------------------------------------------------------


def test_a_product_enters_once_with_its_category_and_tambon_as_they_are(round_):
    officer = make.recorder()
    panel, product = way.convened_forum(round_, by=officer), make.product()
    line = forum.bring(panel=panel, product=product, by=officer)
    assert forum.bring(panel=panel, product=product, by=officer) == line
    register.change_product(
        by=officer, product=product, version=product.version, name=product.name, category=make.category("food"), area=product.area
    )
    entry = Entry.objects.get()
    assert (entry.category.code, entry.area.code, entry.stage, entry.entered_on) == ("apparel", make.HOME, 1, way.today())


def test_what_keeps_a_product_from_entering(round_):
    officer = make.recorder()
    panel = way.convened_forum(round_, by=officer)
    incomplete, elsewhere, ended, late = make.product(category=None), make.product(code=make.SISTER), make.product(), make.product()
    register.end_product(by=None, product=ended, version=ended.version)
    refusals = {
        "category_missing": incomplete, "product_of_another_tambon": elsewhere, "product_ended": ended,
    }  # fmt: skip
    for code, product in refusals.items():
        with way.refused(code):
            forum.bring(panel=panel, product=product, by=officer)
    closed = way.open_round("2570", register_closes_on=way.today() - timedelta(days=5))
    recent = make.product(registered_on=way.today() - timedelta(days=1))
    with way.refused("registered_too_late"):
        forum.bring(panel=way.convened_forum(closed, by=officer), product=recent, by=officer)
    assert forum.bring(panel=panel, product=late, by=officer).entry.state == EntryState.COMPETING


def test_a_stale_copy_of_a_product_does_not_slip_in(round_):
    officer = make.recorder()
    panel, product = way.convened_forum(round_, by=officer), make.product()
    register.end_product(by=None, product=Product.objects.get(pk=product.pk), version=product.version)
    assert product.ended_on is None
    with way.refused("product_ended"):
        forum.bring(panel=panel, product=product, by=officer)


def test_samples_enter_no_real_round_and_real_products_a_rehearsal_of_either_kind(round_):
    officer, sample = make.recorder(), make.product(make.producer(origin=Origin.SAMPLE))
    with way.refused("origin_differs"):
        forum.bring(panel=way.convened_forum(round_, by=officer), product=sample, by=officer)
    rehearsal = way.open_round("2569-r1", kind=RoundKind.REHEARSAL)
    assert forum.bring(panel=way.convened_forum(rehearsal, by=officer), product=make.product(), by=officer).entry.origin == Origin.REAL


# --- attendance and votes ----------------------------------------------------------------------------------------------


def test_attendance_comes_before_votes_and_bounds_them(round_):
    officer = make.recorder()
    panel = forum.convene_forum(round_=round_, area=make.area(), by=officer)
    line = forum.bring(panel=panel, product=make.product(), by=officer)
    with way.refused("attendance_missing"):
        forum.record_line(line=line, version=line.version, by=officer, votes=3)
    panel = forum.record_forum(panel=panel, version=panel.version, held_on=way.today(), present=20, by=officer)
    with way.refused("more_votes_than_people"):
        forum.record_line(line=line, version=line.version, by=officer, votes=21)
    line = forum.record_line(line=line, version=line.version, by=officer, votes=20)
    with way.refused("more_votes_than_people"):
        forum.record_forum(panel=panel, version=panel.version, held_on=way.today(), present=19, by=officer)
    line.refresh_from_db()
    assert line.votes == 20


def test_a_forum_is_held_on_a_day_of_its_stage_that_has_come(round_):
    officer, day = make.recorder(), way.today()
    panel = forum.convene_forum(round_=round_, area=make.area(), by=officer)
    days = {None: "forum_day_missing", day + timedelta(days=1): "forum_in_future", day - timedelta(days=40): "forum_outside_stage"}
    for held_on, code in days.items():
        with way.refused(code):
            forum.record_forum(panel=panel, version=panel.version, held_on=held_on, present=20, by=officer)


def test_two_people_saving_at_once_lose_nothing(round_):
    officer = make.recorder()
    panel = way.convened_forum(round_, by=officer)
    line = forum.bring(panel=panel, product=make.product(), by=officer)
    theirs = ForumLine.objects.get(pk=line.pk)
    forum.record_line(line=theirs, version=1, by=make.amphoe_officer(), votes=12)
    with pytest.raises(Conflict):
        forum.record_line(line=line, version=1, by=officer, votes=13)
    line.refresh_from_db()
    assert (line.votes, line.version) == (12, 2)
    with pytest.raises(Conflict):
        forum.record_forum(panel=panel, version=panel.version - 1, held_on=way.today(), present=90, by=officer)


# --- the choice --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("test", ["wisdom", "material", "plan"])
def test_a_no_cannot_be_chosen(round_, test):
    officer = make.recorder()
    panel = way.convened_forum(round_, by=officer)
    line = forum.bring(panel=panel, product=make.product(), by=officer)
    with way.refused("test_failed"):
        forum.record_line(line=line, version=line.version, by=officer, **{**way.PASSED, test: False, "chosen": True})
    line.refresh_from_db()
    line = forum.record_line(line=line, version=line.version, by=officer, **{**way.PASSED, "chosen": True, "votes": 5})
    with way.refused("test_failed"):
        forum.record_line(line=line, version=line.version, by=officer, **{test: False})


@pytest.mark.parametrize(
    ("said", "code"),
    [({"votes": None}, "votes_missing"), ({"plan": None}, "test_unanswered"), ({"material_evidence": " "}, "evidence_missing")],
)
def test_a_line_that_is_not_whole_keeps_the_forum_open(round_, said, code):
    officer = make.recorder()
    panel = way.convened_forum(round_, by=officer)
    way.brought(panel, make.product(), by=officer, **said)
    with way.refused(code):
        forum.settle_forum(panel=panel, by=officer)


def test_a_forum_settles_something_and_not_more_than_its_quota(round_):
    officer = make.recorder()
    panel = way.convened_forum(round_, by=officer)
    with way.refused("no_products"):
        forum.settle_forum(panel=panel, by=officer)
    for _number in range(4):
        way.brought(panel, make.product(), by=officer)
    with way.refused("over_quota"):
        forum.settle_forum(panel=panel, by=officer)


def test_departing_from_the_votes_needs_a_reason(round_):
    officer = make.recorder()
    panel = way.convened_forum(round_, by=officer)
    fewer = way.brought(panel, make.product(), by=officer, votes=10)
    more = way.brought(panel, make.product(), by=officer, votes=30, chosen=False)
    with way.refused("departs_from_votes"):
        forum.settle_forum(panel=panel, by=officer)
    forum.record_line(line=fewer, version=fewer.version, by=officer, reason="ผู้ผลิตอีกรายขอรอรอบหน้า")
    ranking = forum.settle_forum(panel=panel, by=officer)
    assert dict(ranking.placements.values_list("entry_id", "up")) == {fewer.entry_id: True, more.entry_id: False}


def test_more_votes_for_a_product_that_failed_a_test_need_no_reason(round_):
    officer = make.recorder()
    panel = way.convened_forum(round_, by=officer)
    way.brought(panel, make.product(), by=officer, votes=10)
    failed = way.brought(panel, make.product(), by=officer, votes=30, plan=False, chosen=False)
    ranking = forum.settle_forum(panel=panel, by=officer)
    reason = ranking.placements.get(entry=failed.entry_id).reason
    assert "30" in reason
    failed.entry.refresh_from_db()
    assert (failed.entry.state, failed.entry.stage) == (EntryState.STOPPED, 1)


def test_a_settled_forum_is_only_followed(round_):
    officer = make.recorder()
    way.settled_forum(round_, [make.product()])
    panel = forum.convene_forum(round_=round_, area=make.area(), by=officer)
    line = ForumLine.objects.get()
    with way.refused("panel_settled"):
        forum.settle_forum(panel=panel, by=officer)
    with way.refused("panel_settled"):
        forum.bring(panel=panel, product=make.product(), by=officer)
    with way.refused("panel_settled"):
        forum.record_line(line=line, version=line.version, by=officer, votes=1)
    with way.refused("panel_settled"):
        forum.record_forum(panel=panel, version=panel.version, held_on=way.today(), present=99, by=officer)


def test_equal_votes_share_a_place_and_the_stored_order_follows_from_its_inputs(round_):
    officer = make.recorder()
    panel = way.convened_forum(round_, by=officer)
    for votes, chosen in ((30, True), (12, True), (12, True), (9, False), (0, False)):
        way.brought(panel, make.product(), by=officer, votes=votes, chosen=chosen)
    ranking = forum.settle_forum(panel=panel, by=officer)
    assert list(ranking.placements.order_by("entry_id").values_list("place", flat=True)) == [1, 2, 2, 4, 5]
    stored = bytes(ranking.inputs)
    assert recount(stored) == stored
    changed = json.loads(stored)
    changed["inputs"]["lines"][0]["votes"] = 1
    assert recount(json.dumps(changed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()) != stored


def test_a_forum_that_comes_after_its_amphoe_has_settled_sends_nothing_up(round_):
    done = way.Way(round_, way.five_products())
    done.take(1)
    done.take(2)
    officer = make.recorder("460202")
    panel = way.convened_forum(round_, "460202", by=officer)
    way.brought(panel, make.product(code="460202"), by=officer)
    with way.refused("finished_above"):
        forum.settle_forum(panel=panel, by=officer)


# --- taken back --------------------------------------------------------------------------------------------------------


def test_what_was_brought_by_mistake_is_taken_back_and_may_come_anew(round_):
    officer, product = make.recorder(), make.product(category=make.category("food"))
    panel = way.convened_forum(round_, by=officer)
    line = way.brought(panel, product, by=officer, votes=31)
    with way.refused("reason_missing"):
        forum.take_back(line=line, reason="  ", by=officer)
    gone = forum.take_back(line=line, reason="ประเภทไม่ถูกต้อง", by=officer)
    assert (gone.state, gone.withdrawn_on) == (EntryState.WITHDRAWN, way.today())
    assert forum.take_back(line=line, reason="กดซ้ำ", by=officer) == gone
    panel.refresh_from_db()
    panel = forum.record_forum(panel=panel, version=panel.version, held_on=way.today(), present=20, by=officer)  # not its 31 votes
    with way.refused("no_products"):
        forum.settle_forum(panel=panel, by=officer)
    register.change_product(
        by=officer, product=product, version=product.version, name=product.name, area=product.area, category=make.category("herb")
    )
    again = way.brought(panel, product, by=officer, votes=12)
    assert (again.entry.pk != gone.pk, again.entry.category.code) == (True, "herb")
    forum.settle_forum(panel=panel, by=officer)
    again.entry.refresh_from_db()
    gone.refresh_from_db()
    assert (again.entry.stage, gone.stage, gone.state) == (2, 1, EntryState.WITHDRAWN)


def test_nothing_is_taken_back_by_a_stranger_or_from_a_settled_forum(round_):
    officer, product, other = make.recorder(), make.product(), make.product()
    panel = way.convened_forum(round_, by=officer)
    line = way.brought(panel, product, by=officer)
    way.brought(panel, other, by=officer)
    with way.refused("not_the_recorder"):
        forum.take_back(line=line, reason="ผิดรายการ", by=make.recorder(make.SISTER))
    forum.settle_forum(panel=panel, by=officer)
    with way.refused("panel_settled"):
        forum.take_back(line=line, reason="ผิดรายการ", by=officer)
    line.entry.refresh_from_db()
    assert line.entry.state == EntryState.COMPETING


def test_the_day_of_taking_back_stays(round_):
    officer = make.recorder()
    panel = way.convened_forum(round_, by=officer)
    entry = forum.take_back(line=way.brought(panel, make.product(), by=officer), reason="ผิดรายการ", by=officer)
    for changes in ({"withdrawn_on": entry.withdrawn_on + timedelta(days=1)}, {"state": "competing", "withdrawn_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(**changes)
