"""Personal data that occur nowhere else, planted in people of producers, and how they are found again in any text."""

import base64
import logging
from collections.abc import Iterator
from functools import cache
from io import StringIO
from urllib.parse import quote

import pytest
from django.http import HttpResponse

from otop.settings import LOGGING
from registry.actions.persons import correct_person
from registry.models import Person, Producer
from registry.quiet import QuietFormatter
from registry.thai import to_thai_digits
from tests import make

ID, PHONE = "8479988011441", "0691239873"
GIVEN, FAMILY, HOUSE = "กกุธภัณฑ์", "ฌานฎีกา", "99/981 ซอยฌาปนกิจ"
TOLD = {"first_name": GIVEN, "last_name": FAMILY, "national_id": ID, "phone": PHONE, "address": HOUSE}
PLANTED = {"national_id": ID, "phone": PHONE, "family name": FAMILY, "address": HOUSE}


@cache
def forms_of(value: str) -> set[str]:
    """The ways a value may be written: plain, grouped, in Thai digits, for an address, as base64, as JSON."""
    plain = {value}
    if value.isdigit():
        plain |= {f"{value[:3]}-{value[3:6]}-{value[6:]}", f"{value[0]}-{value[1:5]}-{value[5:10]}-{value[10:12]}-{value[12:]}"}
    plain |= {to_thai_digits(one) for one in plain}
    encoded = {quote(one) for one in plain} | {base64.b64encode(one.encode()).decode().rstrip("=") for one in plain}
    escaped = {one.encode("unicode_escape").decode() for one in plain}
    return plain | encoded | escaped


def found_in(text: str) -> set[str]:
    """The names of the planted values that stand in `text`, in any of their forms."""
    return {name for name, value in PLANTED.items() if any(form in text for form in forms_of(value))}


def planted(producer: Producer | None = None, **rest: object) -> Person:
    return make.person(producer, **TOLD, **rest)


def planted_everywhere() -> None:
    """Every producer that is there has people, and all people in the register are the planted ones."""
    for producer in Producer.objects.filter(people=None):
        planted(producer)
    for row in Person.objects.select_related("producer"):
        if FAMILY not in row.told("last_name"):
            correct_person(by=None, person=row, version=row.version, told=TOLD)


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Everything the process logs, through the formatter of the site."""
    heard = StringIO()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(QuietFormatter(LOGGING["formatters"]["plain"]["format"]))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield heard
    root.removeHandler(handler)
    root.setLevel(level)


def told_by(answer: HttpResponse) -> str:
    """Body, headers and cookies of an answer."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{body.decode('utf-8', 'replace')}\n{answer.headers}\n{answer.cookies}"
