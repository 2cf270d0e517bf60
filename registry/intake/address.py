"""Taking a written Thai address apart: ตำบล… อำเภอ… จังหวัด… in one text, and what the name of a local authority tells."""

import html
import re
from dataclasses import dataclass

from registry.thai import normalise

MARKS = {"tambon": r"ตำบล|แขวง|ต\.", "amphoe": r"กิ่งอำเภอ|อำเภอ|เขต|อ\.", "province": r"จังหวัด|จ\."}
_SPLIT = re.compile(r"(?<=\S)(?=อำเภอ|จังหวัด|(?<![ก-ฮ.])[อจ]\.(?![ก-ฮ]\.))")
_NAME = {
    field: re.compile(rf"(?:^|[\s,(])(?:{marks})\s*(?P<name>[^\s,()\d][^\s,()]*)") for field, marks in MARKS.items()
}
_POSTCODE = re.compile(r"\b[1-9]\d{4}\b")
_TAMBON_BODY = re.compile(r"(?:องค์การบริหารส่วนตำบล|อบต\.?|เทศบาลตำบล|ทต\.?)\s*(\S+)")
_LATIN_TAIL = re.compile(r"\s*\b(?:sub-?district|district|province)\b\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    """What a row says about its place, as text; empty where it says nothing."""

    province: str = ""
    amphoe: str = ""
    tambon: str = ""
    address: str = ""
    authority: str = ""
    code: str = ""


def parse_address(text: str) -> dict[str, str]:
    """The tambon, amphoe and province written in an address, each only where it stands behind its mark.

    In an address such as ต.โสธร เมืองฉะเชิงเทรา ฉะเชิงเทรา 24000 the words behind the tambon are the amphoe and the
    province, in this order, though nothing marks them.
    """
    written = _SPLIT.sub(" ", normalise(html.unescape(text)))
    found = {field: match["name"].strip(".-") for field, name in _NAME.items() if (match := name.search(written))}
    if "tambon" in found and "amphoe" not in found and "province" not in found:
        found |= _unmarked(written, _NAME["tambon"])
    return {field: name for field, name in found.items() if name}


def _unmarked(written: str, behind: re.Pattern[str]) -> dict[str, str]:
    """Two bare words behind the tambon's name are the amphoe and the province."""
    match = behind.search(written)
    words = _POSTCODE.sub("", written[match.end() :]).split() if match else []
    return {"amphoe": words[0], "province": words[1]} if len(words) == 2 else {}


def tambon_of_authority(text: str) -> str:
    """The tambon after which a tambon's own local authority is named; empty for towns, cities and provinces."""
    found = _TAMBON_BODY.match(normalise(html.unescape(text)))
    return found[1] if found else ""


def variants(text: str) -> list[str]:
    """The names one cell may hold: the whole, and its parts around a slash (Benjakhon Subdistrict / ตำบลเบญจขร)."""
    written = normalise(html.unescape(text))
    parts = [written, *(part.strip() for part in written.split("/"))] if "/" in written else [written]
    return [_LATIN_TAIL.sub("", part) for part in parts if part]
