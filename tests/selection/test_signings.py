"""The minutes of every stage carry the signatures of who led and who recorded, worded as on the day they settled."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.translation import override

from registry.actions.committees import end_seat, give_seat, rename_committee
from registry.actions.office_titles import word_title
from registry.models import OfficeTitle, User
from selection.actions import rankings
from selection.models import Panel, Signing
from tests import make
from tests.selection import make as way
from tests.selection.test_unsent import url

pytestmark = pytest.mark.django_db


def minutes(user: User, panel: Panel, language: str = "th", name: str = "panel-show") -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    with override("th"):
        page = url(name, panel.public_id)
    return client.get(page if language == "th" else f"/en{page}").content.decode()


def below(page: str) -> list[str]:
    """The lines below the signatures, one after another."""
    listed = page.split('<ul class="signs')[1].split("</ul>")[0]
    return [line.split("</p>")[0] for line in listed.split("<p>")[1:]]


def reworded() -> None:
    for row in OfficeTitle.objects.filter(leads=True):
        word_title(
            by=None, title=row, version=row.version, title_th="ถ้อยคำใหม่", title_en="New words", source_note_th="คำสั่ง",
            source_note_en="Order",
        )


def test_chair_and_acting_secretary_sign_and_nothing_of_it_changes_later() -> None:
    whole = way.through(1, round_=way.open_round(stages={2: {"quota": 2}}))
    chair, secretary, body = whole.amphoe.chair, whole.amphoe.secretary, whole.amphoe.committee
    make.appointment(secretary, "amphoe_officer", make.PARENT)
    make.appointment(
        secretary, "amphoe_officer", make.PARENT, kind="acting", reason="vacant", leads=True, position="นักวิชาการพัฒนาชุมชน"
    )
    panel = whole.ranked_amphoe()
    assert 'id="signs"' not in minutes(chair, panel)
    rankings.settle_ranking(panel=panel, by=chair)
    panel = whole.panel(2)
    place, old = panel.area.long_name, body.name_th
    lines = [f"({chair.name_in('th')})", "ประธาน", f"({secretary.name_in('th')})"]
    lines += ["นักวิชาการพัฒนาชุมชน รักษาราชการแทน", f"พัฒนาการ{place}", "กรรมการและเลขานุการ"]
    assert below(minutes(chair, panel)) == lines
    assert below(minutes(chair, panel, "en"))[3:5] == ["acting for the", "Head of Community Development, Amphoe Na Mon"]

    reworded()
    rename_committee(by=None, committee=body, version=body.version, name_th="คณะกรรมการชื่อใหม่", reason="พิมพ์ผิด")
    end_seat(by=None, seat=whole.amphoe.seat(secretary))
    page = minutes(chair, panel)
    assert below(page) == lines
    head = page.split("meet-head")[1].split("</h1>")[0]
    assert (old in head, "คณะกรรมการชื่อใหม่" in head) == (True, False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Signing.objects.update(lines=[])


def test_a_deputy_signs_for_a_chair_who_was_away_and_who_settled_it_for_a_missing_secretary() -> None:
    whole = way.through(1, round_=way.open_round(stages={2: {"quota": 2}}))
    body, deputy = whole.amphoe, make.user(name_th="รองประธาน มาแทน")
    give_seat(by=None, committee=body.committee, user=deputy, role="deputy", starts_on=make.LONG_AGO)
    panel = whole.ranked_amphoe()
    here = [seat for seat in body.seats if seat.user not in (body.chair, body.secretary)]
    panel = way.meeting(panel, body, present=here)
    rankings.settle_ranking(panel=panel, by=body.chair)
    roles = [one["role"] for one in whole.panel(2).signings.get().lines]
    assert roles == ["deputy", "recorder"]
    shown = below(minutes(body.chair, whole.panel(2)))
    assert (shown[0], shown[2], shown[3]) == ("(รองประธาน มาแทน)", f"({body.chair.name_in('th')})", "ผู้บันทึก")


def test_the_minutes_of_all_five_stages_are_signed_and_the_forum_keeps_its_words() -> None:
    whole = way.through(5)
    officer = make.central_officer()
    assert Signing.objects.filter(panel__stage__number=1).count() == 2
    for number, chair in ((2, whole.amphoe.chair), (3, whole.province.chair), (4, whole.judges.chair), (5, whole.national.chair)):
        shown = below(minutes(officer, whole.panel(number)))
        assert (shown[0], shown[1], len(shown)) == (f"({chair.name_in('th')})", "ประธาน", 4), number
    forum = Panel.objects.filter(stage__number=1).first()
    shown = minutes(officer, forum, name="forum-show").split('<ul class="signs')[1].split("</ul>")[0]
    assert "ผู้บันทึกข้อมูลตำบล" in shown
    for row in OfficeTitle.objects.filter(office="recorder"):
        word_title(by=None, title=row, version=1, title_th="เสมียน", title_en="Clerk", source_note_th="ก", source_note_en="a")
    assert minutes(officer, forum, name="forum-show").split('<ul class="signs')[1].split("</ul>")[0] == shown
