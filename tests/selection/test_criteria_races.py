"""Two officers write criteria in the same moment: one draft is not written over, editions do not collide."""

import pytest

from registry.models import Leaf
from selection import scoring
from selection.actions import criteria
from selection.models import CriteriaSet, CriteriaState
from selection.sample.criteria import enter_sample_drafts, sample_bands
from tests import make
from tests.selection import make as way
from tests.selection.test_races import TIMES, race

pytestmark = pytest.mark.slow


def redraft(made, letter, by):
    fields = criteria.CriteriaFields(f"ส่วน {letter}", "", True, "", "")
    parts = [way.part_spec(letter, (10_000, 0))]
    example = criteria.ExampleSpec({scoring.LETTERS[letter]: [9000]}, 9000, 5)
    return criteria.redraft_criteria(
        criteria_set=made, version=made.version, fields=fields, parts=parts, examples=[example], by=by
    )


def test_correct_and_correct(own_db):
    for _time in range(TIMES):
        made, one, other = way.criteria_set(active=False), make.central_officer(), make.central_officer()
        given = race(lambda: redraft(made, "ก", one), lambda: redraft(made, "ค", other))
        assert sorted(isinstance(answer, CriteriaSet) for answer in given) == [False, True]
        assert ["saved_by_another"] in given
        made.refresh_from_db()
        assert [f"ส่วน {part.letter}" for part in made.parts.all()] == [made.name_th]


def test_correct_and_activate(own_db):
    for _time in range(TIMES):
        made, one, other = way.criteria_set(active=False), make.central_officer(), make.central_officer()
        before = Leaf.objects.filter(kind="criteria").count()
        given = race(
            lambda: redraft(made, "ก", one),
            lambda: criteria.activate_criteria(criteria_set=made, bands=sample_bands(), version=1, by=other),
        )
        made.refresh_from_db()
        if made.state == CriteriaState.ACTIVE:
            assert given[0] == ["set_active"]
            assert made.parts.count() == 3
        else:
            assert given[1] == ["changed_since"]
            assert made.parts.count() == 1
        assert Leaf.objects.filter(kind="criteria").count() - before == (made.state == CriteriaState.ACTIVE)


def test_enter_and_enter(own_db):
    officers = make.central_officer(), make.central_officer()
    category = make.category("food")

    def enter(by):
        return criteria.enter_criteria(
            category=category, name_th="ก", name_en="", parts=[way.part_spec("ก", (10_000, 0))], examples=[], official=True,
            source_note_th="", source_note_en="", by=by,
        )  # fmt: skip

    for turn in range(TIMES):
        race(*(lambda by=by: enter(by) for by in officers))
        assert sorted(CriteriaSet.objects.values_list("edition", flat=True)) == list(range(1, 2 * turn + 3))


def test_the_shipped_sets_and_the_shipped_sets(own_db):
    one, other = make.central_officer(), make.central_officer()
    given = race(lambda: enter_sample_drafts(by=one), lambda: enter_sample_drafts(by=other))
    assert ["sets_exist"] in given
    assert CriteriaSet.objects.count() == 5
