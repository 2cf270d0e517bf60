"""Two people save the same row: the second sees both texts field by field, picks, and neither loses a word."""

import html
import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from registry.actions.drafts import keep_draft
from registry.models import Draft, Material, Producer, Product
from registry.views.choosing import read_opened
from tests import make

pytestmark = pytest.mark.django_db


def opened(client: Client, url: str) -> str:
    """What the page of a form carries of the texts it was opened with."""
    page = client.get(url).content.decode()
    return html.unescape(re.search(r'name="opened" value="([^"]*)"', page)[1])


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def choices(answer) -> dict[str, tuple]:
    return {one.name: (one.mine, one.theirs, one.before, one.pick) for one in answer.context["choices"]}


SENT = {"name": "ผ้าขิด", "category": "apparel", "area": make.HOME, "area_typed": "หนองบัว", "story": "เล่าเดิม", "village": "บ้านเดิม"}


def test_two_officers_correct_one_product_and_each_field_is_picked():
    product = make.product(name="ผ้าขิด", story="เล่าเดิม", village="บ้านเดิม")
    url = reverse("registry:product-edit", args=[product.public_id])
    first, second = signed_in(make.amphoe_officer()), signed_in(make.recorder())
    base = {**SENT, "version": "1", "opened": opened(second, url)}
    assert first.post(url, {**SENT, "version": "1", "story": "เล่าของเขา", "price_baht": "150"}).status_code == 302

    answer = second.post(url, {**base, "story": "เล่าของฉัน", "village": "บ้านของฉัน"})
    assert answer.status_code == 409
    assert choices(answer) == {
        "village": ("บ้านของฉัน", "บ้านเดิม", "บ้านเดิม", "mine"),
        "story": ("เล่าของฉัน", "เล่าของเขา", "เล่าเดิม", "mine"),
        "price_baht": ("–", "150.00", "–", "theirs"),
    }
    words = answer.content.decode()
    assert 'name="version" value="1"' in words
    assert 'name="weighed" value="2"' in words
    again = {**base, "story": "เล่าของฉัน", "village": "บ้านของฉัน", "weighed": "2", "take_price_baht": "theirs", "take_village": "mine"}

    refused = second.post(url, {**again, "take_story": "theirs", "name": ""})
    assert (refused.status_code, choices(refused)["story"]) == (422, ("เล่าของฉัน", "เล่าของเขา", "เล่าเดิม", "theirs"))
    assert first.post(url, {**SENT, "version": "2", "price_baht": "160", "story": "เล่าของเขา"}).status_code == 302
    third = second.post(url, {**again, "take_story": "theirs"})
    assert (third.status_code, choices(third)["price_baht"][1:]) == (409, ("160.00", "–", "theirs"))

    assert second.post(url, {**again, "weighed": "3", "take_story": "theirs"}).status_code == 302
    stored = Product.objects.get(pk=product.pk)
    assert (stored.story, stored.village, stored.price_baht, stored.version) == ("เล่าของเขา", "บ้านของฉัน", 160, 4)


def test_lines_and_places_and_kinds_are_picked_as_a_whole_and_a_person_stays_out_of_what_is_carried():
    product = make.product(wisdom_holder="นางคำ")
    url = reverse("registry:product-making", args=[product.public_id])
    client = signed_in(make.recorder())
    carried = opened(client, url)
    assert "นางคำ" not in carried
    other = {"version": "1", "material0_name": "ฝ้าย", "material0_share": "80", "material1_name": "คราม", "wisdom_holder": "นางคำ"}
    assert client.post(url, other).status_code == 302
    mine = {"version": "1", "opened": carried, "material0_name": "ไหม", "wisdom_holder": "นางคำ", "process": "ทอ"}
    answer = client.post(url, mine)
    assert choices(answer) == {
        "material": ("ไหม", "ฝ้าย · 80\nคราม", "–", "mine"), "process": ("ทอ", "–", "–", "mine"),
    }  # fmt: skip
    assert client.post(url, {**mine, "weighed": "2", "take_material": "theirs"}).status_code == 302
    assert [row.name for row in Material.objects.live()] == ["ฝ้าย", "คราม"]
    assert Product.objects.get().process == "ทอ"

    producer = product.producer
    url = reverse("registry:producer-edit", args=[producer.public_id])
    sent = {"name": producer.name, "type": "group", "area": make.HOME, "version": "1"}
    carried = opened(client, url)
    assert client.post(url, {**sent, "type": "sme", "area": make.HOME}).status_code == 302
    answer = client.post(url, {**sent, "opened": carried, "name": "ชื่อใหม่"})
    assert set(choices(answer)) == {"name", "type"}
    assert choices(answer)["type"][3] == "theirs"
    assert client.post(url, {**sent, "name": "ชื่อใหม่", "weighed": "2", "take_type": "theirs", "take_name": "mine"}).status_code == 302
    assert Producer.objects.values_list("name", "type").get() == ("ชื่อใหม่", "sme")


