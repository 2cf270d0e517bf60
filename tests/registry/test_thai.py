"""Thai text: one form, keys, order, digits, years and dates; and nothing that a keyboard can send breaks them."""

import unicodedata
from datetime import date
from decimal import Decimal
from itertools import permutations

import geothai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import thai

MARKS = "ัิีึืฺุู็่้๊๋์ํ๎ำ"
anything = st.text(st.characters(exclude_categories=())) | st.text(
    "กนมเแาะ" + MARKS + " .\u00a0\u200b\u200f\u0301\ud800\x00๑ๆฯตอจa1", max_size=14
)
DISTRICTS = [district for province in geothai.provinces() for district in geothai.districts(province.code)]
TAMBONS = [tambon.name_th for district in DISTRICTS for tambon in geothai.subdistricts(district.code)]
AMPHOES = [district.name_th for district in DISTRICTS if district.province_code != "10"]
PROVINCES = [province.name_th for province in geothai.provinces()]
BARE_NAMES = sorted({*TAMBONS, *AMPHOES, *PROVINCES})


# --- one form for storing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["น้ำ", "นำ้", "นํ้า", "น้ํา", "นํ้้า", "น้ำำ", "นํ้ำ", "น\u200b้ำ", "น้้ำ"])
def test_the_ways_of_typing_water_are_one(typed):
    assert thai.normalise(typed) == "น\u0e49\u0e33"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("เเม่เเจ่ม", "แม่แจ่ม"),
        ("กาฬสินธ์ุ", "กาฬสินธุ์"),
        ("ก่ี", "กี่"),
        ("ผู้้ผลิต", "ผู้ผลิต"),
        ("ทํา", "ทำ"),
        ("สิทธ์ิ", "สิทธิ์"),
        ("  ผ้า\u00a0\u00a0ไหม \t\n แพรวา ", "ผ้า ไหม แพรวา"),
        ("ผ้า\u200bไหม\u00ad\ufeff\u202e\u2066\x00\x07", "ผ้าไหม"),
        ("cafe\u0301", "café"),
        ("a\ud800b", "ab"),
        ("ลายน้ำไหล ๒ ชุด", "ลายน้ำไหล ๒ ชุด"),
        ("", ""),
    ],
)
def test_typing_is_put_in_order(typed, kept):
    assert thai.normalise(typed) == kept


@given(anything)
def test_the_form_is_settled_storable_and_nfc(text):
    kept = thai.normalise(text)
    assert thai.normalise(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == " ".join(kept.split())
    assert "\x00" not in kept
    kept.encode()


@given(st.sampled_from("กนปฟ"), st.sampled_from("ิีืุู"), st.sampled_from("่้๊๋"), st.booleans())
def test_marks_of_a_letter_may_come_in_any_order(letter, vowel, tone, doubled):
    forms = {thai.normalise(letter + "".join(marks)) for marks in permutations(vowel + tone + tone * doubled)}
    assert forms == {letter + vowel + tone}


def test_official_names_are_already_in_their_form():
    assert [name for name in BARE_NAMES if thai.normalise(name) != name] == []


# --- keys -----------------------------------------------------------------------------------------------------------


@given(anything)
def test_keys_are_settled_and_see_through_spaces_and_hidden_marks(text):
    key = thai.match_key(text)
    assert thai.match_key(key) == key
    assert thai.match_key(f" \u200b{text}. ") == key
    assert thai.sort_key(thai.normalise(text)) == thai.sort_key(text)
    thai.sort_key(text).encode()
    thai.place_key(text).encode()


def test_spellings_of_one_name_share_a_key():
    assert thai.match_key('ชา "ดอกไม้" สูตร ๒') == thai.match_key("ชาดอกไม้ สูตร-2")
    assert thai.match_key("OTOP นํ้าพริก") == thai.match_key("otop  น้ำพริก")
    assert thai.match_key("กรุงเทพฯ") == thai.match_key("กรุงเทพ")
    assert thai.match_key("ผ้าไหม") != thai.match_key("ผ้าใหม")
    assert thai.match_key(" --- ") == ""


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("ต.หนองบัว", "หนองบัว"),
        ("ตำบล หนองบัว", "หนองบัว"),
        ("ต หนองบัว", "หนองบัว"),
        ("ตำหรุ", "ตำหรุ"),
        ("ต.ตำหรุ", "ตำหรุ"),
        ("อ.เมือง", "เมือง"),
        ("อ. เมืองกาฬสินธุ์", "เมืองกาฬสินธุ์"),
        ("เมือง", "เมือง"),
        ("อู่ทอง", "อู่ทอง"),
        ("จ.กาฬสินธ์ุ", "กาฬสินธุ์"),
        ("จังหวัดจันทบุรี", "จันทบุรี"),
        ("จ.ป.ร.", "จปร"),
        ("ต.จ.ป.ร.", "จปร"),
        ("ตำบล จ. ป. ร.", "จปร"),
        ("กิ่งอำเภอกุดรัง", "กุดรัง"),
        ("กิ่ง อ.กุดรัง", "กุดรัง"),
        ("เขตพระนคร", "พระนคร"),
        ("แขวง เสาชิงช้า", "เสาชิงช้า"),
        ("เขาสมิง", "เขาสมิง"),
        ("Amphoe Na Mon", "namon"),
        ("Khetton", "khetton"),
        ("อำเภอ", "อำเภอ"),
        ("ต.", "ต"),
    ],
)
def test_a_place_is_known_without_its_prefix(written, bare):
    assert thai.place_key(written) == bare


