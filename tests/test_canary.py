"""Planted personal data are looked for in every page, file, log, job, cache, draft, message and dump made so far."""

import logging
import re
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from otop import engine
from otop.engine.servers import OPTIONS
from otop.settings import LOGGING
from registry.actions.imports import receive_file
from registry.models import History, ImportRow, Job, Person, RevealLog
from registry.quiet import quiet
from tests import make
from tests.canary import FAMILY, GIVEN, HOUSE, ID, PHONE, PLANTED, TOLD, forms_of, found_in, planted, told_by
from tests.registry import files
from tests.selection.listings import listed

pytestmark = pytest.mark.django_db
WHY = "คำขอที่ 12 ของสำนักงาน"
# where a whole value may stand: the answers that are logged one by one; and what its owner agreed to publish
ALLOWED = {"registry:person-reveal", "registry:person-copy"}


def test_the_search_finds_a_value_however_it_is_written() -> None:
    for name, value in PLANTED.items():
        for form in forms_of(value):
            assert name in found_in(f"<td>{form}</td>")
    assert found_in("x-xxxx-xxxxx-44-1 06x-xxx-9873 ฌ…") == set()


def test_the_sweep_is_red_when_a_page_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that forgot its mask is found."""
    monkeypatch.setattr(Person, "masked", property(lambda row: {"name": row.full_name, "phone": row.told("phone")}))
    person, client = planted(), Client()
    client.force_login(make.recorder())
    assert found_in(told_by(client.get(reverse("registry:producer-show", args=[person.producer.public_id])))) == {"phone", "family name"}


def test_they_stand_whole_only_in_the_answer_that_is_logged(client: Client) -> None:
    person = planted()
    client.force_login(make.amphoe_officer())
    for name, sent in (
        ("registry:person-reveal", {"fields_asked": ["phone", "national_id", "last_name", "address"], "reason": "contact"}),
        ("registry:person-copy", {"kind": "page"}), ("registry:person-copy", {"kind": "json"}),
    ):  # fmt: skip
        before = RevealLog.objects.count()
        answer = client.post(reverse(name, args=[person.public_id]), {**sent, "words": WHY})
        assert found_in(told_by(answer)) == set(PLANTED), name
        assert "no-store" in answer["Cache-Control"]
        assert RevealLog.objects.count() == before + 1
        assert name in ALLOWED


def everything_done() -> Person:
    """A person recorded, corrected, agreed, revealed, copied and searched for in the browser, and typing that failed."""
    client, producer = Client(), listed().product.producer
    client.force_login(make.amphoe_officer())
    told = {"role": "contact", **TOLD}
    new = reverse("registry:person-new", args=[producer.public_id])
    client.post(new, {**told, "phone": "1"})  # refused, and shown again to whoever typed it
    client.post(new, told)
    person = Person.objects.get()
    at = [person.public_id]
    for page in (new, reverse("registry:person-edit", args=at)):
        assert client.post(reverse("registry:draft-save"), {**told, "draft_page": page}).status_code == 400
    client.post(reverse("registry:person-edit", args=at), {**told, "version": "1", "title": "นาย"})
    client.post(reverse("registry:person-edit", args=at), {**told, "version": "1", "title": "นาง"})  # too late
    client.post(reverse("registry:person-reveal", args=at), {"fields_asked": ["phone"], "reason": "contact", "words": WHY})
    client.post(reverse("registry:person-copy", args=at), {"kind": "json", "words": WHY})
    for field, number in (("phone", PHONE), ("national_id", ID)):
        client.post(reverse("registry:person-search"), {"field": field, "number": number})
    client.get(f"/products/{producer.products.get().public_id}/")
    return person


def test_nothing_of_them_stays_in_any_table_log_or_cache(log: StringIO) -> None:
    """Every text of every table, read as its owner; so whatever is kept of forms, drafts, sessions, history and jobs."""
    cache.clear()
    person = everything_done()
    assert person.changed_at
    texts = {table: whole(table) for table in connection.introspection.table_names()}
    assert {table: found_in(text) for table, text in texts.items() if found_in(text) or GIVEN in text} == {}
    assert len(texts["registry_person"]) > 100
    assert History.objects.filter(act__startswith="person_").count() == 2
    assert found_in(log.getvalue()) == set()
    assert found_in(repr(vars(cache._connections[cache._alias]).get("_cache", ""))) == set()


def whole(table: str) -> str:
    """All rows of a table as text."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT row_to_json(one)::text FROM "{table}" AS one')
        return "\n".join(row[0] for row in cursor.fetchall())


