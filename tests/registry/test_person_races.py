"""Many tabs at once: the limit of a day holds to the last reading, and a chair is one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from registry.actions.persons import add_person
from registry.actions.reveals import reveal
from registry.models import Person, RevealLog
from registry.refusal import Refused
from tests import make
from tests.clones import OwnDatabase

AT_ONCE = 8


def at_once(act: object) -> list[list[str]]:
    """The codes with which each of AT_ONCE equal tries was refused; an empty list for one that went through."""
    gate = Barrier(AT_ONCE)

    def one(_number: int) -> list[str]:
        try:
            gate.wait(30)
            act()
        except Refused as refused:
            return refused.codes
        finally:
            connection.close()
        return []

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_the_last_place_of_a_day_is_taken_once(own_db: OwnDatabase, settings: Any) -> None:
    settings.REVEALS_A_DAY = 3
    person, officer = make.person(), make.recorder()
    came = at_once(lambda: reveal(by=officer, person=person, fields=["phone"], reason="contact", words="คำขอที่ 12 ของสำนักงาน"))
    assert sorted(came) == [[], [], [], *[["reveals_used_up"]] * 5]
    assert RevealLog.objects.count() == 3


def test_two_chairs_at_once_are_one(own_db: OwnDatabase) -> None:
    producer = make.producer()
    came = at_once(lambda: add_person(by=None, producer=producer, role="chair", told={"first_name": "ก้อย"}))
    assert sorted(came) == [[], *[["chair_taken"]] * 7]
    assert Person.objects.count() == 1
