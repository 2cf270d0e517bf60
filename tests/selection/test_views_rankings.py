"""The committee's order and plan in the browser: typed, moved, chosen at the edge, saved by two at once."""

import html
import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from registry.models import User
from selection import scoring
from selection.forms.rankings import moved
from selection.models import Entry, Panel, Placement, RankLine, SupportLine
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "th"})
    client.force_login(user)
    return client


def url(name: str, panel: Panel, *args: object) -> str:
    return reverse(f"selection:{name}", args=[panel.public_id, *args])


def order(panel: Panel, places: Mapping[Entry, object], **said: Any) -> dict[str, Any]:
    panel.refresh_from_db()
    typed = {f"{entry.public_id}-place": place for entry, place in places.items()}
    reasons = {f"{entry.public_id}-reason": f"เหตุผลของ {entry.product.name}" for entry in places}
    return {"version": panel.version, "form_key": uuid.uuid4(), **typed, **reasons, **said}


def placed(panel: Panel, entries: list[Entry]) -> list[int | None]:
    """The stored places in the order of `entries`."""
    stored = dict(panel.rank_lines.values_list("entry_id", "place"))
    return [stored[entry.pk] for entry in entries]


def save(panel: Panel, by: User, sent: Mapping[str, Any]) -> HttpResponse:
    return signed_in(by).post(url("ranking-save", panel), sent)


@pytest.fixture
def whole() -> way.Way:
    return way.through(1, round_=way.open_round(stages={2: {"quota": 2}}, standards={"apparel": ["tcps"]}))


@pytest.fixture
def panel(whole: way.Way) -> Panel:
    for product in whole.products[:4]:
        make.conformity(product)
    return way.convened(whole.round, 2, whole.amphoe)


def test_an_order_is_typed_saved_moved_and_who_would_go_up_is_shown(whole, panel):
    entries, secretary = whole.entries, whole.amphoe.secretary
    first = order(panel, dict(zip(entries, ["๑", "2", "3", "4", "5"], strict=True)))
    assert save(panel, secretary, first)["Location"] == url("panel-show", panel) + "#order"
    assert placed(panel, entries) == [1, 2, 3, 4, 5]
    shown = html.unescape(signed_in(secretary).get(url("panel-show", panel)).content.decode())
    assert shown.count('class="rk up"') == 2
    lacking = scoring.standing(panel)[4]
    assert way.rankings.outlook(panel, at=way.moment(None)).barred[lacking.pk] in shown  # no standard: says what is missing

    save(panel, secretary, order(panel, dict(zip(entries, [1, 2, 3, 4, 5], strict=True)), move=f"{entries[2].public_id}:up"))
    assert placed(panel, entries) == [1, 3, 2, 4, 5]
    again = order(panel, dict(zip(entries, [1, 3, 2, 4, 5], strict=True)), move=f"{entries[0].public_id}:down")
    answers = [save(panel, secretary, again) for _i in range(2)]  # a double click moves once
    assert {answer.status_code for answer in answers} == {302}
    assert placed(panel, entries) == [2, 3, 1, 4, 5]


def test_places_that_are_none_come_back_with_everything_that_was_typed(whole, panel):
    entries = whole.entries
    sent = order(panel, dict(zip(entries, ["ที่หนึ่ง", "0", "99999999999999999999", "", "2"], strict=True)))
    answer = save(panel, whole.amphoe.secretary, sent)
    said = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert said.count(f'value="{panel.version}"') >= 1
    assert all(text in said for text in ("ที่หนึ่ง", "99999999999999999999", f"เหตุผลของ {entries[3].product.name}"))
    assert not RankLine.objects.exists()


def test_the_second_of_two_who_save_at_once_sees_both_and_may_save_again(whole, panel):
    entries = whole.entries
    mine = order(panel, dict(zip(entries, [2, 1, 3, 4, 5], strict=True)))
    theirs = order(panel, dict(zip(entries, [1, 2, 3, 4, 5], strict=True)))
    assert save(panel, whole.amphoe.chair, theirs).status_code == 302
    answer = save(panel, whole.amphoe.secretary, mine)
    assert answer.status_code == 409
    assert answer.content.decode().count("rk-theirs") == 2  # two lines differ, and each shows what is stored
    assert placed(panel, entries) == [1, 2, 3, 4, 5]
    panel.refresh_from_db()
    assert f'name="version" value="{panel.version}"' in answer.content.decode()
    assert save(panel, whole.amphoe.secretary, {**mine, "version": panel.version, "form_key": uuid.uuid4()}).status_code == 302
    assert placed(panel, entries) == [2, 1, 3, 4, 5]


