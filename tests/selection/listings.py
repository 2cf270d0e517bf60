"""Listed products: written straight on the list for what only reads it, or won by a whole way through a round."""

import itertools
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from registry.levels import region_of_province
from registry.models import Listing, Origin, searched_text
from selection.actions.listing import paths_of
from tests import make
from tests.selection import make as rounds

NUMBERS = itertools.count(1)
CARD = re.compile(r'<h3><a href="([^"]+)"[^>]*>([^<]+)</a></h3>')


def listed(
    name: str | None = None, *, code: str = make.HOME, stars: int = 5, year_be: int = 2567, category: str = "apparel",
    since: date | None = None, until: date | None = None, producer: str | None = None, origin: str = Origin.REAL,
    certificate: str | None = None, **rest: Any,
) -> Listing:
    """A product on the list without a round behind it; in force from last year to next unless days are given."""
    number, today = next(NUMBERS), rounds.today()
    home = make.producer(code, name=producer, origin=origin)
    product = make.product(home, name=name or f"ผ้าขาวม้าทอมือ {number}", category=category)
    long_path, path_th, path_en = paths_of(product.area)
    certificate = certificate or f"{year_be}-{code[:2]}-{number:05d}"
    return Listing.objects.create(**{
        "product": product, "public_id": product.public_id, "origin": origin, "name": product.name,
        "name_sort": product.name_sort, "producer_name": home.name, "category": product.category, "area": product.area,
        "area_path_th": path_th, "area_path_en": path_en, "region_code": region_of_province(code[:2]),
        "province_code": code[:2], "amphoe_code": code[:4], "tambon_code": code,
        "searched": searched_text(names=[product.name, home.name, certificate], places=[long_path, path_th, path_en]),
        "stars": stars, "level": "central", "round_key": str(year_be), "year_be": year_be, "certificate_no": certificate,
        "announced_on": since or today - timedelta(days=300), "valid_from": since or today - timedelta(days=300),
        "valid_to": until or today + timedelta(days=300), **rest,
    })  # fmt: skip


def announced(**rest: Any) -> list[Listing]:
    """Five products of one amphoe, taken through a round and announced."""
    way = rounds.through(6, **rest)
    return list(Listing.objects.filter(product__in=way.products).order_by("pk"))


def an_announced_product() -> dict[str, str]:
    return {"pid": announced()[0].public_id}


def page(client: Client, path: str, query: Mapping[str, object] | Sequence[tuple[str, object]] = ()) -> str:
    """The text of a page that is there."""
    answer = client.get(f"{path}?{urlencode(query, doseq=True)}" if query else path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def shown(client: Client, *, path: str = "/products/", **query: object) -> list[str]:
    """The names of the products on a page, in their order."""
    return [name for _url, name in CARD.findall(page(client, path, query))]
