"""What is typed on the forms of selection waits on the server, comes back on any device, and is never lost to another's save."""

import html
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from registry.models import Draft, User
from registry.typed import written
from registry.worklist.drafts import called
from selection.actions import forum
from selection.models import CriteriaSet, Panel, Round
from tests import make
from tests.selection import make as way
from tests.selection.test_views_rounds import typed_round

pytestmark = pytest.mark.django_db
KEPT = "ข้อความที่พิมพ์ไว้ไม่สูญหาย"


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "th"})
    client.force_login(user)
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"selection:{name}", args=args)


def typing(user: User, page: str, **typed: Any) -> None:
    """What the script sends while somebody types."""
    sent = {**typed, "draft_page": page, "form_key": uuid.uuid4()}
    assert signed_in(user).post(reverse("registry:draft-save"), sent).status_code == 200


def send(user: User, page: str, **typed: Any) -> HttpResponse:
    return signed_in(user).post(page, {"form_key": uuid.uuid4(), **typed})


def read(user: User, page: str) -> str:
    answer = signed_in(user).get(page, follow=True)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def hidden(shown: str, form: str) -> dict[str, str]:
    """Version and mark that the form sent to `form` carries."""
    inside = shown.split(f'action="{form}"')[1].split("</form>")[0]
    return {name: inside.split(f'name="{name}" value="')[1].split('"')[0] for name in ("version", "stood")}


@pytest.fixture
def whole() -> way.Way:
    return way.through(1, round_=way.open_round(stages={2: {"quota": 2}}))


@pytest.fixture
def panel(whole: way.Way) -> Panel:
    return way.convened(whole.round, 2, whole.amphoe)


def test_an_order_and_a_meeting_half_typed_come_back_for_their_writer_only(whole, panel):
    chair, secretary, first = whole.amphoe.chair, whole.amphoe.secretary, whole.entries[0].public_id
    page, order, meet = (url(name, panel.public_id) for name in ("panel-show", "ranking-save", "panel-meet"))
    begun = hidden(read(secretary, page), order)
    seats = [seat.public_id for seat in panel.committee.seats.all()]
    typing(secretary, order, **begun, **{f"{first}-place": "๑", f"{first}-reason": "ลายโบราณ"})
    typing(secretary, meet, number="2/2569", present=seats[:2], minutes="ประชุมที่ห้อง")
    shown = read(secretary, order)  # the address on the list of drafts leads to the page
    assert all(text in shown for text in ("ลายโบราณ", 'value="๑"', "ประชุมที่ห้อง", 'value="2/2569"'))
    ticked = ["checked" in shown.split(f'value="{seat}"')[1].split(">")[0] for seat in seats]
    assert ticked == [at < 2 for at in range(len(seats))]
    assert "ลายโบราณ" not in read(chair, page)
    assert len({str(called(draft.page)) for draft in Draft.objects.all()}) == 2

    # the own saving of the meeting is nobody else's change of the order
    sent = hidden(shown, meet) | {"number": "2/2569", "present": seats, "minutes": "ประชุมที่ห้อง"}
    assert send(secretary, meet, **sent).status_code == 302
    assert [draft.page for draft in Draft.objects.all()] == [order]
    saved = hidden(read(secretary, page), order)
    assert saved == begun
    assert send(secretary, order, **saved, **{f"{first}-place": "๑", f"{first}-reason": "ลายโบราณ"}).status_code == 302
    assert (panel.rank_lines.get(entry=whole.entries[0]).reason, Draft.objects.exists()) == ("ลายโบราณ", False)


