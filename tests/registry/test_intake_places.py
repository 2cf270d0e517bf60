"""Places as rows write them: found where the path is exact, else choices; never a guess."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.intake.address import PlaceSaid, parse_address, tambon_of_authority
from registry.intake.places import Places
from registry.intake.spots import Found
from registry.models import Area

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return Places.load()


def code(found: Found) -> str:
    return found.spot.code if found.spot is not None else ""


EXACT = [
    (PlaceSaid("กาฬสินธุ์", "นามน", "หนองบัว"), "460205"),
    (PlaceSaid("จังหวัดกาฬสินธุ์", "อ. นามน", "ต.หนองบัว"), "460205"),
    (PlaceSaid("Kalasin", "Na Mon", "Nong Bua"), "460205"),
    (PlaceSaid("กาฬสินธ์ุ", "นามน", "หนองบัว"), "460205"),  # marks in another order
    (PlaceSaid("", "นามน", "หนองบัว"), "460205"),
    (PlaceSaid("กาฬสินธุ์", "เมือง", "กาฬสินธุ์"), "460101"),
    (PlaceSaid("กทม.", "เขตพระนคร", "แขวงวัดราชบพิธ"), "100103"),
    (PlaceSaid("กรุงเทพฯ", "พระนคร", "วัดราชบพิธ"), "100103"),
    (PlaceSaid("อุบลฯ", "วารินฯ", "บุ่งไหม"), "341526"),
    (PlaceSaid("ระนอง", "กระบุรี", "จ.ป.ร."), "850406"),
    (PlaceSaid("มหาสารคาม", "เมือง", "ปอพาน"), ""),
    (PlaceSaid("", "", "", "ม.6 ต.หนองบัว อ.นามน จ.กาฬสินธุ์ 46230"), "460205"),
    (PlaceSaid("", "", "", "หมู่ 3 ตำบลหนองบัวอำเภอนามนจังหวัดกาฬสินธุ์"), "460205"),
    (PlaceSaid("", "", "ตำบลหนองบัว อำเภอนามน จังหวัดกาฬสินธุ์"), "460205"),
    (PlaceSaid("", "", "", "ต.โสธร เมืองฉะเชิงเทรา ฉะเชิงเทรา 24000"), "240112"),
    (PlaceSaid("", "", "", "ตำ&#8203;บลหนองบัว อำเภอ&#8203;นามน จังหวัดกาฬสินธุ์"), "460205"),
    (PlaceSaid("กาฬสินธุ์", "นามน", "Nong Bua Subdistrict / ตำบลหนองบัว"), "460205"),
    (PlaceSaid(code="๔๖๐๒๐๕"), "460205"),
    (PlaceSaid("กาฬสินธุ์", "นามน", "หนองบัว", code="460205"), "460205"),
    (PlaceSaid("กาฬสินธุ์", "นามน", "หนองบัว", code="999999"), "460205"),  # an old code yields to exact names
    (PlaceSaid("กาฬสินธุ์", "นามน", "หนองบัว", "ต.หนองบัว อ.นามน จ.กาฬสินธ"), "460205"),  # the address agrees but for a slip
]


@pytest.mark.parametrize(("said", "wanted"), EXACT)
def test_exact_paths_are_found(places, said, wanted):
    found = places.find(said)
    if not wanted:
        assert found.reason
        return
    expected = wanted if Area.objects.filter(code=wanted).exists() else ""
    assert (found.reason, code(found)) == ("", expected)


@pytest.mark.parametrize(
    ("said", "reason", "field", "first"),
    [
        (PlaceSaid("กาฬสินธุ์", "นามน", "หนองบัง"), "misspelt", "tambon", "460205"),
        (PlaceSaid("กาฬสินธุ์", "นามล", "หนองบัว"), "misspelt", "amphoe", "460205"),
        (PlaceSaid("กาฬสินทุ์", "นามน", "หนองบัว"), "misspelt", "province", "460205"),
        (PlaceSaid("กาฬสินธุ์", "", "หนองบัว"), "several", "amphoe", "460205"),
        (PlaceSaid("", "เฉลิมพระเกียรติ", "หนองบัว"), "several", "province", ""),
        (PlaceSaid("กาฬสินธุ์", "นามน", "กาฬสินธุ์"), "contradiction", "tambon", "460101"),
        (PlaceSaid("กาฬสินธุ์", "นามน", "หนองบัว", code="460101"), "contradiction", "area_code", "460101"),
        (PlaceSaid("กาฬสินธุ์", "เมือง", "", "ต.หนองบัว อ.นามน จ.กาฬสินธุ์"), "contradiction", "address", "460205"),
        (
            PlaceSaid("กาฬสินธุ์", "นามน", "หนองบัว", authority="องค์การบริหารส่วนตำบลนามน"),
            "contradiction",
            "tambon",
            "460205",
        ),
        (PlaceSaid("กาฬสินธุ์", "นามน", "", authority="อบต.หนองบัว"), "authority", "tambon", "460205"),
    ],
)
def test_a_doubtful_place_is_a_question_with_the_best_choice_first(places, said, reason, field, first):
    found = places.find(said)
    assert (found.reason, found.field) == (reason, field)
    assert not first or found.choices[0].code == first
    assert all(len(choice.code) == 6 for choice in found.choices)


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        (PlaceSaid(), ""),
        (PlaceSaid("กาฬสินธุ์"), "46"),
        (PlaceSaid("กาฬสินธุ์", "นามน"), "4602"),
        (PlaceSaid("", "นามน"), "4602"),
    ],
)
def test_without_a_tambon_the_sure_area_is_told(places, said, sure):
    found = places.find(said)
    assert (found.reason, code(found)) == ("missing", sure)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (PlaceSaid("กาฬสินธุ์", "นามน", "ดาวอังคาร"), "tambon"),
        (PlaceSaid("กาฬสินธุ์", "ดาวอังคารสีแดง", "ดาวศุกร์"), "amphoe"),
        (PlaceSaid("แคลิฟอร์เนีย", "ลอสแอนเจลิส", "เบเวอร์ลี"), "province"),
        (PlaceSaid(code="999999"), "area_code"),
    ],
)
def test_what_exists_nowhere_is_unknown(places, said, field):
    found = places.find(said)
    assert (found.reason, found.field, found.choices) == ("unknown", field, ())


def test_every_tambon_is_found_by_its_own_path(places):
    tambons = [spot for spot in places.by_code.values() if spot.level == "tambon"]
    for spot in random.sample(tambons, 1500):
        province, amphoe, tambon = (part.name for part in places.path(spot))
        assert places.find(PlaceSaid(province, amphoe, tambon)) == Found(spot)
        assert places.find(PlaceSaid(address=f"ต.{tambon} อ.{amphoe} จ.{province} 10000")).spot in (spot, None)


TEXT = st.text(alphabet="กขนบวมหองัี่้์เแ .,/ฯต.อ.จ.Nongbua0๑()" + "\u200b\ufffd", max_size=20)


@given(texts=st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT, TEXT))
def test_any_text_finds_a_tambon_or_says_why_not(places, texts):
    found = places.find(PlaceSaid(*texts))
    if not found.reason:
        assert found.spot is not None
        assert found.spot.level == "tambon"
    else:
        assert found.reason in {"missing", "unknown", "misspelt", "several", "contradiction", "authority"}
        assert all(choice.level == "tambon" for choice in found.choices)


@given(data=st.data())
def test_a_slip_in_one_name_never_gives_another_place(places, data):
    """One letter dropped: the very place, or a question; another place only if the slip spells its whole path."""
    spot = data.draw(st.sampled_from([spot for spot in places.by_code.values() if spot.level == "tambon"]))
    names = [part.name for part in places.path(spot)]
    which = data.draw(st.integers(0, 2))
    at = data.draw(st.integers(0, len(names[which]) - 1))
    names[which] = names[which][:at] + names[which][at + 1 :]
    found = places.find(PlaceSaid(*names))
    if not found.reason:
        path = [part.keys for part in places.path(found.spot)]
        assert found.spot == spot or all(place for place in path)
        assert found.spot.code[: 2 * which] == spot.code[: 2 * which]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ม.6 ต.หนองบัว อ.นามน จ.กาฬสินธุ์", {"tambon": "หนองบัว", "amphoe": "นามน", "province": "กาฬสินธุ์"}),
        ("แขวงวัดราชบพิธ เขตพระนคร", {"tambon": "วัดราชบพิธ", "amphoe": "พระนคร"}),
        ("ต.จ.ป.ร. อ.กระบุรี จ.ระนอง", {"tambon": "จ.ป.ร", "amphoe": "กระบุรี", "province": "ระนอง"}),
        ("12 ถนนใหญ่", {}),
    ],
)
def test_addresses_are_taken_apart_at_their_marks(text, parts):
    assert parse_address(text) == parts


def test_only_a_tambons_own_authority_names_a_tambon():
    assert tambon_of_authority("องค์การบริหารส่วนตำบลหนองบัว") == "หนองบัว"
    assert tambon_of_authority("อบต.หนองบัว") == "หนองบัว"
    assert tambon_of_authority("เทศบาลเมืองกาฬสินธุ์") == ""
    assert tambon_of_authority("องค์การบริหารส่วนจังหวัดกาฬสินธุ์") == ""