@pytest.mark.parametrize("prefix", ["ต.", "ตำบล", "ต. ", "แขวง"])
def test_every_official_tambon_survives_its_prefixes(prefix):
    assert [name for name in TAMBONS if thai.place_key(name) != thai.match_key(name)] == []
    assert [name for name in TAMBONS if thai.place_key(prefix + name) != thai.match_key(name)] == []


def test_every_official_amphoe_and_province_survives_its_prefixes():
    for prefix, names in (("อ.", AMPHOES), ("กิ่งอำเภอ", AMPHOES), ("จ.", PROVINCES), ("จังหวัด", PROVINCES)):
        assert [name for name in names if thai.place_key(prefix + name) != thai.match_key(name)] == []
        assert [name for name in names if thai.place_key(name) != thai.match_key(name)] == []


IN_DICTIONARY_ORDER = [
    "กง", "กฎ", "กะ", "กัน", "กา", "ก่า", "ก้า", "กาง", "กำ", "กิน", "กุ้ง", "เก", "เก่า", "แก", "แก้ว", "โก", "ใกล้", "ไก่",
    "ขา", "ข้าว", "ข้าวต้ม", "น้ำ", "น้ำพริก", "ผ้า", "ผ้าขาวม้า", "ผ้าไหม", "ฝ้าย", "แม่", "ไม้", "เรือ", "ฤดู", "หมู", "อ้อย", "ไอ",
]  # fmt: skip


@given(st.permutations(IN_DICTIONARY_ORDER))
def test_the_order_is_that_of_the_dictionary(words):
    assert sorted(words, key=thai.sort_key) == IN_DICTIONARY_ORDER


def test_tones_decide_only_between_words_otherwise_equal_and_digits_are_one_set():
    assert sorted(["ก๋า", "ก้าง", "กา", "ก๊า", "ก้า", "ก่า"], key=thai.sort_key) == ["กา", "ก่า", "ก้า", "ก๊า", "ก๋า", "ก้าง"]
    assert thai.sort_key("กลุ่ม ๒") == thai.sort_key("กลุ่ม 2") < thai.sort_key("กลุ่ม ๓")


@given(anything, anything)
def test_similarity_is_a_share_and_the_same_both_ways(one, other):
    alike = thai.similarity(one, other)
    assert 0 <= alike <= 1
    assert alike == thai.similarity(other, one)
    assert (alike == 1) == (thai.match_key(one) == thai.match_key(other) != "")


def test_a_slip_of_the_pen_is_closer_than_another_word():
    assert thai.similarity("ผ้าไหมมัดหมี่", "ผ้าใหมมัดหมี่") > 0.7
    assert thai.similarity("ผ้าไหม", "ผ้าฝ้าย") < 0.5
    assert thai.similarity("กาฬสิรธุ์", "กาฬสินธุ์") > max(
        thai.similarity("กาฬสิรธุ์", name) for name in PROVINCES if name != "กาฬสินธุ์"
    )


# --- digits and numbers ---------------------------------------------------------------------------------------------


@given(anything)
def test_digits_go_there_and_back(text):
    assert thai.to_arabic_digits(thai.to_thai_digits(text)) == thai.to_arabic_digits(text)


@given(st.integers(-(10**12), 10**12))
def test_numbers_are_read_as_they_are_shown(number):
    for written in (str(number), f"{number:,}", thai.to_thai_digits(f" {number:,}.00 ")):
        assert thai.parse_number(written) == number
        assert thai.parse_whole(written) == number
        assert thai.parse_hundredths(written) == number * 100


def test_decimals_stay_exact():
    assert thai.parse_number("๑,๒๓๔.๕๖๗") == Decimal("1234.567")
    assert thai.parse_number("\u22125") == -5
    assert thai.parse_hundredths("68.5") == 6850
    assert thai.parse_hundredths("๘๕.๗๕๐") == 8575
    for refused in ("68.505", "x"):
        with pytest.raises(ValueError, match=r"decimals|not a number"):
            thai.parse_hundredths(refused)
    with pytest.raises(ValueError, match="not a whole number"):
        thai.parse_whole("1.5")


