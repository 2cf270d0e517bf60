"""The tables of criteria: what is written is read back the same, and each fault names its row, column and remedy."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.intake.report import safe
from registry.refusal import Refused
from registry.thai import normalise, to_thai_digits
from selection.intake.columns import EXAMPLES, TABLE
from selection.intake.examples import read_examples
from selection.intake.guard import guarded, unguarded
from selection.intake.lines import MAX_ROWS, rows_of_file, rows_of_text
from selection.intake.table import read_table
from selection.intake.written import examples_text, headings, pasted, table_rows, table_text
from selection.sample.criteria import EXAMPLES as SHIPPED
from selection.sample.criteria import PART_A, PART_B, PART_C
from selection.specs import ExampleSpec, GroupSpec, ItemSpec, LevelSpec, PartSpec
from selection.tally import Band, edges, entry_total, panel_mean, stars

BANDS = [Band(5, 9000), Band(4, 8000), Band(3, 7000), Band(2, 5000), Band(1, 0)]
SHIPPED_TABLES = [(PART_A, PART_B, part) for part in PART_C.values()]


def read(text: str) -> tuple[PartSpec, ...]:
    return read_table(rows_of_text(text, TABLE))


def worked(text: str) -> tuple[ExampleSpec, ...]:
    return read_examples(rows_of_text(text, EXAMPLES))


def workbook(rows: list[list[str]]) -> bytes:
    """An XLSX file in which numbers are numbers."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for cells in rows:
        book.active.append([float(cell) if cell.replace(".", "").isdecimal() else cell for cell in cells])
    book.save(out)
    return out.getvalue()


def said_of(reader, table) -> list[str]:
    """What the reader refuses with; nothing where it reads."""
    try:
        reader(table)
    except Refused as refused:
        return refused.sentences
    return []


def faults_of(text: str, reader=read) -> list[str]:
    with pytest.raises(Refused) as caught, override("en"):
        reader(text)
    said = caught.value.refusals
    assert all("%(" not in one.in_language(language) for one in said for language in ("th", "en"))
    assert all(any("ก" <= letter <= "๙" for letter in one.in_language("th")) for one in said)
    return [one.in_language("en") for one in said]


# --- round trips ----------------------------------------------------------------------------------------------------

