"""Criteria sets: the sample's own, entering and activation by worked examples."""

from dataclasses import replace

import pytest

from registry.models import Category, History, Leaf
from registry.refusal import Conflict
from selection import scoring
from selection.actions import criteria
from selection.models import CriteriaSet, CriteriaState, DescribedLevel
from selection.sample.criteria import EXAMPLES, enter_sample_drafts, enter_samples, sample_bands
from selection.tally import Band
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db

RIGHT = criteria.ExampleSpec({"a": [3000], "b": [3000], "c": [3000]}, 9000, 5)
RIGHT_OF_TWO = criteria.ExampleSpec({"a": [6000], "c": [3000]}, 9000, 5)


def entered(parts=None, examples=EXAMPLES, **rest):
    levels = {letter: way.LEVELS[letter] for letter in "กขค"} if parts is None else parts
    return criteria.enter_criteria(**{
        "category": make.category(), "name_th": "หลักเกณฑ์", "name_en": "Criteria", "official": True, "source_note_th": "",
        "source_note_en": "", "parts": [way.part_spec(letter, points) for letter, points in levels.items()],
        "examples": list(examples), "by": way.central(), **rest,
    })  # fmt: skip


def activate(made, **rest):
    return criteria.activate_criteria(**{"criteria_set": made, "bands": way.BANDS, "by": way.central(), **rest})


def test_the_sample_has_a_full_and_active_set_for_every_category():
    sets = enter_samples(by=way.central())

    assert set(sets) == set(Category.objects.values_list("code", flat=True))
    for made in sets.values():
        assert made.state == CriteriaState.ACTIVE
        assert not made.official
        assert "ไม่ใช่เกณฑ์ทางการ" in made.source_note_th
        assert "not official" in made.source_note_en
        assert [(part.letter, part.stage, scoring.part_maximum(part)) for part in made.parts.all()] == [
            ("ก", 3, 3000), ("ข", 3, 3000), ("ค", 4, 4000),
        ]
        for part in made.parts.all():
            items = scoring.items_of(part)
            assert 4 <= len(items) <= 6
            assert all(3 <= item.levels.count() <= 4 for item in items.values())
    assert not DescribedLevel.objects.filter(text_en="").exists()
    assert len({part.groups.first().name_th for made in sets.values() for part in made.parts.filter(letter="ค")}) == 4


def test_the_samples_examples_stand_on_every_edge_of_the_bands():
    given = {(example.total, example.stars) for example in EXAMPLES}
    assert given >= {(10000, 5), (9000, 5), (8999, 4), (8000, 4), (7999, 3), (7000, 3), (5000, 2), (4999, 1), (0, 1)}


def test_only_a_central_officer_enters_and_activates():
    with way.refused("central_officer_only"):
        entered(by=make.province_officer())
    with way.refused("central_officer_only"):
        activate(entered(), by=make.administrator())


def test_a_new_edition_is_a_new_set():
    assert [entered().edition, entered().edition, entered(category=make.category("food")).edition] == [1, 2, 1]


def test_codes_of_items_follow_part_group_and_item():
    made = enter_samples(by=way.central())["food"]
    first, second, third = made.parts.all()
    assert list(scoring.items_of(first)) == ["a1.1", "a1.2", "a1.3", "a2.1", "a3.1", "a3.2"]
    assert list(scoring.items_of(second)) == ["b1.1", "b1.2", "b1.3", "b2.1", "b2.2"]
    assert list(scoring.items_of(third)) == ["c1.1", "c1.2", "c1.3", "c2.1", "c2.2"]


def test_a_set_is_activated_only_when_its_examples_come_out_right():
    with way.refused("examples_missing"):
        activate(entered(examples=()))
    right, wrong_total, wrong_star = (
        criteria.ExampleSpec({"a": [2250, 2300, 2300], "b": [2850, 2875, 2850], "c": [3850] * 6 + [3866] * 5 + [3864]}, *said)
        for said in ((9000, 5), (8999, 5), (9000, 4))
    )
    for example in (wrong_total, wrong_star):
        with way.refused("example_wrong"):
            activate(entered(examples=[right, example]))
    made = activate(entered(examples=[right]))
    assert made.state == CriteriaState.ACTIVE
    assert Leaf.objects.filter(kind="criteria").count() == 1


def test_the_parts_of_a_set_add_up_to_a_hundred():
    with way.refused("parts_not_full"):
        activate(entered(parts={"ก": (3000, 0), "ข": (3000, 0), "ค": (3999, 0)}, examples=[RIGHT]))


# --- drafts ---------------------------------------------------------------------------------------------------------


def redraft(made, version=1, **rest):
    return criteria.redraft_criteria(**{
        "criteria_set": made, "version": version, "fields": criteria.CriteriaFields("ชื่อใหม่", "New", False, "จากคู่มือ", ""),
        "parts": [way.part_spec("ก", (6000, 0)), way.part_spec("ค", (4000, 0))], "examples": [RIGHT_OF_TWO], "by": way.central(),
        **rest,
    })  # fmt: skip


