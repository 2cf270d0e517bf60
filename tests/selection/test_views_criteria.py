"""The pages of criteria: the list, the form with its two tables, the draft with its sums and examples, activation, the file."""

import re
import uuid
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from registry.intake.report import csv_lines
from registry.models import User
from selection.actions import criteria
from selection.intake.columns import TABLE
from selection.intake.written import examples_text, headings, parts_of, table_rows, table_text
from selection.models import CriteriaSet, CriteriaState, Part
from selection.sample.criteria import EXAMPLES, PART_A, PART_B, PART_C
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db
FOOD = (PART_A, PART_B, PART_C["food"])


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def central() -> Client:
    return signed_in(way.central())


def url(name: str, *args: object) -> str:
    return "/en" + reverse(f"selection:{name}", args=args).removeprefix("/en")


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(url(name, *args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, address: str, **typed: Any) -> HttpResponse:
    return client.post(address, {"form_key": str(uuid.uuid4()), **typed})


def typed_set(**said: Any) -> dict[str, Any]:
    """The form of a new set as an officer fills it by pasting."""
    return {
        "category": "food", "name_th": "หลักเกณฑ์อาหาร ๒๕๖๙", "name_en": "Food 2569", "official": "no", "source_note_th": "คู่มือ ๒๕๖๙",
        "source_note_en": "", "table": table_text(FOOD), "examples": examples_text(EXAMPLES),
    } | said  # fmt: skip


def test_without_any_set_the_officer_is_offered_the_sample_and_enters_it_once(central: Client):
    assert "A central officer enters them." in page(signed_in(make.user()), "criteria-list")
    assert "without them no round can open" in page(central, "criteria-list")
    assert send(central, url("criteria-sample"))["Location"].endswith(reverse("selection:criteria-list"))
    body = page(central, "criteria-list")
    assert body.count("sample, not official") == 5
    assert "Enter the sample set" not in body
    again = send(central, url("criteria-sample"))
    assert again.status_code == 403
    assert "There are criteria sets already." in again.content.decode()
    assert CriteriaSet.objects.count() == 5


def test_the_list_names_the_rounds_that_use_a_set_and_stands_by_the_rounds(central: Client):
    way.draft_round("2569")
    body = page(signed_in(make.user()), "criteria-list")
    assert body.count('<span class="nb">2569</span>') == 5
    assert "Enter a criteria set" not in body
    assert url("criteria-list") in page(central, "round-list")
    assert url("criteria-list") in page(central, "round-edit", "2569")
    assert url("criteria-list") in page(central, "round-show", "2569")


def test_a_pasted_set_is_kept_as_a_draft_and_activated_from_its_page(central: Client):
    answer = send(central, url("criteria-new"), **typed_set())
    made = CriteriaSet.objects.get()
    assert answer["Location"].endswith(reverse("selection:criteria-show", args=[made.public_id]))
    assert (made.category.code, made.edition, made.official, made.state) == ("food", 1, False, CriteriaState.DRAFT)
    assert parts_of(made) == FOOD
    body = page(central, "criteria-show", made.public_id)
    assert "Ready to activate" in body
    assert "Tried by the bands of the sample" in body
    assert body.count(">right<") == len(EXAMPLES)

    send(central, url("criteria-activate", made.public_id), version=made.version)
    made.refresh_from_db()
    assert made.state == CriteriaState.ACTIVE
    frozen = page(central, "criteria-show", made.public_id)
    assert "active and therefore frozen" in frozen
    assert "Activate the set" not in frozen
    edit = central.get(url("criteria-edit", made.public_id))
    assert edit.status_code == 403
    assert "is active and therefore frozen" in edit.content.decode()


def test_a_file_takes_the_place_of_the_box_and_its_faults_can_be_mended_there(central: Client):
    text = "".join(csv_lines(headings(TABLE), table_rows(FOOD))).replace("6.00", "หก", 1)
    answer = send(central, url("criteria-new"), **typed_set(table="", file=SimpleUploadedFile("ตาราง.csv", text.encode())))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Row 2, column “Points”: “หก” is not understood." in body
    assert "หก\tวัตถุดิบหลักทั้งหมด" in body
    assert not CriteriaSet.objects.exists()
    mended = unescape(re.search(r'<textarea name="table".*?>\n?(.*?)</textarea>', body, re.DOTALL).group(1)).replace("หก", "๖")
    assert send(central, url("criteria-new"), **typed_set(table=mended)).status_code == 302
    assert parts_of(CriteriaSet.objects.get()) == FOOD


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"source_note_th": " "}, "Write in Thai where these criteria are from"),
        ({"table": ""}, "Choose a file with the table, or paste the table here."),
        ({"table": "x" * 400_001}, "there is room for 400000"),
        ({"table": "ก\x00"}, "cannot be stored"),
        ({"table": "ข้อ\tคะแนน\n1\t2"}, "The table has no column"),
        ({"examples": "ก\tข\n1\t2"}, "The table has no column"),
        ({"category": "none"}, "Select a valid choice"),
        ({"official": ""}, "Choose one."),
        ({"name_th": ""}, "Write the name of the criteria in Thai."),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, "This is not a table that can be read."),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "The file is empty."),
        ({"file": SimpleUploadedFile("a.csv", b"x" * (1024 * 1024 + 1))}, "The file is larger than 1 MB."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(central: Client, said: dict[str, Any], sentence: str):
    typed = typed_set(name_en="A name that stays", **said)
    answer = send(central, url("criteria-new"), **typed)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in body
    assert "A name that stays" in body
    if "table" not in said:
        assert escape(typed["table"]) in body
    assert not CriteriaSet.objects.exists()
    assert not Part.objects.exists()


def test_thai_faults_are_said_in_thai(central: Client):
    address = reverse("selection:criteria-new").removeprefix("/en")
    client = Client(headers={"accept-language": "th"})
    client.force_login(way.central())
    answer = send(client, address, **typed_set(table=table_text(FOOD).replace("6.00", "หก", 1)))
    assert "แถวที่ 2 คอลัมน์ “คะแนน”: อ่าน “หก” ไม่เข้าใจ โปรดเขียนคะแนน 0 ถึง 100" in answer.content.decode()


def test_wrong_examples_and_sums_stand_beside_the_closed_button(central: Client):
    made = way.criteria_set("food", active=False, levels={"ก": (3000, 0), "ข": (3000, 0), "ค": (3900, 0)})
    send(central, url("criteria-edit", made.public_id), **typed_set(
        version=1, table=table_text(parts_of(made)), examples="ก\tข\tค\tรวม\tดาว\n30\t30\t30\t90\t4\n30\t30\t40\t100\t5",
    ))  # fmt: skip
    body = page(central, "criteria-show", made.public_id)
    for sentence in (
        "The parts add up to 99.00 points, not 100.00.", "Worked example 1 comes out as 90.00 points and 5 stars, not 90.00 and 4.",
        "Worked example 2 gives part ค 40.00 points; at most 39.00 can be given.",
    ):  # fmt: skip
        assert sentence in body
    assert 'aria-disabled="true"' in body
    answer = send(central, url("criteria-activate", made.public_id), version=2)
    assert answer.status_code == 403
    assert "The parts add up to 99.00 points" in answer.content.decode()
    assert CriteriaSet.objects.get().state == CriteriaState.DRAFT


def test_examples_are_tried_by_the_bands_of_the_round_that_is_named(central: Client):
    made = way.criteria_set("food", active=False)
    round_ = way.draft_round("2569", criteria_sets=False)
    round_.bands.filter(stars=5).update(least=9500)
    assert "Ready to activate" in page(central, "criteria-show", made.public_id)
    body = page(central, "criteria-show", made.public_id, round="2569")
    assert "comes out as 90.00 points and 4 stars, not 90.00 and 5" in body
    assert "Tried by the bands of Test round 2569" in body
    assert send(central, url("criteria-activate", made.public_id), version=1, round="2569").status_code == 403
    round_.bands.filter(stars=4).update(least=9600)
    assert page(central, "criteria-show", made.public_id, round="2569").count("Each further star must need") >= 1
    assert "bands of the sample" in page(central, "criteria-show", made.public_id, round="9" * 60)


def test_the_suggested_edges_are_taken_into_the_draft_and_come_out_right(central: Client):
    made = way.criteria_set("food", active=False)
    assert "90.00\t5" in page(central, "criteria-show", made.public_id)
    form = page(central, "criteria-edit", made.public_id, edges="")
    examples = re.search(r'<textarea name="examples".*?>\n?(.*?)</textarea>', form, re.DOTALL).group(1)
    assert len(examples.splitlines()) == 1 + 1 + 12
    typed = typed_set(version=1, table=table_text(parts_of(made)), examples=examples)
    assert send(central, url("criteria-edit", made.public_id), **typed).status_code == 302
    assert page(central, "criteria-show", made.public_id).count(">right<") == 13


def test_the_second_to_save_sees_both_texts_and_only_the_rows_that_differ(central: Client):
    made = way.criteria_set("food", active=False)
    first = typed_set(version=1, name_th="ชื่อแรก", table=table_text(FOOD))
    second = typed_set(version=1, name_th="ชื่อสอง", table=table_text(FOOD).replace("Production", "Manufacture"))
    assert send(central, url("criteria-edit", made.public_id), **first).status_code == 302
    answer = send(central, url("criteria-edit", made.public_id), **second)
    body = answer.content.decode()
    assert answer.status_code == 409
    versus = body[: body.index("<textarea")]
    assert "ชื่อแรก" in versus
    assert "ชื่อสอง" in versus
    assert "Manufacture" in versus
    assert "Shelf life stated from tests" not in versus
    assert 'name="version" value="2"' in body
    assert send(central, url("criteria-activate", made.public_id), version=1).status_code == 409


def test_a_new_edition_begins_from_another_set(central: Client):
    made = way.criteria_set("food")
    form = page(central, "criteria-new", **{"from": made.public_id})
    assert escape(table_text(parts_of(made))) in form
    assert central.get(url("criteria-new"), {"from": "ZZZZZZZZ"}).status_code == 404
    send(central, url("criteria-new"), **typed_set())
    assert sorted(CriteriaSet.objects.values_list("edition", "state")) == [(1, "active"), (2, "draft")]


def test_the_file_of_a_set_comes_back_as_the_same_set_and_holds_no_formula(central: Client):
    part = criteria.PartSpec("ก", 3, "=1+1", "@SUM(A1)", (
        criteria.GroupSpec("-ก", "+b", (criteria.ItemSpec("'=x", "|y", (
            criteria.LevelSpec(10000, '"อ้าง", ครับ', "\u200b=z"), criteria.LevelSpec(0, "-1", ""),
        )),)),
    ))  # fmt: skip
    made = criteria.enter_criteria(
        category=make.category("food"), name_th="ก", name_en="", parts=[part], examples=[], official=True, source_note_th="",
        source_note_en="", by=way.central(),
    )  # fmt: skip
    answer = signed_in(make.user()).get(url("criteria-table", made.public_id))
    data = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == 'attachment; filename="criteria-food-1.csv"'
    cells = re.split(r"[,\r\n]", data.decode("utf-8-sig"))
    assert not [cell for cell in cells if cell.strip('"')[:1] in tuple("=+@|") or re.match(r'"?-\D', cell)]
    sent = typed_set(table="", examples="", file=SimpleUploadedFile("t.csv", data))
    assert send(central, url("criteria-new"), **sent).status_code == 302
    stored = CriteriaSet.objects.get(edition=2)
    first, second = (parts_of(row)[0] for row in (made, stored))
    assert first.groups[0].items[0].levels[0].en == "\u200b=z"
    assert second.groups[0].items[0].levels[0].en == "=z"  # what cannot be seen is not read
    assert (second.th, second.en, second.groups[0].th, second.groups[0].items[0].th) == ("=1+1", "@SUM(A1)", "-ก", "'=x")


def test_only_a_central_officer_writes_and_activates(central: Client):
    made = way.criteria_set("food", active=False)
    client = signed_in(make.province_officer())
    body = page(client, "criteria-show", made.public_id)
    assert "Correct the draft" not in body
    assert "New edition from this one" not in body
    assert "Only a central officer may do this." in body
    for answer in (
        send(client, url("criteria-new"), **typed_set()), send(client, url("criteria-edit", made.public_id), **typed_set(version=1)),
        send(client, url("criteria-activate", made.public_id), version=1), send(client, url("criteria-sample")),
    ):  # fmt: skip
        assert answer.status_code == 403
        assert "Only a central officer may do this." in answer.content.decode()


def test_a_double_click_enters_one_set(central: Client):
    typed = typed_set(form_key=str(uuid.uuid4()))
    assert [central.post(url("criteria-new"), typed).status_code for _time in range(2)] == [302, 302]
    assert CriteriaSet.objects.count() == 1


def test_nonsense_sent_to_the_button_is_no_fault_of_ours(central: Client):
    made = way.criteria_set("food", active=False)
    for version in ("", "x", "๒", "9" * 40, "-1", "1.5"):
        assert send(central, url("criteria-activate", made.public_id), version=version).status_code == 409
    for key in ("\x00", "2599", "๒๕๖๙", "x" * 400):
        assert send(central, url("criteria-activate", made.public_id), version=1, round=key).status_code == 404
        assert central.get(url("criteria-show", made.public_id), {"round": key}).status_code == 200
        assert central.get(url("criteria-new"), {"from": key}).status_code == 404
    assert CriteriaSet.objects.get().state == CriteriaState.DRAFT


def test_a_set_costs_as_many_queries_with_a_long_table_as_with_a_short_one(central: Client):
    def asked(made: CriteriaSet) -> int:
        central.get(url("criteria-show", made.public_id))
        with CaptureQueriesContext(connection) as seen:
            central.get(url("criteria-show", made.public_id))
        return len(seen)

    short = way.criteria_set("food")
    send(central, url("criteria-new"), **typed_set())
    long = CriteriaSet.objects.get(edition=2)
    send(central, url("criteria-activate", long.public_id), version=1)
    assert asked(long) == asked(short)
