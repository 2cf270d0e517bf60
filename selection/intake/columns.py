"""The columns of the two tables, by their names in Thai and English, and what belongs into a cell of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from registry.refusal import N_, Named
from registry.thai import match_key


@dataclass(frozen=True, slots=True)
class Column:
    """A column's two headings, other names it is known by, what to write into it, and whether it may be left out."""

    name: Named
    others: tuple[str, ...]
    remedy: str
    optional: bool = False


_NUMBER = N_("Write a whole number from 1 to 99.")
_THAI_NAME, _ENGLISH_NAME = N_("Write the name in Thai."), N_("Write the name in English, or leave the cell empty.")
_TOTALS = N_("Write the totals of the sheets from 0 to 100 with at most two decimals, apart by “;”: 27.00; 26.50; 28.00.")

TABLE: Mapping[str, Column] = {
    "letter": Column(Named("ส่วน", "Part"), ("part letter", "letter", "ส่วนที่"), N_("Write ก, ข or ค.")),
    "stage": Column(
        Named("ขั้นตอน", "Stage"), ("ขั้นตอนที่", "ขั้น"), N_("Write 3 (the province scores it) or 4 (the judges score it).")
    ),
    "part_th": Column(
        Named("ชื่อส่วน", "Part name in Thai"), ("part name", "part name th", "part_th", "ชื่อส่วนไทย", "ชื่อส่วนภาษาไทย"), _THAI_NAME
    ),
    "part_en": Column(
        Named("ชื่อส่วนภาษาอังกฤษ", "Part name in English"), ("part name en", "part_en", "ชื่อส่วนอังกฤษ"), _ENGLISH_NAME, optional=True
    ),
    "group": Column(
        Named("หมวดที่", "Group no."), ("group", "group number", "หมวด", "เลขหมวด", "เลขที่หมวด", "ลำดับหมวด"), _NUMBER
    ),
    "group_th": Column(
        Named("ชื่อหมวด", "Group name in Thai"), ("group name", "group name th", "group_th", "ชื่อหมวดไทย", "ชื่อหมวดภาษาไทย"), _THAI_NAME
    ),
    "group_en": Column(
        Named("ชื่อหมวดภาษาอังกฤษ", "Group name in English"), ("group name en", "group_en", "ชื่อหมวดอังกฤษ"), _ENGLISH_NAME, optional=True
    ),
    "item": Column(Named("ข้อที่", "Item no."), ("item", "item number", "ข้อ", "เลขข้อ", "เลขที่ข้อ", "ลำดับข้อ"), _NUMBER),
    "item_th": Column(
        Named("ชื่อข้อ", "Item name in Thai"), ("item name", "item name th", "item_th", "ชื่อข้อไทย", "ชื่อข้อภาษาไทย"), _THAI_NAME
    ),
    "item_en": Column(
        Named("ชื่อข้อภาษาอังกฤษ", "Item name in English"), ("item name en", "item_en", "ชื่อข้ออังกฤษ"), _ENGLISH_NAME, optional=True
    ),
    "points": Column(
        Named("คะแนน", "Points"), ("point", "score", "marks"),
        N_("Write points from 0 to 100 with at most two decimals, such as 6 or 6.25."),
    ),
    "level_th": Column(
        Named("ระดับคะแนน", "Described level in Thai"),
        ("described level", "described level th", "level", "level th", "คำอธิบาย", "คำอธิบายระดับ", "ระดับคะแนนภาษาไทย", "รายละเอียด"),
        N_("Write in Thai what deserves these points."),
    ),
    "level_en": Column(
        Named("ระดับคะแนนภาษาอังกฤษ", "Described level in English"),
        ("described level en", "level en", "คำอธิบายภาษาอังกฤษ", "คำอธิบายระดับภาษาอังกฤษ"),
        N_("Write in English what deserves these points, or leave the cell empty."), optional=True,
    ),
}  # fmt: skip

EXAMPLES: Mapping[str, Column] = {
    "a": Column(Named("ส่วน ก", "Part ก"), ("ก", "part a", "a"), _TOTALS, optional=True),
    "b": Column(Named("ส่วน ข", "Part ข"), ("ข", "part b", "b"), _TOTALS, optional=True),
    "c": Column(Named("ส่วน ค", "Part ค"), ("ค", "part c", "c"), _TOTALS, optional=True),
    "total": Column(
        Named("คะแนนรวม", "Total"), ("รวม", "expected total", "คะแนนรวมที่ต้องได้"),
        N_("Write the total that must come out, from 0 to 100 with at most two decimals."),
    ),
    "stars": Column(
        Named("ดาว", "Stars"), ("star", "expected stars", "ระดับดาว", "จำนวนดาว", "ดาวที่ต้องได้"), N_("Write the number of stars, 1 to 5.")
    ),
}  # fmt: skip


def keys_of(columns: Mapping[str, Column]) -> dict[str, str]:
    """The key of every known heading, with its field."""
    return {
        match_key(heading): field
        for field, column in columns.items()
        for heading in (column.name.th, column.name.en, *column.others)
    }


def known_in(columns: Mapping[str, Column]) -> Callable[[Sequence[str]], int]:
    """How many cells of a row are headings of these columns."""
    keys = keys_of(columns)
    return lambda cells: sum(match_key(cell[:80]) in keys for cell in cells)
