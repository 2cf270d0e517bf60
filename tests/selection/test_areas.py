"""Public pages of areas: every level, path, children with their counts, products; unknown codes are not there."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.models import Area
from tests import make
from tests.selection.listings import listed, page, shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "title", "child", "names"),
    [
        ("R-NE", "Northeastern Region", "Kalasin", {"ผ้าไหม", "ผ้าฝ้าย", "ผ้าไกล"}),
        (make.PROVINCE, "Kalasin Province", "Amphoe Na Mon", {"ผ้าไหม", "ผ้าฝ้าย"}),
        (make.PARENT, "Amphoe Na Mon", "Tambon Nong Bua", {"ผ้าไหม", "ผ้าฝ้าย"}),
        (make.HOME, "Tambon Nong Bua", "", {"ผ้าไหม"}),
        (make.OTHER_AMPHOE, "Amphoe Kamalasai", "Tambon Kamalasai", set()),
    ],
)
def test_each_level_has_its_page(client: Client, code: str, title: str, child: str, names: set[str]):
    listed("ผ้าไหม", code=make.HOME)
    listed("ผ้าฝ้าย", code=make.SISTER, stars=4)
    listed("ผ้าไกล", code=make.ELSEWHERE, stars=3)
    address = f"/en/areas/{code}/"
    found = page(client, address)
    assert f"<h1>{title}</h1>" in found
    assert child in found
    assert set(shown(client, path=address)) == names
    for crumb in ("Thailand", "Northeastern Region", "Kalasin", "Amphoe Na Mon")[: {"R": 1, "4": 2}[code[0]] + (len(code) - 2) // 2]:
        assert crumb in found
    assert Area.objects.get(code=code, valid_to=None).name_th in found


def test_the_children_carry_their_own_counts(client: Client):
    for _count in range(3):
        listed(code=make.HOME)
    listed(code=make.SISTER)
    for code, counts in ((make.PARENT, {make.HOME: 3, make.SISTER: 1}), (make.PROVINCE, {make.PARENT: 4, make.OTHER_AMPHOE: 0})):
        found = page(client, f"/areas/{code}/")
        for child, count in counts.items():
            row = found[found.index(f'href="/areas/{child}/"') :]
            assert row[: row.index("</li>")].endswith(f'<span class="num">{count}</span>')


def test_a_name_borne_by_many_says_which_one_is_meant(client: Client):
    assert "Thailand has 28 tambons called Nong Bua" in page(client, f"/en/areas/{make.HOME}/")


def test_all_of_thailand_holds_every_province_once(client: Client):
    listed(code=make.HOME)
    text = page(client, "/en/areas/")
    assert all(f'href="/en/areas/{code}/"' in text for code in Area.objects.current().of_level("province").values_list("code", flat=True))
    assert client.get("/areas/TH/")["Location"] == "/areas/"


@pytest.mark.parametrize(
    "code", ["99", "4699", "460299", "R-X", "00", "xx", "46%00", "460205%27", "9" * 400, "46/46", "th", "-", "%E0%B9%94%E0%B9%96"]
)
def test_an_unknown_code_is_not_found(client: Client, code: str):
    assert client.get(f"/areas/{code}/").status_code == 404


def test_a_page_asks_as_often_for_many_products_as_for_one(client: Client):
    counts = []
    for number in (1, 2, 10):
        for _count in range(number):
            listed()
        page(client, f"/areas/{make.PROVINCE}/")
        with CaptureQueriesContext(connection) as asked:
            page(client, f"/areas/{make.PROVINCE}/")
        counts.append(len(asked))
    assert len(set(counts)) == 1
    assert counts[0] <= 6