@pytest.mark.parametrize(
    "written", ["", " ", "1,23", "1,2345", "12,34,567", "1.", ".5", "1e5", "NaN", "1 2", "²", "٣", "9" * 31, "--1"]
)
def test_what_is_not_a_number_is_refused(written):
    with pytest.raises(ValueError, match="not a number"):
        thai.parse_number(written)


@given(anything)
def test_parsers_refuse_with_value_error_only(text):
    for parse in (thai.parse_number, thai.parse_whole, thai.parse_hundredths, thai.parse_year_be, thai.parse_date):
        try:
            parse(text)
        except ValueError:
            continue


# --- years and dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "2567",
        "๒๕๖๗",
        "2024",
        "๒๐๒๔",
        " พ.ศ. 2567",
        "พ.ศ.๒๕๖๗",
        "พศ 2567",
        "ค.ศ. 2024",
        "ปี 2567",
        "ปี พ.ศ. 2567",
        "2567 BE",
        "2024 CE",
        2567,
        2024,
    ],
)
def test_a_year_is_read_in_both_eras_and_digits(written):
    assert thai.parse_year_be(written) == 2567


@pytest.mark.parametrize(
    "written",
    [
        "",
        "67",
        "256",
        "25670",
        "2156.0",
        "2157",
        "2399",
        "2700",
        "1856",
        "พ.ศ. 2024",
        "ค.ศ. 2567",
        "พ.ศ. 2567 BE",
        "-2567",
        0,
        10**9,
        "ปี",
    ],
)
def test_what_is_not_a_year_is_refused(written):
    with pytest.raises(ValueError, match="year"):
        thai.parse_year_be(written)


@pytest.mark.parametrize(
    "written",
    [
        "18 กันยายน 2567", "18 ก.ย. 2567", "18 ก.ย. 67", "18กย67", "๑๘ กันยายน ๒๕๖๗", "วันที่ 18 เดือนกันยายน พ.ศ. 2567",
        "วันพุธที่ ๑๘ กันยายน พ.ศ. ๒๕๖๗", "18 กันยายน ค.ศ. 2024", "18 September 2024", "18 Sep, 2024", "18 september 2567 BE",
        "18/09/2567", "18/9/2024", "18-09-2567", "18.9.2567", "2024-09-18", "2567-09-18", "2024/9/18",
        "2024-09-18 00:00:00",
    ],
)  # fmt: skip
def test_a_day_is_read_in_its_written_forms(written):
    assert thai.parse_date(written) == date(2024, 9, 18)


def test_the_leap_day_is_asked_of_the_common_era():
    assert thai.parse_date("29/02/2567") == date(2024, 2, 29)
    assert thai.parse_date("๒๙ ก.พ. ๒๕๖๗") == date(2024, 2, 29)
    for written in ("29/02/2568", "29 กุมภาพันธ์ 2568", "2568-02-29"):
        with pytest.raises(ValueError, match=r"day is out of range|day .* must be in range"):
            thai.parse_date(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "18/09/67",
        "18/09-2567",
        "31/4/2567",
        "0/1/2567",
        "1/13/2567",
        "1 เดือน 2567",
        "18 กันยายน",
        "กันยายน 2567",
        "2567",
        "18 กันยายน 2567 หรือ 2568",
        "20240918",
        "2024-09-18 13:00",
    ],
)
def test_what_is_not_a_day_is_refused(written):
    with pytest.raises(ValueError, match=r"."):
        thai.parse_date(written)


@given(st.dates(date(1941, 1, 1), date(2150, 12, 31)), st.booleans())
def test_days_are_read_as_they_are_written(day, thai_digits):
    assert thai.parse_date(thai.date_words_th(day, thai_digits)) == day
    assert thai.parse_date(thai.date_words(day, "en")) == day
    short = f"{day.day} {thai.MONTHS_TH_SHORT[day.month - 1]} {thai.year_be(day)}"
    assert thai.parse_date(short) == day
    assert thai.parse_date(f"{day.day}/{day.month}/{thai.year_be(day)}") == day
    assert thai.parse_date(day.isoformat()) == day


def test_days_in_words():
    assert thai.date_words_th(date(2024, 9, 18)) == "18 กันยายน 2567"
    assert thai.date_words_th(date(2024, 9, 18), thai_digits=True) == "๑๘ กันยายน ๒๕๖๗"
    assert thai.date_words(date(2024, 9, 18), "th") == "18 กันยายน 2567"
    assert thai.date_words(date(1930, 4, 1), "th") == "1930-04-01"
    with pytest.raises(ValueError, match="April"):
        thai.date_words_th(date(1940, 12, 31))
