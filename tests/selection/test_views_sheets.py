"""Score sheets in the browser: drafts, signing, second sheets, and what nobody may learn before its time."""

import html
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from registry.models import User
from selection import scoring
from selection.actions import category_panels, rankings
from selection.models import Entry, Panel, PanelDecision, Placement, Ranking, Sheet, SheetDraft
from selection.views.boards import sample_numbers
from tests import make
from tests.selection import make as way

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HTMX = {"HX-Request": "true"}


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "th"})
    client.force_login(user)
    return client


def url(name: str, panel: Panel, *args: object) -> str:
    return reverse(f"selection:{name}", args=[panel.public_id, *args])


def text(answer: HttpResponse) -> str:
    return html.unescape(answer.content.decode())


@pytest.fixture
def province() -> way.Way:
    return way.through(2)


@pytest.fixture
def panel(province: way.Way) -> Panel:
    return way.convened(province.round, 3, province.province)


@pytest.fixture
def judged() -> tuple[way.Way, Panel, way.Body]:
    """A category panel just convened, and its three judges."""
    whole, bench = way.through(3), way.judges()
    return whole, category_panels.convene_category_panel(round_=whole.round, committee=bench.committee, by=way.central()), bench


def test_a_draft_is_kept_at_every_touch_and_only_the_server_says_saved(province, panel):
    entry, member = province.entries[0], province.province.members[0]
    client, sheet = signed_in(member), url("sheet-show", panel, entry.public_id, "a")
    fresh = text(client.get(sheet))
    assert re.findall(r'id="saved-wide"[^>]*>(.*?)</p>', fresh) == [""]
    answer = client.post(sheet, {"m-a1.1": "2700", "comment": "ริมซ้ายแน่นกว่า"}, headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in text(answer)
    assert re.findall(r'id="saved-wide"[^>]*>(.*?)</p>', text(answer)) != [""]
    assert "<input" not in text(answer)  # what is chosen is never sent back over a choice
    draft = SheetDraft.objects.get()
    assert (draft.marks, draft.comment, draft.seat.user) == ({"a1.1": 2700}, "ริมซ้ายแน่นกว่า", member)
    assert client.post(sheet, {"m-a1.1": "2400", "go": "note"})["Location"] == f"{sheet}?item=note#i-note"
    again = text(client.get(sheet))
    assert 'value="2400" checked' in again
    assert Sheet.objects.count() == 0


def test_signing_shows_every_mark_once_more_and_gives_a_receipt_once(province, panel):
    entry, member = province.entries[0], province.province.members[0]
    client = signed_in(member)
    sheet, sign = (url(name, panel, entry.public_id, "a") for name in ("sheet-show", "sheet-sign"))
    assert 'aria-disabled="true"' in text(client.get(sign))  # nothing is marked yet
    assert client.post(sheet, {"m-a1.1": "2700", "go": "sign"})["Location"] == sign
    assert 'name="m-a1.1" value="2700"' in text(client.get(sign))
    sent = {"m-a1.1": "2700", "comment": "", "reason": "", "form_key": uuid.uuid4()}
    answers = [client.post(sign, sent) for _i in range(2)]
    assert [answer["Location"] for answer in answers] == [sheet, sheet]
    stored = Sheet.objects.get()
    assert (stored.total, stored.marks, stored.by) == (2700, {"a1.1": 2700}, member)
    assert "27.00" in text(client.get(sheet))
    listed = text(client.get(url("sheet-list", panel)))
    assert 'max="10" value="1"' in listed
    other = client.post(sign, {**sent, "form_key": uuid.uuid4()})  # signing again needs a reason
    assert other.status_code == 403
    assert Sheet.objects.count() == 1
    assert client.post(sign, {**sent, "reason": "ดูตัวอย่างผิด", "m-a1.1": "2400", "form_key": uuid.uuid4()}).status_code == 302
    receipt = text(client.get(sheet))
    assert all(words in receipt for words in ("24.00", "27.00", "ดูตัวอย่างผิด"))  # both are kept and shown to their author


FORGED = [
    {"m-a1.1": "9900"}, {"m-a1.1": "1"}, {"m-z9.9": "2700"}, {"m-a1.1": "สูง"}, {"m-a1.1": "9" * 40}, {"m-a1.1": "-1"},
    {"comment": "ก" * 5000},
]  # fmt: skip


@pytest.mark.parametrize("forged", FORGED)
def test_forged_marks_are_said_in_words_and_lose_nothing(province, panel, forged):
    entry, client = province.entries[0], signed_in(province.province.members[0])
    sheet, sign = (url(name, panel, entry.public_id, "b") for name in ("sheet-show", "sheet-sign"))
    sent = {"m-b1.1": "2700", **forged}
    answer = client.post(sheet, sent)
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    assert 'value="2700" checked' in text(answer)
    assert client.post(sheet, sent, headers=HTMX).status_code == 422
    assert client.post(sign, sent).status_code == 422
    assert not SheetDraft.objects.exists()
    assert not Sheet.objects.exists()


def test_strangers_the_recused_and_the_absent_do_not_score(province, panel):
    entry, body = province.entries[0], province.province
    sheet, sign = (url(name, panel, entry.public_id, "a") for name in ("sheet-show", "sheet-sign"))
    sent = {"m-a1.1": "2700"}
    assert signed_in(make.user()).post(sign, sent).status_code == 404
    assert signed_in(make.province_officer()).post(sign, sent).status_code == 403
    rankings.recuse(panel=panel, entry=entry, seat=body.seat(body.secretary), reason="เป็นญาติ", by=body.secretary)
    assert signed_in(body.secretary).get(sheet).status_code == 403
    assert signed_in(body.secretary).post(sign, sent).status_code == 403
    absent = body.members[0]
    way.meeting(panel, body, present=[seat for seat in body.seats if seat.user != absent], version=panel.version)
    assert signed_in(absent).post(sheet, sent).status_code == 403
    assert signed_in(absent).post(sheet, sent, headers=HTMX).status_code == 403
    assert signed_in(body.chair).get(url("sheet-show", panel, entry.public_id, "c")).status_code == 404  # part of stage 4
    assert signed_in(body.chair).get(url("sheet-show", panel, "7", "a")).status_code == 404
    assert not Sheet.objects.exists()


def test_a_settled_panel_takes_no_mark_and_shows_each_judge_his_own(province):
    panel = province.scored_province()
    rankings.settle_ranking(panel=panel, by=province.province.chair)
    entry, client = province.entries[0], signed_in(province.province.members[0])
    sheet, sign = (url(name, panel, entry.public_id, "a") for name in ("sheet-show", "sheet-sign"))
    sent = {"m-a1.1": "900", "reason": "เปลี่ยนใจ"}
    assert client.post(sign, sent).status_code == 403
    assert client.post(sheet, sent).status_code == 403
    refused = client.post(sheet, sent, headers=HTMX)
    assert (refused.status_code, "role=\"alert\"" in text(refused)) == (422, True)
    assert "27.00" in text(client.get(sheet))
    assert not SheetDraft.objects.exists()


def without_tokens(page: str) -> str:
    """The page without what differs at every request."""
    page = re.sub(r'name="(csrfmiddlewaretoken|form_key)" value="[^"]*"', "", page)
    return re.sub(r"<time.*?</time>|\d\d\.\d\d น\.", "", page)


def worlds(marks: tuple[int, int], see: Callable[[], list[str]], sign: Callable[[int], None]) -> list[list[str]]:
    """What is seen in two worlds that differ only in what another judge has marked."""
    seen = []
    for mark in marks:
        with transaction.atomic():
            sign(mark)
            seen.append([without_tokens(page) for page in see()])
            transaction.set_rollback(True)
    return seen


def test_what_another_marked_changes_no_page_of_anybody_at_stage_three(province, panel):
    body, entries = province.province, province.entries
    other = body.members[0]
    readers = [body.chair, body.secretary, way.central()]

    def see() -> list[str]:
        pages = [text(signed_in(reader).get(url("panel-show", panel))) for reader in readers]
        pages += [text(signed_in(reader).get(url("panel-settle", panel))) for reader in readers]
        pages += [text(signed_in(reader).get(url("sheet-list", panel))) for reader in readers[:2]]
        return [*pages, text(signed_in(body.chair).get(url("sheet-show", panel, entries[0].public_id, "a")))]

    def sign(mark: int) -> None:
        for entry in entries:
            for letter in "กข":
                way.signed(panel, entry, letter, mark, by=other)

    high, low = worlds((3000, 0), see, sign)
    assert high == low


def test_what_another_marked_changes_no_page_at_stage_four_until_all_are_in(judged):
    _whole, panel, bench = judged
    other = bench.members[0]

    def see() -> list[str]:
        pages = [text(signed_in(reader).get(url("panel-show", panel))) for reader in (bench.chair, bench.secretary, way.central())]
        pages += [text(signed_in(bench.chair).get(url(name, panel))) for name in ("sheet-list", "panel-settle")]
        return [*pages, text(signed_in(bench.chair).get(url("sheet-show", panel, "1", "c")))]

    def sign(mark: int) -> None:
        for entry in scoring.standing(panel):
            way.signed(panel, entry, "ค", mark, by=other)

    high, low = worlds((4000, 0), see, sign)
    assert high == low


def test_a_blind_panel_never_names_a_product_its_maker_or_its_place(judged):
    whole, panel, bench = judged
    planted = {text_ for entry in whole.entries for text_ in (
        entry.product.name, entry.product.public_id, entry.public_id, entry.product.producer.name, entry.area.name_th, entry.area.code,
    )}  # fmt: skip
    judge = signed_in(bench.members[0])
    chair = signed_in(bench.chair)
    pages = [judge.get(url("sheet-list", panel))]
    pages += [judge.get(url(name, panel, "2", "c")) for name in ("sheet-show", "sheet-sign")]
    pages.append(judge.post(url("sheet-show", panel, "2", "c"), {"m-c1.1": "7"}))
    pages += [client.get(url(name, panel)) for client in (judge, chair) for name in ("panel-show", "panel-settle")]
    pages.append(chair.post(url("panel-recuse", panel), {"entry": "9", "seat": "x"}))
    for answer in pages:
        shown = text(answer)
        assert answer.status_code in (200, 422)
        assert not [name for name in planted if name in shown], answer.request["PATH_INFO"]
    entry = whole.entries[0]
    assert judge.get(url("sheet-show", panel, entry.public_id, "c")).status_code == 404


def test_samples_stand_by_their_numbers_wherever_they_are_listed(judged):
    _whole, panel, bench = judged
    numbers = sorted(sample_numbers(panel).values())
    for name in ("panel-show", "panel-settle"):
        shown = text(signed_in(bench.chair).get(url(name, panel)))
        said = [int(number) for number in re.findall(r"(?:ตัวอย่างที่|Sample) (\d+):", shown)]
        assert said == sorted(said)
        assert set(said) <= set(numbers)


def test_a_spread_asks_everybody_for_a_second_sheet_then_for_the_panels_word(judged):
    _whole, panel, bench = judged
    number = {number: pk for pk, number in sample_numbers(panel).items()}
    apart = Entry.objects.get(pk=number[2])
    judges = bench.users
    for entry in scoring.standing(panel):
        for judge, mark in zip(judges, (4000, 4000, 2800 if entry == apart else 4000), strict=True):
            way.signed(panel, entry, "ค", mark, by=judge)
    client = signed_in(judges[0])
    assert "?again" not in text(client.get(url("sheet-show", panel, "2", "c")))  # the sheet is open again by itself
    assert 'id="i-reason"' in text(client.get(url("sheet-show", panel, "2", "c")))
    assert 'id="i-reason"' not in text(client.get(url("sheet-show", panel, "1", "c")))
    assert signed_in(bench.chair).post(url("panel-decide", panel, "2"), {"apart-2-reason": "ไม่ยอม"}).status_code == 403
    for judge, mark in zip(judges, ("4000", "4000", "2800"), strict=True):
        again = {"m-c1.1": mark, "reason": "ยืนยันตามเดิม", "form_key": uuid.uuid4()}
        assert signed_in(judge).post(url("sheet-sign", panel, "2", "c"), again).status_code == 302
    shown = text(signed_in(bench.chair).get(url("panel-show", panel)))
    assert url("panel-decide", panel, "2") in shown
    assert "28.00" not in shown
    empty = signed_in(bench.chair).post(url("panel-decide", panel, "2"), {"apart-2-reason": " "})
    assert empty.status_code == 403
    sent: dict[str, Any] = {"apart-2-reason": "คณะตรวจซ้ำแล้วยืนยันค่าเฉลี่ย", "form_key": uuid.uuid4()}
    assert signed_in(bench.chair).post(url("panel-decide", panel, "2"), sent).status_code == 302
    assert PanelDecision.objects.get().entry == apart
    assert signed_in(bench.chair).post(url("panel-settle", panel)).status_code == 302
    assert Ranking.objects.filter(panel=panel).exists()
    judge_sees, centre_sees = (text(signed_in(user).get(url("panel-show", panel))) for user in (judges[2], way.central()))
    assert apart.product.name in centre_sees
    assert apart.product.name not in judge_sees
    late = client.post(url("sheet-sign", panel, "2", "c"), {"m-c1.1": "4000", "reason": "สายไป"})
    assert late.status_code == 403
    assert apart.product.name not in text(late)


def test_a_tie_at_the_edge_of_a_blind_panel_is_chosen_by_samples():
    whole, bench = way.through(3, round_=way.open_round(stages={4: {"promotion": "quota", "quota": 2}})), way.judges()
    panel = category_panels.convene_category_panel(round_=whole.round, committee=bench.committee, by=way.central())
    way.all_signed(panel, "ค")
    client = signed_in(bench.chair)
    shown = text(client.get(url("panel-show", panel)))
    assert re.findall(r'name="chosen" value="(\d+)"', shown) == ["1", "2", "3", "4", "5"]
    assert not [entry for entry in whole.entries if entry.product.name in shown or entry.public_id in shown]
    assert client.post(url("panel-settle", panel)).status_code == 403
    panel.refresh_from_db()
    sent = {"version": panel.version, "chosen": ["2", "5"], "edge_reason": "คุณภาพต่อเนื่อง", "form_key": uuid.uuid4()}
    assert client.post(url("ranking-choose", panel), sent).status_code == 302
    assert client.post(url("panel-settle", panel)).status_code == 302
    numbers = sample_numbers(panel)
    up = Placement.objects.filter(ranking__panel=panel, up=True)
    assert {numbers[placement.entry_id] for placement in up} == {2, 5}
    assert {placement.reason for placement in up} == {"คุณภาพต่อเนื่อง"}


def test_a_judge_leaves_for_a_sample_and_is_not_asked_for_it(judged):
    _whole, panel, bench = judged
    judge = bench.members[0]
    client = signed_in(judge)
    sent = {"entry": "3", "seat": bench.seat(judge).public_id, "reason": "จำฝีมือของญาติได้", "form_key": uuid.uuid4()}
    assert client.post(url("panel-recuse", panel), sent).status_code == 302
    assert client.get(url("sheet-show", panel, "3", "c")).status_code == 403
    shown = text(client.get(url("sheet-list", panel)))
    assert url("sheet-show", panel, "3", "c") not in shown
    assert url("sheet-show", panel, "4", "c") in shown
