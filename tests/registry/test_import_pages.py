"""Files and questions in the browser: sent, checked, confirmed, taken in, answered; each page within one's reach."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from registry.actions import jobs
from registry.intake.work import check_job, run_job
from registry.models import Draft, ImportFile, Job, Product, Question
from tests import make
from tests.registry.files import as_csv, checked, ends, row, taken

pytestmark = pytest.mark.django_db
LIST, NEW, QUESTIONS = (reverse(f"registry:{name}") for name in ("import-list", "import-new", "question-list"))


def upload(data: bytes, name: str = "goods.csv") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, data)}


def show(file: ImportFile) -> str:
    return reverse("registry:import-show", args=[file.public_id])


def work() -> None:
    """What the worker would do, here and now."""
    for job in Job.objects.open():
        claimed = jobs.claim(job.pk)
        jobs.finish(claimed, {"import_check": check_job, "import_run": run_job}[claimed.kind](claimed))


@pytest.fixture
def officer(client):
    someone = make.amphoe_officer()
    client.force_login(someone)
    return someone


def test_the_way_of_a_file(client, officer):
    sent = client.post(
        NEW,
        upload(as_csv(row(), row("น้ำพริก", producer=""), row(""), row("ก", amphoe="เมือง", tambon="กาฬสินธุ์"))),
        follow=True,
    )
    file = ImportFile.objects.get()
    assert sent.redirect_chain[-1][0] == show(file)
    assert f'id="job-{file.job.public_id}"' in sent.content.decode()
    work()
    page = client.get(show(file)).content.decode()
    assert not Product.objects.exists()
    assert "ชื่อผลิตภัณฑ์" in page
    only = client.get(show(file), {"outcome": "refused", "reason": "not_your_area"}).context["page_obj"]
    assert [one.number for one in only] == [5]
    client.post(reverse("registry:import-confirm", args=[file.public_id]))
    work()
    file.refresh_from_db()
    assert (file.state, ends(file)[0]) == ("done", ("created", "no_category"))
    assert Product.objects.get().public_id in client.get(show(file)).content.decode()
    assert client.get(LIST).context["page_obj"][0] == file


def test_a_file_that_is_left_changes_nothing(client, officer):
    file = checked(row(), by=officer)
    confirm = reverse("registry:import-confirm", args=[file.public_id])
    client.post(confirm, {"answer": "cancel"})
    file.refresh_from_db()
    assert file.state == "cancelled"
    assert client.post(confirm).status_code == 403
    work()
    assert not Product.objects.exists()


def test_a_double_click_sends_and_confirms_once(client, officer):
    key = {"form_key": "8f14e45f-ceea-467f-ab3c-2b0b1f0a1c11"}
    for _click in range(2):
        client.post(NEW, upload(as_csv(row())) | key)
    file = ImportFile.objects.get()
    work()
    for _click in range(2):
        assert (
            client.post(
                reverse("registry:import-confirm", args=[file.public_id]),
                key | {"form_key": "8f14e45f-ceea-467f-ab3c-2b0b1f0a1c12"},
            ).status_code
            == 302
        )
    assert Job.objects.filter(kind="import_run").count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "file"),
        (b"", "empty"),
        (b"%PDF-1.7", "not a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "old .xls"),
        (b"x" * (21 << 20), "20 MB"),
    ],
)
def test_a_file_that_is_none_is_refused_at_once_in_place(client, officer, data, words):
    answer = client.post("/en" + NEW, {} if data is None else upload(data))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ImportFile.objects.exists()


def test_a_file_found_unreadable_later_says_why(client, officer):
    client.post(NEW, upload(b"a,b\n1,2\n"))
    work()
    page = client.get("/en" + show(ImportFile.objects.get())).content.decode()
    assert "has no column" in page
    assert "Send another file" in page


def test_files_are_seen_by_their_sender_and_the_centre(client, officer):
    mine, other = checked(row(), by=officer), checked(row(), by=make.amphoe_officer())
    for name in ("import-show", "import-result"):
        assert client.get(reverse(f"registry:{name}", args=[mine.public_id])).status_code == 200
        assert client.get(reverse(f"registry:{name}", args=[other.public_id])).status_code == 404
    assert client.post(reverse("registry:import-confirm", args=[other.public_id])).status_code == 404
    client.force_login(make.central_officer())
    assert {file.pk for file in client.get(LIST).context["page_obj"]} == {mine.pk, other.pk}
    client.force_login(make.user())
    assert client.get(LIST).status_code == 200
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, upload(as_csv(row()))).status_code == 403


def test_the_result_and_the_rows_to_correct_are_files(client, officer):
    file = taken(row("=cmd()", price_baht="10"), row("น้ำพริก", producer="", price_baht="20"), row(""), by=officer)
    result = reverse("registry:import-result", args=[file.public_id])
    report = list(csv.reader(io.StringIO(client.get(result).getvalue().decode("utf-8-sig"))))
    assert [line[3] for line in report[1:]] == ["created", "question", "refused"]
    answer = client.get(result, {"rows": "correct"})
    assert "attachment" in answer["Content-Disposition"]
    text = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [line["ชื่อผลิตภัณฑ์"] for line in rows] == ["น้ำพริก", ""]
    client.post(NEW, upload(text.replace("น้ำพริก,,", "น้ำพริกเผา,กลุ่มโพนงาม,").encode()))
    again = ImportFile.objects.latest("id")
    work()
    client.post(reverse("registry:import-confirm", args=[again.public_id]))
    work()
    assert Question.objects.get().product.name == "น้ำพริกเผา"


def test_a_job_that_failed_can_go_on_or_be_left(client, officer):
    file = checked(row(), by=officer)
    client.post(reverse("registry:import-confirm", args=[file.public_id]))
    Job.objects.update(state="failed", note_th="ขัดข้อง", note_en="fault")
    assert "ขัดข้อง" in client.get(show(file)).content.decode()
    client.post(reverse("registry:import-confirm", args=[file.public_id]))
    work()
    assert ends(file) == [("created", "no_category")]


def test_a_question_is_answered_on_its_page(client, officer):
    known = make.producer(name="กลุ่มสตรีโพนงาม")
    taken(row(producer="", price_baht="80"), row("ผ้าแพรวา", producer=""))
    assert [line.said["product_name_th"] for line in client.get(QUESTIONS).context["page_obj"]] == [
        "ผ้าขิดลายดอกจัน",
        "ผ้าแพรวา",
    ]
    first, second = Question.objects.order_by("first_row__number")
    address = reverse("registry:question-answer", args=[first.public_id])
    page = client.get(address).content.decode()
    assert known.name in page
    assert "80" in page
    bad = client.post(address, {"product_name": "ผ้าขิด", "producer": "other", "producer_name": ""})
    assert bad.status_code == 422
    done = client.post(address, {"product_name": "ผ้าขิดลายดอกจัน", "producer": known.public_id}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("registry:question-answer", args=[second.public_id])
    assert Product.objects.get().producer == known
    assert (
        client.post(
            address, {"product": "other", "product_name": "x", "producer": "other", "producer_name": "y"}
        ).status_code
        == 403
    )
    other = reverse("registry:question-answer", args=[second.public_id])
    assert client.post(other, {"dismiss": "1", "reason": ""}).status_code == 422
    client.post(other, {"dismiss": "1", "reason": "ไม่ใช่ของตำบลนี้"})
    assert "ไม่ใช่ของตำบลนี้" in client.get(other).content.decode()
    assert not Question.objects.open().exists()


def test_an_answer_half_typed_waits_and_is_not_lost_to_who_answers_first(client, officer):
    taken(row(tambon="หนองบัง", producer=""))
    address = reverse("registry:question-answer", args=[Question.objects.get().public_id])

    def typing(**typed: str) -> str:
        assert client.post(reverse("registry:draft-save"), {**typed, "draft_page": address}).status_code == 200
        return client.get(address).content.decode()

    began = {"product_name": "ผ้าขิดลายใหม่", "producer_name": "กลุ่มที่ฉันพิมพ์", "tambon": "other", "area_typed": "หนองบัว นามน"}
    assert [words in typing(**began) for words in ("ผ้าขิดลายใหม่", "กลุ่มที่ฉันพิมพ์", "หนองบัว นามน")] == [True] * 3
    assert "ไม่ใช่ของเรา" in typing(dismiss="1", reason="ไม่ใช่ของเรา")
    typing(**began)
    other = Client()
    other.force_login(make.amphoe_officer())
    assert "กลุ่มที่ฉันพิมพ์" not in other.get(address).content.decode()
    assert other.post(address, {"dismiss": "1", "reason": "ตอบก่อนแล้ว"}).status_code == 302
    kept = client.get(address).content.decode()
    late = client.post(address, began)
    assert late.status_code == 403
    for page in (kept, late.content.decode()):
        assert [words in page for words in ("ตอบก่อนแล้ว", "กลุ่มที่ฉันพิมพ์", 'class="kept"')] == [True] * 3
    client.post(reverse("registry:draft-drop"), {"draft_page": address})
    assert 'class="kept"' not in client.get(address).content.decode()

    taken(row("ผ้าแพรวา", producer=""))
    address = reverse("registry:question-answer", args=[Question.objects.open().get().public_id])
    typing(dismiss="1", reason="ซ้ำ")
    assert client.post(address, {"dismiss": "1", "reason": "ซ้ำ"}).status_code == 302
    assert not Draft.objects.exists()


def test_a_tambon_is_chosen_from_the_list_or_typed(client, officer):
    taken(row(tambon="หนองบัง"), row("ผ้าแพรวา", tambon=""))
    first, second = Question.objects.order_by("first_row__number")
    client.post(reverse("registry:question-answer", args=[first.public_id]), {
        "product_name": "ผ้าขิด", "producer_name": "กลุ่มทอผ้าบ้านโพน", "tambon": "460205",
    })  # fmt: skip
    client.post(reverse("registry:question-answer", args=[second.public_id]), {
        "product_name": "ผ้าแพรวา", "producer_name": "กลุ่มทอผ้าบ้านโพน", "tambon": "other", "area_typed": "หนองบัว นามน",
    })  # fmt: skip
    assert sorted(Product.objects.values_list("name", "area__code")) == [("ผ้าขิด", "460205"), ("ผ้าแพรวา", "460205")]


def test_questions_elsewhere_are_not_there_and_a_seat_only_looks(client):
    taken(row(producer=""))
    address = reverse("registry:question-answer", args=[Question.objects.get().public_id])
    client.force_login(make.amphoe_officer("4503"))
    assert client.get(address).status_code == client.post(address).status_code == 404
    member = make.user()
    make.seat(make.committee(), member)
    client.force_login(member)
    assert "aria-disabled" in client.get(address).content.decode()
    assert client.post(address, {"product_name": "ก", "producer_name": "ข"}).status_code == 403


@pytest.mark.parametrize("bad", ["\x00", "x" * 5000, "460205'", "๑"])
def test_nonsense_in_an_answer_is_an_error_in_the_form(client, officer, bad):
    taken(row(tambon="หนองบัง", producer=""))
    address = reverse("registry:question-answer", args=[Question.objects.get().public_id])
    for name in ("product", "product_name", "tambon", "area", "area_typed", "producer", "producer_name"):
        sent = {"product_name": "ก", "producer_name": "ข", "tambon": "460205"} | {name: bad}
        assert client.post(address, sent).status_code in (302, 422, 403)
        Question.objects.update(answer=None, answered_at=None, answered_by=None, product=None)


def test_a_page_costs_the_same_however_many_rows(
    client, officer, django_assert_num_queries, django_assert_max_num_queries
):
    def cost(address: str) -> int:
        with django_assert_max_num_queries(40) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    few = taken(row("ก่อน", producer=""), row("หลัง"), by=officer)
    question = reverse("registry:question-answer", args=[Question.objects.get().public_id])
    costs = [cost(address) for address in (LIST, show(few), QUESTIONS, question)]
    many = taken(*(row(f"ผ้าทอลายที่ {n}", producer="" if n % 2 else f"กลุ่มที่ {n} นาดี") for n in range(30)), by=officer)
    assert [cost(address) for address in (LIST, show(many), QUESTIONS, question)] == costs
    assert max(costs) <= 13
