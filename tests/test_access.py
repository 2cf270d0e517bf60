"""Who × address × method, from the table in `access_policy`; red when an address is missing from it."""

import os
from collections.abc import Iterator, Mapping
from io import StringIO

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access_policy import OFFICERS_HERE, PEOPLE, POLICY, Page
from tests.canary import GIVEN, found_in, planted_everywhere, told_by

ROOMS = ("registry", "selection")
NAMES_PEOPLE = ("registry:producer", "registry:person", "registry:consent")
DEEP = bool(os.environ.get("OTOP_DEEP"))
SENDERS_OF_NONSENSE = {"anonymous", "amphoe officer here", "central officer", "administrator", "judge"}
NONSENSE: dict[str, object] = {"page": "x\x00", "name": "\x00", "q": "\x00" * 50, "area": "9" * 500, "year": "-1", "stars": ["x", "y"]}


def addresses(patterns: list[URLPattern | URLResolver], room: str = "") -> Iterator[str]:
    """The names of all addresses of the rooms."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, pattern.namespace or room)
        elif room in ROOMS:
            yield f"{room}:{pattern.name}"


def test_every_address_has_its_policy():
    named = set(addresses(get_resolver().url_patterns))
    assert not any(name.endswith(":None") for name in named)
    assert {"missing": named - POLICY.keys(), "gone": POLICY.keys() - named} == {"missing": set(), "gone": set()}


def outcome(answer: HttpResponse) -> str:
    """What came of a request: door, refused, hidden, no such method, fault, or through."""
    if answer.status_code == 302 and answer["Location"].startswith(reverse("registry:login")):
        return "door"
    by_status = {403: "refused", 404: "hidden", 405: "no such method"}
    return by_status.get(answer.status_code, "through" if answer.status_code < 500 else "fault")


def expected(page: Page, who: str, method: str) -> set[str]:
    """What the policy says must come of it."""
    allowed = page.get if method == "get" else page.post
    if allowed is None:
        return {"no such method", "door"} if who == "anonymous" else {"no such method", "hidden"}
    if who in allowed:
        return {"through"}
    if who == "anonymous":
        return {"door"}
    return {"refused"} if who in page.sees else {"hidden"}


def requests(page: Page, who: str) -> list[tuple[str, Mapping[str, object]]]:
    """What somebody sends to an address; nonsense, which costs a page each, in the gate only who is let in there."""
    nonsense = [("get", NONSENSE)] if DEEP or (who in (page.get or ()) and who in SENDERS_OF_NONSENSE) else []
    return [("get", {}), *nonsense, ("post", dict(page.sent))]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(POLICY))
def test_everybody_gets_what_the_policy_says_and_nobody_is_told_of_people(name: str, log: StringIO):
    """Every address as everybody, where each producer that the address is about has planted people (see `canary`)."""
    page = POLICY[name]
    url = reverse(name, kwargs=dict(page.thing()))
    planted_everywhere()
    wrong = []
    for who, make_person in PEOPLE.items():
        client, person = Client(), make_person()
        if person is not None:
            client.force_login(person)
        for method, sent in requests(page, who):
            with transaction.atomic():
                answer = getattr(client, method)(url, sent)
                came, told = outcome(answer), told_by(answer)
                transaction.set_rollback(True)
            if came not in expected(page, who, method):
                wrong.append(f"{method.upper()} {url} by {who}: {came}, not {' or '.join(expected(page, who, method))}")
            if found := found_in(told):
                wrong.append(f"{method.upper()} {name} by {who}: {found}")
            if GIVEN in told and (who not in OFFICERS_HERE or not name.startswith(NAMES_PEOPLE)):
                wrong.append(f"{method.upper()} {name} by {who}: given name")
    assert not wrong, "\n".join(wrong)
    assert found_in(log.getvalue()) == set()
