"""Criteria sets: the sample's own, entering and activation by worked examples."""

import pytest

from registry.models import Category, Leaf
from selection import scoring
from selection.actions import criteria
from selection.models import CriteriaState, DescribedLevel
from selection.sample.criteria import EXAMPLES, enter_samples
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


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
        activate(entered(parts={"ก": (3000, 0), "ข": (3000, 0), "ค": (3999, 0)}))
