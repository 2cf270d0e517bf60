"""Sample criteria sets for the five categories: not official, written from the known gist, with examples that prove them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from registry.actions.acts import moment
from registry.models import Category, User
from registry.refusal import require
from selection import rules
from selection.actions.criteria import activate_criteria, enter_criteria
from selection.actions.rounds import SAMPLE_BANDS
from selection.models import CriteriaSet
from selection.sample.criteria.province import PART_A, PART_B
from selection.sample.criteria.quality import PART_C
from selection.specs import ExampleSpec
from selection.tally import Band

NOTE_TH = (
    "ตัวอย่าง ไม่ใช่เกณฑ์ทางการ: โครงสามส่วน ก ข ค และผู้ให้คะแนนแต่ละส่วนมาจากข่าวและคู่มือการคัดสรรปี 2562 และ 2567"
    " ส่วนหัวข้อย่อย คะแนน และช่วงคะแนนดาวเขียนขึ้นเองเพื่อสาธิต เพราะยืนยันเกณฑ์ทางการไม่ได้"
    " เจ้าหน้าที่ส่วนกลางบันทึกเกณฑ์จริงแทนได้"
)
NOTE_EN = (
    "Sample, not official: the three parts and who scores each follow news and the handbooks of the rounds of 2019 and"
    " 2024; items, points and star bands were written for demonstration, because the official ones could not be"
    " confirmed. A central officer can enter the real ones instead."
)
# Part totals of signed sheets (hundredths), the total they give, and the stars: the edges of every band, and totals
# that come out right only when nothing is rounded before the end.
EXAMPLES = (
    ExampleSpec({"a": [3000] * 3, "b": [3000] * 3, "c": [4000] * 3}, 10000, 5),
    ExampleSpec({"a": [2700] * 3, "b": [2700] * 3, "c": [3600] * 3}, 9000, 5),
    ExampleSpec({"a": [2700] * 3, "b": [2700] * 3, "c": [3599] * 3}, 8999, 4),
    # 68.50/3 + 85.75/3 + 462.94/12 is 89.995 and becomes 90.00; thirds cut short would make it 89.99
    ExampleSpec({"a": [2250, 2300, 2300], "b": [2850, 2875, 2850], "c": [3850] * 6 + [3866] * 5 + [3864]}, 9000, 5),
    ExampleSpec({"a": [2250, 2300, 2300], "b": [2850, 2875, 2850], "c": [3850] * 6 + [3866] * 5 + [3863]}, 8999, 4),
    ExampleSpec({"a": [2400] * 5, "b": [2400] * 5, "c": [3200] * 5}, 8000, 4),
    ExampleSpec({"a": [2400, 2400, 2399], "b": [2400] * 3, "c": [3200, 3200, 3199]}, 7999, 3),
    ExampleSpec({"a": [2100] * 3, "b": [2100] * 3, "c": [2800] * 3}, 7000, 3),
    ExampleSpec({"a": [1500] * 3, "b": [1500] * 3, "c": [1999, 2000, 1999]}, 4999, 1),
    ExampleSpec({"a": [1500] * 3, "b": [1500] * 3, "c": [2000, 2000, 1999]}, 5000, 2),
    ExampleSpec({"a": [0], "b": [0], "c": [0]}, 0, 1),
)


def sample_bands() -> list[Band]:
    return [Band(stars, least) for stars, least in SAMPLE_BANDS.items()]


def enter_samples(
    *, by: User, at: datetime | None = None, examples: Sequence[ExampleSpec] = EXAMPLES
) -> Mapping[str, CriteriaSet]:
    """Enters and activates a new edition of all five sets; gives them by category code."""
    drafts = {category.code: _draft(category, examples, by, at) for category in Category.objects.all()}
    return {
        code: activate_criteria(criteria_set=draft, bands=sample_bands(), by=by, at=at)
        for code, draft in drafts.items()
    }


@transaction.atomic
def enter_sample_drafts(*, by: User, at: datetime | None = None) -> list[CriteriaSet]:
    """Enters the five sets as drafts, to be looked at and corrected; refuses where there is any set already."""
    now = moment(at)
    categories = list(Category.objects.select_for_update(no_key=True))  # of two who do it at once the second is refused
    require(rules.may_run_rounds(by, now), rules.no_set_yet())
    return [_draft(category, EXAMPLES, by, now) for category in categories]


def _draft(category: Category, examples: Sequence[ExampleSpec], by: User, at: datetime | None) -> CriteriaSet:
    return enter_criteria(
        category=category, name_th=f"หลักเกณฑ์ตัวอย่าง {category.name_th}", name_en=f"Sample criteria: {category.name_en}",
        parts=(PART_A, PART_B, PART_C[category.code]), examples=examples, official=False,
        source_note_th=NOTE_TH, source_note_en=NOTE_EN, by=by, at=at,
    )  # fmt: skip