def test_a_draft_goes_on_from_what_it_was_begun_with_and_meets_both_texts():
    product, officer = make.product(name="ผ้าขิด", story="เดิม"), make.amphoe_officer()
    url, client = reverse("registry:product-edit", args=[product.public_id]), signed_in(officer)
    begun = {**SENT, "story": "ร่างของฉัน", "version": "1", "opened": opened(client, url)}
    assert client.post(reverse("registry:draft-save"), {**begun, "draft_page": f"/en{url}", "weighed": "7"}).status_code == 200
    assert "weighed" not in Draft.objects.get().typed
    assert signed_in(make.recorder()).post(url, {**SENT, "version": "1", "story": "ของเขา"}).status_code == 302

    page = signed_in(officer).get(url)
    assert (page.context["draft"].page, page.context["form"]["version"].value()) == (url, "1")
    answer = client.post(url, {**begun, "opened": page.context["opened"]})
    assert choices(answer)["story"] == ("ร่างของฉัน", "ของเขา", "เดิม", "mine")
    assert Draft.objects.count() == 1
    assert client.post(url, {**begun, "weighed": "2", "take_story": "mine"}).status_code == 302
    assert not Draft.objects.exists()


@pytest.mark.parametrize("text", ["", "x", "[1]", "null", '"a"', "{", '{"name": 1}'])
def test_what_a_browser_carries_may_be_anything(text):
    found = read_opened(text)
    assert found is None or found == {"name": "1"}
    product = make.product()
    url = reverse("registry:product-edit", args=[product.public_id])
    answer = signed_in(make.recorder()).post(url, {**SENT, "version": "9", "opened": text, "take_name": "x", "take_nothing": "theirs"})
    assert answer.status_code == 409


def test_ones_drafts_are_listed_by_name_kept_as_long_as_the_rule_says_and_thrown_away():
    officer, product = make.amphoe_officer(), make.product(name="ผ้าขิดลายดอกแก้ว")
    client, making = signed_in(officer), reverse("registry:product-making", args=[product.public_id])
    typed = {"wisdom_holder": "นางคำ ทองดี", "process": "ปั่นฝ้าย", "opened": json.dumps({"process": ""}), "draft_page": making}
    assert client.post(reverse("registry:draft-save"), typed).status_code == 200
    assert Draft.objects.get().typed == {"process": "ปั่นฝ้าย", "opened": '{"process": ""}'}
    words = client.get(making).content.decode()
    assert "ปั่นฝ้าย" in words
    assert "นางคำ" not in words
    keep_draft(by=officer, page="/gone/away/", typed={"a": "b"})
    keep_draft(by=make.recorder(), page=making, typed={"process": "ของผู้อื่น"})
    for url in (reverse("registry:worklist"), reverse("registry:draft-list")):
        page = client.get(url).content.decode()
        assert page.count("ผ้าขิดลายดอกแก้ว") == 1
        assert making in page
    drop = {"draft_page": making, "back": "list"}
    assert client.post(reverse("registry:draft-drop"), drop).url == reverse("registry:draft-list")
    assert client.post(reverse("registry:draft-drop"), {**drop, "draft_page": "/gone/away/"}).status_code == 302
    assert not Draft.objects.filter(user=officer).exists()
    stranger = make.recorder(make.ELSEWHERE)
    keep_draft(by=stranger, page=making, typed={"process": "x"})
    assert "ผ้าขิดลายดอกแก้ว" not in signed_in(stranger).get(reverse("registry:worklist")).content.decode()