def test_what_somebody_else_saved_since_stands_beside_the_draft_and_beside_the_second_saving(whole, panel):
    chair, secretary, first = whole.amphoe.chair, whole.amphoe.secretary, whole.entries[0].public_id
    page, order, meet = (url(name, panel.public_id) for name in ("panel-show", "ranking-save", "panel-meet"))
    shown = read(secretary, page)
    mine = hidden(shown, order) | {f"{first}-place": "1", f"{first}-reason": "ของฉัน"}
    met = hidden(shown, meet) | {"minutes": "รายงานของฉัน", "number": "1/2569"}
    typing(secretary, order, **mine)
    assert send(chair, order, **mine | {f"{first}-reason": "ของประธาน"}).status_code == 302
    assert send(chair, meet, **met | {"minutes": "รายงานของประธาน"}).status_code == 302
    shown = read(secretary, page)
    assert "ของฉัน" in shown.split("rk-theirs")[0]
    assert "ของประธาน" in shown.split("rk-theirs")[1]
    assert send(secretary, order, **mine).status_code == 409

    late = send(secretary, meet, **met)
    said = html.unescape(late.content.decode())
    assert late.status_code == 409
    assert ["รายงานของฉัน" in part for part in said.split("versus")[1:2]] == [True]
    assert "รายงานของประธาน" in said
    assert send(secretary, meet, **met | hidden(said, meet)).status_code == 302
    panel.refresh_from_db()
    assert panel.meeting.minutes == "รายงานของฉัน"


def test_what_is_typed_for_a_page_that_closed_in_between_is_shown_to_be_copied(whole, panel):
    secretary, first = whole.amphoe.secretary, whole.entries[0]
    page, order = url("panel-show", panel.public_id), url("ranking-save", panel.public_id)
    typing(secretary, order, **{f"{first.public_id}-reason": "เหตุผลที่ยังไม่ได้ส่ง"})
    way.rankings.settle_ranking(panel=way.ranked(panel, whole.amphoe), by=whole.amphoe.chair)
    late = send(secretary, order, version=1, **{f"{first.public_id}-reason": "เหตุผลที่ส่งช้า"})
    assert late.status_code == 403
    assert KEPT in late.content.decode()
    left = html.unescape(late.content.decode()).split('id="kept"')[1].split("</section>")[0]
    assert [words in left for words in (first.product.name, "เหตุผลที่ส่งช้า")] == [True, True]
    assert "เหตุผลที่ยังไม่ได้ส่ง" in read(secretary, page)
    assert signed_in(secretary).post(reverse("registry:draft-drop"), {"draft_page": order}).url == order
    assert KEPT not in read(secretary, order)


def test_a_choice_at_the_edge_waits_and_is_not_lost_when_the_tie_goes(whole, panel):
    chair, secretary, entries = whole.amphoe.chair, whole.amphoe.secretary, whole.entries
    page, order, edge = (url(name, panel.public_id) for name in ("panel-show", "ranking-save", "ranking-choose"))
    way.ranked(panel, whole.amphoe, dict.fromkeys(entries, 1))
    mine = hidden(read(secretary, page), edge) | {"chosen": [entry.public_id for entry in entries[:2]], "edge_reason": "ใกล้แหล่งวัตถุดิบ"}
    typing(secretary, edge, **mine)
    shown = read(secretary, page)
    assert "ใกล้แหล่งวัตถุดิบ" in shown.split('id="edge"')[1].split("</form>")[1]
    assert shown.split(f'action="{edge}"')[1].split("</form>")[0].count("checked") == 2
    places = {f"{entry.public_id}-place": place for place, entry in enumerate(entries, 1)}
    assert send(chair, order, **hidden(shown, order) | places).status_code == 302
    assert "ใกล้แหล่งวัตถุดิบ" in read(secretary, page)
    late = send(secretary, edge, **mine)
    assert late.status_code == 422
    assert "ใกล้แหล่งวัตถุดิบ" in late.content.decode()


