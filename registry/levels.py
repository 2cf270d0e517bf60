"""The five levels of the area tree, how area codes nest, and how an area's name is written at its level."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CENTRE_CODE = "TH"
BANGKOK_CODE = "10"
REGION_CODES = ("R-C", "R-N", "R-NE", "R-S")
_REGION_OF_FIRST_DIGIT = {
    **dict.fromkeys("127", "R-C"),
    **dict.fromkeys("56", "R-N"),
    **dict.fromkeys("34", "R-NE"),
    **dict.fromkeys("89", "R-S"),
}


class Level(StrEnum):
    """The kind of an Area, from the centre down to the tambon."""

    CENTRAL = "central"
    REGION = "region"
    PROVINCE = "province"
    AMPHOE = "amphoe"
    TAMBON = "tambon"

    @property
    def rank(self) -> int:
        """Depth in the tree: 0 for the centre to 4 for the tambon."""
        return _ORDER.index(self)

    @property
    def parent(self) -> "Level | None":
        """The level above; none above the centre."""
        return _ORDER[self.rank - 1] if self.rank else None

    @property
    def child(self) -> "Level | None":
        """The level below; none below the tambon."""
        return _ORDER[self.rank + 1] if self.rank < len(_ORDER) - 1 else None

    @property
    def label(self) -> Promise:
        """The level's name, lazily translated."""
        return _LABELS[self]


_ORDER = (Level.CENTRAL, Level.REGION, Level.PROVINCE, Level.AMPHOE, Level.TAMBON)
_LABELS: dict[Level, Promise] = {
    Level.CENTRAL: _("Centre"),
    Level.REGION: _("Region"),
    Level.PROVINCE: _("Province"),
    Level.AMPHOE: _("Amphoe"),
    Level.TAMBON: _("Tambon"),
}
LEVEL_CHOICES: list[tuple[str, Promise]] = [(level.value, level.label) for level in _ORDER]

_LONG = {Level.REGION: "ภาค", Level.PROVINCE: "จังหวัด", Level.AMPHOE: "อำเภอ", Level.TAMBON: "ตำบล"}
_SHORT = {Level.REGION: "ภาค", Level.PROVINCE: "จ.", Level.AMPHOE: "อ.", Level.TAMBON: "ต."}
_BANGKOK = {Level.AMPHOE: "เขต", Level.TAMBON: "แขวง"}
_ENGLISH = {Level.AMPHOE: "Amphoe ", Level.TAMBON: "Tambon "}
_ENGLISH_BANGKOK = {Level.AMPHOE: "Khet ", Level.TAMBON: "Khwaeng "}


def level_of_code(code: str) -> Level:
    """The level an area code stands for: TH, R-C, two, four or six digits; anything else is a ValueError."""
    if code == CENTRE_CODE:
        return Level.CENTRAL
    if code in REGION_CODES:
        return Level.REGION
    by_length = {2: Level.PROVINCE, 4: Level.AMPHOE, 6: Level.TAMBON}
    if not (code.isascii() and code.isdigit()) or len(code) not in by_length or code[0] == "0":
        raise ValueError(f"not an area code: {code!r}")
    return by_length[len(code)]


def parent_code(code: str) -> str | None:
    """The code of the area above, which official codes carry inside them; None above the centre."""
    match level_of_code(code):
        case Level.CENTRAL:
            return None
        case Level.REGION:
            return CENTRE_CODE
        case Level.PROVINCE:
            return region_of_province(code)
    return code[:-2]


def region_of_province(code: str) -> str:
    """The region's code ("R-C", "R-N", "R-NE", "R-S") by the first digit of a province, amphoe or tambon code."""
    if level_of_code(code).rank < Level.PROVINCE.rank:
        raise ValueError(f"not inside a province: {code!r}")
    return _REGION_OF_FIRST_DIGIT[code[0]]


def province_of(code: str) -> str | None:
    """The province's code; None for the centre and the regions."""
    return code[:2] if level_of_code(code).rank >= Level.PROVINCE.rank else None


def amphoe_of(code: str) -> str | None:
    """The amphoe's code; None above the amphoe."""
    return code[:4] if level_of_code(code).rank >= Level.AMPHOE.rank else None


def is_bangkok(code: str) -> bool:
    """Whether the area is Bangkok or lies in it; it has khet and khwaeng, and no prefix of its own."""
    return province_of(code) == BANGKOK_CODE


def long_name(level: Level | str, name_th: str, code: str) -> str:
    """The Thai name with its full prefix: จังหวัดกาฬสินธุ์ อำเภอนามน ตำบลหนองบัว; กรุงเทพมหานคร เขตพระนคร แขวง…"""
    return _prefixed(_BANGKOK if is_bangkok(code) else _LONG, level, name_th)


def short_name(level: Level | str, name_th: str, code: str) -> str:
    """The Thai name with its short prefix: จ.กาฬสินธุ์ อ.นามน ต.หนองบัว; in Bangkok as `long_name`."""
    return _prefixed(_BANGKOK if is_bangkok(code) else _SHORT, level, name_th)


def long_name_en(level: Level | str, name_en: str, code: str) -> str:
    """The English name with its level: Kalasin Province, Amphoe Na Mon, Tambon Nong Bua; Bangkok, Khet…, Khwaeng…"""
    if level == Level.PROVINCE and not is_bangkok(code):
        return f"{name_en} Province"
    return short_name_en(level, name_en, code)


def short_name_en(level: Level | str, name_en: str, code: str) -> str:
    """The English name as `long_name_en`, but a province stands bare: Kalasin."""
    return _prefixed(_ENGLISH_BANGKOK if is_bangkok(code) else _ENGLISH, level, name_en)


def _prefixed(prefixes: dict[Level, str], level: Level | str, name: str) -> str:
    """The name behind its prefix, which no area's own name begins with, so one that already has it is left alone."""
    prefix = prefixes.get(Level(level), "")
    return name if name.startswith(prefix) else prefix + name
