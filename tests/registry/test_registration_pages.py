"""The pages of registrations: steps that lose nothing, the check list, the committee's list, the sheet, the work list."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from registry.clock import bangkok_day
from registry.models import CheckLine, OldCode, Paper, PaperNeed, Registration, RegistrationDecision, RegistrationWindow
from tests import make
from tests.registry import filings
from tests.registry.files import PDF, picture

pytestmark = pytest.mark.django_db
TODAY = bangkok_day(timezone.now())


def address(name: str, row, *more) -> str:
    return reverse(f"registry:{name}", args=[row.public_id, *more])


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def officer(client):
    someone = make.amphoe_officer()
    client.force_login(someone)
    return someone


def test_the_way_from_the_producers_page_to_the_filing(client, officer):
    filings.window()
    producer = make.product(name="ผ้าไหมแพรวา").producer
    page = text(client.get(address("producer-show", producer)))
    assert "ยังไม่ได้ลงทะเบียนในช่วงรับลงทะเบียนใด" in page
    answer = client.post(address("registration-new", producer), {"type": "group"})
    row = Registration.objects.get()
    assert answer.url == address("registration-facts", row)
    facts = {"founded_on": "18 กันยายน 2560", "members": "๑๒", "site": make.SISTER, "site_address": "12 ม.4", "thai_nationals": "on"}
    answer = client.post(answer.url, {**facts, "version": "1"})
    assert answer.url == address("registration-link", row)
    answer = client.post(answer.url, {"link_material": "ไหมจากบ้านใกล้กัน", "version": "2"})
    assert answer.url == address("registration-goods", row)
    answer = client.post(answer.url, {"products": [producer.products.get().public_id]})
    assert answer.url == address("registration-papers", row)
    for need in PaperNeed.objects.filter(must=True, for_group=True):
        assert need.name_th in text(client.get(answer.url))
        sent = {"need": need.code, "file": SimpleUploadedFile("ภาพ.jpg", picture("JPEG"))}
        assert client.post(answer.url, sent).status_code == 302
    assert "เอกสารที่ต้องมีครบแล้ว" in text(client.get(answer.url))
    assert client.post(address("registration-file", row)).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.members, row.site.code, row.papers.count()) == ("filed", 12, make.SISTER, 6)
    assert "รอตรวจ" in text(client.get(address("registration-show", row)))


def test_what_is_missing_is_said_under_the_closed_button_and_again_when_it_is_sent(client, officer):
    row = filings.drafted(whole=False)
    page = text(client.get(address("registration-show", row)))
    for words in ("ยังขาดเอกสาร: เอกสารการจัดตั้งกลุ่ม", "กรอกจำนวนสมาชิกกลุ่ม", "อย่างน้อยหนึ่งข้อ", "ไม่อยู่ในช่วงรับลงทะเบียน"):
        assert words in page
    answer = client.post(address("registration-file", row))
    assert answer.status_code == 403
    assert "กรอกจำนวนสมาชิกกลุ่ม" in text(answer)


@pytest.mark.parametrize(("field", "typed"), [
    ("members", "0"), ("members", "หก"), ("members", "9" * 30), ("founded_on", "31/02/2560"), ("founded_on", "1/1/2700"),
    ("site", make.ELSEWHERE), ("site", "\x00"), ("site_address", "ก" * 201), ("version", "x"),
])
def test_every_bad_field_is_an_error_beside_it_and_nothing_is_lost(client, officer, field, typed):
    row = filings.drafted(whole=False)
    sent = {"members": "12", "site": make.HOME, "site_address": "บ้านเลขที่ 12", "version": "1", field: typed}
    answer = client.post(address("registration-facts", row), sent)
    assert answer.status_code in (422, 403)  # what cannot be read, and what the rule refuses
    assert answer.context["form"].errors.get(field)
    if field != "site_address":
        assert "บ้านเลขที่ 12" in text(answer)
    row.refresh_from_db()
    assert row.version == 1


def test_a_wrong_juristic_number_is_said_beside_its_field(client, officer):
    row = filings.drafted(type="sme", whole=False)
    sent = {"juristic_number": "0994000617723", "site": make.HOME, "version": "1"}
    answer = client.post(address("registration-facts", row), sent)
    assert answer.status_code == 403
    assert "เทียบกับหนังสือรับรอง" in answer.context["form"].errors["juristic_number"][0]
    assert client.post(address("registration-facts", row), {**sent, "juristic_number": "0-99-4-000-61772-1"}).status_code == 302
    assert "0-99-4-000-61772-1" in text(client.get(address("registration-show", row)))


@pytest.mark.parametrize("sent", [
    {}, {"need": "founding"}, {"need": "x", "file": PDF}, {"need": "founding", "file": b"<svg/>"}, {"need": "juristic", "file": PDF},
    {"need": "founding", "file": b"%PDF-" + b"x" * (21 << 20)},
])
def test_a_bad_paper_is_refused_in_place(client, officer, sent):
    row = filings.drafted(whole=False)
    if "file" in sent:
        sent = {**sent, "file": SimpleUploadedFile("a.pdf", sent["file"])}
    assert client.post(address("registration-papers", row), sent).status_code == 422
    assert not Paper.objects.exists()


def test_a_paper_is_taken_back(client, officer):
    row = filings.drafted()
    given = row.papers.first()
    assert client.post(address("registration-paper-back", row, given.paper.public_id)).status_code == 302
    assert client.get(address("paper-show", given.paper)).status_code == 404
    other = filings.drafted()
    assert client.post(address("registration-paper-back", row, other.papers.first().paper.public_id)).status_code == 404


def check_list(row: Registration, **other: str) -> dict[str, str]:
    said = filings.all_yes(row, **other)
    return {f"{code}-{about}" if about else code: one.answer for (code, about), one in said.items()}


def test_the_officer_checks_and_the_words_stay_when_something_is_open(client, officer):
    row = filings.filed()
    page = address("registration-check", row)
    assert "เป็นผลิตภัณฑ์ OTOP" in text(client.get(page))
    sent = {**check_list(row), "position": "พัฒนาการอำเภอ", "note-papers": "ดูต้นฉบับแล้ว"}
    open_one = {**sent, "site": ""}
    answer = client.post(page, {**open_one, "answer": "pass"})
    assert answer.status_code == 403
    assert "site" in answer.context["form"].errors
    assert "ดูต้นฉบับแล้ว" in text(answer)
    assert client.post(page, {**open_one, "answer": "back"}).status_code == 403
    assert client.post(page, {**sent, "answer": "pass"}).status_code == 302
    assert CheckLine.objects.get(item__code="papers").note == "ดูต้นฉบับแล้ว"
    assert client.get(page).status_code == 403


def test_the_committee_decides_a_list_in_the_browser(client):
    officer = make.amphoe_officer()
    one, two, three = filings.checked(checker=officer), filings.checked(), filings.checked()
    body, seats = filings.committee()
    page = address("registration-decide", body)
    client.force_login(officer)
    assert "aria-disabled" in text(client.get(page))
    client.force_login(seats[1].user)
    sent = {
        "number": "2/2569", "held_on": TODAY.isoformat(), "present": [seat.public_id for seat in seats],
        f"verdict-{one.public_id}": "register", f"verdict-{two.public_id}": "return", f"verdict-{three.public_id}": "",
    }  # fmt: skip
    answer = client.post(page, sent)
    assert answer.status_code == 403
    assert f"reason-{two.public_id}" in answer.context["form"].errors
    assert client.post(page, {**sent, f"reason-{two.public_id}": "ขาดตัวอย่างผลิตภัณฑ์"}).status_code == 302
    assert list(Registration.objects.order_by("id").values_list("state", flat=True)) == ["registered", "returned", "checked"]
    assert RegistrationDecision.objects.get(registration=one).by == seats[1].user
    client.force_login(officer)
    assert "ขาดตัวอย่างผลิตภัณฑ์" in text(client.get(address("registration-show", two)))


def test_the_sheet_is_whole_in_every_state(client, officer):
    for row in (filings.drafted(whole=False), filings.filed(), filings.checked(), filings.registered(), filings.drafted(type="sme")):
        page = text(client.get(address("registration-print", row)))
        assert row.producer.name in page
        assert "ส่วนที่ ๓" in page
    assert "๑/๒๕๖๙" in text(client.get(address("registration-print", Registration.objects.get(state="registered"))))


def test_the_work_list_shows_what_waits_for_whom(client, officer):
    filings.filed()
    filings.checked()
    _body, seats = filings.committee()

    def lines(user) -> str:
        client.force_login(user)
        return text(client.get(reverse("registry:worklist")))

    assert "การลงทะเบียนที่รอตรวจ 1 ราย" in lines(officer)
    assert "รอตรวจ 1" not in lines(make.recorder())
    assert "การลงทะเบียนที่รอมติ 1 ราย" in lines(seats[0].user)
    assert "รอมติ" not in lines(seats[2].user)


def test_who_must_renew_is_asked_in_the_window_that_says_so(client, officer):
    first = filings.registered()
    window = filings.window()
    page = reverse("registry:worklist")
    assert "ต้องต่อ" not in text(client.get(page))
    RegistrationWindow.objects.filter(pk=window.pk).update(renew_before=TODAY + timedelta(days=1))
    assert "การลงทะเบียนที่ต้องต่อ 1 ราย" in text(client.get(page))
    filings.drafted(first.producer)
    assert "ต้องต่อ" not in text(client.get(page))


def test_the_centre_announces_and_moves_a_window(client):
    client.force_login(make.central_officer())
    new = reverse("registry:window-new")
    sent = {"fiscal_year_be": "๒๕๖๒", "quarter": "1", "opens_on": "1 ตุลาคม 2561", "closes_on": "20 ธันวาคม 2561", "source_note": "ประกาศ"}
    assert client.post(new, {**sent, "closes_on": "20 มกราคม 2562"}).status_code == 403
    assert client.post(new, sent).status_code == 302
    assert client.post(new, sent).status_code == 403
    window = RegistrationWindow.objects.get(fiscal_year_be=2562)
    edit = {"opens_on": "2 ตุลาคม 2561", "closes_on": "20 ธันวาคม 2561", "version": "1"}
    assert client.post(address("window-edit", window), edit).status_code == 302
    assert client.post(address("window-edit", window), edit).status_code == 409
    assert "1/2562" in text(client.get(reverse("registry:window-list")))


def test_an_old_code_stands_on_the_producers_page(client, officer):
    producer = make.producer()
    assert client.post(address("old-code-new", producer), {"scheme": "ทะเบียน 2557", "code": "๔๖-๐๐๑"}).status_code == 302
    assert OldCode.objects.get().code == "46-001"
    assert "46-001" in text(client.get(address("producer-show", producer)))
    assert client.post(address("old-code-new", make.producer()), {"scheme": "ทะเบียน 2557", "code": "46-001"}).status_code == 403


@pytest.mark.parametrize("name", ["registration-show", "registration-print", "registration-check", "producer-show"])
def test_a_page_costs_the_same_however_many_papers_and_products(client, officer, name, django_assert_max_num_queries):
    row = filings.filed()
    big = filings.drafted(make.product(make.product().producer).producer)
    for need in PaperNeed.objects.filter(must=False):
        filings.give_paper(by=None, registration=big, need=need, content=SimpleUploadedFile("a.pdf", PDF))
    filings.file_registration(by=None, registration=big)

    def page(one: Registration) -> str:
        return address(name, one.producer if name == "producer-show" else one)

    with django_assert_max_num_queries(40) as one:
        client.get(page(row))
    with django_assert_max_num_queries(len(one)):
        client.get(page(big))
