"""What is not announced appears nowhere in public: not in a body, a count, a search, a next page, or a byte of difference."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client

from registry.models import Origin, Product
from selection.actions import awards
from selection.models import Award, DecisionOutcome, Entry, EntryState, RoundKind
from tests import make
from tests.selection import make as rounds
from tests.selection.listings import announced, listed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PLANTED = "ลับสุดยอด"  # in the name of every product that the public must not know
FORM_KEY = re.compile(r'name="(?:form_key|csrfmiddlewaretoken)" value="[^"]*"')


def addresses() -> list[str]:
    """Every public address that could tell of a product, in both languages."""
    searches = [f"/products/?q={quote(typed)}" for typed in (PLANTED, "ลั", "ผ้า")]
    narrowed = [f"/products/?{query}" for query in ("show=all", "show=expired", "order=newest", "year=2569", "stars=5", "category=apparel")]
    areas = ["R-NE", "R-S", make.PROVINCE, make.OTHER_PROVINCE, make.PARENT, make.OTHER_AMPHOE, make.HOME, make.SISTER]
    places = [f"/areas/{code}/" for code in areas] + [f"/products/?area={code}" for code in areas]
    others = ["/", "/products/", "/products/?page=2", "/areas/", f"/areas/search/?q={quote('หนองบัว')}", "/reports/", "/feed/"]
    return [prefix + path for path in (*others, *searches, *narrowed, *places) for prefix in ("", "/en")]


def product_pages(products: list[Product]) -> list[str]:
    return [
        f"{prefix}/products/{product.public_id}/{tail}"
        for product in products for prefix in ("", "/en") for tail in ("", "explanation.json")
    ]  # fmt: skip


def seen(client: Client, paths: list[str]) -> dict[str, tuple[int, bytes]]:
    """Status and body of each address, without the keys that are drawn anew for every form."""
    cache.clear()
    found = {}
    for path in paths:
        answer = client.get(path)
        found[path] = answer.status_code, FORM_KEY.sub("", answer.content.decode()).encode()
    return found


def readers() -> Iterator[tuple[str, Client]]:
    """A stranger, and somebody who is signed in but holds no office and no seat."""
    yield "anonymous", Client()
    signed_in = Client()
    signed_in.force_login(make.user("plain"))
    yield "plain user", signed_in


def planted(name: str, **rest: Any) -> Product:
    return make.product(make.producer(make.HOME, name=f"กลุ่ม{PLANTED}{name}"), name=f"ผ้า{PLANTED}{name}", **rest)


def hide() -> list[Product]:
    """Products at every point before an announcement, and beside it: each name is planted."""
    idle = planted("อยู่เฉย")
    in_review = [planted(f"แข่ง{number}") for number in range(2)]
    rounds.through(2, round_=rounds.open_round("2570"), products=in_review)
    decided = [planted(f"ตัดสิน{number}") for number in range(3)]
    way = rounds.through(4, round_=rounds.open_round("2571"), products=decided)
    way.certified({decided[1].name: DecisionOutcome.REFUSE, decided[2].name: DecisionOutcome.HOLD})
    rehearsed = [planted(f"ซ้อม{number}") for number in range(2)]
    rounds.through(4, round_=rounds.open_round("2572-k", kind=RoundKind.REHEARSAL), products=rehearsed)
    return [idle, *in_review, *decided, *rehearsed]


def test_hidden_products_change_no_byte_of_any_public_page():
    known = [row.product for row in announced()]
    listed("ผ้าไหมมีดาว", code=make.ELSEWHERE, stars=3)
    paths = addresses() + product_pages(known)
    clients = dict(readers())
    before = {who: seen(client, paths) for who, client in clients.items()}
    hidden = hide()
    states = set(Entry.objects.filter(product__in=hidden).values_list("state", flat=True))
    assert states == {EntryState.COMPETING, EntryState.STOPPED, EntryState.DECIDED}
    assert Award.objects.filter(entry__product__in=hidden, certificate=None).exists()
    for who, client in clients.items():
        after = seen(client, paths)
        assert [path for path in paths if after[path] != before[who][path]] == [], who
        assert PLANTED not in b"".join(body for path, (_status, body) in after.items() if quote(PLANTED) not in path).decode()


def test_a_hidden_product_is_not_found_like_an_unknown_one():
    hidden = hide()
    for _who, client in readers():
        for tail in ("", "explanation.json"):
            unknown = client.get(f"/products/00000000/{tail}")
            for product in hidden:
                answer = client.get(f"/products/{product.public_id}/{tail}")
                assert answer.status_code == unknown.status_code == 404
                assert blind(answer.content, product.public_id) == blind(unknown.content, "00000000")


def blind(body: bytes, public_id: str) -> str:
    return FORM_KEY.sub("", body.decode()).replace(public_id, "…")


def test_a_new_try_of_a_listed_product_shows_only_when_it_is_announced():
    products = rounds.five_products()
    announced(round_=rounds.open_round("2567"), products=products)
    paths = addresses() + product_pages(products)
    client = Client()
    before = seen(client, paths)
    marks = {product.name: {"ก": 2100, "ข": 2100, "ค": 3200} for product in products}
    way = rounds.through(5, round_=rounds.open_round("2569"), products=products, marks=marks)
    assert Award.objects.filter(round=way.round).count() == 5
    assert seen(client, paths) == before
    awards.announce(round_=way.round, by=rounds.central())
    after = seen(client, paths)
    assert after["/"] != before["/"]
    assert all(after[path] != before[path] for path in product_pages(products))


def test_searching_for_what_is_hidden_finds_nothing_and_counts_nothing():
    hide()
    client = Client()
    for typed in (PLANTED, f"ผ้า{PLANTED}", f"กลุ่ม{PLANTED}", "2571-46-00001"):
        found = client.get("/en/products/", {"q": typed, "show": "all"}).content.decode()
        assert "<h2>0 items</h2>" in found


def test_samples_are_not_told_where_real_products_are_shown():
    listed("ผ้าไหมจริง")
    paths = addresses()
    client = Client()
    before = seen(client, paths)
    listed(f"ผ้า{PLANTED}", origin=Origin.SAMPLE, producer=f"กลุ่ม{PLANTED}")
    assert seen(client, paths) == before
