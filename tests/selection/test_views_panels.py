"""The pages of committees: convening, the meeting, who left, settling; what the page says when something stands against it."""

import html
import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.actions.committees import end_seat
from registry.models import Attendance, FormKey
from registry.refusal import refuse
from selection import scoring
from selection.models import Panel, PanelState, Ranking, Recusal
from selection.views.panel_pages import MOST_OF_A_KIND, condensed
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client(headers={"accept-language": "th"})
    client.force_login(user)
    return client


def at(name: str, *args) -> str:
    return reverse(f"selection:{name}", args=args)


def page(user, panel: Panel) -> str:
    answer = signed_in(user).get(at("panel-show", panel.public_id))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def whole() -> way.Way:
    return way.through(1)


def meeting_of(panel: Panel, **said) -> dict[str, object]:
    return {
        "version": panel.version, "number": "๒/๒๕๖๙", "notice_on": "1 พฤศจิกายน 2569", "held_on": "8/11/2569",
        "present": [seat.public_id for seat in panel.committee.seats.all()], "place": "ห้องประชุม", "minutes": "", **said,
    }  # fmt: skip


def test_a_member_convenes_his_committee_once_and_others_are_told_why_not(whole):
    sent = {"stage": "2", "area": make.PARENT, "form_key": uuid.uuid4()}
    client = signed_in(whole.amphoe.members[0])
    first, second = (client.post(at("panel-convene", whole.round.key), sent) for _i in range(2))
    panel = Panel.objects.get(stage__number=2)
    assert first["Location"] == second["Location"] == at("panel-show", panel.public_id)

    stranger = signed_in(whole.province.chair).post(at("panel-convene", whole.round.key), sent)
    assert stranger.status_code == 403
    assert Panel.objects.filter(stage__number=2).count() == 1


NONSENSE = [{}, {"stage": "x"}, {"stage": "9"}, {"stage": "2", "area": "000000"}, {"stage": "4", "committee": "\x00"}]


@pytest.mark.parametrize("sent", NONSENSE)
def test_convening_what_is_not_there_is_not_found(whole, sent):
    answer = signed_in(whole.amphoe.chair).post(at("panel-convene", whole.round.key), sent)
    assert answer.status_code == 404


def test_the_list_offers_my_committee_and_to_the_centre_the_judges(whole):
    listed = signed_in(whole.amphoe.secretary).get(at("panel-list", whole.round.key)).content.decode()
    assert whole.amphoe.committee.name in listed
    assert whole.province.committee.name not in listed
    bench = way.judges()
    central = signed_in(way.central()).get(at("panel-list", whole.round.key)).content.decode()
    assert bench.committee.public_id in central
    assert bench.committee.public_id not in listed


def test_a_missing_committee_or_chair_leads_who_may_to_where_it_is_mended(whole):
    bench, central = way.judges(), way.central()
    end_seat(by=None, seat=bench.seat(bench.chair), ends_on=date(2024, 12, 31))
    listed = signed_in(central).get(at("panel-list", whole.round.key)).content.decode()
    assert f'/committees/{bench.committee.public_id}/">' in listed
    assert "/committees/new/?kind=judges&amp;category=food" in listed

    sent = {"stage": "2", "area": make.OTHER_AMPHOE}
    refused = signed_in(central).post(at("panel-convene", whole.round.key), sent).content.decode()
    assert f"/committees/new/?kind=amphoe&amp;area={make.OTHER_AMPHOE}" in refused
    assert "/committees/new/" not in signed_in(whole.amphoe.chair).post(at("panel-convene", whole.round.key), sent).content.decode()

    panel = way.convened(whole.round, 2, whole.amphoe, met=False)
    end_seat(by=None, seat=whole.amphoe.seat(whole.amphoe.chair), ends_on=date(2024, 12, 31))
    give = f"/committees/{whole.amphoe.committee.public_id}/seats/new/"
    assert give in page(central, panel)
    assert give not in page(whole.amphoe.secretary, panel)


def test_the_list_asks_as_often_for_three_panels_as_for_one(whole):
    def queries() -> int:
        client = signed_in(way.central())
        with CaptureQueriesContext(connection) as seen:
            assert client.get(at("panel-list", whole.round.key)).status_code == 200
        return len(seen)

    way.convened(whole.round, 2, whole.amphoe)
    once = queries()
    for code in (make.OTHER_AMPHOE, "4604"):
        way.convened(whole.round, 2, way.amphoe(code))
    assert queries() == once


def test_the_meeting_is_recorded_in_both_digits_and_eras_and_the_quorum_is_drawn(whole):
    panel = way.convened(whole.round, 2, whole.amphoe, met=False)
    answer = signed_in(whole.amphoe.secretary).post(at("panel-meet", panel.public_id), meeting_of(panel))
    assert answer.status_code == 302
    panel.meeting.refresh_from_db()
    assert (panel.meeting.notice_on.isoformat(), panel.meeting.held_on.isoformat()) == ("2026-11-01", "2026-11-08")
    assert Attendance.objects.filter(meeting=panel.meeting).count() == 5
    drawn = page(whole.amphoe.members[0], panel)
    assert drawn.count("seat-on") == 5
    assert "seat-q" in drawn


def test_a_day_that_is_none_comes_back_with_all_that_was_typed(whole):
    panel = way.convened(whole.round, 2, whole.amphoe, met=False)
    sent = meeting_of(panel, held_on="เมื่อวานนี้", minutes="เริ่มประชุม 9.00 น.")
    answer = signed_in(whole.amphoe.secretary).post(at("panel-meet", panel.public_id), sent)
    assert answer.status_code == 422
    assert "เมื่อวานนี้" in answer.content.decode()
    assert "เริ่มประชุม 9.00 น." in answer.content.decode()
    panel.meeting.refresh_from_db()
    assert panel.meeting.held_on is None


