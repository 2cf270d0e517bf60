"""Titles of offices: worded by the centre, read once a page, said at once everywhere; what is settled keeps its words."""

from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.actions.office_titles import word_title
from registry.actions.registration_decisions import check_registration
from registry.history import history_of
from registry.models import OfficeTitle, User
from registry.refusal import Conflict, Refused
from registry.signature import Titles
from tests import make
from tests.registry import filings

pytestmark = pytest.mark.django_db
OWN_WORDS = {
    "title_th": "หัวหน้าสำนักงานพัฒนาชุมชน", "title_en": "Chief of Community Development", "source_note_th": "คำสั่งกรม ที่ ๑/๒๕๖๙",
    "source_note_en": "Order 1/2569",
}  # fmt: skip


def the(office: str = "amphoe_officer", where: str = "anywhere", *, leads: bool = True) -> OfficeTitle:
    return OfficeTitle.objects.get(office=office, leads=leads, where=where)


def worded(row: OfficeTitle, by: User | None = None, **told: Any) -> OfficeTitle:
    return word_title(by=by, title=row, version=told.pop("version", row.version), **OWN_WORDS | told)


def refused(row: OfficeTitle, by: User | None = None, **told: Any) -> list[str]:
    with pytest.raises(Refused) as raised, transaction.atomic():
        worded(row, by, **told)
    return raised.value.codes


def test_every_office_has_the_usual_title_in_every_place_and_the_centre_words_it() -> None:
    who, titles = make.user(), OfficeTitle.objects.worded()

    def said(titles: Titles, office: str, code: str, *, leads: bool) -> list[str]:
        held = make.appointment(make.user(), office, code, leads=leads)
        return [held.title(language, titles) for language in ("th", "en")]

    usual = {
        ("recorder", "460205", False): ("ผู้บันทึกข้อมูลตำบล", "Recorder, Tambon "),
        ("amphoe_officer", "4602", False): ("เจ้าหน้าที่พัฒนาชุมชนอำเภอ", "Community Development Officer, Amphoe "),
        ("amphoe_officer", "1001", False): ("เจ้าหน้าที่พัฒนาชุมชนเขตพระนคร", "Community Development Officer, Khet "),
        ("province_officer", "10", True): ("ผู้อำนวยการสำนักพัฒนาสังคม กรุงเทพมหานคร", "Director of Social Development, Bangkok"),
        ("central_officer", "TH", False): ("เจ้าหน้าที่กรมการพัฒนาชุมชน", "Officer, Community Development Department"),
        ("administrator", "TH", False): ("ผู้ดูแลระบบ", "Administrator of the register"),
    }
    for (office, code, leads), (thai, english) in usual.items():
        shown = said(titles, office, code, leads=leads)
        assert [shown[0].startswith(thai), shown[1].startswith(english)] == [True, True], shown
    notes = list(OfficeTitle.objects.values_list("source_note_en", flat=True))
    assert notes == ["usual wording, not confirmed"] * 13

    row, central = the(), make.central_officer()
    assert refused(row, who) == refused(row, make.province_officer()) == ["titles_are_central"]
    assert refused(row, central, title_th=" ", source_note_en="") == ["title_missing", "source_missing"]
    head = make.appointment(who, "amphoe_officer", make.OTHER_AMPHOE, leads=True)
    place = head.area.long_name
    worded(row, central, spaced=True)
    now = OfficeTitle.objects.worded()
    assert head.title("th", now) == f"หัวหน้าสำนักงานพัฒนาชุมชน {place}"
    assert head.title("en", now).startswith("Chief of Community Development, Amphoe ")
    assert not worded(the("central_officer", "centre"), make.administrator(), spaced=True).spaced
    with pytest.raises(Conflict):
        worded(the(), central, version=1)
    line = history_of(the())[0]
    changes = [(change.label, change.before, change.after) for change in line.changes]
    assert ("ชื่อตำแหน่งภาษาไทย", "พัฒนาการ", "หัวหน้าสำนักงานพัฒนาชุมชน") in changes
    assert (line.who, len(changes)) == (central.full_name, 5)


def test_the_table_of_titles_stays_whole() -> None:
    row = the()
    for change, stopped in (
        ("office = 'recorder'", IntegrityError), ("title_th = ''", IntegrityError), ("leads = false", IntegrityError),
    ):  # fmt: skip
        with pytest.raises(stopped), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE registry_officetitle SET {change} WHERE id = %s", [row.pk])
    with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        row.delete()
    with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        OfficeTitle.objects.create(**{name: getattr(row, name) for name in OWN_WORDS}, office="recorder", where="centre")


def test_a_title_is_worded_in_the_browser_and_two_savings_are_put_side_by_side(client: Client) -> None:
    row, home = the(), reverse("registry:title-list")
    page = reverse("registry:title-edit", args=[row.public_id])
    client.force_login(make.amphoe_officer())
    assert "พัฒนาการอำเภอ…" in client.get(home).content.decode()
    assert client.get(page).status_code == 403
    central, head = make.central_officer(), make.user()
    make.appointment(head, "amphoe_officer", make.OTHER_AMPHOE, leads=True)
    client.force_login(central)
    assert page in client.get(home).content.decode()
    first = client.get(page)
    assert "พัฒนาการอำเภอ…" in first.content.decode()
    sent = {**OWN_WORDS, "version": "1", "opened": first.context["opened"]}
    empty = client.post(page, sent | {"title_en": "", "form_key": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"})
    assert (empty.status_code, "กรอกชื่อตำแหน่งภาษาอังกฤษ" in empty.content.decode()) == (422, True)
    assert client.post(page, sent | {"form_key": "3f2504e0-4f89-41d3-9a0c-0305e82c3302"}).url == home
    # at once, wherever the title is read
    assert "หัวหน้าสำนักงานพัฒนาชุมชนอำเภอ" in client.get(reverse("registry:officer-show", args=[head.public_id])).content.decode()
    late = client.post(page, sent | {"title_th": "พัฒนากร", "form_key": "3f2504e0-4f89-41d3-9a0c-0305e82c3303"})
    assert late.status_code == 409
    assert [choice.theirs for choice in late.context["choices"] if choice.name == "title_th"] == ["หัวหน้าสำนักงานพัฒนาชุมชน"]


def test_titles_are_read_once_a_page_and_what_was_signed_keeps_its_words(client: Client) -> None:
    row = filings.filed()
    head = User.objects.get(pk=make.amphoe_officer().pk)
    make.appointment(head, "amphoe_officer", make.PARENT, kind="acting", reason="vacant", leads=True)
    titles = OfficeTitle.objects.worded()
    position = head.appointments.get(leads=True).signature("th", titles).office
    check_registration(by=head, registration=row, passed=True, said=filings.all_yes(row), position=position)
    committee = make.committee(kind="province", code=make.PROVINCE)
    for _seat in range(3):
        make.seat(committee, make.amphoe_officer())
    client.force_login(make.central_officer())
    for page in (reverse("registry:committee-show", args=[committee.public_id]), reverse("registry:officer-show", args=[head.public_id]),
                 reverse("registry:registration-show", args=[row.public_id])):  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page).status_code == 200
        assert sum("registry_officetitle" in query["sql"] for query in seen) <= 1, page
    worded(the())
    kept = client.get(reverse("registry:registration-print", args=[row.public_id])).content.decode()
    assert ("รักษาราชการแทน" in kept, "พัฒนาการอำเภอ" in kept, "หัวหน้าสำนักงาน" in kept) == (True, True, False)
