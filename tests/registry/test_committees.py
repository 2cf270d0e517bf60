"""Committees and seats: whose they are, who may sit beside whom and when, their pages, and the line of the work list."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from registry.actions.committees import create_committee, end_seat, give_seat
from registry.clock import bangkok_day
from registry.models import Committee, CommitteeKind, Draft, History, Seat, User
from registry.refusal import Conflict, Refused
from registry.rules import kinds_to_make
from registry.worklist.asking import answered
from registry.worklist.committees import unchaired
from tests import make

pytestmark = pytest.mark.django_db


def codes(act: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(Refused) as raised, transaction.atomic():
        act(**kwargs)
    return raised.value.codes


def test_nobody_sits_twice_and_one_person_has_the_chair_in_the_days_of_a_term() -> None:
    body, first, second = make.committee(), make.user(), make.user()
    chair = give_seat(by=None, committee=body, user=first, role="chair", starts_on=date(2026, 1, 1), ends_on=date(2099, 9, 30))
    asked = {"by": None, "committee": body, "user": second, "role": "chair"}
    assert codes(give_seat, **asked, starts_on=date(2026, 6, 1)) == ["role_taken"]
    assert codes(give_seat, **asked, starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 2)) == ["role_taken"]
    assert codes(give_seat, by=None, committee=body, user=first, starts_on=date(2026, 6, 1)) == ["seated_already"]
    assert codes(end_seat, by=None, seat=chair, ends_on=date(2099, 10, 1)) == ["seat_ends_later"]
    end_seat(by=None, seat=chair, ends_on=date(2026, 6, 1), at=make.at(2026, 5))
    follows = give_seat(**asked, starts_on=date(2026, 6, 1), ends_on=date(2098, 1, 1))
    assert give_seat(by=None, committee=body, user=first, role="chair", starts_on=date(2098, 1, 1)).committee == body
    stale = Seat.objects.get(pk=follows.pk)
    end_seat(by=None, seat=follows, ends_on=date(2090, 1, 1))
    with pytest.raises(Conflict), transaction.atomic():
        end_seat(by=None, seat=stale, ends_on=date(2080, 1, 1))


def test_samples_sit_with_samples_and_each_office_keeps_its_own_kinds() -> None:
    real, sample, officer = make.committee(), make.user(origin="sample"), make.amphoe_officer()
    assert codes(give_seat, by=None, committee=real, user=sample) == ["seat_origin_differs"]
    of_sample = make.committee(origin="sample")
    assert codes(give_seat, by=officer, committee=of_sample, user=sample) == ["origin_differs"]
    assert codes(give_seat, by=make.amphoe_officer(make.OTHER_AMPHOE), committee=real, user=make.user()) == ["not_your_committee"]
    asked = {"by": None, "kind": "amphoe", "area": make.area(make.OTHER_AMPHOE), "name_th": "คณะกรรมการ"}
    assert codes(create_committee, **asked, category=make.category()) == ["category_of_no_judges"]
    assert kinds_to_make(officer, timezone.now()) == [CommitteeKind.AMPHOE, CommitteeKind.JUDGES]
    assert set(kinds_to_make(make.central_officer(), timezone.now())) == set(CommitteeKind)


def test_what_may_never_sit_is_refused_by_the_database() -> None:
    body, someone = make.committee(), make.user()
    make.seat(body, someone, role="chair", ends_on=date(2099, 9, 30))

    def refused(user: User, role: str, starts_on: date) -> str:
        with pytest.raises(IntegrityError) as raised, transaction.atomic():
            Seat.objects.create(committee=body, user=user, role=role, starts_on=starts_on)
        return str(raised.value)

    assert "a_seat_has_the_origin" in refused(make.user(origin="sample"), "member", date(2026, 1, 1))
    assert "one_chair" in refused(make.user(), "chair", date(2026, 1, 1))
    assert "one_seat_a_person" in refused(someone, "member", date(2026, 1, 1))
    assert Seat.objects.create(committee=body, user=make.user(), role="chair", starts_on=date(2099, 9, 30)).pk


def test_an_officer_sees_the_committees_of_his_areas_and_a_member_those_on_which_he_sits() -> None:
    amphoe, province = make.committee(), make.committee(CommitteeKind.PROVINCE, make.PROVINCE)
    judges = make.committee(CommitteeKind.JUDGES, make.CENTRE, category=make.category())
    judge, member, gone = make.user(), make.user(), make.user()
    make.seat(judges, judge)
    make.seat(province, member)
    make.seat(amphoe, gone, ends_on=date(2024, 12, 31))

    def seen(user: User) -> set[Committee]:
        return set(Committee.objects.visible_to(user))

    assert (seen(judge), seen(member), seen(gone), seen(make.recorder())) == ({judges}, {province}, set(), set())
    assert (seen(make.amphoe_officer()), seen(make.province_officer())) == ({amphoe}, {amphoe, province})
    assert seen(make.central_officer()) == {amphoe, province, judges}
    assert seen(make.province_officer(make.OTHER_PROVINCE)) == set()


def test_a_committee_is_recorded_and_seated_in_the_browser(client: Client) -> None:
    officer = make.amphoe_officer(name_th="สมชาย ทองดี")
    client.force_login(officer)
    lists = client.get("/committees/").content.decode()
    assert f"/committees/new/?kind=amphoe&amp;area={make.PARENT}" in lists
    assert "อ.นามน" in client.get(f"/committees/new/?kind=amphoe&area={make.PARENT}").content.decode()
    sent = {"kind": "amphoe", "area": make.PARENT, "area_typed": "นามน", "name_th": "คณะกรรมการ นตผ. อำเภอนามน", "name_en": "",
            "category": "", "form_key": "9f2c5a70-6f5e-4c57-8a34-0f8f5f1b6a01"}  # fmt: skip
    elsewhere = client.post("/committees/new/", {**sent, "area": make.OTHER_AMPHOE, "area_typed": ""})
    wrong = client.post("/committees/new/", {**sent, "area": make.PROVINCE, "area_typed": "", "category": "food"})
    for answer, fields in ((elsewhere, {"area"}), (wrong, {"area", "category"})):
        assert (answer.status_code, set(answer.context["form"].errors)) == (403, fields)
        assert "คณะกรรมการ นตผ. อำเภอนามน" in answer.content.decode()
    first, again = (client.post("/committees/new/", sent)["Location"] for _time in range(2))
    body = Committee.objects.get()
    assert first == again == f"/committees/{body.public_id}/"
    there = client.post("/committees/new/", {**sent, "form_key": ""})
    assert f'href="{first}"' in there.content.decode()
    seats = f"{first}seats/new/"
    chair = {"user": officer.username, "role": "chair", "starts_on": "1 ต.ค. 2567", "ends_on": ""}
    unknown = client.post(seats, {**chair, "user": "nobody.here"})
    assert (unknown.status_code, set(unknown.context["form"].errors)) == (422, {"user"})
    assert client.post(seats, chair)["Location"] == first
    other = make.user(name_th="สมศรี คำแสน")
    taken = client.post(seats, {**chair, "user": other.username})
    assert set(taken.context["form"].errors) == {"role"}
    twice = client.post(seats, {**chair, "role": "member"})
    assert set(twice.context["form"].errors) == {"user"}
    sample = make.user(origin="sample")
    assert set(client.post(seats, {**chair, "role": "member", "user": sample.username}).context["form"].errors) == {"user"}
    back = client.post(f"/officers/new/?seat={body.public_id}", {"name_th": "มานี มีนา", "username": "manee"})["Location"]
    assert back.startswith(f"{seats}?user=")
    assert 'value="manee"' in client.get(back).content.decode()
    assert client.post(seats, {**chair, "user": "manee", "role": "secretary"})["Location"] == first
    page = client.get(first).content.decode()
    assert all(words in page for words in ("สมชาย ทองดี", "เจ้าหน้าที่พัฒนาชุมชนอำเภอนามน", "มานี มีนา", "ยังเข้าสู่ระบบไม่ได้"))
    seat = body.seats.get(role="chair")
    end = f"{first}seats/{seat.public_id}/end/"
    early = client.post(end, {"ends_on": "1 ก.ย. 2567", "version": "1"})
    assert set(early.context["form"].errors) == {"ends_on"}
    assert client.post(end, {"ends_on": "31 ต.ค. 2567", "version": "1"})["Location"] == first
    assert client.get(end).status_code == 403
    page = client.get("/en" + first).content.decode()
    told = ("Nobody holds the chair today", "Earlier seats", "gave a seat: มานี มีนา", "ended a seat: สมชาย ทองดี")
    assert all(words in page for words in told)
    assert list(History.objects.filter(kind__in=("committee", "seat")).order_by("pk").values_list("act", flat=True)) == [
        "committee_created", "seat_given", "seat_given", "seat_ended",
    ]  # fmt: skip


def test_the_list_is_narrowed_and_a_draft_keeps_what_was_typed_but_no_user_name(client: Client) -> None:
    amphoe, province = make.committee(), make.committee(CommitteeKind.PROVINCE, make.PROVINCE)
    make.seat(amphoe, role="chair")
    officer = make.province_officer()
    client.force_login(officer)

    def shown(query: str) -> list[Committee]:
        return list(client.get(f"/committees/?{query}").context["page_obj"])

    assert shown("") == [province, amphoe]
    assert shown("kind=amphoe") == shown(f"area={make.PARENT}") == [amphoe]
    assert shown("lacks=chair") == [province]
    assert shown("lacks=secretary") == [province, amphoe]
    assert client.get("/committees/").context["missing"]
    assert client.get("/committees/?lacks=chair").context["missing"] == []
    assert shown("kind=nonsense") == shown("area=%00") == []
    assert client.get("/committees/new/?area=%00&kind=%00&category=%00").status_code == 200
    page = f"/committees/{amphoe.public_id}/seats/new/"
    client.post("/drafts/", {"draft_page": page, "user": "somchai", "role": "deputy", "starts_on": "1 ต.ค. 2567"})
    assert Draft.objects.get().typed == {"role": "deputy", "starts_on": "1 ต.ค. 2567"}
    assert client.get(page).context["form"]["role"].value() == "deputy"


def test_the_work_list_tells_of_committees_without_a_chair() -> None:
    at, body = timezone.now(), make.committee()
    officer, tops = make.province_officer(), [make.area(make.PROVINCE)]

    def told(user: User) -> list[str]:
        return [line.what for line in answered(list(unchaired(user, at)), user, None, tops)]

    assert told(officer) == [f"ยังไม่มีประธาน: {body.name_th}"]
    assert told(make.recorder()) == told(make.province_officer(make.OTHER_PROVINCE)) == []
    make.seat(body, role="chair", ends_on=bangkok_day(at) - timedelta(days=1))
    assert len(told(officer)) == 1
    make.seat(body, role="chair", starts_on=bangkok_day(at))
    assert told(officer) == []
