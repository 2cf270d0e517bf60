"""Files as people send them: what can be read is read, what cannot gets one sentence that says what to do."""

import csv
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.intake import reader, sheets
from registry.intake.reader import Line, opened
from registry.refusal import Refused

HEADINGS = ["ชื่อผลิตภัณฑ์", "ชื่อผู้ผลิต", "ตำบล", "อำเภอ", "จังหวัด"]
ROW = ["ผ้าขิดลายดอกจัน", "กลุ่มทอผ้าบ้านโพน", "หนองบัว", "นามน", "กาฬสินธุ์"]
SAID = dict(zip(["product_name_th", "producer_name", "tambon", "amphoe", "province"], ROW, strict=True))


def table(*rows: list[str], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def workbook(path: Path, cells: dict[str, object]) -> Path:
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    book.save(path)
    return path


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def read(path: Path) -> tuple[list[Line], list[str]]:
    with opened(path) as found:
        return list(found.lines), [notice.code for notice in found.notices]


def why_not(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read(path)
    assert len(refused.value.refusals) == 1
    assert re.search(r"[Ss]end|Choose", refused.value.sentences[0]) or "ส่ง" in refused.value.sentences[0]
    return refused.value.codes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_is_read_in_each_encoding_with_each_separator(tmp_path, encoding, separator):
    data = table(HEADINGS, ROW, separator=separator).encode(encoding)
    assert read(written(tmp_path / "a.csv", data)) == ([Line(2, SAID)], [])


def test_windows_874_is_read_with_a_notice(tmp_path):
    data = table(HEADINGS, ROW).encode("cp874")
    assert read(written(tmp_path / "a.csv", data)) == ([Line(2, SAID)], ["legacy_encoding"])


def test_a_sheet_is_read_with_its_numbers_and_days(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", {"A1": "ชื่อผลิตภัณฑ์", "B1": "ตำบล", "C1": "ราคา", "A2": "ผ้าขิด", "B2": "หนองบัว", "C2": 120.0}
    )
    assert read(path)[0] == [Line(2, {"product_name_th": "ผ้าขิด", "tambon": "หนองบัว", "price_baht": "120"})]


def test_headings_may_stand_below_a_title_and_rows_keep_their_numbers(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        {"A1": "บัญชีผลิตภัณฑ์ ปี 2567", "A3": "ตำบล", "B3": "Product name", "A5": "หนองบัว", "B5": "ผ้าขิด"},
    )
    assert read(path)[0] == [Line(5, {"tambon": "หนองบัว", "product_name_th": "ผ้าขิด"})]


def test_columns_not_understood_are_left_out_and_named(tmp_path):
    data = table([*HEADINGS, "เบอร์โทร"], [*ROW, "0812345678"]).encode()
    with opened(written(tmp_path / "a.csv", data)) as found:
        assert [line.said for line in found.lines] == [SAID]
        assert "“เบอร์โทร”" in found.notices[0].sentence


def test_a_lone_quotation_mark_inside_a_cell_is_a_letter(tmp_path):
    data = 'ชื่อผลิตภัณฑ์,ตำบล\nจาน 5" แบน,หนองบัว\n'.encode()
    assert read(written(tmp_path / "a.csv", data))[0][0].said["product_name_th"] == 'จาน 5" แบน'


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.csv", b"", "empty_file"),
        ("blank.csv", b" \r\n \r\n", "empty_file"),
        ("commas.csv", b",,,\n,,,\n", "empty_file"),
        ("head.csv", table(HEADINGS).encode(), "no_rows"),
        ("unknown.csv", b"a,b\n1,2\n", "columns_missing"),
        ("noplace.csv", table(["ชื่อผลิตภัณฑ์", "ชื่อผู้ผลิต"], ["ก", "ข"]).encode(), "columns_missing"),
        ("twice.csv", table([*HEADINGS, "tambon"], [*ROW, "x"]).encode(), "column_twice"),
        ("report.csv", b"row,outcome,product,area_code,message_th,message_en\n2,created,x,460205,a,b\n", "report_sent"),
        ("open.csv", table(HEADINGS, ROW).encode() + '"ผ้า,ข,ค\nง,จ\n'.encode(), "open_quote"),
        ("long.csv", table(HEADINGS, ["ก" * 140_000, *ROW[1:]]).encode(), "cell_too_long"),
        ("mixed.csv", table(HEADINGS, *[ROW] * 9).encode() + b"\xb8\xff\xfe", "broken_encoding"),
        ("latin.csv", (table(HEADINGS[:0]) + "Käse,Öl,Ärzte,ßüö\n" * 9).encode("latin-1"), "broken_encoding"),
        ("utf16.csv", table(HEADINGS, ROW).encode("utf-16")[:-1], "broken_encoding"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "wrong_type"),
        ("paper.xlsx", b"%PDF-1.7 ...", "wrong_type"),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table>", "wrong_type"),
        ("bytes.csv", bytes(range(256)) * 9, "wrong_type"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 999, "old_format"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        ("half.xlsx", b"PK\x03\x04" + b"x" * 99, "broken_sheet"),
    ],
)
def test_each_bad_file_gets_its_own_sentence(tmp_path, name, data, code):
    assert why_not(written(tmp_path / name, data)) == code


def test_missing_and_strange_columns_are_named(tmp_path):
    path = written(tmp_path / "a.csv", table(["ชื่อผู้ผลิต", "ตำบล", "สี"], ["ก", "ข", "แดง"]).encode())
    with pytest.raises(Refused) as refused:
        read(path)
    assert "“ชื่อผลิตภัณฑ์”" in str(refused.value)
    assert "“สี”" in str(refused.value)


def test_a_far_corner_cell_is_refused_before_room_is_made_for_it(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"A1": "ชื่อผลิตภัณฑ์", "XFD1048576": "x"})
    assert path.stat().st_size < 6000
    with pytest.raises(Refused, match="XFD1048576"):
        read(path)


