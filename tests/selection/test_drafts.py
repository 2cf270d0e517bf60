"""Drafting a round as a whole, and what is refused of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from registry.refusal import Conflict
from selection.actions.drafts import RoundDraft, RoundFields, StageRules, draft_round, redraft_round
from selection.models import PromotionKind, Round, RoundStandard
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


def a_draft(**stage_one: Any) -> RoundDraft:
    fields = RoundFields(2569, "OPC 2569", "", date(2026, 9, 30), 3, 1000, 50, 3, 15)
    stage = StageRules(date(2026, 1, 1), date(2026, 2, 1), PromotionKind.QUOTA, quota=3)
    stages = dict.fromkeys(range(1, 6), stage) | {1: replace(stage, **stage_one)}
    accepted = [(make.category("food"), make.standard("fda"))]
    return RoundDraft(fields, stages, {5: 9000, 4: 8000, 3: 7000, 2: 5000, 1: 0}, [way.criteria_set("food")], accepted)


def test_a_draft_is_written_whole_and_written_anew():
    round_ = draft_round(key="2569", draft=a_draft(quota=7), by=way.central())
    assert (round_.stages.get(number=1).quota, round_.criteria.count(), round_.accepted.count()) == (7, 1, 1)
    bare = replace(a_draft(), criteria=[], accepted=[])
    saved = redraft_round(round_=round_, version=1, draft=bare, by=way.central())
    assert (saved.version, saved.criteria.count(), RoundStandard.objects.count()) == (2, 0, 0)
    assert round_.stages.get(number=1).quota == 3


def test_who_saves_second_is_told_and_changes_nothing():
    round_ = draft_round(key="2569", draft=a_draft(), by=way.central())
    redraft_round(round_=round_, version=1, draft=a_draft(quota=4), by=way.central())
    stale = replace(a_draft(quota=9), fields=replace(a_draft().fields, name_th="ชื่ออื่น"))
    with pytest.raises(Conflict) as conflict:
        redraft_round(round_=round_, version=1, draft=stale, by=way.central())
    assert (conflict.value.yours["name_th"], conflict.value.theirs["name_th"]) == ("ชื่ออื่น", "OPC 2569")
    assert round_.stages.get(number=1).quota == 4


@pytest.mark.parametrize(
    ("stage_one", "code"),
    [
        ({"closes_on": date(2025, 12, 31)}, "days_reversed"),
        ({"quota": None}, "quota_missing"),
        ({"promotion": PromotionKind.LEAST}, "least_total_missing"),
    ],
)
def test_a_stage_without_its_days_or_numbers_is_refused(stage_one: dict[str, Any], code: str):
    with way.refused(code):
        draft_round(key="2569", draft=a_draft(**stage_one), by=way.central())
    assert not Round.objects.exists()


def test_only_a_central_officer_drafts_and_only_while_it_is_a_draft():
    with way.refused("central_officer_only"):
        draft_round(key="2569", draft=a_draft(), by=make.province_officer())
    opened = way.open_round("2569")
    with way.refused("round_opened"):
        redraft_round(round_=opened, version=1, draft=a_draft(), by=way.central())