def test_a_line_of_support_waits_too(whole, panel):
    secretary, page = whole.amphoe.secretary, url("plan-add", panel.public_id)
    typing(secretary, page, help="อบรมลายผ้า", entry=whole.entries[0].public_id)
    shown = read(secretary, page)
    assert "อบรมลายผ้า" in shown
    assert f'value="{whole.entries[0].public_id}" selected' in shown
    sent = {"entry": whole.entries[0].public_id, "help": "อบรมลายผ้า", "budget": "งบจังหวัด", "amount_baht": "5000"}
    assert send(secretary, page, **sent).status_code == 302
    assert not Draft.objects.exists()


def test_why_a_member_leaves_waits_for_him_alone_also_when_he_does_not_lead(whole, panel):
    member, first = whole.amphoe.members[0], whole.entries[0]
    page, leave = url("panel-show", panel.public_id), url("panel-recuse", panel.public_id)
    seat = whole.amphoe.seat(member).public_id
    typing(member, leave, entry=first.public_id, seat=seat, reason="เป็นญาติกับผู้ผลิต")
    shown = read(member, leave)
    form = shown.split(f'action="{leave}"')[1].split("</form>")[0]
    assert ("เป็นญาติกับผู้ผลิต" in form, f'value="{first.public_id}" selected' in form, KEPT in shown) == (True, True, False)
    assert "เป็นญาติกับผู้ผลิต" not in read(whole.amphoe.chair, page)
    assert [str(called(draft.page)) for draft in Draft.objects.all()] == ["การถอนตัวจากการพิจารณา"]
    late = {"entry": first.public_id, "seat": seat, "reason": ""}
    assert send(member, leave, **late).status_code == 422
    assert send(member, leave, **late | {"reason": "เป็นญาติกับผู้ผลิต"}).status_code == 302
    assert (Draft.objects.exists(), panel.recusals.get().reason) == (False, "เป็นญาติกับผู้ผลิต")
    typing(member, leave, entry=first.public_id, seat=seat, reason="คำที่ไม่ได้ส่ง")
    way.rankings.settle_ranking(panel=way.ranked(panel, whole.amphoe), by=whole.amphoe.chair)
    left = read(member, page)
    assert "คำที่ไม่ได้ส่ง" in left.split(KEPT)[1].split("</section>")[0]


def test_the_word_on_marks_apart_waits_and_is_told_when_it_is_asked_no_more():
    whole = way.through(2)
    panel = way.convened(whole.round, 3, whole.province)
    chair, other, entry = whole.province.chair, whole.province.secretary, whole.entries[0]
    for one in whole.entries:
        for again in ({}, {"reason": "ยืนยัน"}) if one == entry else ({},):
            for seat in way.scorers(panel, one):
                for letter in "กข":
                    way.signed(panel, one, letter, 900 if one == entry and seat.user == chair else 2700, by=seat.user, **again)
    page, word = url("panel-show", panel.public_id), url("panel-decide", panel.public_id, entry.public_id)
    field = f"apart-{entry.public_id}-reason"
    assert f'data-draft="{word}"' in read(chair, page)
    typing(chair, word, **{field: "บรรจุภัณฑ์ชำรุดจริง"})
    shown = read(chair, word)
    assert "บรรจุภัณฑ์ชำรุดจริง</textarea>" in shown
    assert (KEPT in shown, "บรรจุภัณฑ์ชำรุดจริง" in read(other, page)) == (False, False)
    assert send(other, word, **{field: "คะแนนเฉลี่ยเหมาะสม"}).status_code == 302
    left = read(chair, page).split(KEPT)[1].split("</section>")[0]
    assert (entry.product.name in left, "บรรจุภัณฑ์ชำรุดจริง" in left) == (True, True)
    late = send(chair, word, **{field: "คำที่ส่งช้า"})
    assert late.status_code == 403  # decided once: the first word stands
    assert "คำที่ส่งช้า" in html.unescape(late.content.decode()).split(KEPT)[1].split("</section>")[0]


