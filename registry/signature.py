"""How a name, a position and an office are worded below a signature, in Thai official form and in English.

รักษาราชการแทน, รักษาการในตำแหน่ง and ปฏิบัติราชการแทน are the words of the State Administration Act B.E. 2534 (s.38–50)
and the Civil Service Act B.E. 2551 (s.68); that they stand behind the signer's own position and before the office follows
the annex on signatures of the rules of correspondence B.E. 2526. The titles of offices are rows that the centre keeps,
each with its source; whoever appoints may write others, as the order has them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.levels import CENTRE_CODE, Level, is_bangkok, long_name, long_name_en


class Kind(StrEnum):
    """How an office is held."""

    SUBSTANTIVE = "substantive"
    ACTING = "acting"
    IN_POST = "in_post"
    DELEGATED = "delegated"


WORDS = {
    "th": {Kind.ACTING: "รักษาราชการแทน", Kind.IN_POST: "รักษาการในตำแหน่ง", Kind.DELEGATED: "ปฏิบัติราชการแทน"},
    "en": {Kind.ACTING: "acting for the", Kind.IN_POST: "acting in the post of", Kind.DELEGATED: "by delegation from the"},
}
PLACED_FOR = {"th": "แทน", "en": "in place of"}

class Where(StrEnum):
    """Where a wording of a title holds."""

    ANYWHERE = "anywhere"
    BANGKOK = "bangkok"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Wording:
    """The title of an office without its place, in Thai and English; `spaced`: in Thai a space stands before the place."""

    th: str
    en: str
    spaced: bool = False


# the office, whether its head is meant, and where
Titles = Mapping[tuple[str, bool, str], Wording]


def where_lies(code: str) -> Where:
    """Which wording holds in the area of this code."""
    return Where.CENTRE if code == CENTRE_CODE else Where.BANGKOK if is_bangkok(code) else Where.ANYWHERE


def office_title(
    titles: Titles, office: str, level: str, name_th: str, name_en: str, code: str, *, leads: bool, language: str
) -> str:
    """The usual title of an office: พัฒนาการอำเภอนามน, Head of Community Development, Amphoe Na Mon.

    The place follows: in Thai at once, or behind a space where the wording says so; in English behind a comma. The
    centre's offices name none.
    """
    where, thai = where_lies(code), language == "th"
    words = titles[office, leads, where]
    if where is Where.CENTRE:
        return words.th if thai else words.en
    if thai:
        return f"{words.th}{' ' if words.spaced else ''}{long_name(level, name_th, code)}"
    return f"{words.en}, {long_name_en(level, name_en, code)}"


def office_name(level: str, name_th: str, name_en: str, code: str, language: str) -> str:
    """The office whose letter it is, as the head of a letter names it; the usual names, not confirmed for every place."""
    thai = language == "th"
    if code == CENTRE_CODE:
        return "กรมการพัฒนาชุมชน" if thai else "Community Development Department"
    place = long_name(level, name_th, code) if thai else long_name_en(level, name_en, code)
    if is_bangkok(code) and level == Level.PROVINCE:
        return f"สำนักพัฒนาสังคม {place}" if thai else f"Social Development Department, {place}"
    if is_bangkok(code):
        return f"ฝ่ายพัฒนาชุมชนและสวัสดิการสังคม สำนักงาน{place}" if thai else f"Community Development and Social Welfare Section, {place}"
    return f"สำนักงานพัฒนาชุมชน{place}" if thai else f"Community Development Office, {place}"


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands below a signature. `own` is the signer's own position when he holds another's office (may be empty).

    `title` is the office held or stood in for; `other` the name of who holds it, empty when the post is vacant.
    """

    name: str
    own: str
    kind: Kind
    title: str
    other: str = ""
    language: str = "th"

    @property
    def lines(self) -> tuple[str, ...]:
        """Name in brackets, then the position; standing in, the kind of it behind his own and the office below."""
        if self.kind is Kind.SUBSTANTIVE:
            return f"({self.name})", self.title
        return f"({self.name})", self._before, self.title

    @property
    def _before(self) -> str:
        words = WORDS[self.language][self.kind]
        return f"{self.own}{' ' if self.language == 'th' else ', '}{words}" if self.own else words

    @property
    def office(self) -> str:
        """The position in one line: นักวิชาการพัฒนาชุมชน รักษาราชการแทนพัฒนาการอำเภอนามน."""
        if self.kind is Kind.SUBSTANTIVE:
            return self.title
        return f"{self._before}{'' if self.language == 'th' else ' '}{self.title}"

    @property
    def whole(self) -> str:
        """Name and office in one line, and who holds it: for a history and a list."""
        for_whom = f" ({PLACED_FOR[self.language]} {self.other})" if self.other else ""
        return f"{self.name} {'ตำแหน่ง ' if self.language == 'th' else ', '}{self.office}{for_whom}".replace(" , ", ", ")


def position_lines(position: str) -> tuple[str, ...]:
    """A position written in one line as it stands below a signature: what one stands in for begins a line of its own."""
    for words in (*WORDS["th"].values(), *WORDS["en"].values()):
        before, found, title = position.partition(words)
        if found and title.strip():
            return f"{before}{words}", title.strip()
    return (position,)
