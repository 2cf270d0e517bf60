"""Which column of a file is which: by its name in Thai or English, wherever it stands; what is not understood is named."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from registry.personal import without_numbers
from registry.refusal import N_, Refusal, Refused, refuse
from registry.thai import match_key, similarity

# field → (Thai heading written into our own files, other headings it is known by)
FIELDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "source": ("แหล่งข้อมูล", ("source", "ที่มา", "ที่มาของข้อมูล", "แหล่งที่มา")),
    "source_ref": ("รหัสในแหล่งข้อมูล", (
        "source_ref", "ref", "รหัสอ้างอิง", "เลขอ้างอิง", "รหัสผลิตภัณฑ์", "รหัสสินค้า", "product code", "product_code", "otop code", "รหัสโอทอป",
    )),
    "product_name_th": ("ชื่อผลิตภัณฑ์", (
        "product_name_th", "product_name", "product name", "product", "name_th", "ผลิตภัณฑ์", "ชื่อสินค้า", "สินค้า", "ชื่อผลิตภัณฑ์ไทย",
        "ชื่อผลิตภัณฑ์ภาษาไทย", "ชื่อผลิตภัณฑ์ OTOP", "ผลิตภัณฑ์ OTOP", "รายการผลิตภัณฑ์",
    )),
    "product_name_en": ("ชื่อผลิตภัณฑ์ภาษาอังกฤษ", ("product_name_en", "name_en", "english name", "ชื่อผลิตภัณฑ์อังกฤษ", "ชื่อภาษาอังกฤษ")),
    "category": ("ประเภท", ("category", "type of product", "product_type", "ประเภทผลิตภัณฑ์", "ประเภทสินค้า", "หมวด", "หมวดหมู่")),
    "subcategory": ("หมวดย่อย", ("subcategory", "sub-category", "sub category", "ประเภทย่อย", "หมวดหมู่ย่อย")),
    "producer_name": ("ชื่อผู้ผลิต", (
        "producer_name", "producer name", "producer", "manufacturer", "ผู้ผลิต", "ผู้ประกอบการ", "ชื่อผู้ประกอบการ", "ชื่อกลุ่ม", "กลุ่ม", "กลุ่มผู้ผลิต",
        "ชื่อกลุ่มผู้ผลิต", "ผู้ผลิต/ผู้ประกอบการ", "ชื่อผู้ผลิต/ผู้ประกอบการ", "entrepreneur",
    )),
    "producer_type": ("ประเภทผู้ผลิต", ("producer_type", "ประเภทผู้ประกอบการ", "ลักษณะผู้ผลิต")),
    "village": ("หมู่บ้าน", ("village", "บ้าน", "หมู่", "หมู่ที่", "ชื่อหมู่บ้าน", "moo", "หมู่บ้าน/ชุมชน")),
    "tambon": ("ตำบล", ("tambon", "subdistrict", "sub-district", "sub district", "แขวง", "ตำบล/แขวง", "แขวง/ตำบล", "ชื่อตำบล")),
    "amphoe": ("อำเภอ", ("amphoe", "district", "เขต", "อำเภอ/เขต", "เขต/อำเภอ", "ชื่ออำเภอ")),
    "province": ("จังหวัด", ("province", "changwat", "ชื่อจังหวัด")),
    "area_code": ("รหัสตำบล", ("area_code", "tambon_code", "subdistrict_code", "รหัสพื้นที่", "รหัสแขวง/ตำบล")),
    "address": ("ที่อยู่", ("address", "ที่ตั้ง", "สถานที่ผลิต", "ที่อยู่ผู้ผลิต", "สถานที่ตั้ง", "ตำบล อำเภอ จังหวัด")),
    "local_authority": ("องค์กรปกครองส่วนท้องถิ่น", ("local_authority", "อปท", "ท้องถิ่น", "ชื่อ อปท.", "lao", "lao_name")),
    "star": ("ดาว", ("star", "stars", "ระดับดาว", "จำนวนดาว", "ผลการคัดสรร", "ระดับ")),
    "year_be": ("ปี", ("year_be", "year", "ปี พ.ศ.", "พ.ศ.", "ปีที่คัดสรร", "ปีคัดสรร")),
    "standard": ("มาตรฐาน", ("standard", "standards", "เลขมาตรฐาน", "มาตรฐานที่ได้รับ", "เลขที่มาตรฐาน", "มผช", "เลข มผช.")),
    "price_baht": ("ราคา", ("price_baht", "price", "ราคา (บาท)", "ราคาบาท", "ราคาขาย", "ราคาต่อหน่วย")),
    "unit": ("หน่วย", ("unit", "หน่วยนับ", "หน่วยขาย")),
    "capacity_month": ("กำลังการผลิตต่อเดือน", ("capacity_month", "capacity per month", "กำลังการผลิต", "กำลังผลิตต่อเดือน")),
    "story": ("เรื่องราว", ("story", "ประวัติความเป็นมา", "ความเป็นมา", "เรื่องเล่า", "เรื่องราวผลิตภัณฑ์")),
    "wisdom": ("ภูมิปัญญา", ("wisdom", "local wisdom", "ภูมิปัญญาท้องถิ่น")),
    "materials": ("วัตถุดิบ", ("materials", "raw materials", "วัตถุดิบและแหล่งที่มา", "วัตถุดิบหลัก")),
    "material_origins": ("แหล่งวัตถุดิบ", (
        "material_origins", "origin of the raw materials", "แหล่งที่มาของวัตถุดิบ", "แหล่งที่มาวัตถุดิบ", "วัตถุดิบ แหล่ง และสัดส่วน",
    )),
    "process": ("กระบวนการผลิต", ("process", "ขั้นตอนการผลิต", "วิธีการผลิต", "กรรมวิธีการผลิต")),
    "packaging": ("บรรจุภัณฑ์", ("packaging", "ภาชนะบรรจุ", "ลักษณะบรรจุภัณฑ์")),
    "not_live_plant": ("ไม่ใช่พืชมีชีวิต", ("not a live plant", "not_live_plant")),
    "registered_on": ("วันที่ลงทะเบียน", ("registered_on", "registration date", "วันลงทะเบียน", "วันที่ขึ้นทะเบียน")),
    "question": ("รหัสข้อสงสัย", ("question",)),
}  # fmt: skip
FREE = ("producer_name", "village", "address", "local_authority")  # cells where people also write their numbers
PLACES = ("tambon", "amphoe", "province", "area_code", "address")
OURS = (
    "row",
    "outcome",
    "reason",
    "field",
    "message_th",
    "message_en",
    "ผล",
    "เหตุผล",
    "คำอธิบาย",
    "แถว",
)  # of our result files
NUMBERING = ("no", "ลำดับ", "ลำดับที่", "ที่", "#")
LIKELY = 0.6  # from this likeness on a heading is proposed to mean what another one means
LOOKED_AT = 20  # rows in which the headings may stand

_FIELD_OF = {match_key(name): field for field, (thai, others) in FIELDS.items() for name in (thai, *others)}
_NAMES = [(name, field) for field, (thai, others) in FIELDS.items() if field != "question" for name in (thai, *others)]
_PASSED_OVER = {match_key(name) for name in (*OURS, *NUMBERING)} | {""}
_MARKS_OF_A_REPORT = {match_key(name) for name in ("outcome", "message_th", "message_en")}


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings: its place (0 for the first row), the column of each field, and headings not understood."""

    at: int
    columns: Mapping[str, int]
    unknown: tuple[str, ...]

    def said(self, cells: Sequence[str]) -> dict[str, str]:
        """What one row says, by field; empty cells left out."""
        found = {field: cells[column].strip() for field, column in self.columns.items() if column < len(cells)}
        return {field: without_numbers(text) if field in FREE else text for field, text in found.items() if text}