def test_a_draft_sent_again_is_replaced_as_a_whole():
    made = redraft(entered())
    made.refresh_from_db()
    assert (made.name_th, made.official, made.version, made.edition, made.state) == ("ชื่อใหม่", False, 2, 1, CriteriaState.DRAFT)
    assert [(part.letter, scoring.part_maximum(part)) for part in made.parts.all()] == [("ก", 6000), ("ค", 4000)]
    assert [example.total for example in made.examples.all()] == [9000]
    assert DescribedLevel.objects.count() == 4
    acts = History.objects.filter(row=made.public_id).order_by("id").values_list("act", flat=True)
    assert list(acts) == ["enter_criteria", "redraft_criteria"]
    assert activate(made).state == CriteriaState.ACTIVE


def test_a_draft_that_somebody_else_sent_first_is_not_written_over():
    made = entered()
    redraft(made)
    with pytest.raises(Conflict) as caught:
        redraft(made, fields=criteria.CriteriaFields("ชื่ออื่น", "", True, "", ""))
    assert caught.value.theirs["name_th"] == "ชื่อใหม่"
    made.refresh_from_db()
    assert (made.name_th, made.version) == ("ชื่อใหม่", 2)


def test_what_was_looked_at_is_what_is_activated():
    made = entered()
    redraft(made)
    with pytest.raises(Conflict) as caught:
        activate(made, version=1)
    assert caught.value.codes == ["changed_since"]
    assert activate(made, version=2).state == CriteriaState.ACTIVE


def test_an_active_set_is_neither_changed_nor_activated_again():
    made = activate(entered())
    with way.refused("set_active"):
        redraft(made, version=2)
    with way.refused("set_active"):
        activate(made)
    assert Leaf.objects.filter(kind="criteria").count() == 1


def test_nobody_else_corrects_a_draft():
    with way.refused("central_officer_only"):
        redraft(entered(), by=make.province_officer())


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"official": False, "source_note_th": "  "}, "source_missing"),
        ({"parts": []}, "parts_unlike"),
        ({"parts": [way.part_spec("ก", (1, 0))] * 2}, "parts_unlike"),
        ({"parts": [replace(way.part_spec("ก", (1, 0)), stage=5)]}, "part_stage"),
        ({"parts": [replace(way.part_spec("ก", (1, 0)), groups=())]}, "part_bare"),
        ({"parts": [way.part_spec("ก", (1,))]}, "levels_few"),
        ({"parts": [way.part_spec("ก", (1, 1))]}, "levels_few"),
        ({"parts": [way.part_spec("ก", (10001, 0))]}, "levels_range"),
    ],
)
def test_a_table_that_cannot_be_marked_is_not_entered(said, code):
    whole = {"official": True, "source_note_th": "", "parts": [way.part_spec("ก", (1, 0))]} | said
    with way.refused(code):
        criteria.enter_criteria(
            category=make.category(), name_th="ก", name_en="", examples=[], source_note_en="", by=way.central(), **whole
        )
    assert not CriteriaSet.objects.exists()
    assert not History.objects.filter(act="enter_criteria").exists()


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"a": [3000], "b": [3000]}, "example_part_missing"),
        ({"a": [3000], "b": [], "c": [3000]}, "example_part_missing"),
        ({"a": [3000], "b": [3000], "c": [3000], "d": [1]}, "example_part"),
        ({"a": [3001], "b": [3000], "c": [2999]}, "example_above"),
        ({"a": [3000], "b": [3000], "c": [9000]}, "example_above"),
    ],
)
def test_an_example_that_cannot_be_counted_says_why(sheets, code):
    with way.refused(code):
        activate(entered(examples=[criteria.ExampleSpec(sheets, 9000, 5)]))


def test_bands_that_are_not_in_order_activate_nothing():
    with way.refused("bands-order"):
        activate(entered(), bands=[Band(5, 9000), Band(4, 9000), Band(3, 7000), Band(2, 5000), Band(1, 0)])


def test_the_shipped_sets_are_entered_as_drafts_once_and_activate_as_they_are():
    drafts = enter_sample_drafts(by=way.central())
    assert len(drafts) == 5
    assert {(row.state, row.official, row.edition) for row in drafts} == {(CriteriaState.DRAFT, False, 1)}
    assert all(activate(draft, bands=sample_bands()).state == CriteriaState.ACTIVE for draft in drafts)
    with way.refused("sets_exist"):
        enter_sample_drafts(by=way.central())


def test_only_a_central_officer_enters_the_shipped_sets():
    with way.refused("central_officer_only"):
        enter_sample_drafts(by=make.province_officer())
