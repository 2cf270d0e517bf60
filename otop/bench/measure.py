"""Asks every list, search, area and work page in turn and tells how often it asked the database, and how long it took."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from otop import engine, template
from otop.bench.filling import ASKED_ABOUT, BEGAN, fill
from registry.actions.people import appoint, create_user
from registry.models import Area, Office, User

OK = "/bench-ok/"
PAGES = (
    ("stranger", "/"),
    ("stranger", "/products/"),
    ("stranger", "/products/?q=ไหม"),
    ("stranger", "/products/?q=กก"),
    ("stranger", "/products/?area=46"),
    ("stranger", "/areas/"),
    ("stranger", "/areas/46/"),
    ("stranger", "/areas/R-NE/"),
    ("stranger", "/areas/46/?year=2568"),
    ("stranger", "/areas/search/?q=หนองบัว"),
    *((who, page) for who in ("centre", "amphoe") for page in (
        "/work/", "/producers/", "/producers/?q=ทอง", "/register/products/", "/register/products/?q=ไหม",
        "/register/products/?q=ไม่มีชื่อนี้", "/register/products/?complete=no", "/register/products/?papers=soon",
        "/register/products/?quadrant=none", "/standards/expiring/", "/questions/", "/imports/", "/registrations/",
        "/confirmations/", "/sales/", "/areas/places/", "/areas/changes/",
    )),
    ("centre", "/staleness/46/"),
    ("amphoe", "/staleness/4602/"),
)  # fmt: skip


@dataclass(slots=True)
class Measure:
    """One page: for each size the queries, the shortest time in ms, and that divided by the shortest of `ok` beside it."""

    who: str
    page: str
    queries: list[int] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)
    ratio: list[float] = field(default_factory=list)
    slowest: str = ""

    @property
    def even(self) -> bool:
        """As many queries at every size."""
        return len(set(self.queries)) <= 1


def measure_all(sizes: tuple[int, ...], turns: int, tell: Callable[[str], None]) -> list[Measure]:
    """Every page at every size, in a fresh clone that is dropped afterwards."""
    with engine.hold():
        template.sweep()
        name = template.clone(template.bring(), 9)
        try:
            with _pointed_at(name), override_settings(ROOT_URLCONF="otop.bench.urls", ALLOWED_HOSTS=["testserver"]):
                return _measured(sizes, turns, tell)
        finally:
            template.drop(name)


@contextmanager
def _pointed_at(name: str) -> Iterator[None]:
    settings = connection.settings_dict
    before = settings["NAME"]
    connections.close_all()
    settings["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        settings["NAME"] = before


def _measured(sizes: tuple[int, ...], turns: int, tell: Callable[[str], None]) -> list[Measure]:
    clients = {"stranger": Client()}
    for who, office, code in (("centre", Office.CENTRAL_OFFICER, "TH"), ("amphoe", Office.AMPHOE_OFFICER, ASKED_ABOUT)):
        clients[who] = Client()
        clients[who].force_login(_officer(who, office, code))
    found = [Measure(who, page) for who, page in PAGES]
    have = 0
    for size in sizes:
        began = time.perf_counter()
        with transaction.atomic():
            fill(size, have)
        have = size
        tell(f"{size:,} products: filled in {time.perf_counter() - began:.1f} s")
        cache.clear()
        for one in found:
            _ask(one, clients[one.who], turns)
    return found


def _officer(name: str, office: str, code: str) -> User:
    user = create_user(by=None, username=f"bench-{name}", name_th="ผู้วัด")
    appoint(by=None, user=user, office=office, area=Area.objects.current().get(code=code), order_no="1/2567", starts_on=BEGAN)
    assert timezone.now().date() > BEGAN
    return user


def _ask(one: Measure, client: Client, turns: int) -> None:
    """One cold request that is not counted, one whose queries are, and `turns` timed ones between two `ok`.

    The shortest times are kept: whatever else the machine does only ever adds to them.
    """
    client.get(one.page)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(one.page)
    if answer.status_code != 200:
        raise AssertionError(f"{one.page} for {one.who} answers {answer.status_code}")
    one.queries.append(len(asked))
    worst = max(asked.captured_queries, key=lambda query: float(query["time"]), default=None)
    one.slowest = f"{float(worst['time']) * 1000:.0f} ms {worst['sql'][:4000]}" if worst else ""
    took, beside = [], []
    gc.collect()
    for _turn in range(turns):
        beside.append(_timed(client, OK))
        took.append(_timed(client, one.page))
        beside.append(_timed(client, OK))
    one.ms.append(min(took))
    one.ratio.append(min(took) / min(beside))


def _timed(client: Client, page: str) -> float:
    began = time.perf_counter()
    client.get(page)
    return (time.perf_counter() - began) * 1000