def recognised(cells: Sequence[str]) -> int:
    """How many cells of a row are headings we know."""
    return sum(match_key(cell) in _FIELD_OF for cell in cells)


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """The row that holds the headings: the one with most headings we know, else the fullest; the first of equals."""
    looked = range(min(LOOKED_AT, len(rows)))
    known = max(looked, key=lambda row: (recognised(rows[row]), -row))
    return known if recognised(rows[known]) else max(looked, key=lambda row: (sum(map(bool, rows[row])), -row))


def headings_digest(cells: Sequence[str]) -> str:
    """What the same row of headings is known again by."""
    return hashlib.sha256(json.dumps([match_key(cell) for cell in cells]).encode()).hexdigest()


def proposed_fields(cells: Sequence[str]) -> list[str]:
    """The field that each heading most likely means, "" for none: by its name, else by a name much like it; none twice."""
    exact = [_FIELD_OF.get(match_key(cell), "") for cell in cells]
    found = [field if exact.index(field) == place else "" for place, field in enumerate(exact)]
    for place, cell in enumerate(cells):
        if exact[place] or match_key(cell) in _PASSED_OVER:
            continue
        likeness, field = max((similarity(cell, name), field) for name, field in _NAMES)
        if likeness >= LIKELY and field not in found:
            found[place] = field
    return found


