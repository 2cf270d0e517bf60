"""The national committee's pages: its word on each product, certifying, and the announcement."""

import html
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from registry.models import Draft, Listing, User
from selection import scoring
from selection.models import Announcement, Award, DecisionLine, Entry, Panel
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "th"})
    client.force_login(user)
    return client


def url(name: str, panel: Panel, *args: object) -> str:
    return reverse(f"selection:{name}", args=[panel.public_id, *args])


def text(answer: HttpResponse) -> str:
    return html.unescape(answer.content.decode())


@pytest.fixture
def whole() -> way.Way:
    return way.through(4)


@pytest.fixture
def panel(whole: way.Way) -> Panel:
    return way.convened(whole.round, 5, whole.national)


def say(panel: Panel, entry: Entry, by: User, **said: Any) -> HttpResponse:
    sent = {"version": 0, "outcome": "certify", "reason": "", "form_key": uuid.uuid4(), **said}
    return signed_in(by).post(url("national-decide", panel, entry.public_id), sent)


def test_each_product_stands_with_its_total_the_stars_that_follow_and_its_sheets(whole, panel):
    shown = text(signed_in(whole.national.members[0]).get(url("panel-show", panel)))
    totals = scoring.totals(scoring.standing(panel))
    for entry in whole.entries:
        assert entry.product.name in shown
        assert f"{(totals[entry.pk] or 0) / 100:.2f}" in shown
    assert shown.count("st-on") >= len(whole.entries)
    assert url("national-decide", panel, whole.entries[0].public_id) not in shown  # a member reads


def test_holding_and_refusing_ask_a_reason_and_the_rest_is_certified_at_once(whole, panel):
    chair, entries = whole.national.chair, whole.entries
    refused = say(panel, entries[0], chair, outcome="hold", reason=" ")
    assert refused.status_code == 403
    assert entries[0].product.name in text(refused)
    assert say(panel, entries[0], chair, outcome="x").status_code == 422
    assert not DecisionLine.objects.exists()
    assert say(panel, entries[0], chair, outcome="hold", reason="รอผลตรวจ").status_code == 302
    assert say(panel, entries[1], chair, outcome="refuse", reason="เลิกกิจการ").status_code == 302
    key = {"form_key": uuid.uuid4()}
    client = signed_in(chair)
    assert [client.post(url("national-fill", panel), key).status_code for _i in range(2)] == [302, 302]
    said = dict(DecisionLine.objects.values_list("entry", "outcome"))
    assert said == {entry.pk: "certify" for entry in entries} | {entries[0].pk: "hold", entries[1].pk: "refuse"}


def test_who_opened_a_decision_before_another_changed_it_gets_409_with_both(whole, panel):
    entry, secretary = whole.entries[0], signed_in(whole.national.secretary)
    typed = {"version": "0", "outcome": "refuse", "reason": "ไม่ผ่าน", "draft_page": url("national-decide", panel, entry.public_id)}
    assert secretary.post(reverse("registry:draft-save"), typed).status_code == 200
    assert "ไม่ผ่าน" not in text(signed_in(whole.national.chair).get(url("panel-show", panel)))
    assert say(panel, entry, whole.national.chair, outcome="hold", reason="รอผลตรวจ").status_code == 302
    waiting = text(secretary.get(typed["draft_page"], follow=True)).split(f'id="e-{entry.public_id}"')[1].split("</tr>")[0]
    assert ["ไม่ผ่าน" in waiting, 'name="version" value="0"' in waiting] == [True, True]
    answer = say(panel, entry, whole.national.secretary, outcome="refuse", reason="ไม่ผ่าน")
    assert answer.status_code == 409
    assert "รอผลตรวจ" in text(answer)
    assert "ไม่ผ่าน" in text(answer)
    stored = DecisionLine.objects.get()
    assert (stored.outcome, stored.version) == ("hold", 1)
    assert f'name="version" value="{stored.version}"' in text(answer)
    assert say(panel, entry, whole.national.secretary, outcome="refuse", reason="ไม่ผ่าน", version=1).status_code == 302
    stored.refresh_from_db()
    assert (stored.outcome, stored.version) == ("refuse", 2)
    assert not Draft.objects.exists()


def test_certifying_says_what_is_missing_then_gives_the_stars_once(whole, panel):
    client, entries = signed_in(whole.national.chair), whole.entries
    closed = client.get(url("national-certify", panel))
    assert 'aria-disabled="true"' in text(closed)
    assert client.post(url("national-certify", panel)).status_code == 403
    for entry in entries:
        say(panel, entry, whole.national.chair, outcome="hold", reason="รอ")
    assert client.post(url("national-certify", panel)).status_code == 403  # all are held
    for entry in entries[1:]:
        say(panel, entry, whole.national.chair, version=1)
    assert signed_in(whole.national.members[0]).post(url("national-certify", panel)).status_code == 403
    key = {"form_key": uuid.uuid4()}
    assert [client.post(url("national-certify", panel), key).status_code for _i in range(2)] == [302, 302]
    assert Award.objects.count() == len(entries) - 1
    shown = text(client.get(url("panel-show", panel)))
    assert shown.count(entries[0].product.name) >= 1  # the held one still stands there
    assert not Listing.objects.exists()  # nothing is public yet


def test_only_the_centre_sees_what_waits_and_only_its_officer_announces_it_once():
    whole = way.through(5)
    there = reverse("selection:round-announce", args=[whole.round.key])
    name = whole.entries[0].product.name
    for user in (make.user(), whole.amphoe.chair, whole.province.chair, way.judges().chair):
        assert signed_in(user).get(there).status_code == 404
    member = signed_in(whole.national.chair).get(there)
    assert (name in text(member), 'aria-disabled="true"' in text(member)) == (True, True)
    assert signed_in(whole.national.chair).post(there).status_code == 403
    assert not Announcement.objects.exists()
    client, key = signed_in(way.central()), {"form_key": uuid.uuid4()}
    assert 'aria-disabled="true"' not in text(client.get(there))
    assert [client.post(there, key).status_code for _i in range(2)] == [302, 302]
    assert Announcement.objects.count() == 1
    assert Listing.objects.count() == 5
    assert client.post(there).status_code == 403  # nothing is left
    assert name not in text(client.get(there)).split('id="made-h"')[0]


def test_a_rehearsal_is_decided_but_never_certified():
    whole = way.through(4, round_=way.open_round("2569-r1", kind="rehearsal"))
    panel = way.convened(whole.round, 5, whole.national)
    client = signed_in(whole.national.chair)
    client.post(url("national-fill", panel))
    shown = client.get(url("national-certify", panel))
    assert 'aria-disabled="true"' in text(shown)
    assert client.post(url("national-certify", panel)).status_code == 403
    assert not Award.objects.exists()