def test_the_rules_of_a_round_wait_and_two_savings_are_put_side_by_side():
    central, other = way.central(), make.central_officer()
    new = url("round-new")
    round_ = way.draft_round()
    edit = url("round-edit", round_.key)
    category = "apparel"
    criteria = {f"criteria_{row.category.code}": row.criteria_set.public_id for row in round_.criteria.all()}
    typed = {name: text for name, text in typed_round(**criteria).items() if name not in ("key", "kind")}
    typing(central, new, **typed_round(name_th="รอบที่เริ่มไว้", standards_food=["tcps", "fda"]))
    begun = signed_in(central).get(new).context["form"]
    assert begun["name_th"].value() == "รอบที่เริ่มไว้"
    assert [begun[f"standards_{code}"].value() for code in ("food", "apparel")] == [["tcps", "fda"], []]
    assert "รอบที่เริ่มไว้" not in read(other, new)

    opened = signed_in(central).get(edit).context["opened"]
    theirs = typed | {"version": 1, "s1_quota": "7", f"standards_{category}": ["tcps", "halal"]}
    mine = typed | {"version": 1, "s2_quota": "9", "name_th": "ชื่อของฉัน", "opened": opened}
    assert send(other, edit, **theirs).status_code == 302
    late = send(central, edit, **mine)
    assert late.status_code == 409
    found = {choice.name: choice for choice in late.context["choices"]}
    assert found["s1_quota"].theirs == "7"
    assert {"name_th", "s2_quota", f"standards_{category}"} <= found.keys()
    takes = {choice.input_name: "mine" for choice in found.values()} | {"take_s1_quota": "theirs", f"take_standards_{category}": "theirs"}
    assert send(central, edit, **mine, weighed=2, **takes).status_code == 302
    round_ = Round.objects.get(pk=round_.pk)
    assert round_.name_th == "ชื่อของฉัน"
    assert list(round_.stages.values_list("quota", flat=True)[:2]) == [7, 9]
    assert set(round_.accepted.values_list("standard__code", flat=True)) == {"tcps", "halal"}


def test_a_long_criteria_table_waits_and_goes_when_it_is_sent():
    central, new = way.central(), url("criteria-new")
    table = "ก\tข\n" * 40_000
    typing(central, new, table=table, name_th="หลักเกณฑ์ร่าง")
    form = signed_in(central).get(new).context["form"]
    assert (form["table"].value().replace("\r\n", "\n"), form["name_th"].value()) == (table, "หลักเกณฑ์ร่าง")
    assert not CriteriaSet.objects.exists()


def test_a_forum_line_waits_with_its_ticks_and_is_told_even_when_the_product_was_taken_back():
    round_, who = way.open_round(), make.recorder()
    panel = way.convened_forum(round_, by=who)
    line = way.brought(panel, make.product(), by=who)
    page = url("forum-line", panel.public_id, line.public_id)
    typed = {"version": "2", "wisdom": "yes", "wisdom_evidence": "ยายสอนมา", "votes": "9"}  # no longer chosen
    typing(who, page, **typed)
    form = signed_in(who).get(page).context["form"]
    assert (form["wisdom_evidence"].value(), form["chosen"].value()) == ("ยายสอนมา", False)
    assert reverse("registry:draft-drop") in read(who, page)
    forum.take_back(line=line, reason="ผู้ผลิตขอถอน", by=who)
    late = send(who, page, **typed)
    assert (late.status_code, "ยายสอนมา" in late.content.decode()) == (404, True)
    assert "ยายสอนมา" in read(who, reverse("registry:draft-list"))


def test_only_what_a_person_wrote_is_given_back():
    carried = {"csrfmiddlewaretoken": "x" * 40, "old": "รหัสลับ", "password": "a b c", "again": "a b c", "tambon": "460205"}
    typed = {"kind": "letter", "reason": " เหตุผล ", "note": "เหตุผล", "name_en": "Silk of Ban Phon", "present": ["ก"]}
    assert written(carried | typed) == ["เหตุผล", "Silk of Ban Phon"]