def test_who_opened_the_meeting_before_another_saved_it_gets_409_and_keeps_his_text(whole):
    panel = way.convened(whole.round, 2, whole.amphoe, met=False)
    sent = meeting_of(panel, minutes="ข้อความของข้าพเจ้า")
    way.meeting(panel, whole.amphoe)
    answer = signed_in(whole.amphoe.secretary).post(at("panel-meet", panel.public_id), sent)
    assert answer.status_code == 409
    assert "ข้อความของข้าพเจ้า" in answer.content.decode()


def test_a_member_leaves_for_himself_and_nobody_else_and_it_stands_under_the_squares(whole):
    panel = way.convened(whole.round, 2, whole.amphoe)
    member, entry = whole.amphoe.members[0], whole.entries[0]
    own, other = whole.amphoe.seat(member), whole.amphoe.seat(whole.amphoe.members[1])
    client = signed_in(member)
    said = {"entry": entry.public_id, "reason": "เป็นพี่สาวของประธานกลุ่ม"}
    assert client.post(at("panel-recuse", panel.public_id), {**said, "seat": other.public_id}).status_code == 422
    assert client.post(at("panel-recuse", panel.public_id), {**said, "seat": own.public_id, "reason": " "}).status_code == 422
    assert not Recusal.objects.exists()
    assert client.post(at("panel-recuse", panel.public_id), {**said, "seat": own.public_id}).status_code == 302
    assert list(Recusal.objects.values_list("seat", "entry", "reason")) == [(own.pk, entry.pk, "เป็นพี่สาวของประธานกลุ่ม")]
    assert "seat-x" in page(whole.amphoe.chair, panel)


def test_a_closed_button_says_everything_that_is_missing_and_settling_anyway_says_it_again(whole):
    panel = way.convened(whole.round, 2, whole.amphoe, met=False)
    shown = page(whole.amphoe.secretary, panel)
    assert 'aria-disabled="true"' in shown
    missing = [refusal.sentence for refusal in way.rankings.outlook(panel, at=way.moment(None)).refusals]
    assert len(missing) >= 3
    assert missing[0] in html.unescape(shown)
    answer = signed_in(whole.amphoe.secretary).post(at("panel-settle", panel.public_id))
    assert answer.status_code == 403
    assert not Ranking.objects.filter(panel=panel).exists()
    assert Panel.objects.get(pk=panel.pk).state == PanelState.OPEN


def test_settling_twice_by_a_double_click_settles_once_and_the_page_can_only_be_read(whole):
    panel = whole.ranked_amphoe()
    client, key = signed_in(whole.amphoe.chair), uuid.uuid4()
    check = client.get(at("panel-settle", panel.public_id))
    assert check.status_code == 200
    assert 'aria-disabled="true"' not in check.content.decode()
    answers = [client.post(at("panel-settle", panel.public_id), {"form_key": key}) for _i in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    ranking = Ranking.objects.get(panel=panel)
    assert FormKey.objects.filter(key=key).count() == 1
    shown = page(whole.amphoe.secretary, panel)
    assert ranking.digest in shown
    assert "<textarea" not in re.sub(r"<nav.*?</nav>", "", shown, flags=re.DOTALL)
    assert client.get(at("panel-settle", panel.public_id))["Location"] == at("panel-show", panel.public_id)


def test_nothing_posted_to_a_settled_panel_changes_it(whole):
    panel = whole.ranked_amphoe()
    way.rankings.settle_ranking(panel=panel, by=whole.amphoe.chair)
    before = bytes(Ranking.objects.get(panel=panel).inputs)
    line = panel.support_lines.get()
    client = signed_in(whole.amphoe.secretary)
    for name, args, sent in [
        ("panel-meet", (), meeting_of(panel)), ("ranking-save", (), {"version": 1}), ("plan-add", (), {}),
        ("plan-drop", (line.public_id,), {}), ("ranking-choose", (), {}), ("panel-settle", (), {}),
    ]:  # fmt: skip
        assert client.post(at(name, panel.public_id, *args), sent).status_code == 403, name
    assert bytes(Ranking.objects.get(panel=panel).inputs) == before
    assert panel.support_lines.count() == 1


def test_an_empty_meeting_says_what_it_waits_for():
    round_ = way.open_round()
    body = way.amphoe()
    panel = way.convened(round_, 2, body, met=False)
    assert "class=\"empty\"" in page(body.secretary, panel)


def test_of_many_like_refusals_the_first_are_said_and_the_rest_counted():
    alike = [refuse("place_missing", f"Give {number} a place.") for number in range(9)]
    shown = condensed([refuse("other", "Other."), *alike])
    assert [one.code for one in shown] == ["other", *["place_missing"] * MOST_OF_A_KIND, "more_of_a_kind"]
    assert shown[-1].params == {"count": 9 - MOST_OF_A_KIND}
    assert condensed(alike[:5]) == alike[:5]


def test_the_page_asks_as_often_for_three_products_as_for_one():
    counts = []
    for number in (1, 3):
        round_ = way.open_round(f"25{70 + number}")
        maker = make.producer()
        whole = way.through(1, round_=round_, products=[make.product(maker) for _i in range(number)])
        panel = way.convened(round_, 2, whole.amphoe)
        way.ranked(panel, whole.amphoe)
        assert len(scoring.standing(panel)) == number
        client = signed_in(whole.amphoe.secretary)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(at("panel-show", panel.public_id)).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
