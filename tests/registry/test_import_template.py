"""The table to fill in: filled with what its lists offer it comes in without a question; live plants do not come in."""

import io
import json

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from registry.actions.imports import answer_question, confirm_file, receive_file
from registry.actions.imports.questions import Answer
from registry.exports.template import EXPLAINED
from registry.intake.columns import FIELDS, read_headings
from registry.intake.work import check_file, run_file
from registry.models import Product, Question
from registry.refusal import Refused
from tests import make
from tests.registry.files import ends, row, taken

pytestmark = pytest.mark.django_db


def template(client: Client, kind: str) -> bytes:
    answer = client.get(reverse("registry:import-template", args=[kind]))
    assert answer.status_code == 200
    return answer.getvalue()


def test_a_template_filled_from_its_lists_comes_in_without_a_question(client: Client):
    officer = make.amphoe_officer()
    client.force_login(officer)
    book = openpyxl.load_workbook(io.BytesIO(template(client, "xlsx")))
    sheet, explained, areas, lists = book.worksheets
    assert (areas.sheet_state, lists.sheet_state) == ("hidden", "hidden")
    headings = [cell.value for cell in sheet[1]]
    assert headings == [FIELDS[field][0] for field in EXPLAINED]
    assert [line[0].value for line in explained.iter_rows(min_row=2, max_row=1 + len(headings))] == headings
    assert all(line[2].value for line in explained.iter_rows(min_row=2, max_row=1 + len(headings)))
    offered = {json.dumps([cell.value for cell in line]) for line in areas.iter_rows(min_row=2)}
    assert len({line[6].value for line in areas.iter_rows(min_row=2)}) == len(offered) == 5  # the tambons of นามน
    assert {line[0].value for line in areas.iter_rows(min_row=2)} == {"กาฬสินธุ์", None}
    assert len(sheet.data_validations.dataValidation) == 7
    kinds = [[line[place].value for line in lists.iter_rows(min_row=2) if line[place].value] for place in (0, 1)]
    for number, kind in enumerate(kinds[0]):
        told = {field: example for field, (_must, _words, example) in EXPLAINED.items()}
        told |= {"category": kind, "producer_type": kinds[1][number % 3], "product_name_th": f"ผ้าขิดลาย {kind}", "source_ref": str(number)}
        told |= {"tambon": areas.cell(row=2 + number, column=7).value}
        sheet.append([told[field] for field in EXPLAINED])
    out = io.BytesIO()
    book.save(out)
    file = check_file(receive_file(by=officer, name="t.xlsx", content=ContentFile(out.getvalue()), check=False))
    run_file(confirm_file(by=officer, file=file, run=False))
    assert ends(file) == [("created", "complete")] * 5
    made = Product.objects.select_related("producer").get(category__name_th=kinds[0][1])
    assert (made.producer.get_type_display(), made.price_baht, made.capacity_month) == (kinds[1][1], 1250.50, 40)
    assert [row.subcategory.name_th for row in Product.objects.exclude(subcategory=None)] == ["ผ้า"]  # the example fits one category
    assert (made.packaging, made.process, made.not_live_plant) == ("กล่องกระดาษสา", "ย้อม กรอ ทอ", False)
    text = template(client, "csv").decode()
    assert text.startswith("\ufeff")
    assert not read_headings([text.removeprefix("\ufeff").strip().split(",")]).unknown


def test_a_live_plant_is_refused_with_the_reason_unless_it_is_said_that_it_is_none():
    file = taken(
        row("ต้นกล้าพริก"), row("กล้วยไม้อบแห้ง", not_live_plant="ใช่"), row("ไม้ประดับ", producer=""),
        row("ผ้าขิด", producer="", not_live_plant="ใช่"),
    )  # fmt: skip
    assert ends(file) == [
        ("refused", "live_plant"), ("created", "no_category"), ("refused", "live_plant"), ("question", "producer_missing"),
    ]  # fmt: skip
    assert "ไม่ใช่พืชมีชีวิต" in file.import_rows.get(number=2).message_th
    assert Product.objects.get().not_live_plant
    assert ends(taken(row("กล้วยไม้อบแห้ง", unit="ถุง"))) == [("merged", "filled")]
    question = Question.objects.get()
    Question.objects.update(choices={**question.choices, "told": {}})
    choice = Answer(area=make.area(), producer_name="กลุ่มสวน", product_name="ต้นกล้าพริก")
    with pytest.raises(Refused) as refused:
        answer_question(by=None, question=question, choice=choice)
    assert refused.value.refusals[0].code == "live_plant"