LETTERS_OF_TEXT = st.characters(exclude_categories=("Cs",)) | st.sampled_from("กขคงจ ำ้่์๙\"'=+-@|,;\t\n")
TEXT = st.text(LETTERS_OF_TEXT, min_size=1, max_size=40).map(normalise).filter(bool)
MAYBE = st.just("") | TEXT
LEVELS = st.dictionaries(st.integers(0, 10_000), st.tuples(TEXT, MAYBE), min_size=2, max_size=4).map(
    lambda found: tuple(LevelSpec(points, *texts) for points, texts in sorted(found.items(), reverse=True))
)
ITEM = st.builds(ItemSpec, TEXT, MAYBE, LEVELS)
GROUP = st.builds(GroupSpec, TEXT, MAYBE, st.lists(ITEM, min_size=1, max_size=3).map(tuple))
GROUPS = st.lists(GROUP, min_size=1, max_size=3).map(tuple)
PARTS = st.lists(st.sampled_from("กขค"), min_size=1, unique=True).flatmap(
    lambda letters: st.tuples(*(
        st.builds(PartSpec, st.just(letter), st.sampled_from((3, 4)), TEXT, MAYBE, GROUPS) for letter in sorted(letters)
    ))
)  # fmt: skip
SHEETS = st.dictionaries(st.sampled_from("abc"), st.lists(st.integers(0, 10_000), min_size=1, max_size=6), min_size=1)
WORKED = st.lists(st.builds(ExampleSpec, SHEETS, st.integers(0, 10_000), st.integers(1, 5)), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(PARTS, st.sampled_from(("th", "en")), st.randoms())
def test_what_is_written_is_read_back_the_same_in_any_order_of_rows(parts, language, chance):
    with override(language):
        assert read(table_text(parts)) == parts
        rows = list(table_rows(parts))
        chance.shuffle(rows)
        assert read(pasted([headings(TABLE), *rows])) == parts


@settings(max_examples=100, deadline=None)
@given(WORKED)
def test_worked_examples_are_read_back_the_same(examples):
    assert worked(examples_text(examples)) == tuple(examples)


@given(st.text(LETTERS_OF_TEXT, max_size=20).map(normalise))
def test_a_guarded_cell_is_no_formula_and_says_the_same(text):
    assert unguarded(guarded(text)) == text
    assert safe(guarded(text)) == guarded(text)


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_refused_in_a_sentence(text):
    for reader in (read, worked):
        assert all(said_of(reader, text))


@given(st.lists(st.lists(st.text(max_size=8) | st.sampled_from(["ก", "3", "1", "6.00", "๖"]), max_size=14), max_size=6))
def test_whatever_stands_below_the_headings_is_read_or_refused_in_a_sentence(cells):
    rows = [headings(TABLE), *cells]
    assert all(said_of(read_table, rows))


@pytest.mark.parametrize("parts", SHIPPED_TABLES, ids=list(PART_C))
def test_the_shipped_tables_go_out_and_come_back(parts):
    assert read(table_text(parts)) == parts
    lines = io.StringIO()
    csv.writer(lines).writerows([headings(TABLE), *table_rows(parts)])
    for data in (lines.getvalue().encode("utf-8-sig"), lines.getvalue().encode("cp874", "replace")):
        assert read_table(rows_of_file(SimpleUploadedFile("t.csv", data), TABLE)) == parts
    assert read_table(rows_of_file(SimpleUploadedFile("t.xlsx", workbook([headings(TABLE), *table_rows(parts)])), TABLE)) == parts


def test_the_shipped_examples_go_out_and_come_back():
    assert worked(examples_text(SHIPPED)) == tuple(SHIPPED)


# --- how people write -----------------------------------------------------------------------------------------------

HEAD = "\t".join(headings(TABLE))
FIRST = "ก\t3\tส่วนแรก\t\t1\tหมวดแรก\t\t1\tข้อแรก\t\t6\tดี\tGood"
SECOND = "ก\t\t\t\t1\t\t\t1\t\t\t0\tไม่ดี\t"


def test_names_may_be_left_out_in_later_rows_and_digits_may_be_thai():
    (part,) = read("\n".join([HEAD, to_thai_digits(FIRST).replace("๖", "๖.๒๕"), SECOND]))
    (group,) = part.groups
    assert (part.letter, part.stage, part.th, group.th) == ("ก", 3, "ส่วนแรก", "หมวดแรก")
    assert group.items == (ItemSpec("ข้อแรก", "", (LevelSpec(625, "ดี", "Good"), LevelSpec(0, "ไม่ดี", ""))),)


def test_headings_are_known_in_english_too_and_lines_above_them_are_passed_over():
    english = "part,stage,part name,group,group name,item,item name,points,level"
    (part,) = read(f"Criteria of 2569\n\n{english}\nA,3,Part,1,Group,1,Item,6,Good\na,3,Part,1,Group,1,Item,0,Bad\n")
    assert (part.letter, part.th, part.most) == ("ก", "Part", 600)


@pytest.mark.parametrize("between", ["; ", ";", " ", " / ", "|", ", "])
def test_sheet_totals_stand_apart_by_any_usual_mark(between):
    totals = between.join(["๒๒.๕๐", "23", "23.00"])
    (example,) = worked(f"ก\tข\tรวม\tดาว\n{totals}\t28.5\t51.33\t2")
    assert (example.sheets, example.total, example.stars) == ({"a": [2250, 2300, 2300], "b": [2850]}, 5133, 2)


# --- what is wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([FIRST.replace("ก\t3", "ง\t3"), SECOND], "Row 2, column “Part”: “ง” is not understood. Write ก, ข or ค."),
        ([FIRST.replace("ก\t3", "ก\t5"), SECOND], "Row 2, column “Stage”: “5” is not understood. Write 3"),
        ([FIRST.replace("ก\t3", "ก\t"), SECOND], "Row 2, column “Stage”: the cell is empty. Write 3"),
        ([FIRST.replace("ส่วนแรก", ""), SECOND], "Row 2, column “Part name in Thai”: the cell is empty. Write the name in Thai."),
        ([FIRST.replace("\t6\t", "\t6.255\t"), SECOND], "Row 2, column “Points”: “6.255” is not understood."),
        ([FIRST.replace("\t6\t", "\t-1\t"), SECOND], "Row 2, column “Points”: “-1” is not understood."),
        ([FIRST.replace("\t6\t", "\t101\t"), SECOND], "Row 2, column “Points”: “101” is not understood."),
        ([FIRST, SECOND.replace("\t0\t", "\t6.00\t")], "Row 3, column “Points”: row 2 gives the same points for the same item."),
        ([FIRST], "Row 2, column “Points”: the item has this one level only"),
        ([FIRST, SECOND.replace("ไม่ดี", "")], "Row 3, column “Described level in Thai”: the cell is empty."),
        ([FIRST, SECOND.replace("ก\t\t\t", "ก\t4\t\t")], "Row 3, column “Stage”: “4”, but row 2 says “3” of the same."),
        ([FIRST, SECOND.replace("1\t\t\t1", "1\tหมวดอื่น\t\t1")], "Row 3, column “Group name in Thai”: “หมวดอื่น”, but row 2 says “หมวดแรก”"),
        ([row.replace("1\tห", "2\tห").replace("\t1\t\t\t1", "\t2\t\t\t1") for row in (FIRST, SECOND)],
         "Row 2, column “Group no.”: there is a number 2 but no number 1 before it."),
        ([FIRST.replace("\t6\t", "\t6\t" + "ก" * 301), SECOND], "303 letters, but there is room for 300."),
        ([], "There are headings but no rows below them."),
    ],
)  # fmt: skip
def test_a_fault_names_its_row_its_column_and_what_to_do(rows, sentence):
    with override("en"):
        english = "\t".join(headings(TABLE))
    said = faults_of("\n".join([english, *rows]))
    assert any(sentence in one for one in said), said