def test_a_tie_at_the_edge_is_shown_and_only_a_choice_with_a_reason_breaks_it(whole, panel):
    entries, secretary = whole.entries, whole.amphoe.secretary
    save(panel, secretary, order(panel, dict(zip(entries, [1, 2, 2, 4, 5], strict=True))))
    client = signed_in(secretary)
    shown = client.get(url("panel-show", panel)).content.decode()
    assert shown.count('<tbody class="tied">') == 1
    assert 'class="tiebox" id="edge"' in shown
    assert 'class="edge"' in shown

    def choose(*keys: str, reason: str = "วัตถุดิบอยู่ในตำบล", version: int | None = None) -> HttpResponse:
        panel.refresh_from_db()
        sent = {"version": version or panel.version, "chosen": keys, "edge_reason": reason, "form_key": uuid.uuid4()}
        return client.post(url("ranking-choose", panel), sent)

    second, third, fourth = (entry.public_id for entry in entries[1:4])
    assert choose(second, third).status_code == 422  # room for one
    assert choose(second, reason=" ").status_code == 422
    assert choose(fourth).status_code == 422  # not among the tied
    assert choose(second, version=1).status_code == 409
    assert not RankLine.objects.filter(chosen_at_edge=True).exists()
    assert choose(third).status_code == 302
    assert RankLine.objects.get(chosen_at_edge=True).edge_reason == "วัตถุดิบอยู่ในตำบล"
    assert client.post(url("panel-settle", panel)).status_code == 302
    up = Placement.objects.filter(ranking__panel=panel, up=True).values_list("entry", flat=True)
    assert set(up) == {entries[0].pk, entries[2].pk}


def test_a_choice_at_the_edge_ends_when_the_order_changes(whole, panel):
    entries, secretary = whole.entries, whole.amphoe.secretary
    tied = order(panel, dict(zip(entries, [1, 2, 2, 4, 5], strict=True)))
    save(panel, secretary, tied)
    panel.refresh_from_db()
    sent = {"version": panel.version, "chosen": entries[1].public_id, "edge_reason": "เหตุผล", "form_key": uuid.uuid4()}
    signed_in(secretary).post(url("ranking-choose", panel), sent)
    save(panel, secretary, order(panel, dict(zip(entries, [1, 2, 2, 4, 5], strict=True))))
    assert RankLine.objects.filter(chosen_at_edge=True).count() == 1
    save(panel, secretary, order(panel, dict(zip(entries, [2, 1, 3, 4, 5], strict=True))))
    assert not RankLine.objects.filter(chosen_at_edge=True).exists()


def test_a_member_who_does_not_lead_reads_the_order_and_cannot_post_it(whole, panel):
    member = whole.amphoe.members[0]
    shown = signed_in(member).get(url("panel-show", panel)).content.decode()
    assert url("ranking-save", panel) not in shown
    assert save(panel, member, order(panel, dict.fromkeys(whole.entries, 1))).status_code == 403
    assert not RankLine.objects.exists()


