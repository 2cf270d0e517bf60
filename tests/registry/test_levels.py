"""Levels, how codes nest, and names as they are written at each level."""

from itertools import pairwise

import geothai
import pytest
from django.utils.translation import override

from registry import levels
from registry.levels import LEVEL_CHOICES, Level

DISTRICTS = [district for province in geothai.provinces() for district in geothai.districts(province.code)]
CODES = [
    *(province.code for province in geothai.provinces()),
    *(district.code for district in DISTRICTS),
    *(tambon.code for district in DISTRICTS for tambon in geothai.subdistricts(district.code)),
]


def test_the_five_levels_are_a_ladder():
    assert [level.rank for level in Level] == [0, 1, 2, 3, 4]
    assert all(above.child is below and below.parent is above for above, below in pairwise(Level))
    assert Level.CENTRAL.parent is None
    assert Level.TAMBON.child is None
    assert [value for value, _ in LEVEL_CHOICES] == ["central", "region", "province", "amphoe", "tambon"]
    with override("en"):
        assert str(Level.AMPHOE.label) == "Amphoe"


def test_every_official_code_leads_up_to_the_centre():
    assert len(CODES) == 77 + 928 + 7436
    for code in CODES:
        chain = [code]
        while (above := levels.parent_code(chain[-1])) is not None:
            chain.append(above)
        assert [levels.level_of_code(each) for each in chain[::-1]] == list(Level)[: len(chain)]
        assert levels.province_of(code) == code[:2]


def test_regions_follow_the_first_digit():
    provinces = [code for code in CODES if len(code) == 2]
    counts = {
        region: sum(levels.region_of_province(code) == region for code in provinces) for region in levels.REGION_CODES
    }
    assert counts == {"R-C": 26, "R-N": 17, "R-NE": 20, "R-S": 14}


def test_amphoe_and_province_of_a_code():
    assert levels.amphoe_of("461102") == "4611"
    assert levels.amphoe_of("46") is None
    assert levels.province_of("R-N") is None
    with pytest.raises(ValueError, match="not inside a province"):
        levels.region_of_province("TH")


@pytest.mark.parametrize(
    "code", ["", "4", "461", "46110", "46110201", "R-X", "th", "0146", "๔๖", "4a", "4\u00b2", "\ud800"]
)
def test_what_is_not_a_code_is_refused(code):
    with pytest.raises(ValueError, match="not an area code"):
        levels.level_of_code(code)


@pytest.mark.parametrize(
    ("level", "th", "en", "code", "long", "short", "long_en", "short_en"),
    [
        ("central", "ประเทศไทย", "Thailand", "TH", "ประเทศไทย", "ประเทศไทย", "Thailand", "Thailand"),
        ("region", "เหนือ", "North", "R-N", "ภาคเหนือ", "ภาคเหนือ", "North", "North"),
        ("region", "ภาคเหนือ", "North", "R-N", "ภาคเหนือ", "ภาคเหนือ", "North", "North"),
        ("province", "กาฬสินธุ์", "Kalasin", "46", "จังหวัดกาฬสินธุ์", "จ.กาฬสินธุ์", "Kalasin Province", "Kalasin"),
        ("amphoe", "นามน", "Na Mon", "4602", "อำเภอนามน", "อ.นามน", "Amphoe Na Mon", "Amphoe Na Mon"),
        ("tambon", "หนองบัว", "Nong Bua", "460205", "ตำบลหนองบัว", "ต.หนองบัว", "Tambon Nong Bua", "Tambon Nong Bua"),
        ("tambon", "จ.ป.ร.", "Choporo", "850406", "ตำบลจ.ป.ร.", "ต.จ.ป.ร.", "Tambon Choporo", "Tambon Choporo"),
        ("province", "กรุงเทพมหานคร", "Bangkok", "10", "กรุงเทพมหานคร", "กรุงเทพมหานคร", "Bangkok", "Bangkok"),
        ("amphoe", "พระนคร", "Phra Nakhon", "1001", "เขตพระนคร", "เขตพระนคร", "Khet Phra Nakhon", "Khet Phra Nakhon"),
        ("amphoe", "เขตดุสิต", "Dusit", "1002", "เขตดุสิต", "เขตดุสิต", "Khet Dusit", "Khet Dusit"),
        ("tambon", "บางรัก", "Bang Rak", "100405", "แขวงบางรัก", "แขวงบางรัก", "Khwaeng Bang Rak", "Khwaeng Bang Rak"),
    ],
)  # fmt: skip
def test_names_at_their_level(level, th, en, code, long, short, long_en, short_en):
    assert levels.long_name(level, th, code) == long
    assert levels.short_name(Level(level), th, code) == short
    assert levels.long_name_en(Level(level), en, code) == long_en
    assert levels.short_name_en(level, en, code) == short_en