def test_a_table_that_keeps_them_plain_is_found() -> None:
    producer = make.producer(name=f"ร้านของ{FAMILY}")
    assert "family name" in found_in(whole("registry_producer"))
    assert producer.pk


def test_jobs_and_files_that_come_in_lose_the_numbers_of_people() -> None:
    row = files.row(producer=f"กลุ่มของนางก้อย โทร {PHONE}", village=f"บ้านหนองบัว {ID}")
    files.taken(row)
    assert ImportRow.objects.exists()
    for table in ("registry_importrow", "registry_question", "registry_producer", "registry_product", "registry_job"):
        assert found_in(whole(table)) == set(), table
    assert not [job for job in Job.objects.all() if found_in(f"{job.subject} {job.result}")]


def test_what_postgres_quotes_of_a_row_is_logged_without_the_row(log: StringIO) -> None:
    producer = make.producer()
    for statement in (
        "UPDATE registry_producer SET name = '', village = %s WHERE id = %s",
        "UPDATE registry_person SET phone = %s WHERE producer_id = %s",
        "UPDATE registry_producer SET registered_on = %s WHERE id = %s",
    ):
        if not producer.people.exists():
            planted(producer)
        with pytest.raises(DatabaseError) as raised, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [f"{FAMILY} {PHONE}\n{HOUSE}", producer.pk])
        assert FAMILY in str(raised.value)
        logging.getLogger("registry").error("job failed", exc_info=raised.value)
        logging.getLogger("registry").error("job failed: %s", raised.value)
        assert found_in(quiet(str(raised.value), raised.value)) == set()
    heard = log.getvalue()
    assert found_in(heard) == set()
    assert "producer_has_a_name" in heard
    assert "Traceback" in heard
    assert heard.count("job failed") >= 6


def test_the_log_hides_numbers_in_any_line_and_keeps_what_helps(log: StringIO) -> None:
    logging.getLogger("registry").warning("job 7KQ2M4XD met %s and %s", ID, PHONE)
    heard = log.getvalue()
    assert found_in(heard) == set()
    assert "job 7KQ2M4XD met" in heard


def test_every_handler_of_the_site_is_quiet_and_none_mails_requests() -> None:
    assert LOGGING["formatters"]["plain"]["()"] == "registry.quiet.QuietFormatter"
    assert {handler["formatter"] for handler in LOGGING["handlers"].values()} == {"plain"}
    assert logging.getLogger("django").handlers == []


def test_the_servers_own_log_quotes_neither_rows_nor_statements() -> None:
    wanted = {"log_error_verbosity": "terse", "log_min_error_statement": "panic", "log_parameter_max_length_on_error": "0"}
    assert {f"{name}={value}" for name, value in wanted.items()} <= set(OPTIONS)
    if not engine.external():
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(wanted)])
            assert dict(cursor.fetchall()) == wanted


def test_a_fault_shows_nobody_what_was_typed(monkeypatch: pytest.MonkeyPatch, log: StringIO) -> None:
    def broken(**told: object) -> None:
        raise RuntimeError(f"told {ID} {PHONE}")

    monkeypatch.setattr("registry.views.persons.add_person", broken)
    client = Client(raise_request_exception=False)
    client.force_login(make.recorder())
    sent = {"role": "contact", **TOLD}
    answer = client.post(reverse("registry:person-new", args=[make.producer().public_id]), sent)
    assert answer.status_code == 500
    assert found_in(told_by(answer)) == set()
    assert found_in(log.getvalue()) == set()
    assert re.search("RuntimeError", log.getvalue())


def test_a_file_sent_by_mistake_is_kept_apart_and_no_page_tells_it(client: Client) -> None:
    """A column of national IDs is not understood, so no row keeps it; the file itself lies private."""
    text = f"ชื่อผลิตภัณฑ์,ตำบล,อำเภอ,จังหวัด,เลขบัตรประชาชน\nผ้าขิด,หนองบัว,นามน,กาฬสินธุ์,{ID}\n"
    officer = make.central_officer()
    file = receive_file(by=officer, name="ไฟล์.csv", content=ContentFile(text.encode(), name="x.csv"), check=False)
    client.force_login(officer)
    assert found_in(told_by(client.get(reverse("registry:import-show", args=[file.public_id])))) == set()
    assert found_in(whole("registry_importrow")) == set()