def test_a_far_corner_cell_that_hides_from_the_look_kills_only_the_child(tmp_path):
    plain = workbook(tmp_path / "a.xlsx", {"A1": "ชื่อผลิตภัณฑ์", "XFD1048576": "x"})
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
        for part in source.namelist():
            target.writestr(part, source.read(part).replace(b'r="XFD1048576"', b"r='XFD1048576'"))
    assert why_not(tmp_path / "b.xlsx") == "too_heavy"


def test_a_child_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "WALL_SECONDS", 0.001)
    assert why_not(workbook(tmp_path / "a.xlsx", {"A1": "ชื่อผลิตภัณฑ์"})) == "too_heavy"


def test_what_is_too_large_unpacked_or_no_workbook_is_refused(tmp_path, monkeypatch):
    path = workbook(tmp_path / "a.xlsx", {"A1": "ชื่อผลิตภัณฑ์", "B1": "ตำบล", "A2": "ก"})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/picture.bin", bytes(4 << 20))
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 3 << 20)
    assert why_not(path) == "unpacked_too_large"
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert why_not(tmp_path / "a.docx") == "wrong_type"


def test_files_and_rows_beyond_the_limits_are_refused(tmp_path, monkeypatch):
    path = written(tmp_path / "a.csv", table(HEADINGS, *[ROW] * 4).encode())
    monkeypatch.setattr(reader, "MAX_ROWS", 3)
    assert why_not(path) == "too_many_rows"
    sheet = workbook(tmp_path / "a.xlsx", {"A1": "ชื่อผลิตภัณฑ์", "B1": "ตำบล", **{f"A{row}": "ก" for row in range(2, 40)}})
    assert why_not(sheet) == "too_many_rows"
    monkeypatch.setattr(reader, "MAX_BYTES", 100)
    assert why_not(path) == "too_large"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(tmp_path_factory, data):
    path = written(tmp_path_factory.mktemp("any") / "a.csv", data.removeprefix(b"PK\x03\x04"))
    said = []
    try:
        read(path)
    except Refused as refused:
        said = refused.sentences
    assert all(said)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_any_text_in_the_cells_survives(tmp_path_factory, cells):
    path = written(tmp_path_factory.mktemp("any") / "a.csv", b"")
    kept = [cell.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
    with path.open("w", encoding="utf-8", newline="", errors="replace") as out:
        csv.writer(out).writerows([HEADINGS[:1] + HEADINGS[2:3], *([cell, "หนองบัว"] for cell in kept)])
    found, _notices = read(path)
    said = [line.said.get("product_name_th", "") for line in found]
    assert said == [cell.encode("utf-8", "replace").decode().strip() for cell in kept]