def test_every_fault_is_said_at_once_and_of_very_many_the_first():
    said = faults_of("\n".join([HEAD, FIRST.replace("ก\t3", "ง\t3"), SECOND.replace("\t0\t", "\t-\t")]))
    assert [one[:6] for one in said] == ["Row 2,", "Row 3,"]
    many = faults_of("\n".join([HEAD] + [SECOND.replace("ก", "ง")] * 60))
    assert len(many) == 21
    assert many[-1] == "40 more cells are wrong. Mend those above first and send the table again."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The table has no column"), ("\n\n", "The table has no column"),
        ("ส่วน\tPart\tคะแนน", "both mean “Part”"), ("คะแนน,ข้อ\n1,2", "“Stage”"),
        ("\n".join([HEAD] + [FIRST] * (MAX_ROWS + 30)), "more than 1,000 rows"),
        (f'{HEAD}\n"{FIRST}', "opened and never closed"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_criteria_is_refused_in_a_sentence(text, sentence):
    assert sentence in " ".join(faults_of(text))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("30\t30\t40\t100\t6", "Row 2, column “Stars”: “6” is not understood. Write the number of stars"),
        ("30\t30\t40\t\t5", "Row 2, column “Total”: the cell is empty."),
        ("30;x\t30\t40\t100\t5", "Row 2, column “Part ก”: “30;x” is not understood."),
        ("30\t-1\t40\t100\t5", "Row 2, column “Part ข”: “-1” is not understood."),
        ("\t\t\t100\t5", "Row 2, column “Part ก”: the cell is empty."),
        (f"{'1;' * 31}\t30\t40\t100\t5", "Row 2, column “Part ก”"),
    ],
)
def test_a_wrong_worked_example_names_its_row_and_column(row, sentence):
    assert any(sentence in one for one in faults_of(f"ก\tข\tค\tรวม\tดาว\n{row}", worked))


def test_a_file_of_another_kind_or_too_large_is_refused():
    for data in (b"%PDF-1.7", b"PK\x03\x04 no sheet", b"x" * (1024 * 1024 + 1), b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with pytest.raises(Refused) as caught:
            rows_of_file(SimpleUploadedFile("t.xlsx", data), TABLE)
        assert all(caught.value.sentences)


# --- suggested edges ------------------------------------------------------------------------------------------------

MAXIMA = st.dictionaries(st.sampled_from("abc"), st.integers(1, 10_000), min_size=1, max_size=3)


@given(MAXIMA.filter(lambda maxima: sum(maxima.values()) <= 10_000))
def test_suggested_edges_come_out_as_they_say_and_stay_below_the_maxima(maxima):
    for edge in edges(maxima, BANDS):
        total = entry_total(panel_mean(totals) for totals in edge.sheets.values())
        assert (total, stars(total, BANDS)) == (edge.total, edge.stars)
        assert all(0 <= total <= maxima[code] for code, totals in edge.sheets.items() for total in totals)


def test_suggested_edges_stand_on_both_sides_of_every_band():
    found = {(edge.total, edge.stars) for edge in edges({"a": 3000, "b": 3000, "c": 4000}, BANDS)}
    assert found == {
        (10000, 5), (9000, 5), (8999, 4), (8000, 4), (7999, 3), (7000, 3), (6999, 2), (5000, 2), (4999, 1), (0, 1),
    }  # fmt: skip