def test_the_plan_takes_lines_adds_them_up_and_joins_them_at_the_province(whole, panel):
    entries, client = whole.entries, signed_in(whole.amphoe.secretary)

    def add(**said: Any) -> HttpResponse:
        line = {"entry": entries[0].public_id, "help": "ซื้อกี่กระตุก 2 หลัง", "budget": "งบจังหวัด", "amount_baht": "148,000"}
        return client.post(url("plan-add", panel), {**line, "form_key": uuid.uuid4(), **said})

    for wrong in ("-1", "0", "หนึ่งแสน", "1" * 30, "1.5"):
        answer = add(amount_baht=wrong)
        assert answer.status_code == 422
        assert "ซื้อกี่กระตุก 2 หลัง" in answer.content.decode()
    assert add(entry="8888888A").status_code == 422
    key = uuid.uuid4()
    assert [add(form_key=key).status_code for _i in range(2)] == [302, 302]
    assert add(amount_baht="๙๖๐๐๐").status_code == 302
    assert SupportLine.objects.count() == 2
    assert "244,000" in client.get(url("panel-show", panel)).content.decode()
    dropped = SupportLine.objects.get(amount_baht=96000)
    assert client.post(url("plan-drop", panel, dropped.public_id)).status_code == 302
    assert client.post(url("plan-drop", panel, dropped.public_id)).status_code == 404

    save(panel, whole.amphoe.secretary, order(panel, dict(zip(entries, [1, 2, 3, 4, 5], strict=True))))
    way.rankings.settle_ranking(panel=panel, by=whole.amphoe.chair)
    above = way.convened(whole.round, 3, whole.province)
    shown = signed_in(whole.province.secretary).get(url("panel-show", above)).content.decode()
    assert "ซื้อกี่กระตุก 2 หลัง" in shown
    assert shown.count("148,000") == 3  # the line, the amphoe's sum, the sum of all


def test_marks_stand_beside_the_order_and_departing_from_them_asks_a_reason():
    whole = way.through(2)
    entries, secretary = whole.entries, whole.province.secretary
    panel = way.convened(whole.round, 3, whole.province)
    way.all_signed(panel, "กข", {entry: {"ก": 3000 - 300 * rank, "ข": 2700} for rank, entry in enumerate(entries[:3])})
    client = signed_in(secretary)
    save(panel, secretary, order(panel, dict.fromkeys(entries, ""), move="marks"))
    assert placed(panel, entries) == [1, 2, 5, 2, 2]
    assert "57.00" in client.get(url("panel-show", panel)).content.decode()

    upside_down = order(panel, dict(zip(entries, [2, 1, 3, 4, 5], strict=True)))
    save(panel, secretary, upside_down)
    shown = client.get(url("panel-show", panel)).content.decode()
    assert f"{entries[1].public_id}-edge_reason" in shown
    assert client.post(url("panel-settle", panel)).status_code == 403
    why = {f"{entries[1].public_id}-edge_reason": "ตลาดต่อเนื่องกว่า", f"{entries[2].public_id}-edge_reason": "ลายของตำบลเอง"}
    save(panel, secretary, order(panel, dict(zip(entries, [2, 1, 3, 4, 5], strict=True)), **why))
    assert client.post(url("panel-settle", panel)).status_code == 302
    assert Placement.objects.get(ranking__panel=panel, entry=entries[1]).reason.endswith("ตลาดต่อเนื่องกว่า")


@pytest.mark.parametrize(
    ("places", "one", "way_", "after"),
    [
        ({1: 1, 2: 2, 3: 3}, 2, "up", {1: 2, 2: 1, 3: 3}),
        ({1: 1, 2: 2, 3: 3}, 2, "down", {1: 1, 2: 3, 3: 2}),
        ({1: 1, 2: 2, 3: 3}, 1, "up", {1: 1, 2: 2, 3: 3}),
        ({1: 1, 2: 1, 3: 3}, 2, "up", {1: 2, 2: 1, 3: 3}),
        ({1: 1, 2: 1, 3: 3}, 1, "down", {1: 2, 2: 1, 3: 3}),
        ({1: 1, 2: 1, 3: 3}, 3, "up", {1: 2, 2: 2, 3: 1}),
        ({1: 4, 2: 9, 3: None}, 2, "up", {1: 2, 2: 1, 3: None}),
        ({1: 1, 2: None, 3: None}, 3, "up", {1: 1, 2: None, 3: 2}),
    ],
)
def test_moving_one_line_keeps_the_order_of_the_rest(places, one, way_, after):
    assert moved(places, one, way_) == after


def test_a_product_whose_papers_lapsed_says_so_in_the_order(whole, panel):
    lapsed = make.conformity(whole.products[4], "peacock", number="", valid_to=make.LONG_AGO)
    shown = html.unescape(signed_in(whole.amphoe.secretary).get(url("panel-show", panel)).content.decode())
    assert shown.count("ใบรับรองหมดอายุ") == 1
    assert lapsed.standard.name_th in shown
