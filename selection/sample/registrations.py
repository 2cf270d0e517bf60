"""Registrations of the sample, one in each state, in the amphoe that may be tried; every paper in them says it is a sample."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.files.base import ContentFile

from registry.actions.registration_decisions import Ruling, Sitting, check_registration, decide_registrations
from registry.actions.registration_windows import open_window
from registry.actions.registrations import change_registration, draft_registration, file_registration, give_paper
from registry.clock import fiscal_year_be
from registry.models import (
    CheckItem,
    Committee,
    CommitteeKind,
    Origin,
    PaperNeed,
    Producer,
    Registration,
    RegistrationWindow,
    User,
    Verdict,
)
from registry.rules.registrations import Said, quarter_of
from selection.sample.people import People

PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F 36 Tf 200 420 Td (SAMPLE PAPER) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
LEFT_DRAFT, FILED, RETURNED, CHECKED, REGISTERED, REFUSED = range(6)


def enter_registrations(people: People, amphoe: str, today: date) -> None:
    """Six producers of the amphoe register, each coming as far as another."""
    _open_window(people.users["central"], today)
    officer = people.users[amphoe]
    committee = Committee.objects.get(kind=CommitteeKind.AMPHOE, area__code=amphoe, origin=Origin.SAMPLE)
    for far, producer in enumerate(_producers(amphoe)):
        row = _drafted(producer, officer, today, whole=far != LEFT_DRAFT)
        if far == LEFT_DRAFT:
            continue
        row = file_registration(by=officer, registration=row)
        if far >= RETURNED:
            _check(row, officer, passed=far != RETURNED)
        if far >= REGISTERED:
            _decide(row, committee, today, Verdict.REGISTER if far == REGISTERED else Verdict.REFUSE)


def _open_window(central: User, today: date) -> None:
    """The window of this quarter, whole, unless the centre has set one."""
    year, quarter = fiscal_year_be(today), (today.month - 10) % 12 // 3 + 1
    if not RegistrationWindow.objects.filter(fiscal_year_be=year, quarter=quarter).exists():
        first, after = quarter_of(year, quarter)
        open_window(
            by=central, fiscal_year_be=year, quarter=quarter, opens_on=first, closes_on=after - timedelta(days=1),
            source_note="ข้อมูลตัวอย่าง",
        )  # fmt: skip


def _producers(amphoe: str) -> Iterator[Producer]:
    rows = Producer.objects.active().filter(area__code__startswith=amphoe, origin=Origin.SAMPLE, type="group")
    yield from rows.exclude(products=None).distinct().order_by("name_sort", "id")[: REFUSED + 1]


def _drafted(producer: Producer, officer: User, today: date, *, whole: bool) -> Registration:
    row = draft_registration(by=officer, producer=producer, type=producer.type)
    row = change_registration(
        by=officer, registration=row, version=row.version, founded_on=date(today.year - 9, 5, 1), members=14,
        link_labour="สมาชิก 14 คนในหมู่บ้านร่วมผลิต",
    )  # fmt: skip
    if not whole:
        return row
    row = change_registration(
        by=officer, registration=row, version=row.version, thai_nationals=True, site_address="12 หมู่ 4",
        link_material="วัตถุดิบหลักซื้อจากเกษตรกรในอำเภอ",
    )  # fmt: skip
    for need in PaperNeed.objects.filter(must=True, for_group=True):
        give_paper(by=officer, registration=row, need=need, content=ContentFile(PDF, f"{need.name_th} (ตัวอย่าง).pdf"))
    return row


def _check(row: Registration, officer: User, *, passed: bool) -> None:
    products = [product.public_id for product in row.products.all()]
    said = {
        (item.code, about): Said("na" if item.may_not_apply else "yes")
        for item in CheckItem.objects.all()
        for about in (products if item.per_product else [""])
    }
    words = "" if passed else "ภาพถ่ายสถานที่ผลิตไม่ชัด ถ่ายใหม่ให้เห็นป้ายกลุ่ม แล้วยื่นอีกครั้ง"
    check_registration(by=officer, registration=row, passed=passed, said=said, position="พัฒนาการอำเภอ", words=words)


def _decide(row: Registration, committee: Committee, today: date, verdict: str) -> None:
    seats = list(committee.seats.active_on(today).select_related("user"))
    leader = next(seat.user for seat in seats if seat.role == "secretary")
    number = f"{committee.meetings.count() + 1}/{fiscal_year_be(today)}"
    reason = "" if verdict == Verdict.REGISTER else "ไม่พบการผลิตจริง ณ สถานที่ผลิตในวันที่คณะกรรมการไปดู"
    decide_registrations(
        by=leader, committee=committee, sitting=Sitting(number, today, "ที่ว่าการอำเภอ", seats),
        rulings=[Ruling(row, verdict, reason)],
    )  # fmt: skip
