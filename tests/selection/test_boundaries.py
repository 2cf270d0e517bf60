"""Rounds, the national list, public pages and yearly figures when areas change."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from registry.models import AreaChange, Listing, PlaceQuestion
from selection.actions.reports import body_of
from selection.figures import count_places, count_year
from tests import make
from tests.registry.test_boundaries import GAZETTE, change, why
from tests.selection import make as way
from tests.selection.listings import announced, page

pytestmark = pytest.mark.django_db


def figures(year: int = 2568) -> bytes:
    return body_of(year, "real", count_year(year, "real"))


def test_a_past_year_is_counted_by_its_own_boundaries_to_the_byte():
    for code in (make.HOME, make.SISTER, "460301", make.ELSEWHERE):
        make.product(code=code)
    before, places = figures(), count_places("46", 2568, "real")
    assert places == {"4602": {"products": 2, "producers": 2}, "4603": {"products": 1, "producers": 1}}
    change("rename", "46", name_th="กาฬสินธุ์ใหม่", name_en="New Kalasin")
    change("merge", make.HOME, make.SISTER, code=make.SISTER, on=date(2026, 11, 2))
    change("recode", "4602", code="4590", on=date(2026, 11, 3))  # the amphoe goes to another province
    change("split", "46", parts=[["69", "กมลาไสย", "Kamalasai"]], moves=[["4603", "6901"]], on=date(2026, 11, 4))
    assert figures() == before
    assert count_places("46", 2568, "real") == places
    assert figures(2569) != before
    assert count_places("45", 2569, "real")["4590"] == {"products": 2, "producers": 2}
    assert count_places("69", 2569, "real") == {"6901": {"products": 1, "producers": 1}}
    assert count_places("46", 2569, "real") == {}


def test_the_list_follows_and_old_names_codes_and_addresses_lead_on(client: Client):
    row = announced()[0]
    product = row.product
    change("recode", "4602", code="4690", name_th="สามัคคี", name_en="New Na Mon")
    row.refresh_from_db()
    assert (row.tambon_code, row.amphoe_code) == ("469005", "4690")
    assert "อ.สามัคคี" in row.area_path_th
    assert product.name in page(client, "/products/", {"q": "สามัคคี"})
    assert row in Listing.objects.matching("นามน")
    old = page(client, "/areas/4602/")
    assert "/areas/4690/" in old
    assert GAZETTE in old
    new = page(client, "/areas/4690/", {"year": "2568"})
    assert "/areas/4602/" in new
    assert "อ.นามน" in new
    assert page(client, "/areas/4690/", {"year": "9999"})
    assert page(client, "/areas/4690/", {"year": "x" * 50})
    for typed in ("4602", "สามัคคี", "460205"):
        found = page(client, reverse("registry:area-search"), {"q": typed})
        assert "4690" in found, typed
    assert "เดิม: นามน 4602" in page(client, reverse("registry:area-search"), {"q": "4602"})


def test_what_belongs_where_waits_for_the_end_of_a_round_but_a_name_does_not():
    by = make.recorder()
    way.brought(way.convened_forum(way.open_round(), by=by), make.product(), by=by)
    assert why("recode", "4602", code="4690") == {"round_runs_there"}
    assert why("split", "46", parts=[["69", "ก", "K"]], moves=[["4602", "6901"]]) == {"round_runs_there"}
    change("rename", "4602", name_th="นามนใหม่", name_en="New Na Mon")
    change("recode", make.OTHER_AMPHOE, code="4691")


def ordered(**rest: str) -> dict[str, str]:
    return {"area": make.HOME, "area_typed": "", "parts": "460290 หนองบัวใหม่ / New Nong Bua", "moves": "",
            "on": "1/11/2569", "gazette": GAZETTE, "source_note": "", **rest}  # fmt: skip


def test_a_change_is_shown_before_it_is_confirmed_and_confirmed_as_it_was_shown(client: Client):
    producer = make.producer()
    client.force_login(make.central_officer())
    url = reverse("registry:areachange-new", args=["split"])
    assert client.get(url).status_code == 200
    shown = client.post(url, ordered())
    assert shown.status_code == 200
    digest = shown.context["digest"]
    assert "460290" in shown.content.decode()
    assert not AreaChange.objects.exists()
    edited = client.post(url, ordered(confirm=digest, parts="460291 อื่น / Other"))
    assert edited.status_code == 200  # another change than the one shown: shown anew
    assert not AreaChange.objects.exists()
    odd = client.post(url, ordered(parts="ไม่มีรหัส"))
    taken = client.post(url, ordered(parts="460201 ซ้ำ / Twice", confirm=digest))
    assert (odd.status_code, taken.status_code) == (422, 422)
    done = client.post(url, ordered(confirm=digest), follow=True)
    assert done.status_code == 200
    assert AreaChange.objects.get().questions.get().producer == producer
    listed = client.get(reverse("registry:areachange-list"))
    assert GAZETTE in listed.content.decode()
    # the tambon's officer finds it in his work list and settles it
    client.force_login(make.recorder())
    assert reverse("registry:place-list") in client.get(reverse("registry:worklist")).content.decode()
    places = reverse("registry:place-list")
    question = PlaceQuestion.objects.get()
    assert client.post(places, {}).status_code == 422
    assert client.post(places, {question.public_id: "460290"}).status_code == 302
    producer.refresh_from_db()
    assert producer.area.code == "460290"


def test_a_planned_change_is_called_off_by_the_central_office_only(client: Client):
    planned = change("rename", "4602", name_th="ใหม่", name_en="New", on=date(2037, 1, 1))
    url = reverse("registry:areachange-show", args=[planned.public_id])
    client.force_login(make.province_officer())
    assert client.post(url).status_code == 403
    client.force_login(make.administrator())
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 403
    planned.refresh_from_db()
    assert planned.state == "cancelled"


def test_the_command_shows_first_and_writes_when_confirmed(capsys):
    by = make.administrator()
    line = ["change_area", "rename", "4602", "--on", "1/11/2569", "--gazette", GAZETTE, "--by", by.username,
            "--name-th", "สามัคคี", "--name-en", "Samakkhi"]  # fmt: skip
    with pytest.raises(SystemExit) as shown:
        call_command(*line)
    assert shown.value.code == 0
    assert "สามัคคี" in capsys.readouterr().out
    assert not AreaChange.objects.exists()
    call_command(*line, "--confirm")
    assert make.area("4602").name_th == "สามัคคี"
    with pytest.raises(SystemExit) as again:
        call_command(*line, "--confirm")
    assert again.value.code == 2
    with pytest.raises(CommandError):
        call_command(*line[:-4], "--part", "ไม่มีรหัส")
