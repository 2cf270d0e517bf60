"""The front page: figures of the list in force, one origin at a time, and every way on leads somewhere."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.models import Origin
from tests import make
from tests.selection import make as rounds
from tests.selection.listings import announced, listed, page, shown

pytestmark = pytest.mark.django_db


def figures(text: str) -> list[int]:
    """The numbers by stars, from 5 down to 1."""
    return [int(found.replace(",", "")) for found in re.findall(r'<td class="num">([\d,]+)</td></tr>', text)]


def test_the_figures_are_of_stars_in_force(client: Client):
    day = rounds.today()
    for stars in (5, 5, 4, 1):
        listed(stars=stars)
    listed(stars=3, until=day - timedelta(days=1))
    listed(stars=2, code=make.ELSEWHERE)
    found = page(client, "/en/")
    assert figures(found) == [2, 1, 0, 1, 1]
    assert "5 items" in found
    assert 'aria-label="Kalasin 4 products"' in found
    assert 'aria-label="Roi Et 1 products"' in found
    assert 'aria-label="Bangkok 0 products"' in found
    assert found.count('href="/en/areas/') >= 77


def test_an_empty_list_says_when_stars_will_come(client: Client):
    found = page(client, "/en/")
    assert figures(found) == [0, 0, 0, 0, 0]
    assert "No product has been announced yet." in found
    assert "sample-line" not in found


def test_the_newest_announcement_and_its_products_stand_there(client: Client):
    won = announced()
    found = page(client, "/en/")
    assert "Test round 2569, announcement 1 on" in found
    assert set(shown(client, path="/")) == {row.name for row in won}


def test_real_and_sample_figures_are_never_added(client: Client):
    listed(stars=5, origin=Origin.SAMPLE)
    assert figures(page(client, "/")) == [1, 0, 0, 0, 0]
    listed(stars=4)
    assert figures(page(client, "/")) == [0, 1, 0, 0, 0]


def test_a_new_star_stands_there_at_once_and_the_page_asks_little(client: Client):
    page(client, "/")
    listed(stars=5)
    assert figures(page(client, "/"))[0] == 1
    with CaptureQueriesContext(connection) as asked:
        page(client, "/")
    assert len(asked) <= 2


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_way_on_leads_somewhere(client: Client, prefix: str):
    listed(stars=5)
    text = page(client, f"{prefix}/")
    for address in sorted(set(re.findall(r'href="(/[^"#]*)"', text))):
        if not address.startswith("/static/"):
            assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_a_certificate_is_found_by_its_number(client: Client):
    day = rounds.today()
    old = listed("ผ้าเก่า", certificate="2560-46-00412", until=day - timedelta(days=1))
    assert shown(client, q="2560-46-00412", show="all") == [old.name]


@pytest.mark.parametrize("address", ["/", "/products/", "/areas/", f"/areas/{make.PROVINCE}/"])
def test_a_page_weighs_less_than_a_hundred_kilobytes_with_all_it_loads(client: Client, address: str):
    for number in range(24):
        listed(stars=1 + number % 5)
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    loaded = set(re.findall(r'(?:href|src)="/static/([^"]+)"', gzip.decompress(answer.content).decode()))
    style = Path(finders.find("otop.css")).read_text()
    fonts = {f"fonts/{name}" for name in re.findall(r'url\("fonts/([^"]+)"\)', style)}
    weight = {name: weighed(name) for name in loaded | fonts}
    assert {"otop.css", "fonts/sarabun-400.woff2"} <= weight.keys()
    assert len(answer.content) + sum(weight.values()) < 100_000, weight


def weighed(name: str) -> int:
    """The bytes of a static file as they travel: fonts as they are, the rest compressed."""
    content = Path(finders.find(name)).read_bytes()
    return len(content if name.endswith(".woff2") else gzip.compress(content))


def test_the_registers_page_of_a_product_shows_its_announced_star(client: Client):
    client.force_login(make.amphoe_officer())
    won = listed(stars=4)
    found = page(client, f"/en/register/products/{won.public_id}/")
    assert f'<a href="/en/products/{won.public_id}/"><span class="stars"><b>4 of 5 stars</b>' in found
    assert "no stars" in page(client, f"/en/register/products/{make.product().public_id}/")
