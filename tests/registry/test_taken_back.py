"""What was recorded too soon or wrongly: seats and appointments taken back before they begin, committees that are called otherwise."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry.actions.committees import end_seat, give_seat, rename_committee, take_back_seat
from registry.actions.people import appoint, correct_appointment, take_back_appointment
from registry.clock import bangkok_day
from registry.history import history_of
from registry.models import Committee, FormerName, Seat
from registry.refusal import Conflict, Refused
from registry.rules import offices_at, seats_at
from tests import make
from tests.registry import filings

pytestmark = pytest.mark.django_db
SLIP, NEVER = "บันทึกผิดคน", date(2099, 1, 1)
HEAD = {"office": "amphoe_officer", "leads": True, "order_no": "5/2569"}


def codes(act: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(Refused) as raised, transaction.atomic():
        act(**kwargs)
    return raised.value.codes


def today() -> date:
    return bangkok_day(timezone.now())


def written(client: Client, page: str, **typed: Any) -> Any:
    return client.post(page, {"form_key": uuid.uuid4(), **typed})


def test_a_seat_is_taken_back_before_its_first_day_and_stands_in_nobodys_way() -> None:
    committee, officer, first = make.committee(), make.amphoe_officer(), today() + timedelta(days=10)
    wrong, right = make.user(name_th="คนผิด ชื่อพ้อง"), make.user(name_th="คนถูก ชื่อพ้อง")
    seat = give_seat(by=officer, committee=committee, user=wrong, role="chair", starts_on=first)
    assert Committee.objects.visible_to(wrong).count() == 1
    assert codes(take_back_seat, by=make.recorder(), seat=seat, reason=SLIP) == ["not_your_committee"]
    assert codes(take_back_seat, by=officer, seat=seat, reason=" ") == ["why_missing"]
    begun = make.seat(committee)
    assert codes(take_back_seat, by=officer, seat=begun, reason=SLIP) == ["begun_already"]
    with pytest.raises(Conflict):
        take_back_seat(by=officer, seat=Seat.objects.get(pk=seat.pk), reason=SLIP, version=7)
    seat = take_back_seat(by=officer, seat=Seat.objects.get(pk=seat.pk), reason=SLIP)
    for act in (take_back_seat, end_seat):
        asked = {"reason": SLIP} if act is take_back_seat else {"ends_on": NEVER}
        assert codes(act, by=officer, seat=seat, **asked) == ["taken_back_already"]
    assert not Committee.objects.visible_to(wrong).exists()
    assert seats_at(wrong, timezone.now() + timedelta(days=20)) == []
    line = history_of(committee, {seat.public_id: wrong.full_name}, Seat)[0]
    assert (line.what, line.changes[0].after) == ("ยกเลิกตำแหน่งกรรมการก่อนถึงวันแรก: คนผิด ชื่อพ้อง", SLIP)
    # days that were taken are free: for another chair, and for himself, also from before
    assert give_seat(by=officer, committee=committee, user=right, role="chair", starts_on=first).role == "chair"
    assert give_seat(by=officer, committee=committee, user=wrong, starts_on=date(2026, 1, 1)).role == "member"


def test_an_appointment_is_taken_back_before_its_first_day_and_frees_the_office() -> None:
    place, above, first = make.area(make.PARENT), make.province_officer(), today() + timedelta(days=10)
    one, other = make.user(), make.user()
    held = appoint(by=above, user=one, area=place, starts_on=first, **HEAD)
    asked = {"by": above, "user": other, "area": place, "starts_on": first, **HEAD}
    assert codes(appoint, **asked) == ["office_headed"]
    assert codes(take_back_appointment, by=one, appointment=held, reason=SLIP)[-1] == "not_for_himself"
    begun = appoint(by=above, user=other, area=make.area(), office="recorder", order_no="1", starts_on=today())
    assert codes(take_back_appointment, by=above, appointment=begun, reason=SLIP) == ["begun_already"]
    held = take_back_appointment(by=above, appointment=held, reason="คำสั่งที่ 9/2569 ยกเลิก")
    assert codes(correct_appointment, by=above, appointment=held, version=2, order_no="7") == ["taken_back_already"]
    assert offices_at(one, timezone.now() + timedelta(days=20)) == []
    assert history_of(held)[0].what == "ยกเลิกการแต่งตั้งก่อนถึงวันแรก"
    assert appoint(**asked).leads
    assert appoint(by=above, user=one, area=place, starts_on=date(2026, 1, 1), office="amphoe_officer", order_no="1").pk


def test_the_database_lets_nothing_be_taken_back_late_or_back_again() -> None:
    committee = make.committee()
    begun, coming = make.seat(committee), make.seat(committee, starts_on=NEVER)
    office = make.amphoe_officer().appointments.get()
    for table, row in (("seat", begun), ("appointment", office)):
        with pytest.raises(DatabaseError, match="before its first day"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE registry_{table} SET taken_back = true, ends_on = starts_on - 1 WHERE id = %s", [row.pk])
    with pytest.raises(DatabaseError, match="seat_ends_after_it_began"), transaction.atomic():
        Seat.objects.filter(pk=coming.pk).update(taken_back=True)
    take_back_seat(by=None, seat=coming, reason=SLIP)
    with pytest.raises(DatabaseError, match="stays so"), transaction.atomic():
        Seat.objects.filter(pk=coming.pk).update(taken_back=False, ends_on=None)


def test_both_are_taken_back_in_the_browser(client: Client) -> None:
    committee, officer = make.committee(), make.province_officer()
    seat = make.seat(committee, make.user(name_th="ผู้ที่ยังไม่เริ่ม งานดี"), starts_on=NEVER)
    home, page = (reverse(f"registry:{name}", args=args) for name, args in (
        ("committee-show", [committee.public_id]), ("seat-back", [committee.public_id, seat.public_id]),
    ))  # fmt: skip
    client.force_login(officer)
    assert page in client.get(home).content.decode()
    assert client.get(reverse("registry:seat-back", args=[committee.public_id, make.seat(committee).public_id])).status_code == 403
    empty = written(client, page, version=1, reason="")
    assert (empty.status_code, "กรอกเหตุผลสั้น ๆ" in empty.content.decode()) == (422, True)
    assert written(client, page, version=1, reason=SLIP).url == home
    shown = client.get(home).content.decode()
    assert (page in shown, "เดิมกำหนดเริ่ม" in shown, SLIP in shown) == (False, True, True)

    held = make.appointment(make.amphoe_officer(), "recorder", make.HOME, starts_on=NEVER)
    home, page = reverse("registry:officer-show", args=[held.user.public_id]), reverse("registry:appointment-back", args=[held.public_id])
    assert page in client.get(home).content.decode()
    assert written(client, page, version=1, reason=SLIP).url == home
    shown = client.get(home).content.decode()
    assert (page in shown, "ยกเลิกก่อนถึงวันแรก" in shown) == (False, True)
    assert "ยกเลิกการแต่งตั้งก่อนถึงวันแรก: ผู้บันทึกประจำตำบล" in shown.split('id="history-h"')[1]
    assert SLIP in shown.split('id="history-h"')[1]
    assert held.public_id not in client.get(reverse("registry:officer-list") + "?state=coming").content.decode()


def test_a_committee_is_called_rightly_and_papers_of_before_keep_the_name_they_carry(client: Client) -> None:
    decided = filings.registered()
    committee, officer = filings.committee()[0], make.amphoe_officer()
    old, right = committee.name_th, "คณะกรรมการ นตผ. อำเภอนามน"
    told = {"by": officer, "committee": committee, "version": 1, "reason": "พิมพ์ชื่อผิด"}
    assert codes(rename_committee, **told | {"by": make.recorder()}, name_th=right) == ["not_your_committee"]
    assert codes(rename_committee, **told | {"reason": ""}, name_th=old, name_en=committee.name_en) == ["name_the_same", "why_missing"]
    assert codes(rename_committee, **told, name_th="--") == ["name_missing"]
    client.force_login(officer)
    home, page = (reverse(f"registry:{name}", args=[committee.public_id]) for name in ("committee-show", "committee-name"))
    assert page in client.get(home).content.decode()
    opened = client.get(page).context["opened"]
    sent = {"version": 1, "name_th": right, "name_en": "Na Mon OTOP committee", "reason": "พิมพ์ชื่อผิด", "opened": opened}
    assert written(client, page, **sent).url == home
    assert written(client, page, **sent | {"name_th": "ชื่ออื่น"}).status_code == 409
    shown = client.get(home).content.decode()
    assert f"<h1>{right}</h1>" in shown
    assert all(text in shown for text in (old, "ชื่อเดิม", "พิมพ์ชื่อผิด"))
    for part, found in ((old, 1), (right[-6:], 1), ("ไม่มีชื่อนี้", 0)):
        assert len(client.get(reverse("registry:committee-list"), {"name": part}).context["page_obj"]) == found, part
    for paper in ("registration-print", "registration-show"):
        words = client.get(reverse(f"registry:{paper}", args=[decided.public_id])).content.decode()
        assert (old in words, right in words) == (True, False), paper
    committee.refresh_from_db()
    assert (committee.name_at(None), committee.name_at(decided.decisions.get().at)) == (right, old)
    with pytest.raises(DatabaseError), transaction.atomic():
        FormerName.objects.update(name_th="x")