def as_chosen(rows: Sequence[Sequence[str]], at: int, fields: Sequence[str]) -> Headings:
    """The headings as the sender named them; refuses what `read_headings` refuses."""
    columns: dict[str, int] = {}
    cells = rows[at]
    for column, field in enumerate(fields[: len(cells)]):
        if field in columns:
            raise Refused((_column_twice(field, cells[columns[field]], cells[column]),))
        if field in FIELDS:
            columns[field] = column
    required_columns(columns, (), chosen=True)
    return Headings(at, columns, ())


def read_headings(rows: Sequence[Sequence[str]]) -> Headings:
    """Finds the headings among the first rows.

    Refuses a file without a column for the product's name or for any part of its place (naming what is missing and
    what was not understood), with two columns for one field, or that is our own report.
    """
    at = heading_row(rows)
    cells = rows[at]
    keys = [match_key(cell) for cell in cells]
    if set(keys) >= _MARKS_OF_A_REPORT:
        raise Refused(
            (
                refuse(
                    "report_sent",
                    N_(
                        "This file is the report of an import, not a list of products. Correct the file named “rows to "
                        "correct” and send that one."
                    ),
                ),
            )
        )
    columns: dict[str, int] = {}
    for column, key in enumerate(keys):
        field = _FIELD_OF.get(key)
        if field in columns:
            raise Refused((_column_twice(field, cells[columns[field]], cells[column]),))
        if field is not None:
            columns[field] = column
    unknown = tuple(
        cell.strip()[:60]
        for cell, key in zip(cells, keys, strict=True)
        if key not in _FIELD_OF and key not in _PASSED_OVER
    )
    required_columns(columns, unknown)
    return Headings(at, columns, unknown)


def _column_twice(field: str, one: str, other: str) -> Refusal:
    return refuse(
        "column_twice",
        N_(
            "Two columns of the file both mean “%(column)s”: “%(one)s” and “%(other)s”. Keep one of them "
            "and send the file again."
        ),
        column=FIELDS[field][0],
        one=one,
        other=other,
    )


def is_producer_list(fields: Collection[str]) -> bool:
    """Whether these columns tell of producers alone, as the published register of producers does."""
    return "producer_name" in fields and "product_name_th" not in fields


def _is_published_register(columns: Mapping[str, int]) -> bool:
    """The layout of the published register of producers: province, amphoe, tambon and producer stand side by side, in this order."""
    order = [columns.get(field, -9) for field in ("province", "amphoe", "tambon", "producer_name")]
    return order == list(range(order[0], order[0] + 4))


def required_columns(columns: Mapping[str, int], unknown: Sequence[str], *, chosen: bool = False) -> None:
    """Refuses columns without the product's name or any part of its place, naming what was not understood.

    A list of producers needs no product's name: where its sender has chosen so, every heading was understood, or it has
    the published layout.
    """
    producers = is_producer_list(columns) and (chosen or not unknown or _is_published_register(columns))
    missing = [] if "product_name_th" in columns or producers else [FIELDS["product_name_th"][0]]
    if not any(field in columns for field in PLACES):
        missing.append(" / ".join(FIELDS[field][0] for field in ("tambon", "amphoe", "province")))
    if not missing:
        return
    others = ", ".join(f"“{name}”" for name in unknown[:12]) or "–"
    raise Refused(
        (
            refuse(
                "columns_missing",
                N_(
                    "The file has no column %(missing)s. Not understood: %(unknown)s. Name the columns in the first row, "
                    "for example ชื่อผลิตภัณฑ์, "
                    "ชื่อผู้ผลิต, ตำบล, อำเภอ, จังหวัด, and send the file again."
                ),
                missing=", ".join(f"“{name}”" for name in missing),
                unknown=others,
            ),
        )
    )
