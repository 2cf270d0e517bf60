"""Keys of Thai text: one for the equality of names, one for places, one for the order of the dictionary."""

import re
import unicodedata
from collections import Counter

from registry.thai.digits import to_arabic_digits
from registry.thai.forms import normalise, settled


def match_key(text: str) -> str:
    """The key under which two spellings of one name are equal: normalised, casefolded, Thai digits as Arabic, no
    spaces, punctuation, ๆ or ฯ. A text of nothing else has the empty key, which says nothing about equality.
    """
    return settled(_match_once, text)


def _match_once(text: str) -> str:
    text = to_arabic_digits(normalise(text)).casefold()
    return normalise("".join(letter for letter in text if not _unspoken(letter)))


def _unspoken(letter: str) -> bool:
    return letter in "ๆฯ" or unicodedata.category(letter)[0] in "PZ"


_PLACE_PREFIX = re.compile(
    r"""(?: กิ่ง\s*(?:อำเภอ|อ\.) | ตำบล | แขวง | อำเภอ | เขต | จังหวัด
          | [ตอ](?:\.|\s) | จ(?:\.(?!\s*[ก-ฮ]\.)|\s)                      # ตำบล จ.ป.ร. keeps its own จ.
          | (?:tambon|khwaeng|amphoe|king\ amphoe|khet|changwat)\b\.? )
        \s* (?=\S)""",
    re.VERBOSE,
)


def place_key(text: str) -> str:
    """The `match_key` of a place's bare name: ตำบล ต. แขวง อำเภอ อ. กิ่งอำเภอ เขต จังหวัด จ. and their English words
    in front are dropped, unless nothing would be left. ต. อ. จ. need their full stop or a space, so ตำหรุ, เขาสมิง
    and เมือง stay whole.
    """
    bare = normalise(text).casefold()
    while found := _PLACE_PREFIX.match(bare):
        bare = bare[found.end() :]
    return match_key(bare)


_LEAD = frozenset("เแโใไ")
_SECOND = {mark: str(rank) for rank, mark in enumerate("\u0e4e\u0e4c\u0e47\u0e48\u0e49\u0e4a\u0e4b", start=1)}


def sort_key(text: str) -> str:
    """The key whose order by code point (collation "C") is the order of the Thai dictionary.

    A leading vowel counts after its consonant; tone marks and ์ ็ matter only between words otherwise equal, so they
    stand behind a \\x01; punctuation, spaces, ๆ and ฯ are passed over; Thai digits sort as Arabic ones.
    """
    letters = to_arabic_digits(normalise(text)).casefold()
    first: list[str] = []
    second: list[str] = []
    at = 0
    while at < len(letters):
        letter, following = letters[at], letters[at + 1 : at + 2]
        at += 1
        if letter in _SECOND:
            second.append(_SECOND[letter])
        elif letter in _LEAD and "ก" <= following <= "ฮ":
            first += (following, letter)
            second += "00"
            at += 1
        elif not _unspoken(letter):
            first.append(letter)
            second.append("0")
    return "".join(first) + "\x01" + "".join(second).rstrip("0")


def similarity(one: str, other: str) -> float:
    """How alike two names are, 0 to 1, the same both ways: the share of three-letter pieces of the two match keys that
    they have in common (Dice). 1 only for equal keys; 0 when either key is empty.
    """
    mine, theirs = match_key(one), match_key(other)
    if not mine or not theirs:
        return 0.0
    if mine == theirs:
        return 1.0
    pieces, others = _pieces(mine), _pieces(theirs)
    shared = (pieces & others).total()
    return min(2 * shared / (pieces.total() + others.total()), 0.999)


def _pieces(key: str) -> Counter[str]:
    padded = f"  {key} "
    return Counter(padded[at : at + 3] for at in range(len(padded) - 2))
