"""Names as files bring them: cleaned of what is no name, and told apart where they are only nearly alike."""

import html
import re
from functools import lru_cache

from registry.intake.alike import slips
from registry.models import ProducerType
from registry.thai import COMMON_WORDS, match_key, normalise, to_arabic_digits

LONGEST = 250  # letters a name may have
_NOTHING = frozenset({"", "ไม่มี", "ไม่ระบุ", "ไม่ทราบ", "na", "null", "none", "nan"})
LONGEST_NOTHING = 12  # letters, dots and spaces between them counted
_CODE = re.compile(r"\s*\(?\s*รหัส\s*(?:โอทอป|otop|สินค้า|ผลิตภัณฑ์)?\s*:?\s*[\d-]{6,}\s*\)?", re.IGNORECASE)
_RESULT = re.compile(
    r"\s*(?:หมู่(?:ที่)?\s*\d+\s*)?\(?(?:ระดับ|otop|opc)\s*[1-5]\s*ดาว(?:\s*(?:ปี|พ\.?ศ\.?)*\s*\d{4})?\)?\s*$"
    r"|\s*\(?opc\s*[-–]?\s*(?:19|20|24|25)\d\d\)?\s*$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"\s*©\s*\d{4}\s*$")
_FAULT_OF_A_SHEET = re.compile(r"#(?:NAME\?|REF!|VALUE!|N/A|DIV/0!|NULL!|NUM!)")
_WITHHELD = re.compile(r"\[[^\]]*\]|\*{3,}|x{4,}", re.IGNORECASE)
_SELLER = re.compile(
    r"(?:ร้าน)?(?:จัด)?จำหน่าย|(?:ร้าน|ศูนย์|หมู่บ้าน).{0,40}จำหน่าย|(?:กลุ่ม)?จัดจำหน่าย|ขาย(?:เอง|ออนไลน์|ที่|ตาม)|ตลาด(?:นัด|ต้องชม)"
)
_NUMBER = re.compile(r"\d+")
_JURISTIC = re.compile(r"บริษัท|บจก|ห้างหุ้นส่วน|หจก|co\.?,? ?ltd|limited|company", re.IGNORECASE)
_COLLECTIVE = re.compile(r"กลุ่ม|วิสาหกิจชุมชน|สหกรณ์|ชมรม|ชุมชน|แม่บ้าน|เครือข่าย|ศูนย์")
# Longest first, so that none hides in another.
_COMMON_WORDS = re.compile("|".join(sorted(COMMON_WORDS, key=len, reverse=True)))


@lru_cache(maxsize=100_000)
def said_name(text: str) -> str:
    """The name in a cell, normalised, with HTML characters read; empty for a dash and other ways to write nothing."""
    name = normalise(html.unescape(text))
    if "©" in name:
        name = _COPYRIGHT.sub("", name)
    says = any(map(str.isalnum, name)) and (len(name) > LONGEST_NOTHING or match_key(name) not in _NOTHING)
    return name if says else ""


def product_name(text: str) -> str:
    """`said_name` without codes and results of old rounds that stood behind it (รหัสโอทอป …, ระดับ 4 ดาว ปี 2555)."""
    name = said_name(text)
    bare = _RESULT.sub("", _CODE.sub("", name))
    if bare == name:
        return name
    bare = bare.strip(" -–,")
    return bare if match_key(bare) else name


def is_damaged(name: str) -> bool:
    """Cut off by the publisher, spoilt by a spreadsheet or a wrong encoding, or too long to be a name."""
    return name.endswith(("..", "…")) or "\ufffd" in name or bool(_FAULT_OF_A_SHEET.search(name)) or len(name) > LONGEST


def is_withheld(name: str) -> bool:
    """Stands in for a person's name that the publisher took out: [บุคคล], ***."""
    return bool(_WITHHELD.fullmatch(name))


def is_seller(name: str) -> bool:
    """Says where the goods are sold, not who makes them."""
    return bool(_SELLER.match(name))


def is_general(name: str) -> bool:
    """Made only of words that every second group has (กลุ่มแม่บ้านเกษตรกร), so it does not tell which one."""
    return not distinctive(name) and not _NUMBER.search(match_key(name))


def reads_like_a_group(name: str) -> bool:
    """A product's name that begins as the names of groups do."""
    return name.startswith(("กลุ่ม", "วิสาหกิจชุมชน", "สหกรณ์", "ชมรม"))


def producer_type(text: str, name: str) -> str:
    """The type in its own column, else the one the name speaks of: a juristic person, a group, else a single owner."""
    key = match_key(text)
    for kind, words in _TYPES.items():
        if key and key in words:
            return kind
    if _JURISTIC.search(name):
        return ProducerType.SME
    return ProducerType.GROUP if _COLLECTIVE.search(name) else ProducerType.OWNER


_TYPES = {
    ProducerType.GROUP: {"group", "กลุ่ม", "กลุ่มผู้ผลิตชุมชน", "กลุ่มผู้ผลิต", "communityproducergroup", "วิสาหกิจชุมชน"},
    ProducerType.OWNER: {
        "owner",
        "เจ้าของรายเดียว",
        "ผู้ผลิตชุมชนที่เป็นเจ้าของรายเดียว",
        "ผู้ผลิตชุมชน",
        "รายเดียว",
        "singlecommunityowner",
    },
    ProducerType.SME: {
        "sme",
        "smes",
        "วิสาหกิจขนาดกลางและขนาดย่อม",
        "ผู้ผลิตที่เป็นวิสาหกิจขนาดกลางและขนาดย่อม",
        "smallormediumenterprise",
    },
}


@lru_cache(maxsize=200_000)
def distinctive(name: str) -> str:
    """The match key without the common words of producers' names and without numbers."""
    return _NUMBER.sub("", match_key(_COMMON_WORDS.sub("", normalise(name))))


@lru_cache(maxsize=200_000)
def numbers(name: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(to_arabic_digits(name)))


def village_number(village: str) -> str:
    """The number of the village in บ้านโพน หมู่ 5; empty when there is none."""
    found = numbers(village)
    return next(iter(found)) if len(found) == 1 else ""


def alike_producers(one: str, other: str) -> bool:
    """Whether two names of one tambon may mean the same producer: alike but for common words or a slip of the pen."""
    if numbers(one) and numbers(other) and numbers(one) != numbers(other):
        return False
    return _alike(distinctive(one), distinctive(other), least=7)


def alike_products(one: str, other: str) -> bool:
    """Whether two names of one producer may mean the same product: alike but for ขนม… or a slip of the pen."""
    if numbers(one) != numbers(other):
        return False
    return _alike(_product_stem(one), _product_stem(other), least=9)


@lru_cache(maxsize=200_000)
def _product_stem(name: str) -> str:
    key = match_key(name)
    return key.removeprefix("ผลิตภัณฑ์").removeprefix("ขนม") or key


def _alike(one: str, other: str, *, least: int) -> bool:
    """Equal, or one slip apart from `least` letters on, two from twice as many."""
    if not one or not other:
        return False
    shorter = min(len(one), len(other))
    allowed = (shorter >= least) + (shorter >= 2 * least)
    return one == other or (abs(len(one) - len(other)) <= allowed > 0 and slips(one, other) <= allowed)
