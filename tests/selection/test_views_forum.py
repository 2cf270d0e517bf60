"""The forum's pages: who sees them, each form by itself, refusals where they belong, both texts, the minutes."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.models import Draft, Product, User
from selection.actions import forum
from selection.models import Entry, ForumLine, Panel, Placement, PromotionKind, Round
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return way.open_round("2569")


@pytest.fixture
def recorder() -> User:
    return make.recorder()


@pytest.fixture
def as_recorder(recorder: User) -> Client:
    return signed_in(recorder)


def signed_in(user: User) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en", headers={"accept-language": "en"})
    client.force_login(user)
    return client


def url(name: str, *args: object) -> str:
    return "/en" + reverse(f"selection:{name}", args=args).removeprefix("/en")


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(url(name, *args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, address: str, **typed: Any) -> HttpResponse:
    return client.post(address, {"form_key": str(uuid.uuid4()), **typed})


def line_typed(line: ForumLine, **said: Any) -> dict[str, Any]:
    typed = {"version": line.version, "votes": "40", "chosen": "on", "reason": ""}
    for test in ("wisdom", "material", "plan"):
        typed |= {test: "yes", f"{test}_evidence": "มีหลักฐานในแผน"}
    return typed | said


# --- the list -------------------------------------------------------------------------------------------------------


def test_an_amphoe_officer_sees_his_tambons_and_a_recorder_only_his_own(round_: Round, as_recorder: Client):
    way.convened_forum(round_)
    mine = page(as_recorder, "forum-list", round_.key)
    whole = page(signed_in(make.amphoe_officer()), "forum-list", round_.key)

    assert mine.count("<th scope=\"row\">") == 1
    assert whole.count("<th scope=\"row\">") == make.area(make.PARENT).get_children().count()
    assert make.SISTER not in mine


def test_the_list_is_narrowed_by_area_and_state(round_: Round):
    panel = way.convened_forum(round_)
    client = signed_in(make.province_officer())

    assert page(client, "forum-list", round_.key, area=make.PARENT, state="open").count("<th scope=\"row\">") == 1
    assert panel.public_id in page(client, "forum-list", round_.key, state="open")
    assert panel.public_id not in page(client, "forum-list", round_.key, area=make.OTHER_AMPHOE)
    assert "No tambon stands so." in page(client, "forum-list", round_.key, state="settled")


def test_the_list_asks_as_often_for_three_forums_as_for_one(round_: Round):
    officer = make.amphoe_officer()
    client, address = signed_in(officer), url("forum-list", round_.key)
    tambons = list(make.area(make.PARENT).get_children()[:3])

    def asked() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    forum.convene_forum(round_=round_, area=tambons[0], by=officer)
    one = asked()
    for tambon in tambons[1:]:
        panel = forum.convene_forum(round_=round_, area=tambon, by=officer)
        forum.bring(panel=panel, product=make.product(code=tambon.code), by=officer)
    assert asked() == one


def test_opening_a_forum_leads_to_it_and_doing_it_twice_leads_to_the_same(round_: Round, as_recorder: Client):
    first = send(as_recorder, url("forum-list", round_.key), area=make.HOME)
    second = send(as_recorder, url("forum-list", round_.key), area=make.HOME)

    panel = Panel.objects.get()
    assert first["Location"] == second["Location"] == url("forum-show", panel.public_id)


def test_before_its_days_the_list_says_when_the_stage_opens():
    today = way.today()
    later = (today + timedelta(days=3), today + timedelta(days=9))
    round_ = way.open_round(days=dict.fromkeys(range(1, 6), later))
    client = signed_in(make.recorder())

    assert "Stage 1 opens on" in page(client, "forum-list", round_.key)
    assert "Record the forum" not in page(client, "forum-list", round_.key)
    assert send(client, url("forum-list", round_.key), area=make.HOME).status_code == 403


# --- day and attendance ---------------------------------------------------------------------------------------------


def test_day_and_attendance_are_saved_in_thai_digits_and_shown(round_: Round, recorder: User, as_recorder: Client):
    panel = forum.convene_forum(round_=round_, area=make.area(), by=recorder)
    day = way.today()
    typed = {"version": panel.version, "held_on": f"{day.day}/{day.month}/{day.year + 543}", "present": "๖๒", "place": "ศาลาวัด"}

    assert send(as_recorder, url("forum-record", panel.public_id), **typed).status_code == 302
    shown = page(as_recorder, "forum-show", panel.public_id)
    assert "62 people" in shown
    assert "ศาลาวัด" in shown
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"held_on": "", "present": "20"}, "Enter the day on which the forum was held."),
        ({"held_on": "32 มกราคม 2569", "present": "20"}, "is not a day yet"),
        ({"held_on": "1/1/2600", "present": "20"}, "has not come yet"),
        ({"held_on": "1/1/2500", "present": "20"}, "must lie between"),
        ({"held_on": "today", "present": "หกสิบ"}, "is not a whole number yet"),
        ({"held_on": "today", "present": "0"}, "Write a number from 1"),
        ({"held_on": "today", "present": "99999999999999999999"}, "Write a number from 1"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_the_typing_stays(
    round_: Round, recorder: User, as_recorder: Client, typed: dict[str, str], sentence: str
):
    panel = forum.convene_forum(round_=round_, area=make.area(), by=recorder)
    if typed["held_on"] == "today":
        typed = typed | {"held_on": way.today().isoformat()}
    answer = send(as_recorder, url("forum-record", panel.public_id), version=panel.version, place="ศาลาวัดเหนือ", **typed)

    body = answer.content.decode()
    assert answer.status_code in (403, 422)
    assert sentence in body
    assert "ศาลาวัดเหนือ" in body
    assert Panel.objects.get().meeting.held_on is None


def test_whoever_saves_second_sees_both_texts_and_can_save_over(round_: Round, recorder: User, as_recorder: Client):
    panel = way.convened_forum(round_, by=recorder, present=60, place="ศาลาวัด")
    day = way.today().isoformat()
    stale = send(as_recorder, url("forum-record", panel.public_id), version=1, held_on=day, present="45", place="โรงเรียนบ้านนา")

    body = stale.content.decode()
    assert stale.status_code == 409
    assert "ศาลาวัด" in body
    assert "โรงเรียนบ้านนา" in body
    version = re.search(r'name="version" value="(\d+)"', body)
    assert version is not None
    again = send(
        as_recorder, url("forum-record", panel.public_id), version=version[1], held_on=day, present="45", place="โรงเรียนบ้านนา"
    )
    assert again.status_code == 302
    assert Panel.objects.get().meeting.place == "โรงเรียนบ้านนา"


# --- products -------------------------------------------------------------------------------------------------------


def test_only_what_may_enter_is_offered_and_the_rest_says_why(round_: Round, recorder: User, as_recorder: Client):
    panel = way.convened_forum(round_, by=recorder)
    free = make.product(name="ผ้าขิดลายดอกแก้ว")
    incomplete = make.product(name="ตุ๊กตาผ้าทอมือ", category=None)
    elsewhere = make.product(name="กระติบข้าว", code=make.SISTER)

    body = page(as_recorder, "forum-show", panel.public_id)
    assert f'value="{free.public_id}"' in body
    assert f'value="{incomplete.public_id}"' not in body
    assert "ตุ๊กตาผ้าทอมือ has no category yet" in body
    assert "กระติบข้าว" not in body
    for product, sentence in ((incomplete, "has no category yet"), (elsewhere, "this one cannot be brought")):
        answer = send(as_recorder, url("forum-bring", panel.public_id), product=product.public_id)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not Entry.objects.exists()


def test_bringing_twice_is_one_entry(round_: Round, recorder: User, as_recorder: Client):
    panel = way.convened_forum(round_, by=recorder)
    product = make.product()
    for _turn in range(2):
        assert send(as_recorder, url("forum-bring", panel.public_id), product=product.public_id).status_code == 302
    assert ForumLine.objects.filter(panel=panel).count() == 1


def test_a_line_is_saved_and_leads_on_to_the_next_unfinished(round_: Round, recorder: User, as_recorder: Client):
    panel = way.convened_forum(round_, by=recorder)
    first, second = (forum.bring(panel=panel, product=make.product(), by=recorder) for _ in range(2))
    address = url("forum-line", panel.public_id, first.public_id)

    assert "What shows it" in page(as_recorder, "forum-line", panel.public_id, first.public_id)
    plain = send(as_recorder, address, **line_typed(first))
    assert plain["Location"] == url("forum-show", panel.public_id) + f"#line-{first.public_id}"
    onward = send(as_recorder, address, **line_typed(first, version=2), next="1")
    assert onward["Location"].startswith(url("forum-line", panel.public_id, second.public_id))
    first.refresh_from_db()
    assert (first.votes, first.chosen, first.wisdom) == (40, True, True)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"votes": "61"}, "61 votes, but only 60 people were present"),
        ({"votes": "-1"}, "Write a number from 0"),
        ({"material": "no"}, "cannot be chosen"),
        ({"plan": "perhaps"}, "Answer yes or no."),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_its_text_kept(
    round_: Round, recorder: User, as_recorder: Client, said: dict[str, str], sentence: str
):
    panel = way.convened_forum(round_, by=recorder, present=60)
    line = forum.bring(panel=panel, product=make.product(), by=recorder)
    answer = send(as_recorder, url("forum-line", panel.public_id, line.public_id), **line_typed(line, reason="เหตุผลยาว", **said))

    body = answer.content.decode()
    assert answer.status_code in (403, 422)
    assert sentence in body
    assert "เหตุผลยาว" in body
    line.refresh_from_db()
    assert line.votes is None


def test_two_recorders_of_one_line_meet_both_texts(round_: Round, recorder: User, as_recorder: Client):
    panel = way.convened_forum(round_, by=recorder)
    line = way.brought(panel, make.product(), by=recorder, reason="ชาวบ้านเห็นพ้องกัน")
    answer = send(as_recorder, url("forum-line", panel.public_id, line.public_id), **line_typed(line, version=1, reason="เหตุผลอื่น"))

    body = answer.content.decode()
    assert answer.status_code == 409
    assert "ชาวบ้านเห็นพ้องกัน" in body
    assert "เหตุผลอื่น" in body


def test_what_was_typed_and_not_sent_comes_back(round_: Round, recorder: User, as_recorder: Client):
    panel = forum.convene_forum(round_=round_, area=make.area(), by=recorder)
    address = url("forum-record", panel.public_id)
    as_recorder.post("/en/drafts/", {"draft_page": address, "version": "1", "place": "ใต้ถุนบ้านกำนัน", "held_on": ""})

    assert "ใต้ถุนบ้านกำนัน" in page(as_recorder, "forum-show", panel.public_id)
    assert "ใต้ถุนบ้านกำนัน" in page(as_recorder, "forum-record", panel.public_id)


def test_the_page_asks_as_often_for_three_products_as_for_one(round_: Round, recorder: User, as_recorder: Client):
    panel = way.convened_forum(round_, by=recorder)

    def asked() -> int:
        as_recorder.get(url("forum-show", panel.public_id))
        with CaptureQueriesContext(connection) as seen:
            as_recorder.get(url("forum-show", panel.public_id))
        return len(seen)

    way.brought(panel, make.product(), by=recorder)
    make.product()
    one = asked()
    for _more in range(2):
        forum.bring(panel=panel, product=make.product(), by=recorder)
        make.product(category=None)
    assert asked() == one


# --- choosing and sending up ----------------------------------------------------------------------------------------


def test_the_list_of_what_is_missing_stands_beside_the_closed_button(round_: Round, recorder: User, as_recorder: Client):
    panel = way.convened_forum(round_, by=recorder)
    line = forum.bring(panel=panel, product=make.product(name="หมอนขิด"), by=recorder)
    body = page(as_recorder, "forum-show", panel.public_id)

    assert 'aria-disabled="true"' in body
    assert "Enter the votes for หมอนขิด" in body
    assert url("forum-line", panel.public_id, line.public_id) + "#id_votes" in body
    answer = send(as_recorder, url("forum-settle", panel.public_id))
    assert answer.status_code == 403
    assert "Enter the votes for หมอนขิด" in answer.content.decode()
    assert not Placement.objects.exists()


def test_more_than_the_quota_is_refused_with_the_numbers(recorder: User, as_recorder: Client):
    round_ = way.open_round(stages={1: {"promotion": PromotionKind.QUOTA, "quota": 1}})
    panel = way.convened_forum(round_, by=recorder)
    for votes in (20, 10):
        way.brought(panel, make.product(), by=recorder, votes=votes)
    assert "2 products are chosen, but only 1 may go up" in page(as_recorder, "forum-settle", panel.public_id)


def test_departing_from_the_votes_asks_for_the_reason_at_its_line(round_: Round, recorder: User, as_recorder: Client):
    panel = way.convened_forum(round_, by=recorder)
    way.brought(panel, make.product(), by=recorder, votes=40, chosen=False)
    line = way.brought(panel, make.product(name="สบู่คราม"), by=recorder, votes=10)
    body = page(as_recorder, "forum-show", panel.public_id)

    assert "สบู่คราม is chosen although another product had more votes" in body
    assert url("forum-line", panel.public_id, line.public_id) + "#id_reason" in body


def test_one_button_chooses_and_takes_out(round_: Round, recorder: User, as_recorder: Client):
    panel = way.convened_forum(round_, by=recorder)
    line = way.brought(panel, make.product(), by=recorder, chosen=False)
    address = url("forum-choose", panel.public_id, line.public_id)

    assert send(as_recorder, address, version=line.version, chosen="yes").status_code == 302
    line.refresh_from_db()
    assert line.chosen
    stale = send(as_recorder, address, version=1, chosen="no")
    assert stale.status_code == 409
    assert "Somebody else saved this" in stale.content.decode()
    failing = way.brought(panel, make.product(), by=recorder, chosen=False, wisdom=False)
    refused = send(as_recorder, url("forum-choose", panel.public_id, failing.public_id), version=failing.version, chosen="yes")
    assert refused.status_code == 403
    assert "cannot be chosen" in refused.content.decode()


def settled(round_: Round, recorder: User, client: Client) -> tuple[Panel, Product]:
    panel = way.convened_forum(round_, by=recorder, present=62)
    product = make.product(name="ผ้าขิดลายดอกแก้ว")
    way.brought(panel, product, by=recorder, votes=40)
    way.brought(panel, make.product(name="หมอนขิด"), by=recorder, votes=30, chosen=False, material=False)
    key = str(uuid.uuid4())
    for _turn in range(2):
        answer = client.post(url("forum-settle", panel.public_id), {"form_key": key})
        assert answer["Location"] == url("forum-show", panel.public_id)
    return panel, product


def test_a_double_click_settles_once_and_the_page_becomes_the_minutes(round_: Round, recorder: User, as_recorder: Client):
    panel, product = settled(round_, recorder, as_recorder)

    assert Placement.objects.filter(up=True).get().entry.product == product
    body = page(as_recorder, "forum-show", panel.public_id)
    assert "Minutes of the community forum" in body
    assert panel.ranking.digest in body
    assert "๖๒" in body
    assert "stops at this stage" in body
    assert f"({recorder.full_name})" in body.split("Recorded by")[1].split("</ul>")[0]
    assert "Recorder, " in body.split("Recorded by")[1].split("</ul>")[0]
    assert "<form" not in body.split("<main")[1].split("</main>")[0]


def test_a_settled_forum_takes_nothing_more(round_: Round, recorder: User, as_recorder: Client):
    panel, _product = settled(round_, recorder, as_recorder)
    line = panel.forum_lines.first()
    assert line is not None
    for name, args, typed in (
        ("forum-record", (), {"version": "2"}), ("forum-bring", (), {}), ("forum-line", (line.public_id,), {}),
        ("forum-choose", (line.public_id,), {"version": str(line.version)}), ("forum-settle", (), {}),
    ):  # fmt: skip
        answer = send(as_recorder, url(name, panel.public_id, *args), **typed)
        assert answer.status_code == 403, name
        assert "can no longer be changed" in answer.content.decode(), name
    assert as_recorder.get(url("forum-settle", panel.public_id)).status_code == 302


def test_others_of_the_area_read_and_strangers_find_nothing(round_: Round, recorder: User):
    panel = way.convened_forum(round_, by=recorder)
    way.brought(panel, make.product(name="ผ้าขิดลายดอกแก้ว"), by=recorder)

    for reader in (make.province_officer(), make.central_officer()):
        body = page(signed_in(reader), "forum-show", panel.public_id)
        assert "ผ้าขิดลายดอกแก้ว" in body
        assert "Only the recorder of" in body
        assert "Bring this product" not in body
    for stranger in (make.recorder(make.SISTER), make.recorder(make.ELSEWHERE), make.user()):
        assert signed_in(stranger).get(url("forum-show", panel.public_id)).status_code == 404
    assert Client().get(url("forum-show", panel.public_id)).status_code == 302


def test_a_product_is_taken_back_on_its_page(round_: Round, recorder: User, as_recorder: Client):
    panel = way.convened_forum(round_, by=recorder)
    line = way.brought(panel, make.product(name="ผ้าขิดลายดอกแก้ว"), by=recorder)
    address = url("forum-take-back", panel.public_id, line.public_id)
    assert f'href="{address}' in page(as_recorder, "forum-show", panel.public_id)
    empty = send(as_recorder, address, reason=" ")
    assert empty.status_code == 422
    assert "Write why the product is taken back." in empty.content.decode()
    sent = send(as_recorder, address, reason="brought by mistake")
    assert sent.status_code == 302
    body = page(as_recorder, "forum-show", panel.public_id)
    assert f'id="line-{line.public_id}"' not in body
    assert "ผ้าขิดลายดอกแก้ว" in body  # among those that may be brought
    assert as_recorder.get(url("forum-line", panel.public_id, line.public_id)).status_code == 404
def test_a_product_whose_papers_lapsed_says_so_before_the_forum(round_: Round, as_recorder: Client, recorder: User):
    panel = way.convened_forum(round_)
    lapsed, sound = make.product(), make.product()
    make.conformity(lapsed, valid_to=make.LONG_AGO)
    make.conformity(sound)
    for product in (lapsed, sound):
        forum.bring(panel=panel, product=product, by=recorder)
    assert page(as_recorder, "forum-show", panel.public_id).count("Papers lapsed") == 1
